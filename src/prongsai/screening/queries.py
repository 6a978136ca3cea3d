"""What was found in a revision, what is decided of it, and what still stands in its way."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.states import Stage
from prongsai.screening.models import Finding, FindingQuerySet, Screening
from prongsai.screening.rules import findings_in, rules_version
from prongsai.screening.states import MUST_BE_DECIDED, Severity
from prongsai.screening.texts import own

UNREAD = "unread_page"
# A way to reach somebody at home; what is the office's own is not found.
_CONTACTS = frozenset({"PHONE", "EMAIL"})


def current_screening(revision: Revision) -> Screening | None:
    """The one by today's rules, of this very content."""
    screenings = Screening.objects.filter(revision=revision, rules_version=rules_version())
    return screenings.filter(content_hash=revision.content_hash).first()


def findings(revision: Revision) -> FindingQuerySet:
    """All findings of the current screening, with their decisions; none when there is no screening."""
    found = Finding.objects.filter(
        screening__revision=revision,
        screening__rules_version=rules_version(),
        screening__content_hash=revision.content_hash,
    )
    return found.prefetch_related("decisions__person")


def open_findings(revision: Revision) -> FindingQuerySet:
    """Those that must be decided and are not."""
    return findings(revision).decisive().undecided()


def alike(finding: Finding) -> FindingQuerySet:
    """Open findings of the same datum in the same screening, this one included."""
    same = Finding.objects.filter(screening=finding.screening_id, fingerprint=finding.fingerprint)
    return same.decisive().undecided()


def to_screen() -> QuerySet[Disclosure]:
    """Disclosures that wait for a screener's decision, longest waiting first."""
    undecided = Finding.objects.filter(
        screening__revision=OuterRef("latest"),
        screening__rules_version=rules_version(),
        severity__in=MUST_BE_DECIDED,
        decisions=None,
    )
    waiting = Disclosure.objects.filter(stage=Stage.SCREENING)
    return waiting.filter(Exists(undecided)).order_by("changed_at")


def blocking_reasons(revision: Revision) -> list[str]:
    """Full sentences why this revision may not go on to approval or publication; empty when it may."""
    if current_screening(revision) is None:
        return [_("ยังไม่ได้ตรวจกลั่นกรองเนื้อหานี้ด้วยกฎปัจจุบัน — ส่งตรวจกลั่นกรอง")]
    undecided = open_findings(revision)
    unread = undecided.filter(detector=UNREAD).count()
    others = undecided.exclude(detector=UNREAD).count()
    promised = findings(revision).promised().count()
    return [sentence for count, sentence in _sentences(others, unread, promised) if count]


def unspeakable(text: str) -> list[str]:
    """Masked excerpts of what may not be said to the public beside the content, such as in a change note.

    Nobody could decide a finding there, so whatever surely may not go out as it is stops the text: data of
    a person, a secrecy mark, a private telephone or address. Names are needed to explain, and may stand.
    """
    return [
        found.excerpt
        for found in findings_in(text, own())
        if found.severity == Severity.BLOCK or found.label in _CONTACTS
    ]


def _sentences(others: int, unread: int, promised: int) -> list[tuple[int, str]]:
    return [
        (
            others,
            ngettext(
                "มีข้อสังเกต {count} รายการที่ยังไม่ได้ตัดสิน — เปิดรายการข้อสังเกต",
                "มีข้อสังเกต {count} รายการที่ยังไม่ได้ตัดสิน — เปิดรายการข้อสังเกต",
                others,
            ).format(count=others),
        ),
        (
            unread,
            ngettext(
                "มี {count} ไฟล์ที่ระบบอ่านไม่ได้ครบและยังไม่มีผู้ตรวจดูด้วยตา — เปิดไฟล์ดูแล้วตัดสิน",
                "มี {count} ไฟล์ที่ระบบอ่านไม่ได้ครบและยังไม่มีผู้ตรวจดูด้วยตา — เปิดไฟล์ดูแล้วตัดสิน",
                unread,
            ).format(count=unread),
        ),
        (
            promised,
            ngettext(
                "ตัดสินให้นำออกหรือปิดทับแล้ว แต่ยังอยู่ในเนื้อหา {count} รายการ — แก้เนื้อหาแล้วส่งตรวจใหม่",
                "ตัดสินให้นำออกหรือปิดทับแล้ว แต่ยังอยู่ในเนื้อหา {count} รายการ — แก้เนื้อหาแล้วส่งตรวจใหม่",
                promised,
            ).format(count=promised),
        ),
    ]
