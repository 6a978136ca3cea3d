"""What the rules need to know of who sits at a desk and of a work, and what these may do."""

from prongsai.approval.queries import posts_concerned, steps_of
from prongsai.approval.states import OPEN_STATES
from prongsai.approval.walking import could_speak
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.intake.models import Batch
from prongsai.office.desk import Desk
from prongsai.office.permissions import Visitor, Work, refusal
from prongsai.organisation.states import RoleCode
from prongsai.screening.queries import given_back


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
