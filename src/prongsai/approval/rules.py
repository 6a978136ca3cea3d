"""Who may submit, decide and take back: plain values in, every reason out. Nobody is exempt."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

import rfc8785

from prongsai.approval.chains import Step
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import Passing, StopBlocker, SubmissionState, TakeBackBlocker, Verdict
from prongsai.approval.states import SubmissionBlocker as NotYet
from prongsai.approval.walking import seats_now, turn
from prongsai.organisation.refusals import Blocker, Sentence
from prongsai.record.states import CONTENT_ACTIONS, MAY_FOLLOW, Action, ItemState, RecallReason
from prongsai.thai.dates import format_date

# The longest note or explanation in code points; the sentence of `TEXT_TOO_LONG` names it too.
LONGEST_TEXT = 4_000
# A stop must be in the table before the gate looks at its time, which a stop cannot lock: the record
# is another database. A writer waits 20 s at most for SQLite (config/databases.py), so a minute is safe.
LAST_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Act:
    """All that an approval makes public, or sets in motion. `publish_after` is ISO in UTC, or empty.

    `bundle` is the hash over all members of the bundle as which it was sent; `base` is of a correction: the newest
    entry of what the public read when it was sent.
    """

    action: str
    number: str = ""
    content: str = ""
    significance: str = ""
    change_note: str = ""
    explanation: str = ""
    recall_reason: str = ""
    redirect_number: str = ""
    publish_after: str = ""
    bundle: str = ""
    base: int | None = None


def submission_hash(act: Act) -> str:
    """SHA-256 (hexadecimal) of the act's canonical JSON: what each decision is bound to.

    `act.content` is the hash of the content for acts that carry one, so that neither the content nor
    the note that the public will read beside it can be changed after an approval.
    """
    bound = asdict(act)
    if act.action == Action.PUBLISHED:
        # The gate allots the number later; the hash must not change with it.
        del bound["number"]
    # What goes alone is hashed as it always was.
    if not act.bundle:
        del bound["bundle"]
    if act.base is None:
        del bound["base"]
    return hashlib.sha256(rfc8785.dumps(bound)).hexdigest()


@dataclass(frozen=True)
class Proposal:
    """A submission before it is made, with what surrounds it.

    `posted_until` is the last day on which the item must still stand, when that has not passed. `bundle_title` is
    that of the bundle in which it waits while somebody wants to send it alone.
    """

    act: Act
    stage_label: str
    is_stage_right: bool
    is_author: bool
    author_post: str
    has_open_submission: bool
    item_state: str | None
    target_state: str | None
    is_unchanged: bool
    posted_until: date | None = None
    is_day_past: bool = False
    unspeakable_texts: tuple[str, ...] = ()
    bundle_title: str = ""
    missing_fields: tuple[str, ...] = ()
    screening_reasons: tuple[str, ...] = ()
    chain_blockers: tuple[Blocker, ...] = ()


def submission_blockers(proposal: Proposal) -> list[Blocker]:
    """Every reason why this proposal cannot go to the approvers now."""
    found = [
        (not proposal.is_author, NotYet.NOT_AUTHOR, proposal.author_post),
        (proposal.has_open_submission, NotYet.UNDER_WAY, ""),
        (bool(proposal.bundle_title), NotYet.IN_BUNDLE, proposal.bundle_title),
        (
            not proposal.is_stage_right and not proposal.has_open_submission,
            NotYet.WRONG_STAGE,
            proposal.stage_label,
        ),
    ]
    return [
        *(Blocker(code, detail) for is_so, code, detail in found if is_so),
        *_action_blockers(proposal),
        *_substance_blockers(proposal),
        *_text_blockers(proposal.act),
        *(Blocker(NotYet.TEXT_IS_UNSPEAKABLE, excerpt) for excerpt in proposal.unspeakable_texts),
        *(Blocker(NotYet.FIELD_MISSING, sentence) for sentence in proposal.missing_fields),
        *(Blocker(NotYet.SCREENING, sentence) for sentence in proposal.screening_reasons),
        *proposal.chain_blockers,
    ]


def _action_blockers(proposal: Proposal) -> Iterable[Blocker]:
    """Whether this act may follow what the public sees now."""
    act, state = proposal.act, proposal.item_state
    if act.action == Action.PUBLISHED:
        if act.number:
            yield Blocker(NotYet.NUMBERED_ALREADY, act.number)
    # The record is asked, not the office: what the public sees decides which act may follow.
    elif not act.number or state is None:
        yield Blocker(NotYet.NOT_PUBLISHED)
    elif act.action not in MAY_FOLLOW[ItemState(state)]:
        yield Blocker(NotYet.NOT_FROM_HERE, str(ItemState(state).label))


def _substance_blockers(proposal: Proposal) -> Iterable[Blocker]:
    """Whether there is anything to it: a correction that corrects, a redirect that leads somewhere."""
    act = proposal.act
    if act.action == Action.CORRECTED and proposal.is_unchanged:
        yield Blocker(NotYet.NOTHING_CHANGED)
    is_elsewhere = act.redirect_number != act.number and proposal.target_state == ItemState.CURRENT
    if act.action == Action.CONSOLIDATED and not is_elsewhere:
        yield Blocker(NotYet.NO_TARGET)
    if proposal.is_day_past:
        yield Blocker(NotYet.DAY_IS_PAST)
    # A recall may not wait: what is unlawful goes at once.
    if act.action in {Action.WITHDRAWN, Action.CONSOLIDATED} and proposal.posted_until:
        yield Blocker(NotYet.POSTED_TOO_SHORT, format_date(proposal.posted_until))


def _text_blockers(act: Act) -> Iterable[Blocker]:
    explained = {Action.WITHDRAWN, Action.RECALLED, Action.CONSOLIDATED, Action.RESTORED}
    if act.action == Action.CORRECTED and not act.change_note:
        yield Blocker(NotYet.NO_CHANGE_NOTE)
    if act.action in explained and not act.explanation:
        yield Blocker(NotYet.NO_EXPLANATION)
    if act.action == Action.RECALLED and act.recall_reason not in RecallReason.values:
        yield Blocker(NotYet.NO_RECALL_REASON)
    for text in (act.change_note, act.explanation):
        if len(text) > LONGEST_TEXT:
            yield Blocker(NotYet.TEXT_TOO_LONG, f"{len(text):,}")


def staffing_blockers(
    steps: Sequence[Step],
    holders: Mapping[str, AbstractSet[int]],
    *,
    excluded: AbstractSet[int],
    titles: Mapping[str, str],
) -> list[Blocker]:
    """Whether people who may decide sit in the posts today; `excluded` are the contributors."""
    blockers: list[Blocker] = []
    # Who is the only one for a step -> the steps that wait for them. A chain that can never be
    # finished is refused here, not discovered by its third approver.
    only: dict[int, list[str]] = {}
    for place, step in enumerate(steps):
        if _is_left_to_a_later_step(steps, place, holders):
            continue
        named = ", ".join(titles.get(post, post) for post in step.posts)
        seats = seats_now(steps, place, lambda post: bool(holders.get(post)))
        seated = [_people_in(posts, holders) for posts in seats.values()]
        free = [people - excluded for people in seated]
        blockers += [Blocker(code, named) for code in _understaffed(seated, free, step.quorum)]
        for person in _indispensable(free, step.quorum):
            only.setdefault(person, []).append(named)
    twice = [Blocker(NotYet.ONE_FOR_TWO, ", ".join(posts)) for posts in only.values() if posts[1:]]
    return [*blockers, *twice]


def _is_left_to_a_later_step(
    steps: Sequence[Step], place: int, holders: Mapping[str, AbstractSet[int]]
) -> bool:
    """Whether it is vacant today, and whoever stands in for it is asked later anyway."""
    later = {post for step in steps[place + 1 :] for post in step.posts}
    turns = (turn(steps, place, post, lambda each: bool(holders.get(each))) for post in later)
    return any(each is not None and each.passing == Passing.VACANT for each in turns)


def _people_in(
    posts: AbstractSet[str], holders: Mapping[str, AbstractSet[int]]
) -> AbstractSet[int]:
    return frozenset().union(*(holders.get(post, frozenset()) for post in posts))


def _understaffed(
    seated: Sequence[AbstractSet[int]], free: Sequence[AbstractSet[int]], quorum: int
) -> list[NotYet]:
    # A post counts once however many sit in it (`is_step_complete`), so seats are counted, not people.
    if sum(map(bool, seated)) < quorum:
        return [NotYet.VACANT]
    # The other way round, one person in two posts may endorse only once.
    if sum(map(bool, free)) < quorum or len(set().union(*free)) < quorum:
        return [NotYet.ONLY_CONTRIBUTORS]
    return []


def _indispensable(free: Sequence[AbstractSet[int]], quorum: int) -> AbstractSet[int]:
    """Everybody whom the step has, when it has no more than it needs."""
    people: set[int] = set().union(*free)
    return people if len(people) == quorum else set()


@dataclass(frozen=True)
class Deciding:
    """One person, in one post, about to say a verdict. `decided_as` is the post of an earlier endorsement.

    `to_step` counts from 0; it is asked for with a remand to a named step alone.
    """

    state: str
    state_label: str
    verdict: str
    reason: str
    step: int
    is_their_turn: bool
    post: str
    post_title: str
    is_person: bool
    holds_post: bool
    is_approver: bool
    has_contributed: bool
    decided_as: str
    post_has_decided: bool
    hash_seen: str
    hash_submitted: str
    hash_now: str
    is_in_scope: bool = True
    to_step: int | None = None
    words_not_found: tuple[str, ...] = ()
    has_many_words: bool = False


def decision_blockers(case: Deciding) -> list[Blocker]:
    """Every reason why this verdict cannot be given (DESIGN, invariant 3): super-users get no other answer."""
    is_endorsing = case.verdict == Verdict.ENDORSE
    # Each is asked whatever the others say: an approver is not sent back twice.
    found = [
        (case.state != SubmissionState.UNDER_WAY, Not.NOT_UNDER_WAY, case.state_label),
        (not case.is_person, Not.NOBODY, ""),
        (case.is_person and not case.holds_post, Not.POST_NOT_HELD, case.post_title),
        (case.is_person and not case.is_approver, Not.NOT_APPROVER, case.post_title),
        (not case.is_their_turn, Not.NOT_THEIR_TURN, case.post_title),
        (case.holds_post and not case.is_in_scope, Not.OUT_OF_SCOPE, case.post_title),
        (case.has_contributed, Not.CONTRIBUTED, ""),
        (bool(case.decided_as), Not.DECIDED_ALREADY, case.decided_as),
        (case.post_has_decided, Not.POST_DECIDED, case.post_title),
        (case.hash_seen != case.hash_submitted, Not.OTHER_CONTENT, ""),
        # Whoever finds the content changed must still be able to send it back.
        (is_endorsing and case.hash_now != case.hash_submitted, Not.CONTENT_CHANGED, ""),
        (not is_endorsing and not case.reason.strip(), Not.NO_REASON, ""),
        (
            case.verdict == Verdict.REMAND_ONE_STEP and case.step == 0,
            Not.NO_EARLIER_STEP,
            "",
        ),
        (
            case.verdict == Verdict.REMAND_TO_STEP and case.to_step not in range(case.step),
            Not.NO_SUCH_STEP,
            "",
        ),
        (case.has_many_words, Not.TOO_MANY_WORDS, ""),
        *((True, Not.WORDS_NOT_FOUND, words) for words in case.words_not_found),
    ]
    return [Blocker(code, detail) for is_so, code, detail in found if is_so]


def alone_blockers(code: Sentence, bundle_title: str | None) -> list[Blocker]:
    """A member of a bundle is decided, taken back or stopped with all the others or not at all."""
    return [] if bundle_title is None else [Blocker(code, bundle_title)]


def take_back_blockers(*, state: str, state_label: str, is_theirs: bool) -> list[Blocker]:
    blockers = []
    if state != SubmissionState.UNDER_WAY:
        blockers.append(Blocker(TakeBackBlocker.NOT_UNDER_WAY, state_label))
    if not is_theirs:
        blockers.append(Blocker(TakeBackBlocker.NOT_THEIRS))
    return blockers


def stop_blockers(
    *,
    state: str,
    state_label: str,
    publish_after: datetime | None,
    at: datetime,
    is_theirs: bool,
    reason: str,
) -> list[Blocker]:
    """Why an approved submission cannot be kept from the gate now."""
    is_approved = state == SubmissionState.APPROVED
    is_early = publish_after is not None and publish_after - at >= LAST_MOMENT
    found = [
        (not is_approved, StopBlocker.NOT_APPROVED, state_label),
        (is_approved and not is_early, StopBlocker.TIME_HAS_COME, ""),
        (not is_theirs, StopBlocker.NOT_THEIRS, ""),
        (not reason.strip(), StopBlocker.NO_REASON, ""),
    ]
    return [Blocker(code, detail) for is_so, code, detail in found if is_so]


def carries_content(action: str) -> bool:
    return action in CONTENT_ACTIONS


def content_action(number: str) -> Action:
    """How a content goes out: published the first time, ever after corrected."""
    return Action.CORRECTED if number else Action.PUBLISHED
