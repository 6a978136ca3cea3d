"""Chains on screens: which count today, what waits to be confirmed, and who would decide about a unit's work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.approval.chains import ABOVE
from prongsai.approval.models import ChainVersion
from prongsai.approval.queries import Route
from prongsai.approval.queries.chains import chains_for, in_force, may_confirm, waiting
from prongsai.approval.queries.proposing import way_of
from prongsai.approval.scopes import Scope
from prongsai.approval.states import ChainVerdict, Urgency
from prongsai.disclosures.models import Section
from prongsai.disclosures.states import KindCode
from prongsai.office.chain_forms import PATTERNS, UnitForm, WayForm
from prongsai.office.desk import Desk
from prongsai.office.lists import ChainStep, chain_steps
from prongsai.office.verbs import ASKED
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import post_titles, unit_names


@dataclass(frozen=True)
class Preview:
    """Who would decide today: the way, and what stands against it."""

    chain: ChainVersion | None
    steps: Sequence[ChainStep]
    blockers: Sequence[str]
    informed: Sequence[str] = ()


@dataclass(frozen=True)
class PlannedStep:
    """A step of a version in words: its seats, and the rules that hold for it."""

    number: int
    seats: tuple[str, ...]
    quorum: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class VersionRow:
    """A version on its page: where it stands, and in words for what it is."""

    version: ChainVersion
    state: str
    state_label: Promise
    scope: str
    steps: tuple[PlannedStep, ...]
    informed: tuple[str, ...]


STATES: dict[str, Promise] = {
    "waiting": _("รอการยืนยัน"),
    "refused": _("ไม่ให้ใช้"),
    "now": _("ใช้อยู่"),
    "later": _("ยืนยันแล้ว รอวันเริ่มใช้"),
    "past": _("เลิกใช้แล้ว"),
}


def chains_screen(desk: Desk, form: WayForm) -> dict[str, Any]:
    """Everything that `chains/list.html` takes."""
    names = Names.of_today()
    return {
        "rows": [version_row(each, "now", names) for each in in_force(desk.on).values()],
        "waiting": [version_row(each, "waiting", names) for each in waiting()],
        "form": form,
        "preview": _answer(form, desk.on) if form.is_bound and form.is_valid() else None,
    }


def _answer(form: WayForm, on: date) -> Preview:
    given = form.cleaned_data
    wanted = Scope(
        urgency=given["urgency"],
        action=given["action"],
        kind=given["kind"],
        section=given["section"],
        unit=given["unit"],
    )
    fitting = chains_for(wanted, on)
    if len(fitting) != 1:
        names = ", ".join(chain.name for chain in fitting)
        sentence = _("ไม่มีสายที่เข้ากับเรื่องนี้") if not fitting else _("มีมากกว่าหนึ่งสาย: {names}")
        return Preview(None, (), [str(sentence).format(names=names)])
    unit = Unit.objects.get(code=given["unit"])
    return preview(fitting[0], unit, kind=given["kind"], on=on)


def preview(version: ChainVersion, unit: Unit, *, kind: str, on: date) -> Preview:
    """Before anybody has written anything: nobody is excluded as a contributor yet."""
    found: Route = way_of(version, unit, kind=kind, excluded=set(), on=on)
    rows = [step.to_json() for step in found.steps]
    titles = post_titles(set(found.informed))
    return Preview(
        chain=version,
        steps=chain_steps(rows, on=on, at_step=-1),
        blockers=[str(blocker) for blocker in found.blockers],
        informed=[titles.get(post, post) for post in found.informed],
    )


def chain_screen(
    versions: Sequence[ChainVersion], form: UnitForm, desk: Desk, *, may_propose: bool
) -> dict[str, Any]:
    """Everything that `chains/one.html` takes; the newest version first."""
    names = Names.of_today()
    counting = in_force(desk.on).get(versions[0].code)
    rows = [version_row(each, _state(each, counting, desk.on), names) for each in versions]
    shown = next((row for row in rows if row.state in ("waiting", "now")), rows[0])
    unit = Unit.objects.filter(code=form["unit"].value() or "").first() if form.is_bound else None
    return {
        "code": versions[0].code,
        "row": shown,
        "rows": rows,
        "form": form,
        "preview": _preview(shown.version, unit, desk.on) if unit else None,
        "may_propose": may_propose and not any(row.state == "waiting" for row in rows),
        "may_confirm": may_confirm(desk.actor, desk.on) and not _is_own(shown.version, desk),
    }


def _preview(version: ChainVersion, unit: Unit, on: date) -> Preview:
    # A chain for every kind is looked at with the kind that asks least of an acting order.
    return preview(version, unit, kind=version.kind or KindCode.INFORMATION, on=on)


def _is_own(version: ChainVersion, desk: Desk) -> bool:
    return version.proposed_by_id == desk.person.pk


def _state(version: ChainVersion, counting: ChainVersion | None, on: date) -> str:
    said = getattr(version, "confirmation", None)
    if said is None:
        return "waiting"
    if said.verdict == ChainVerdict.REFUSED:
        return "refused"
    if version == counting:
        return "now"
    return "later" if version.from_date and version.from_date > on else "past"


@dataclass(frozen=True)
class Names:
    """Codes in words: posts, units and sections as they are called today."""

    posts: dict[str, str]
    units: dict[str, str]
    sections: dict[str, str]

    @classmethod
    def of_today(cls) -> "Names":
        return cls(
            posts=post_titles() | {code: str(label) for code, label in PATTERNS},
            units=unit_names(),
            sections={each.slug: each.title for each in Section.objects.all()},
        )

    def post(self, code: str) -> str:
        return self.posts.get(code, code)


def version_row(version: ChainVersion, state: str, names: Names) -> VersionRow:
    return VersionRow(
        version=version,
        state=state,
        state_label=STATES[state],
        scope=_scope_in_words(version, names),
        steps=tuple(_planned(version, names)),
        informed=tuple(names.post(code) for code in version.informed),
    )


def _scope_in_words(version: ChainVersion, names: Names) -> str:
    words = (
        Urgency(version.urgency).label,
        ASKED[version.action] if version.action else _("ทุกการกระทำ"),
        KindCode(version.kind).label if version.kind else _("ทุกประเภท"),
        names.sections.get(version.section, version.section),
        names.units.get(version.unit_code, version.unit_code),
    )
    return " · ".join(str(word) for word in words if word)


def _planned(version: ChainVersion, names: Names) -> Iterable[PlannedStep]:
    for number, plan in enumerate(version.steps, start=1):
        others = dict(plan.alternates)
        both = str(_("{seat} หรือ {other}"))
        yield PlannedStep(
            number=number,
            seats=tuple(
                both.format(seat=names.post(seat), other=names.post(others[seat]))
                if seat in others
                else names.post(seat)
                for seat in plan.seats
            ),
            quorum=plan.quorum,
            notes=tuple(_notes(plan.stand_in, plan.days, names, pulls_up=plan.pulls_up)),
        )


def _notes(stand_in: str, days: int, names: Names, *, pulls_up: bool) -> Iterable[str]:
    if days:
        yield str(_("ภายใน {days} วันทำการ")).format(days=days)
    if stand_in:
        post = str(_("ตำแหน่งที่สูงกว่าถัดขึ้นไป")) if stand_in == ABOVE else names.post(stand_in)
        yield str(_("ถ้าว่าง: {post}")).format(post=post)
    if pulls_up:
        yield str(_("พิจารณาก่อนถึงลำดับได้"))
