"""Papers of the year: who is responsible, by the chart, and what must be published, by the list of duties."""

from collections.abc import Iterable
from datetime import date

from prongsai.letters.documents import Announcement, Clause, Order, Table
from prongsai.obligations.catalogue import Instrument, Obligation
from prongsai.obligations.queries import obligations
from prongsai.organisation.models import Appointment, Post
from prongsai.organisation.states import Capacity, RoleCode
from prongsai.publication.papers.phrases import phrase
from prongsai.publication.papers.signing import appointed, mayor, municipality
from prongsai.thai.dates import format_date

DUTIES = (
    (RoleCode.APPROVER, "order.approvers"),
    (RoleCode.OFFICER, "order.officers"),
    (RoleCode.SCREENER, "order.screeners"),
    (RoleCode.WEBMASTER, "order.webmasters"),
)


def appointment_order(year: int, *, number: str, on: date) -> Order:
    """Names whoever holds the posts on that day; `year` is a Buddhist fiscal year."""
    return Order(
        issuing_body=municipality(),
        number=number,
        subject=phrase("order.subject", year=year),
        ordered_on=on,
        signatory=appointed(mayor(on)),
        paragraphs=(phrase("order.reason", body=municipality()),),
        clauses=tuple(
            Clause(phrase(key), table=table)
            for role, key in DUTIES
            if (table := _responsible(role, on))
        ),
        closing=phrase("order.closing", day=format_date(on)),
    )


def _responsible(role: RoleCode, on: date) -> Table | None:
    """Posts by rank, each with whoever holds it; a vacant one is said to be vacant."""
    posts = Post.objects.filter(roles__code=role).select_related("unit").order_by("rank", "code")
    held = Appointment.objects.held(on=on).filter(person__is_active=True).select_related("person")
    holders: dict[int, list[Appointment]] = {}
    for each in held.order_by("id"):
        holders.setdefault(each.post_id, []).append(each)
    rows = [
        (name, post.title_th, post.unit.name_th)
        for post in posts
        for name in _names(holders.get(post.pk, ()))
    ]
    if not rows:
        return None
    numbered = tuple((str(position), *row) for position, row in enumerate(rows, start=1))
    return Table(_header("position", "name", "post", "unit"), numbered)


def _header(*columns: str) -> tuple[str, ...]:
    return tuple(phrase(f"table.{column}") for column in columns)


def _names(holders: Iterable[Appointment]) -> list[str]:
    named = [
        each.person.full_name
        if each.capacity == Capacity.SUBSTANTIVE
        else f"{each.person.full_name} ({Capacity(each.capacity).label})"
        for each in holders
    ]
    return named or [phrase("order.vacant")]


def framework(year: int, *, on: date) -> Announcement:
    """Every duty of that year, by the instrument that it comes from."""
    return Announcement(
        issuing_body=municipality(),
        subject=phrase("framework.subject", year=year),
        announced_on=on,
        signatory=appointed(mayor(on)),
        paragraphs=(phrase("framework.reason", body=municipality()),),
        clauses=tuple(_clause(instrument, found) for instrument, found in _by_instrument(year)),
        closing=phrase("framework.closing"),
    )


def _by_instrument(year: int) -> list[tuple[Instrument, list[Obligation]]]:
    grouped: dict[Instrument, list[Obligation]] = {}
    for each in obligations(year=year):
        grouped.setdefault(each.instrument, []).append(each)
    return list(grouped.items())


def _clause(instrument: Instrument, found: Iterable[Obligation]) -> Clause:
    rows = tuple((each.clause, each.label_th, str(each.period.label)) for each in found)
    return Clause(
        phrase("framework.instrument", name=instrument.name_th),
        table=Table(_header("clause", "duty", "period"), rows),
    )


def unverified(year: int) -> int:
    """How many of the duties were not seen in their source: somebody compares them before the mayor signs."""
    return sum(not each.is_verified for each in obligations(year=year))
