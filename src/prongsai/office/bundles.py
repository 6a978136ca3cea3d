"""Bundles on the screens of those who put them together and of those who decide them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

from prongsai.approval.bundles import queries
from prongsai.approval.bundles import rules as bundle_rules
from prongsai.approval.bundles.actions import seen_of
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.models import Bundle, Sending, Submission
from prongsai.approval.queries import change_said, said
from prongsai.approval.queries.deadlines import deadline
from prongsai.approval.queries.proposing import is_writer
from prongsai.approval.rules import content_action
from prongsai.approval.states import SubmissionBlocker, Urgency
from prongsai.approval.walking import effective, passed_steps
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import EDITABLE_STAGES
from prongsai.office.bundle_forms import BundleDecisionForm, ChangeForm
from prongsai.office.deciding import earlier_steps, is_early, rights
from prongsai.office.desk import Desk
from prongsai.office.lists import ChainStep, chain_steps, signature_of
from prongsai.office.permissions import OVERSEERS, role_refusal
from prongsai.office.queries import visible_disclosures
from prongsai.office.rights import may, visitor_at
from prongsai.office.submitting import Way, stopper
from prongsai.organisation.states import RoleCode
from prongsai.record.addresses import public_path
from prongsai.record.states import Action, Significance
from prongsai.screening.models import Finding, Screening
from prongsai.screening.queries import current_screening

MOST_DRAFTS = 200


@dataclass(frozen=True)
class Draft:
    """A draft that could be a member: why it cannot be chosen, and what must be done before it can be sent."""

    disclosure: Disclosure
    is_chosen: bool
    refusals: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def comparison(self) -> str:
        return draft_comparison(self.disclosure)

    @property
    def is_ready(self) -> bool:
        return not self.refusals and not self.notes


@dataclass(frozen=True)
class Member:
    """One line of a bundle. `reads` is where it is read; `is_changed` since it was sent before."""

    disclosure: Disclosure
    notes: tuple[str, ...] = ()
    submission: Submission | None = None
    findings: int = 0
    is_looked_at: bool = False
    is_changed: bool | None = None

    @property
    def content(self) -> dict[str, Any]:
        revision = self.submission.revision if self.submission else self.disclosure.latest
        return revision.content if revision else {}

    @property
    def title(self) -> str:
        return str(self.content.get("title") or self.disclosure.title)

    @property
    def is_correction(self) -> bool:
        action = (
            self.submission.action if self.submission else content_action(self.disclosure.number)
        )
        return action == Action.CORRECTED

    @property
    def change_note(self) -> str:
        return self.submission.change_note if self.submission else ""

    @property
    def comparison(self) -> str:
        """Where a correction is compared with what the public reads: with the draft, or with what was sent."""
        if not self.is_correction:
            return ""
        if self.submission is not None:
            return reverse("decide", kwargs={"ref": self.submission.ref}) + "#changes-title"
        return draft_comparison(self.disclosure)

    @property
    def file_count(self) -> int:
        return len(self.content.get("files", ()))

    @property
    def withheld_count(self) -> int:
        return len(self.content.get("withheld", ()))


def draft_comparison(disclosure: Disclosure) -> str:
    """ "" for what was never public."""
    before, now = disclosure.published_revision, disclosure.latest
    if before is None or now is None:
        return ""
    address = reverse("compare", kwargs={"ref": disclosure.ref})
    return f"{address}?old={before.sequence}&new={now.sequence}"


def drafts(desk: Desk, bundle: Bundle | None, chosen: Iterable[str]) -> list[Draft]:
    """Those that the person may write: the members first, then what is ready, then the rest with its reasons."""
    marked = set(chosen)
    rows = visible_disclosures(desk).filter(stage__in=EDITABLE_STAGES)
    works = rows.prefetch_related("submissions").order_by("-changed_at")[:MOST_DRAFTS]
    found = [
        _draft(each, desk, bundle, is_chosen=str(each.ref) in marked)
        for each in works
        if may(desk, "submit", each)
    ]
    return sorted(found, key=lambda each: (not each.is_chosen, not each.is_ready))


def _draft(disclosure: Disclosure, desk: Desk, bundle: Bundle | None, *, is_chosen: bool) -> Draft:
    by = desk.actor_with(RoleCode.OFFICER)
    wanted = queries.candidate(disclosure, bundle, by=by, on=desk.on)
    refusals = tuple(str(each) for each in bundle_rules.candidate_blockers(wanted))
    return Draft(disclosure, is_chosen, refusals, _notes(disclosure, desk))


def _notes(disclosure: Disclosure, desk: Desk, *, is_theirs: bool = True) -> tuple[str, ...]:
    """What keeps a draft from being sent; that it is not screened yet does not, for sending screens it.

    Whoever only looks reads nothing of what they themselves may not.
    """
    latest = disclosure.latest
    is_screened = latest is not None and current_screening(latest, on=desk.on) is not None
    by = desk.actor_with(RoleCode.OFFICER)
    left_out = {
        *(() if is_screened else (SubmissionBlocker.SCREENING,)),
        *(() if is_theirs else (SubmissionBlocker.NOT_AUTHOR,)),
    }
    return tuple(
        str(each)
        for each in queries.content_blockers(disclosure, by=by, on=desk.on)
        if each.code not in left_out
    )


def visible_bundles(desk: Desk) -> list[Bundle]:
    """Newest first: of one's units, or with members of which one may see all."""
    rows = Bundle.objects.select_related("unit", "opened_by").prefetch_related(
        "members__disclosure__unit", "members__disclosure__submissions"
    )
    return [each for each in rows[:MOST_DRAFTS] if may_see(each, desk)]


def may_see(bundle: Bundle, desk: Desk) -> bool:
    if desk.roles & OVERSEERS:
        return True
    members = list(bundle.members.all())
    if not members:
        return bundle.unit.code in desk.unit_codes
    return all(may(desk, "see", each.disclosure) for each in members)


@dataclass(frozen=True)
class BundleRow:
    bundle: Bundle
    state: BundleState
    count: int


def bundle_rows(desk: Desk) -> list[BundleRow]:
    found = visible_bundles(desk)
    leads = {
        each.sending.bundle_id: each
        for each in queries.leads().filter(sending__bundle__in=found).order_by("sending_id")
        if each.sending
    }
    return [
        BundleRow(each, queries.state_of(each, leads.get(each.pk)), len(each.members.all()))
        for each in found
    ]


def writes_for(bundle: Bundle, desk: Desk) -> bool:
    by = desk.actor_with(RoleCode.OFFICER) if desk.appointments else desk.actor
    return not role_refusal("write", visitor_at(desk)) and is_writer(by, bundle.unit, on=desk.on)


def bundle_screen(bundle: Bundle, desk: Desk, *, at: datetime) -> dict[str, Any]:
    """Everything that `bundles/one.html` takes, but for its form."""
    lead = queries.lead_of(bundle)
    state = queries.state_of(bundle, lead)
    works = queries.members_of(bundle)
    is_draft, is_public = state == BundleState.DRAFTING, state == BundleState.PUBLISHED
    rights = _rights(bundle, lead, state, desk, at)
    may_write = rights["may_write"]
    shown = (
        _as_draft(bundle, works, lead, desk, is_theirs=may_write)
        if is_draft
        else _as_sent(lead, desk)
    )
    return {
        "bundle": bundle,
        "state": state,
        "lead": lead,
        "seen": seen_of(bundle, works),
        "changes": change_forms(bundle, works) if is_draft else [],
        "public": public_path("bundle", bundle_id=bundle.ref) if is_public else "",
        **rights,
        **shown,
    }


def change_forms(bundle: Bundle, works: Sequence[Disclosure], data: Any = None) -> list[ChangeForm]:
    """One for each member that corrects what is public, with the words of the time before."""
    wanted = [each for each in works if each.number]
    rows = Submission.objects.filter(sending__bundle=bundle, disclosure__in=wanted).order_by("pk")
    before = {each.disclosure_id: each for each in rows}
    return [_change_form(each, before.get(each.pk), data) for each in wanted]


def _change_form(disclosure: Disclosure, before: Submission | None, data: Any) -> ChangeForm:
    words = change_said(before) if before else {"significance": Significance.MAJOR, "note": ""}
    initial = {"change_note": words["note"], "significance": words["significance"]}
    return ChangeForm(data, prefix=str(disclosure.ref), initial=initial, about=disclosure)


def _rights(
    bundle: Bundle, lead: Submission | None, state: BundleState, desk: Desk, at: datetime
) -> dict[str, bool]:
    is_theirs = writes_for(bundle, desk)
    is_under_way, is_approved = state == BundleState.UNDER_WAY, state == BundleState.APPROVED
    return {
        "may_write": state == BundleState.DRAFTING and is_theirs,
        "may_decide": is_under_way
        and lead is not None
        and bool(queries.posts_for(desk.person, lead, desk.on)),
        "may_take_back": is_under_way and is_theirs,
        "may_stop": is_approved and lead is not None and stopper(lead, desk, at) is not None,
    }


def _as_draft(
    bundle: Bundle,
    works: Sequence[Disclosure],
    lead: Submission | None,
    desk: Desk,
    *,
    is_theirs: bool,
) -> dict[str, Any]:
    return {
        "members": [Member(each, _notes(each, desk, is_theirs=is_theirs)) for each in works],
        "ways": _ways(bundle, works, desk) if works and is_theirs else [],
        "steps": [],
        "words": _last_words(lead),
    }


def _as_sent(lead: Submission | None, desk: Desk) -> dict[str, Any]:
    return {
        "members": _sent_members(lead, desk),
        "ways": [],
        "steps": _steps(lead, desk) if lead else [],
        "words": "",
    }


def _last_words(lead: Submission | None) -> str:
    """With what it came back: of the gate, of whoever stopped it, or of whoever sent it back."""
    if lead is None:
        return ""
    decision = lead.decisions.exclude(reason="").order_by("-id").first()
    spoken = f"{decision.post_title}: {decision.reason}" if decision else ""
    return lead.refusal or spoken


def _steps(lead: Submission, desk: Desk) -> list[ChainStep]:
    decisions = list(lead.decisions.select_related("person"))
    words = effective(said(decisions))
    counting = {one.id for one in words}
    return chain_steps(
        lead.steps,
        on=desk.on,
        at_step=lead.step if lead.approved_at is None else len(lead.steps),
        decisions=[one for one in decisions if one.pk in counting],
        passed=passed_steps(words),
    )


def _ways(bundle: Bundle, works: Sequence[Disclosure], desk: Desk) -> list[Way]:
    by = desk.actor_with(RoleCode.OFFICER)
    excluded = queries.people_of(bundle, works, by=by)
    ways = []
    for urgency in Urgency:
        way, blockers = queries.way_of_all(works, urgency=urgency, excluded=excluded, on=desk.on)
        steps = chain_steps([step.to_json() for step in way.steps], on=desk.on, at_step=-1)
        ways.append(Way(urgency, str(urgency.label), steps, [str(each) for each in blockers]))
    return ways


def _sent_members(lead: Submission | None, desk: Desk) -> list[Member]:
    if lead is None or lead.sending is None:
        return []
    rows = queries.together(lead)
    looked = queries.looked_at(rows, desk.person)
    findings, before = _findings(rows), _sent_before(lead.sending)
    return [
        Member(
            each.disclosure,
            submission=each,
            findings=findings.get(each.disclosure_id, 0),
            is_looked_at=each.pk in looked,
            is_changed=before[each.disclosure_id] != each.revision_id
            if each.disclosure_id in before
            else None,
        )
        for each in rows
    ]


def _findings(rows: Sequence[Submission]) -> dict[int, int]:
    """How many findings of the newest screening were decided, by disclosure."""
    newest = Screening.objects.filter(disclosure=OuterRef("screening__disclosure")).order_by("-id")
    found = Finding.objects.filter(screening__disclosure__in=[each.disclosure_id for each in rows])
    found = found.filter(screening=Subquery(newest.values("pk")[:1]))
    counted = found.values("screening__disclosure").annotate(n=Count("pk")).order_by()
    return {row["screening__disclosure"]: row["n"] for row in counted}


def _sent_before(sending: Sending) -> dict[int, int]:
    """The revision of each member as which it was sent the time before."""
    earlier = Sending.objects.filter(bundle=sending.bundle_id, pk__lt=sending.pk).order_by("-pk")
    rows = Submission.objects.filter(sending=Subquery(earlier.values("pk")[:1]))
    return dict(rows.values_list("disclosure_id", "revision_id"))


def decision_form(lead: Submission, desk: Desk, data: Any = None) -> BundleDecisionForm:
    """Bound to the hash over all members that are on the page, for the posts that may speak of every one."""
    speaking = queries.posts_for(desk.person, lead, desk.on)
    titles = {held.post.code: signature_of(held) for held in desk.appointments}
    sending = lead.sending
    return BundleDecisionForm(
        data,
        posts=[(code, titles[code]) for code in speaking],
        steps=earlier_steps(lead),
        initial={"content_hash": sending.statement_hash if sending else ""},
    )


def decision_screen(
    bundle: Bundle, lead: Submission, form: BundleDecisionForm, desk: Desk
) -> dict[str, Any]:
    """Everything that `bundles/decide.html` takes."""
    members = _sent_members(lead, desk)
    rows = [each.submission for each in members if each.submission]
    decisions = list(lead.decisions.select_related("person"))
    counting = {one.id for one in effective(said(decisions))}
    return {
        "bundle": bundle,
        "submission": lead,
        "members": members,
        "unread": [each for each in members if not each.is_looked_at],
        "steps": _steps(lead, desk),
        "undone": [one for one in decisions if one.pk not in counting],
        "deadline": deadline(lead, on=desk.on),
        "rights": rights(lead, form, desk),
        "is_early": is_early(lead, form, desk),
        "form": form,
        "blockers": [str(each) for each in queries.may_decide_bundle(desk.person, rows, desk.on)],
    }


def next_unread(submission: Submission, desk: Desk) -> Submission | None:
    """The member after this one that they have not read, else the first such."""
    rows = queries.together(submission)
    looked = queries.looked_at(rows, desk.person)
    waiting = [each for each in rows if each.pk not in looked and each.pk != submission.pk]
    return next((each for each in waiting if each.place > submission.place), None) or next(
        iter(waiting), None
    )
