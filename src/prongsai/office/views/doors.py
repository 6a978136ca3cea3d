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

from prongsai.approval.queries import posts_concerned, steps_of
from prongsai.approval.states import OPEN_STATES
from prongsai.approval.walking import could_speak
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.intake.models import Arrival, Batch
from prongsai.office.desk import Desk, desk_of
from prongsai.office.permissions import Visitor, Work, refusal, role_refusal
from prongsai.organisation.actions import record_act, record_refusal
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome, RoleCode
from prongsai.screening.queries import given_back

View = Callable[..., HttpResponseBase]
FILE_OF_OTHERS = _(
    "ไฟล์นี้เป็นของเรื่องที่ท่านไม่มีสิทธิ์เปิดดู ไฟล์ยังไม่ได้เผยแพร่ หากต้องใช้ โปรดติดต่อหน่วยงานเจ้าของเรื่อง"
)


def visitor_at(desk: Desk) -> Visitor:
    return Visitor(
        roles=desk.roles,
        unit_codes=desk.unit_codes,
        post_codes=desk.post_codes,
        writing_units=desk.writing_units,
    )


def visitor_to(desk: Desk, disclosure: Disclosure, verb: str) -> Visitor:
    """Reading is for every post; acting is for those alone whose order reaches this kind and unit."""
    if verb == "see":
        return visitor_at(desk)
    return visitor_at(desk.reaching(disclosure.kind, disclosure.unit))


def work_of(disclosure: Disclosure, desk: Desk) -> Work:
    """What the rules need to know of a disclosure, for whoever sits at the desk."""
    # A list fetches the submissions of all its rows at once; the newest that is open is the current one.
    submissions = list(disclosure.submissions.all())
    under_way = [one for one in submissions if one.state in OPEN_STATES]
    current = max(under_way, key=lambda one: (one.submitted_at, one.pk), default=None)
    return Work(
        unit_code=disclosure.unit.code,
        stage=disclosure.stage,
        is_published=bool(disclosure.number),
        # Of every submission: whoever was asked about a work may go on reading it.
        chain_posts=frozenset(post for one in submissions for post in posts_concerned(one)),
        step_posts=could_speak(steps_of(current), current.step) if current else frozenset(),
        is_given_back=RoleCode.SCREENER in desk.roles and _is_given_back(disclosure, desk),
    )


def _is_given_back(disclosure: Disclosure, desk: Desk) -> bool:
    """Lists bring the answer with their rows; one row alone asks, and only where the answer could be yes."""
    if disclosure.stage != Stage.WRITING:
        return False
    known = getattr(disclosure, "is_given_back", None)
    mine = Disclosure.objects.filter(pk=disclosure.pk)
    return bool(given_back(mine, on=desk.on).exists() if known is None else known)


def may(desk: Desk, verb: str, disclosure: Disclosure) -> bool:
    return not refusal(verb, visitor_to(desk, disclosure, verb), work_of(disclosure, desk))


def permitted(desk: Desk, disclosure: Disclosure) -> dict[str, bool]:
    """Every verb of the table, so that a screen offers only what would be accepted."""
    work = work_of(disclosure, desk)
    return {verb: not refusal(verb, visitor_to(desk, disclosure, verb), work) for verb in VERBS}


VERBS = (
    *("see", "edit", "attach", "discard", "bring_back", "submit", "take_back"),
    *("screen", "withdraw", "decide", "change_published", "make_papers"),
    "recall",
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


def sees_file(desk: Desk, stored: StoredFile) -> bool:
    """A file is seen by whoever may see a disclosure that it lies in, or once lay in."""
    holders = Disclosure.objects.filter(attachments__file=stored).select_related("unit").distinct()
    if any(may(desk, "see", disclosure) for disclosure in holders):
        return True
    came = Batch.objects.filter(arrivals__file=stored).select_related("unit").distinct()
    return any(not batch_refusal(desk, batch) for batch in came)


def batch_refusal(desk: Desk, batch: Batch) -> str:
    """Why this desk may not open what came in for that unit: it is as if a draft of the unit were written."""
    return refusal("edit", visitor_at(desk), Work(batch.unit.code, Stage.WRITING))


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
