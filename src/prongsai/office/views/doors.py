"""The one way from an address to a piece of work: found, allowed, or refused and remembered."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, NoReturn, cast
from uuid import UUID

from csp.decorators import csp_update
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.intake.models import Arrival, Batch
from prongsai.office.desk import Desk, desk_of
from prongsai.office.permissions import refusal, role_refusal
from prongsai.office.rights import batch_refusal, visitor_at, visitor_to, work_of
from prongsai.organisation.actions import record_act, record_refusal
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome

View = Callable[..., HttpResponseBase]
FILE_OF_OTHERS = _(
    "ไฟล์นี้เป็นของเรื่องที่ท่านไม่มีสิทธิ์เปิดดู ไฟล์ยังไม่ได้เผยแพร่ หากต้องใช้ โปรดติดต่อหน่วยงานเจ้าของเรื่อง"
)


def disclosure_door(verb: str) -> Callable[[View], View]:
    """Turn `ref` in the address into a disclosure that the person at the desk may do `verb` with."""

    def open_for(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, ref: UUID, **rest: Any) -> HttpResponseBase:
            disclosure = get_object_or_404(
                Disclosure.objects.select_related("unit", "latest"), ref=ref
            )
            admit(request, verb, disclosure)
            return view(request, disclosure, **rest)

        return guarded

    return open_for


def sandboxed(view: View) -> View:
    """Content that was not approved yet is shown without a chance to run or send anything."""
    # With its origin: otherwise pictures of the preview would be asked for without the reader's cookie.
    return cast("View", csp_update({"sandbox": ["allow-same-origin"]})(view))


def admit(request: HttpRequest, verb: str, disclosure: Disclosure) -> None:
    """Come in, or go out with a sentence that stays in the trail of acts."""
    desk = desk_of(request)
    why = partial(refusal, verb, visitor_to(desk, disclosure, verb), work_of(disclosure, desk))
    if why():
        refuse(desk, f"office.{verb}", disclosure.subject, why, request.path)


def batch_door(view: View) -> View:
    """Turn `ref` in the address into a batch of a unit for which the person at the desk may write."""

    @wraps(view)
    def guarded(request: HttpRequest, ref: UUID, **rest: Any) -> HttpResponseBase:
        batch = get_object_or_404(Batch.objects.select_related("unit"), ref=ref)
        admit_to(request, batch)
        return view(request, batch, **rest)

    return guarded


def arrival_door(view: View) -> View:
    """The same for one arrival of a batch."""

    @wraps(view)
    def guarded(request: HttpRequest, ref: UUID, **rest: Any) -> HttpResponseBase:
        rows = Arrival.objects.select_related("batch__unit", "file", "disclosure")
        arrival = get_object_or_404(rows, ref=ref)
        admit_to(request, arrival.batch)
        return view(request, arrival, **rest)

    return guarded


def admit_to(request: HttpRequest, batch: Batch) -> None:
    """Come in to a batch, or go out with a sentence that stays in the trail of acts."""
    desk = desk_of(request)
    why = partial(batch_refusal, desk, batch)
    if why():
        refuse(desk, "office.intake", batch.subject, why, request.path)


def note_opening(request: HttpRequest, stored: StoredFile) -> None:
    """Remember who of another unit opened a file that is not public: once a day for each person and file."""
    desk, now, subject = desk_of(request), timezone.now(), f"file:{stored.pk}"
    own = Q(unit__code__in=desk.unit_codes)
    if Disclosure.objects.filter(own, attachments__file=stored).exists():
        return
    if Batch.objects.filter(own, arrivals__file=stored).exists():
        return
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    known = Act.objects.filter(subject=subject, person=desk.person, at__gte=midnight)
    if not known.filter(verb="office.open_file", outcome=Outcome.DONE).exists():
        record_act(by=desk.actor, at=now, verb="office.open_file", subject=subject)


def refuse_file(request: HttpRequest, stored: StoredFile) -> None:
    """Remember that somebody asked for a file of others, and say so to them."""
    refuse(
        desk_of(request),
        "office.open_file",
        f"file:{stored.pk}",
        partial(str, FILE_OF_OTHERS),
        request.path,
    )


def role_door(verb: str) -> Callable[[View], View]:
    """Open a room only to the roles that the table names."""

    def open_for(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponseBase:
            desk = desk_of(request)
            why = partial(role_refusal, verb, visitor_at(desk))
            if why():
                refuse(desk, f"office.{verb}", "", why, request.path)
            return view(request, *args, **rest)

        return guarded

    return open_for


def refuse(desk: Desk, verb: str, subject: str, why: Callable[[], str], path: str) -> NoReturn:
    """Put the attempt into the trail, in Thai, then raise PermissionDenied in the reader's language."""
    with translation.override("th"):
        reason = why()
    record_refusal(
        by=desk.actor,
        at=timezone.now(),
        verb=verb,
        subject=subject,
        reason=reason,
        details={"path": path},
    )
    raise PermissionDenied(why())
