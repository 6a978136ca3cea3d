"""A bundle is put together, sent, taken back, stopped or given up, with all its members or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import IntegrityError
from django.utils.timezone import localdate

from prongsai.approval import rules
from prongsai.approval.actions.stopping import stop_submission
from prongsai.approval.actions.submitting import (
    start_submission,
    submission_row,
    undo_submission,
)
from prongsai.approval.bundles import queries
from prongsai.approval.bundles import rules as bundle_rules
from prongsai.approval.bundles.refusals import CannotArrange, CannotSend
from prongsai.approval.bundles.states import BundleBlocker
from prongsai.approval.models import Bundle, BundleMember, Sending, Submission
from prongsai.approval.queries import Route, is_stoppable_by, stopping
from prongsai.approval.queries.proposing import is_author, is_writer
from prongsai.approval.refusals import CannotStop, CannotTakeBack
from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency
from prongsai.disclosures.actions.locking import author_id
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.tidy import line, lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.refusals import Blocker
from prongsai.record import bundles as record


@contextmanager
def locked(bundle: Bundle, *, verb: str, by: Actor, at: datetime) -> Iterator[Bundle]:
    """One act at a time about a bundle; a refusal undoes it and is remembered."""
    with refusals_recorded(by=by, at=at, verb=verb, subject=bundle.subject):
        yield Bundle.objects.select_for_update().get(pk=bundle.pk)
    bundle.refresh_from_db()


def open_bundle(
    *, title: str, unit: Unit, disclosures: Sequence[Disclosure], by: Actor, at: datetime
) -> Bundle:
    """A new bundle of these drafts. Raises `CannotArrange` with every reason."""
    bundle = Bundle(unit=unit, opened_at=at, opened_by_id=author_id(by))
    with refusals_recorded(by=by, at=at, verb="open_bundle", subject=bundle.subject):
        _arrange(bundle, line(title), disclosures, verb="open_bundle", by=by, at=at)
    return bundle


def arrange_bundle(
    *, bundle: Bundle, title: str, disclosures: Sequence[Disclosure], by: Actor, at: datetime
) -> None:
    """Its title and its members, in this order, while nothing of it is on its way. Raises `CannotArrange`."""
    with locked(bundle, verb="arrange_bundle", by=by, at=at) as row:
        _arrange(row, line(title), disclosures, verb="arrange_bundle", by=by, at=at)


def _arrange(
    bundle: Bundle,
    title: str,
    disclosures: Sequence[Disclosure],
    *,
    verb: str,
    by: Actor,
    at: datetime,
) -> None:
    on = localdate(at)
    wanted = list(dict.fromkeys(disclosures))
    blockers = bundle_rules.arrangement_blockers(
        bundle_rules.Arrangement(
            state=queries.state_of(bundle, queries.lead_of(bundle) if bundle.pk else None),
            is_of_unit=is_writer(by, bundle.unit, on=on),
            title=title,
            members=[queries.candidate(each, bundle, by=by, on=on) for each in wanted],
        )
    )
    if blockers:
        raise CannotArrange(blockers)
    bundle.title = title
    bundle.save()
    _put(bundle, wanted)
    refs = [str(each.ref) for each in wanted]
    details = {"title": title, "members": refs}
    record_act(by=by, at=at, verb=verb, subject=bundle.subject, details=details)


def _put(bundle: Bundle, wanted: Sequence[Disclosure]) -> None:
    """Somebody may put the same draft into another bundle at this moment: the table lets one of them."""
    bundle.members.all().delete()
    rows = [
        BundleMember(bundle=bundle, disclosure=each, position=place)
        for place, each in enumerate(wanted)
    ]
    try:
        BundleMember.objects.bulk_create(rows)
    except IntegrityError as error:
        titles = ", ".join(each.title for each in wanted)
        raise CannotArrange([Blocker(BundleBlocker.IN_ANOTHER, titles)]) from error


def close_bundle(*, bundle: Bundle, by: Actor, at: datetime) -> None:
    """Given up; its drafts go their own ways. A second time changes nothing. Raises `CannotArrange`."""
    with locked(bundle, verb="close_bundle", by=by, at=at) as row:
        if row.closed_at is not None:
            return
        blockers = bundle_rules.state_blockers(queries.state_of(row, queries.lead_of(row)))
        if not is_writer(by, row.unit, on=localdate(at)):
            blockers.append(Blocker(BundleBlocker.NOT_OF_UNIT))
        if blockers:
            raise CannotArrange(blockers)
        row.closed_at, row.closed_by_id = at, by.person_id
        row.save(update_fields=["closed_at", "closed_by"])
        row.members.update(is_open=False)
        record_act(by=by, at=at, verb="close_bundle", subject=row.subject)


def send_bundle(
    *,
    bundle: Bundle,
    seen: Sequence[str],
    changes: queries.Changes | None = None,
    urgency: str = Urgency.NORMAL,
    publish_after: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Sending:
    """Locks the contents of all members and starts their one way. A double click returns the first.

    `seen` are title and refs of the members as the sender's page showed them (`seen_of`); `changes` say by ref what
    is corrected in those that are public already. Raises `CannotSend`.
    """
    with locked(bundle, verb="send_bundle", by=by, at=at) as row:
        lead = queries.lead_of(row)
        if lead and _is_repeat(lead, urgency, publish_after, by):
            return _sending_of(lead)
        wish = _Wish(seen, changes or {}, urgency, publish_after)
        return _send(row, lead, wish, by=by, at=at)


def seen_of(bundle: Bundle, members: Sequence[Disclosure]) -> list[str]:
    """What a page that shows this bundle has seen of it."""
    return [bundle.title, *(str(each.ref) for each in members)]


def _is_repeat(lead: Submission, urgency: str, publish_after: datetime | None, by: Actor) -> bool:
    there = (lead.submitted_by_id, lead.urgency, lead.publish_after)
    return lead.state in OPEN_STATES and there == (by.person_id, urgency, publish_after)


def _sending_of(lead: Submission) -> Sending:
    return Sending.objects.get(pk=lead.sending_id or 0)


@dataclass(frozen=True)
class _Wish:
    """How somebody wants a bundle sent."""

    seen: Sequence[str]
    changes: queries.Changes
    urgency: str
    publish_after: datetime | None

    @property
    def moment(self) -> str:
        return self.publish_after.astimezone(UTC).isoformat() if self.publish_after else ""


def _send(
    bundle: Bundle, lead: Submission | None, wish: _Wish, *, by: Actor, at: datetime
) -> Sending:
    members = _locked_members(bundle)
    on, is_seen = localdate(at), wish.seen == seen_of(bundle, members)
    excluded = queries.people_of(bundle, members, by=by)
    way, missing = queries.way_of_all(members, urgency=wish.urgency, excluded=excluded, on=on)
    blockers = [
        *bundle_rules.state_blockers(queries.state_of(bundle, lead)),
        *([] if is_seen else [Blocker(BundleBlocker.CHANGED_MEANWHILE)]),
        *queries.sending_blockers(
            bundle, members, wish.changes, publish_after=wish.moment, by=by, on=on
        ),
        *missing,
    ]
    if blockers or by.person_id is None:
        raise CannotSend(blockers)
    sending, rows = _frozen(bundle, members, way, wish, by.person_id, at)
    for each in rows:
        each.urgency, each.publish_after = wish.urgency, wish.publish_after
        start_submission(each, by.person_id, excluded, by=by, at=at)
    details = {"members": len(rows), "hash": sending.statement_hash, "urgency": str(wish.urgency)}
    record_act(by=by, at=at, verb="send_bundle", subject=bundle.subject, details=details)
    return sending


def _locked_members(bundle: Bundle) -> list[Disclosure]:
    """In their order; locked in the order of their keys, so that two bundles never wait for each other."""
    keys = list(bundle.members.values_list("disclosure_id", flat=True))
    rows = Disclosure.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    by_key = {each.pk: each for each in rows}
    return [by_key[key] for key in keys]


def _frozen(
    bundle: Bundle,
    members: Sequence[Disclosure],
    way: Route,
    wish: _Wish,
    sender: int,
    at: datetime,
) -> tuple[Sending, list[Submission]]:
    """The members with their digests, and one submission for each, bound to the hash over all of them."""
    changes = [wish.changes.get(str(each.ref)) for each in members]
    acts = [queries.act(each, change) for each, change in zip(members, changes, strict=True)]
    bare = [_bare(each, way, act) for each, act in zip(members, acts, strict=True)]
    salts, bases = [record.new_salt() for _each in members], [*map(queries.base_of, members)]
    stated = queries.statement_of(str(bundle.ref), bundle.title, bare, salts, bases)
    sending = Sending.objects.create(
        bundle=bundle,
        statement=stated,
        statement_hash=record.statement_hash(stated),
        salts=salts,
        sent_at=at,
        sent_by_id=sender,
    )
    for place, (each, act) in enumerate(zip(bare, acts, strict=True)):
        each.sending, each.place = sending, place
        bound = replace(act, publish_after=wish.moment, bundle=sending.statement_hash)
        each.content_hash = rules.submission_hash(bound)
    return sending, bare


def _bare(disclosure: Disclosure, way: Route, act: rules.Act) -> Submission:
    if disclosure.latest is None:
        raise CannotSend([Blocker(BundleBlocker.NO_DRAFT, disclosure.title)])
    return submission_row(act, disclosure=disclosure, revision=disclosure.latest, way=way)


def take_back_bundle(*, bundle: Bundle, by: Actor, at: datetime, reason: str = "") -> None:
    """Whoever sent it, or somebody who may write all members, goes on writing: until the last step has decided.

    Taking back twice changes nothing. Raises `CannotTakeBack`.
    """
    with locked(bundle, verb="take_back_bundle", by=by, at=at) as row:
        rows = _sent(row)
        on = localdate(at)
        is_writer_of_all = all(is_author(by, each.disclosure, on=on) for each in rows)
        is_theirs = is_writer_of_all or by.person_id == rows[0].submitted_by_id
        if is_theirs and rows[0].state == SubmissionState.RECALLED:
            return
        label = str(SubmissionState(rows[0].state).label)
        blockers = rules.take_back_blockers(
            state=rows[0].state, state_label=label, is_theirs=is_theirs
        )
        if blockers:
            raise CannotTakeBack(blockers)
        for each in rows:
            undo_submission(each, by=by, at=at, reason=reason)
        record_act(by=by, at=at, verb="take_back_bundle", subject=row.subject, reason=reason)


def stop_bundle(*, bundle: Bundle, reason: str, by: Actor, at: datetime) -> None:
    """All members are kept from the gate before their time. Stopping twice changes nothing. Raises `CannotStop`."""
    reason = lines(reason)
    with locked(bundle, verb="stop_bundle", by=by, at=at) as row:
        rows = _sent(row)
        is_theirs = all(is_stoppable_by(each, by, at) for each in rows)
        if rows[0].state == SubmissionState.STOPPED and is_theirs:
            return
        found = (stopping(each, reason=reason, by=by, at=at) for each in rows)
        blockers = list(dict.fromkeys(blocker for each in found for blocker in each))
        if blockers:
            raise CannotStop(blockers)
        for each in rows:
            stop_submission(each, reason, by=by, at=at)
        record_act(by=by, at=at, verb="stop_bundle", subject=row.subject, reason=reason)


def _sent(bundle: Bundle) -> list[Submission]:
    """The submissions of its newest sending, locked. Raises `CannotArrange` when it was never sent."""
    lead = queries.lead_of(bundle)
    if lead is None:
        raise CannotArrange([Blocker(BundleBlocker.NOT_SENT)])
    return locked_rows(_sending_of(lead))


def locked_rows(sending: Sending) -> list[Submission]:
    """All members of a sending, in their order."""
    rows = Submission.objects.select_for_update(of=("self",)).filter(sending=sending)
    related = ("disclosure__unit", "revision", "sending__bundle")
    return list(rows.select_related(*related).order_by("place"))


def hand_over_bundles(*, unit: Unit, successor: Unit) -> None:
    """All its bundles are looked after by the unit that goes on. Part of another act."""
    Bundle.objects.filter(unit=unit).update(unit=successor)


def finish_bundle(*, sending: Sending) -> None:
    """All its members are public: none of them waits in it any more. Part of another act."""
    sending.bundle.members.update(is_open=False)
