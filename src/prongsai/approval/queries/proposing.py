"""What stands in the way of a submission before it is made, and which way it would go."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from prongsai.approval import rules
from prongsai.approval.chains import (
    DIVISION_HEAD,
    SECTION_HEAD,
    Head,
    Step,
    post_of,
    resolve,
)
from prongsai.approval.models import BundleMember, ChainVersion
from prongsai.approval.queries.chains import chains_for
from prongsai.approval.queries.submissions import open_submission
from prongsai.approval.scopes import Scope
from prongsai.approval.states import SubmissionBlocker
from prongsai.disclosures.kinds import missing_fields
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Post, Unit
from prongsai.organisation.queries import (
    held_appointments,
    held_by,
    is_in_scope,
    post_titles,
    posts_above,
)
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.record.queries import item
from prongsai.screening.queries import blocking_reasons, unspeakable
from prongsai.screening.redacting.queries import cover_reasons

LEVELS = {SECTION_HEAD: UnitLevel.SECTION, DIVISION_HEAD: UnitLevel.DIVISION}


@dataclass(frozen=True)
class Route:
    """The concrete way of one disclosure, and why it cannot be walked today."""

    chain_code: str
    steps: tuple[Step, ...]
    blockers: tuple[Blocker, ...]
    chain_version: int | None = None
    informed: tuple[str, ...] = ()


def route(
    disclosure: Disclosure, *, action: str, urgency: str, excluded: set[int], on: date
) -> Route:
    """Which posts would have to agree; the screen shows it before anything is sent."""
    wanted = Scope(
        urgency=urgency,
        action=action,
        kind=disclosure.kind,
        section=_section(disclosure, action),
        unit=disclosure.unit.code,
    )
    fitting = chains_for(wanted, on)
    if not fitting:
        return Route("", (), (Blocker(SubmissionBlocker.NO_CHAIN),))
    if len(fitting) > 1:
        names = ", ".join(chain.name for chain in fitting)
        return Route("", (), (Blocker(SubmissionBlocker.CHAIN_IN_DOUBT, names),))
    return way_of(fitting[0], disclosure.unit, kind=disclosure.kind, excluded=excluded, on=on)


def way_of(version: ChainVersion, unit: Unit, *, kind: str, excluded: set[int], on: date) -> Route:
    """The way of a version for a disclosure of this unit and kind, and who is missing on that day."""
    plans = version.steps
    above = posts_above() if any(plan.stand_in for plan in plans) else {}
    heads = _heads(unit)
    steps, unresolved = resolve(plans, heads, above)
    there = [each for each in held_appointments(on) if is_in_scope(each, kind, unit)]
    staffed = [] if unresolved else staffing(steps, there, excluded=excluded)
    told = (post_of(seat, heads) for seat in version.informed)
    return Route(
        chain_code=version.code,
        steps=tuple(steps),
        blockers=(*unresolved, *staffed),
        chain_version=version.number,
        informed=tuple(dict.fromkeys(post for post in told if post)),
    )


def _section(disclosure: Disclosure, action: str) -> str:
    """Of the content that the act carries, or of the content that is public."""
    carries = rules.carries_content(action)
    revision = disclosure.latest if carries else disclosure.published_revision
    return str(revision.content["section"]) if revision else ""


def _heads(unit: Unit) -> dict[str, Head | None]:
    line: list[Unit] = []
    above: Unit | None = unit
    while above is not None:
        line.append(above)
        above = above.parent
    # Reversed, so that of two units of one level the nearer stands.
    levels = {each.level: each for each in reversed(line)}
    return {pattern: _head(levels.get(level)) for pattern, level in LEVELS.items()}


def head_posts(unit: Unit) -> frozenset[str]:
    """The approving posts that lead this unit and the division it lies in."""
    heads = _heads(unit).values()
    return frozenset(head.post for head in heads if head is not None and head.post)


def _head(unit: Unit | None) -> Head | None:
    return None if unit is None else Head(unit.name, _head_post(unit))


def _head_post(unit: Unit) -> str:
    approving = Post.objects.filter(unit=unit, roles__code=RoleCode.APPROVER)
    first = approving.order_by("rank", "code").first()
    return first.code if first else ""


def staffing(
    steps: list[Step], there: Iterable[Appointment], *, excluded: set[int]
) -> list[Blocker]:
    """`there` are the appointments that hold that day and reach this work."""
    holders: dict[str, set[int]] = defaultdict(set)
    for appointment in there:
        holders[appointment.post.code].add(appointment.person_id)
    codes = {post for step in steps for post in step.posts}
    titles = post_titles(codes)
    return rules.staffing_blockers(steps, holders, excluded=excluded, titles=titles)


def contributors_to(disclosure: Disclosure, *, action: str, by: Actor) -> set[int]:
    """Who could not decide if `by` submitted this now."""
    people = set() if by.person_id is None else {by.person_id}
    if rules.carries_content(action):
        people |= contributors_since_last_publication(disclosure)
    return people


def proposal(
    disclosure: Disclosure,
    revision: Revision | None,
    *,
    act: rules.Act,
    way: Route,
    by: Actor,
    on: date,
    in_bundle: bool = False,
) -> rules.Proposal:
    """Everything that decides whether this act may be submitted now, alone or `in_bundle`."""
    published = disclosure.published_revision
    # Only its content waits in the bundle: what is public may be withdrawn or recalled meanwhile.
    is_free = in_bundle or not rules.carries_content(act.action)
    member = None if is_free else open_member(disclosure)
    missing, screening = _content_reasons(revision, act.action, on=on)
    return rules.Proposal(
        act=act,
        stage_label=str(Stage(disclosure.stage).label),
        is_stage_right=disclosure.stage in stages_for(act.action),
        is_author=is_author(by, disclosure, on=on),
        author_post=by.post_title or by.name,
        has_open_submission=open_submission(disclosure) is not None,
        item_state=_state(act.number),
        target_state=_state(act.redirect_number),
        is_unchanged=bool(published and revision and published.content == revision.content),
        is_day_past=_is_day_past(act.publish_after, on=on),
        posted_until=_posted_until(disclosure, on=on),
        unspeakable_texts=tuple(unspeakable_texts(act)),
        bundle_title=member.bundle.title if member else "",
        missing_fields=missing,
        screening_reasons=screening,
        chain_blockers=way.blockers,
    )


def open_member(disclosure: Disclosure) -> BundleMember | None:
    """In which bundle it waits to be published."""
    rows = BundleMember.objects.filter(disclosure=disclosure, is_open=True)
    return rows.select_related("bundle").first()


def stages_for(action: str) -> frozenset[Stage]:
    """Where a disclosure must stand: an act on what is public may not disturb a correction being written."""
    if rules.carries_content(action):
        return frozenset({Stage.WRITING, Stage.SCREENING})
    return frozenset({Stage.RESTING})


def _content_reasons(
    revision: Revision | None, action: str, *, on: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Missing fields and open findings; an act without content has neither."""
    if revision is None or not rules.carries_content(action):
        return (), ()
    return tuple(missing_fields(revision.content)), (
        *blocking_reasons(revision, on=on),
        *cover_reasons(revision.disclosure),
    )


def unspeakable_texts(act: rules.Act) -> list[str]:
    """Masked excerpts of what may not be said to the public beside the content."""
    return unspeakable(f"{act.change_note}\n{act.explanation}")


def _state(number: str) -> str | None:
    """What the public sees of a number now."""
    found = item(number) if number else None
    return found.state if found else None


def _is_day_past(publish_after: str, *, on: date) -> bool:
    """A day gone by is a slip of the year; an hour gone by today only means at once."""
    return bool(publish_after) and localdate(datetime.fromisoformat(publish_after)) < on


def _posted_until(disclosure: Disclosure, *, on: date) -> date | None:
    """The last day of the minimum posting period that the public edition promises, if it is still to come."""
    published = disclosure.published_revision
    days = (published.content["minimum_posting_days"] if published else None) or 0
    found = item(disclosure.number) if days else None
    if found is None:
        return None
    # The day of publication is none of them (Civil and Commercial Code, section 193/3).
    last = localdate(found.first_published_at) + timedelta(days=days)
    return last if on <= last else None


def is_author(by: Actor, disclosure: Disclosure, *, on: date) -> bool:
    """Officers of the responsible unit, and the webmaster, who helps every unit (clause 2.2.1)."""
    officer = Q(post__roles__code=RoleCode.OFFICER, post__unit=disclosure.unit)
    held = held_by(by, on=on).filter(officer | Q(post__roles__code=RoleCode.WEBMASTER))
    return any(is_in_scope(each, disclosure.kind, disclosure.unit) for each in held)


def is_writer(by: Actor, unit: Unit, *, on: date) -> bool:
    """Whether they write for this unit, whatever kind of work it is."""
    officer = Q(post__roles__code=RoleCode.OFFICER, post__unit=unit)
    return held_by(by, on=on).filter(officer | Q(post__roles__code=RoleCode.WEBMASTER)).exists()
