"""Why something may not be published: plain values in, every reason out. Nobody is exempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Blocker(Enum):
    """The reasons that the gate knows; their sentences stand in `texts.py`."""

    NOT_APPROVED = "not_approved"
    CONTENT_CHANGED = "content_changed"
    DECISIONS_ON_OTHER_CONTENT = "decisions_on_other_content"
    STEP_INCOMPLETE = "step_incomplete"
    APPROVER_CONTRIBUTED = "approver_contributed"
    PERSON_DECIDED_TWICE = "person_decided_twice"
    OPEN_FINDINGS = "open_findings"
    TEXT_UNSPEAKABLE = "text_unspeakable"
    FIELDS_MISSING = "fields_missing"
    FILE_MISSING = "file_missing"
    FILE_NOT_CLEAN = "file_not_clean"
    FILE_CHANGED = "file_changed"
    TEXT_NOT_VOUCHED = "text_not_vouched"
    TOO_EARLY = "too_early"
    RECORD_REFUSES = "record_refuses"
    BUNDLE_CHANGED = "bundle_changed"
    BASE_CHANGED = "base_changed"
    STATEMENT_WRONG = "statement_wrong"


@dataclass(frozen=True)
class Reason:
    """One blocker, with what it is about (a file's name, a post, a sentence of screening).

    `member` is the title of the member of a bundle that it keeps from being published.
    """

    blocker: Blocker
    about: str = ""
    member: str = ""


@dataclass(frozen=True)
class Endorsement:
    """One decision that counts: who endorsed as which post, at which step, and what content they saw.

    `post_code` is the seat that it fills. `signed_as` is the post of whoever stood in for it, else ""; `from_step`
    is where the submission stood when they spoke before their turn.
    """

    step: int
    post_code: str
    person_id: int
    content_hash: str
    signed_as: str = ""
    from_step: int | None = None


@dataclass(frozen=True)
class Step:
    """What the chain asks for at one step: the posts that may endorse, and how many seats must be filled.

    `alternates` are pairs (seat, post that fills it too); `stand_ins` decide while a post is vacant.
    """

    posts: frozenset[str]
    quorum: int
    alternates: tuple[tuple[str, str], ...] = ()
    stand_ins: frozenset[str] = frozenset()
    pulls_up: bool = False

    def seat_of(self, post: str) -> str:
        return next((seat for seat, alternate in self.alternates if alternate == post), post)


@dataclass(frozen=True)
class FileFact:
    """A file that the content names: its promised hash, what lies on disk now, and whether it was found clean.

    `actual` is None when there are no bytes. `is_text_vouched` is false when the content names a checked text
    that nobody has vouched for, or not in these words.
    """

    name: str
    promised: str
    actual: str | None
    is_clean: bool
    is_text_vouched: bool = True


@dataclass(frozen=True)
class Case:
    """Everything that decides whether one submission may go through the gate now."""

    is_approved: bool
    approved_hash: str
    current_hash: str
    steps: tuple[Step, ...]
    endorsements: tuple[Endorsement, ...]
    contributors: frozenset[int]
    screening_reasons: tuple[str, ...]
    unspeakable_texts: tuple[str, ...]
    missing_fields: tuple[str, ...]
    files: tuple[FileFact, ...]
    is_due: bool
    is_base_current: bool = True
    statement_problems: tuple[str, ...] = ()


def publication_blockers(case: Case) -> list[Reason]:
    """Every reason why this submission may not be published now (DESIGN, invariant 3)."""
    return [
        *_state_reasons(case),
        *_decision_reasons(case),
        *(Reason(Blocker.OPEN_FINDINGS, text) for text in case.screening_reasons),
        *(Reason(Blocker.TEXT_UNSPEAKABLE, excerpt) for excerpt in case.unspeakable_texts),
        *(Reason(Blocker.FIELDS_MISSING, text) for text in case.missing_fields),
        *(Reason(Blocker.STATEMENT_WRONG, text) for text in case.statement_problems),
        *(reason for file in case.files for reason in _file_reasons(file)),
    ]


def _state_reasons(case: Case) -> Iterable[Reason]:
    if not case.is_approved:
        yield Reason(Blocker.NOT_APPROVED)
    if not case.is_due:
        yield Reason(Blocker.TOO_EARLY)
    if case.current_hash != case.approved_hash:
        yield Reason(Blocker.CONTENT_CHANGED)
    if not case.is_base_current:
        yield Reason(Blocker.BASE_CHANGED)


def _decision_reasons(case: Case) -> Iterable[Reason]:
    people = [each.person_id for each in case.endorsements]
    yield from _incomplete_steps(case)
    if any(each.content_hash != case.approved_hash for each in case.endorsements):
        yield Reason(Blocker.DECISIONS_ON_OTHER_CONTENT)
    if case.contributors.intersection(people):
        yield Reason(Blocker.APPROVER_CONTRIBUTED)
    if len(set(people)) < len(people):
        yield Reason(Blocker.PERSON_DECIDED_TWICE)


def _incomplete_steps(case: Case) -> Iterable[Reason]:
    # No steps would be a chain that nobody has to endorse.
    if not case.steps:
        yield Reason(Blocker.STEP_INCOMPLETE, "1")
    passed = _passed(case)
    for position, step in enumerate(case.steps):
        said = [each for each in case.endorsements if each.step == position]
        if len(_seats(step, said)) < step.quorum and position not in passed:
            yield Reason(Blocker.STEP_INCOMPLETE, str(position + 1))


def _seats(step: Step, said: Iterable[Endorsement]) -> set[str]:
    """Seats are counted, not decisions: who endorsed twice as one post is still one."""
    posts = {each.post_code for each in said if each.signed_as in {"", *step.stand_ins}}
    return {step.seat_of(post) for post in posts & step.posts}


def _passed(case: Case) -> set[int]:
    """Steps over which a later post decided by a right that the chain gives it."""
    return {
        place
        for each in case.endorsements
        if each.from_step is not None and each.step < len(case.steps)
        for place in range(each.from_step, each.step)
        if case.steps[each.step].pulls_up or each.post_code in case.steps[place].stand_ins
    }


def _file_reasons(file: FileFact) -> Iterable[Reason]:
    if file.actual is None:
        yield Reason(Blocker.FILE_MISSING, file.name)
    elif file.actual != file.promised:
        yield Reason(Blocker.FILE_CHANGED, file.name)
    if not file.is_clean:
        yield Reason(Blocker.FILE_NOT_CLEAN, file.name)
    if not file.is_text_vouched:
        yield Reason(Blocker.TEXT_NOT_VOUCHED, file.name)
