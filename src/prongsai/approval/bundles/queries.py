"""Where a bundle stands, what its members are, and what keeps each from being sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from prongsai.approval import rules
from prongsai.approval.bundles import rules as bundle_rules
from prongsai.approval.bundles.states import BY_SUBMISSION, BundleBlocker, BundleState
from prongsai.approval.models import Bundle, BundleLook, Sending, Submission
from prongsai.approval.queries import (
    Route,
    change_said,
    contributors_to,
    contributors_to_bundle,
    deciding_posts,
    may_decide,
    newest_seq,
    proposal,
    public_hash,
    route,
    submission_content,
)
from prongsai.approval.queries.proposing import is_author, open_member, staffing, stages_for
from prongsai.approval.queries.submissions import arrangers
from prongsai.approval.states import SubmissionBlocker, SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import KindCode
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import held_appointments, is_in_scope
from prongsai.organisation.refusals import Blocker
from prongsai.record import bundles as record
from prongsai.record.queries import item
from prongsai.record.states import Action, Significance
from prongsai.screening.queries import unspeakable

# By the ref of the member.
Changes = Mapping[str, bundle_rules.Change]


def members_of(bundle: Bundle) -> list[Disclosure]:
    """In the order in which the public will read them."""
    rows = bundle.members.select_related("disclosure__unit", "disclosure__latest")
    return [each.disclosure for each in rows.order_by("position", "id")]


def leads() -> QuerySet[Submission]:
    """The first submission of each sending, which stands for all of it."""
    rows = Submission.objects.leading().exclude(sending=None)
    return rows.select_related("sending__bundle__unit", "disclosure__unit", "submitted_by")


def lead_of(bundle: Bundle) -> Submission | None:
    """Of the newest sending; None when it was never sent."""
    return leads().filter(sending__bundle=bundle).order_by("-sending_id").first()


def state_of(bundle: Bundle, lead: Submission | None) -> BundleState:
    if bundle.closed_at is not None:
        return BundleState.CLOSED
    state = SubmissionState(lead.state) if lead else None
    return BY_SUBMISSION.get(state, BundleState.DRAFTING) if state else BundleState.DRAFTING


def together(submission: Submission) -> list[Submission]:
    """Itself, or all members of the bundle as which it was sent, in their order."""
    if submission.sending_id is None:
        return [submission]
    rows = Submission.objects.filter(sending=submission.sending_id)
    related = (
        "disclosure__unit__parent",
        "revision",
        "submitted_by",
        "sending__bundle__unit__parent",
    )
    return list(rows.select_related(*related).order_by("place"))


def candidate(
    disclosure: Disclosure, bundle: Bundle | None, *, by: Actor, on: date
) -> bundle_rules.Candidate:
    member = open_member(disclosure)
    return bundle_rules.Candidate(
        title=disclosure.title,
        is_author=is_author(by, disclosure, on=on),
        is_draft=disclosure.stage in stages_for(Action.PUBLISHED),
        is_statement=disclosure.kind == KindCode.STATEMENT,
        is_in_another=member is not None and member.bundle_id != (bundle.pk if bundle else None),
    )


def act(
    disclosure: Disclosure,
    change: bundle_rules.Change | None = None,
    *,
    publish_after: str = "",
    bundle: str = "",
) -> rules.Act:
    """The publication or the correction of a member, as its approval binds it."""
    action = rules.content_action(disclosure.number)
    said = change if change and action == Action.CORRECTED else bundle_rules.Change()
    return rules.Act(
        action=action,
        number=disclosure.number,
        content=public_hash(disclosure.latest) if disclosure.latest else "",
        significance=str(Significance(said.significance)),
        change_note=lines(said.note),
        publish_after=publish_after,
        bundle=bundle,
        base=newest_seq(disclosure) if action == Action.CORRECTED else None,
    )


def content_blockers(disclosure: Disclosure, *, by: Actor, on: date) -> list[Blocker]:
    """Why this draft, whatever bundle it is in, could not go to the approvers now.

    Neither the way is asked for nor the words of a correction: both belong to the sending.
    """
    found = _proposal_blockers(disclosure, act(disclosure), by=by, on=on)
    return [each for each in found if each.code != SubmissionBlocker.NO_CHANGE_NOTE]


def _proposal_blockers(
    disclosure: Disclosure, wanted: rules.Act, *, by: Actor, on: date
) -> list[Blocker]:
    nowhere = Route("", (), ())
    case = proposal(
        disclosure, disclosure.latest, act=wanted, way=nowhere, by=by, on=on, in_bundle=True
    )
    return rules.submission_blockers(case)


def people_of(bundle: Bundle, members: Iterable[Disclosure], *, by: Actor) -> set[int]:
    """Whoever had a part in any member, put the bundle together or sends it: none of them decides."""
    people = arrangers(bundle)
    for disclosure in members:
        action = rules.content_action(disclosure.number)
        people |= contributors_to(disclosure, action=action, by=by)
    return people


def way_of_all(
    members: Sequence[Disclosure], *, urgency: str, excluded: set[int], on: date
) -> tuple[Route, list[Blocker]]:
    """The one way of a bundle and who is missing on it today."""
    routes = [
        route(
            each,
            action=rules.content_action(each.number),
            urgency=urgency,
            excluded=excluded,
            on=on,
        )
        for each in members
    ]
    blockers = [blocker for each in routes for blocker in each.blockers]
    ways = [
        bundle_rules.Way(each.chain_code, each.chain_version, each.steps, each.informed)
        for each in routes
    ]
    way, why_not = bundle_rules.joined(ways) if all(each.steps for each in ways) else (None, [])
    if way is None:
        return Route("", (), ()), [*dict.fromkeys(blockers), *why_not]
    there = [
        each
        for each in held_appointments(on)
        if all(is_in_scope(each, member.kind, member.unit) for member in members)
    ]
    blockers += staffing(list(way.steps), there, excluded=excluded)
    whole = Route(way.chain, way.steps, (), way.version, way.informed)
    return whole, list(dict.fromkeys(blockers))


def sending_blockers(
    bundle: Bundle,
    members: Sequence[Disclosure],
    changes: Changes,
    *,
    publish_after: str,
    by: Actor,
    on: date,
) -> list[Blocker]:
    """Everything that keeps this bundle from being sent, its way excepted; each reason of a member names it."""
    blockers = [
        Blocker(BundleBlocker.TITLE_UNSPEAKABLE, each) for each in unspeakable(bundle.title)
    ]
    if len(members) < bundle_rules.FEWEST_MEMBERS:
        blockers.append(Blocker(BundleBlocker.TOO_FEW))
    for disclosure in members:
        change = changes.get(str(disclosure.ref))
        wanted = act(disclosure, change, publish_after=publish_after)
        reasons = _proposal_blockers(disclosure, wanted, by=by, on=on)
        blockers += [of_member(disclosure, reason) for reason in reasons]
    return blockers


def of_member(disclosure: Disclosure, reason: Blocker) -> Blocker:
    return Blocker(BundleBlocker.MEMBER, f"“{disclosure.title}”: {reason}")


def statement_of(
    bundle_ref: str,
    title: str,
    rows: Sequence[Submission],
    salts: Sequence[str],
    bases: Sequence[record.Base | None],
) -> dict[str, object]:
    """What these submissions say of their bundle, from their contents as they are now."""
    members = [
        record.Member(str(each.ref), record.digest(_whole(each), salt, base), base)
        for each, salt, base in zip(rows, salts, bases, strict=True)
    ]
    return record.statement(bundle_id=bundle_ref, title=title, members=members)


def _whole(submission: Submission) -> dict[str, Any]:
    return {**submission_content(submission), "change": change_said(submission)}


def base_of(disclosure: Disclosure) -> record.Base | None:
    """The edition that the public reads now and that a member corrects; None for what was never public."""
    found = item(disclosure.number) if disclosure.number else None
    return record.Base(found.number, found.version) if found else None


def is_base_current(submission: Submission) -> bool:
    """Whether what it corrects is still what the public read when it was sent; true of what corrects nothing."""
    if submission.base_seq not in (None, newest_seq(submission.disclosure)):
        return False
    sending = submission.sending
    written_on = record.bases(sending.statement) if sending else []
    if submission.place >= len(written_on):
        return sending is None
    base = written_on[submission.place]
    return base is None or base == base_of(submission.disclosure)


def is_as_sent(sending: Sending, rows: Sequence[Submission]) -> bool:
    """Whether these are the members that the decisions are bound to, each with the content of that day."""
    if len(rows) != len(sending.salts):
        return False
    bases = record.bases(sending.statement)
    stated = statement_of(
        str(sending.bundle.ref), sending.statement["title"], rows, sending.salts, bases
    )
    return record.statement_hash(stated) == sending.statement_hash


def said_of_bundle(submission: Submission) -> dict[str, object] | None:
    """The `bundle` of a member's edition; None for what went alone."""
    sending = submission.sending
    if sending is None:
        return None
    salt = sending.salts[submission.place]
    return record.of_member(sending.statement, key=str(submission.ref), salt=salt)


def posts_for(person: Person, lead: Submission, on: date) -> list[str]:
    """Posts of theirs that may speak of every member now."""
    rows = together(lead)
    speaking = [deciding_posts(person, each, on) for each in rows]
    return [post for post in speaking[0] if all(post in each for each in speaking)]


def may_decide_bundle(person: Person, rows: Sequence[Submission], on: date) -> list[Blocker]:
    """Every reason against, for somebody who has the present page open; each once."""
    sending = rows[0].sending
    excluded = contributors_to_bundle(sending) if sending else None
    reasons = (may_decide(person, row, on, excluded=excluded) for row in rows)
    return list(dict.fromkeys(each for found in reasons for each in found))


def looked_at(rows: Iterable[Submission], person: Person) -> set[int]:
    """The members that this person said they have read."""
    keys = [each.pk for each in rows]
    looks = BundleLook.objects.filter(submission__in=keys, looked_by=person)
    return set(looks.values_list("submission_id", flat=True))
