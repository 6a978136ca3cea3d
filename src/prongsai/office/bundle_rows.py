"""In which bundle something waits, for the lists and pages of single disclosures."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.approval.models import Bundle, BundleMember, Submission
from prongsai.disclosures.models import Disclosure


def bundle_of_work(disclosure: Disclosure, current: Submission | None) -> Bundle | None:
    """In which it waits, or with which it is on its way."""
    if current is not None and current.sending is not None:
        return current.sending.bundle
    return open_bundles([disclosure]).get(disclosure.pk)


def open_bundles(disclosures: Iterable[Disclosure]) -> dict[int, Bundle]:
    """Disclosure -> the bundle in which it waits to be published."""
    keys = [each.pk for each in disclosures]
    if not keys:
        return {}
    rows = BundleMember.objects.filter(is_open=True, disclosure__in=keys)
    return {each.disclosure_id: each.bundle for each in rows.select_related("bundle__unit")}


def many(count: int) -> str:
    return _("ชุดเผยแพร่ %(n)d เรื่อง") % {"n": count}


def address_of(bundle: Bundle) -> str:
    return reverse("bundle", kwargs={"ref": bundle.ref})
