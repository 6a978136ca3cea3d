"""The municipality's chart as a file: units, posts, people, and who holds which post."""

from dataclasses import dataclass
from datetime import date

from prongsai.organisation.rows import BadFile, Column, Row, Rows, parse
from prongsai.organisation.rules import Period, appointment_blockers
from prongsai.organisation.states import Capacity, RoleCode, UnitLevel

ROLES = {name: Column() for name in ("code", "name_th", "name_en", "description_th")}
ROLES["description_en"] = Column(default="")
ROLES["code"] = Column(choices=frozenset(RoleCode.values))
UNITS = {
    "code": Column(),
    "name_th": Column(),
    "name_en": Column(default=""),
    "level": Column(choices=frozenset(UnitLevel.values)),
    "parent": Column(default=""),
    "phone": Column(default=""),
    "email": Column(default=""),
    "position": Column(type=int, default=0),
    "letter_code": Column(default=""),
}
POSTS = {
    "code": Column(),
    "title_th": Column(),
    "title_en": Column(default=""),
    "unit": Column(),
    "rank": Column(type=int, default=0),
    "roles": Column(type=list, default=[], choices=frozenset(RoleCode.values)),
}
PEOPLE = {
    "username": Column(),
    "title_th": Column(default=""),
    "first_name": Column(),
    "last_name": Column(default=""),
}
APPOINTMENTS = {
    "person": Column(),
    "post": Column(),
    "capacity": Column(default=Capacity.SUBSTANTIVE, choices=frozenset(Capacity.values)),
    "order_number": Column(default=""),
    "order_date": Column(type=date, default=None),
    "from_date": Column(type=date),
    "to_date": Column(type=date, default=None),
}


@dataclass(frozen=True)
class Chart:
    """Rows whose references are known to hold; a unit's parent stands before it."""

    units: list[Row]
    posts: list[Row]
    people: list[Row]
    appointments: list[Row]


def read_roles(text: str, *, name: str) -> list[Row]:
    """Raises `BadFile`."""
    return parse(text, name=name).table("roles", ROLES)


def read_chart(text: str, *, name: str) -> Chart:
    """Raises `BadFile` for the first thing that is wrong."""
    rows = parse(text, name=name)
    chart = Chart(
        units=rows.table("units", UNITS),
        posts=rows.table("posts", POSTS),
        people=rows.table("people", PEOPLE),
        appointments=rows.table("appointments", APPOINTMENTS),
    )
    if not chart.units:
        raise BadFile(f"{name}: ไม่มี [[units]] สักรายการ โปรดเริ่มด้วยเทศบาลเอง")
    _check_references(rows, chart)
    _check_appointments(rows, chart.appointments)
    return chart


def _check_references(rows: Rows, chart: Chart) -> None:
    rows.refuse_repeats("units", chart.units, "code")
    rows.refuse_repeats("posts", chart.posts, "code")
    rows.refuse_repeats("people", chart.people, "username")
    for index, unit in enumerate(chart.units):
        if unit["parent"] and unit["parent"] not in {each["code"] for each in chart.units[:index]}:
            sentence = f"“parent” คือ “{unit['parent']}” ซึ่งต้องมีอยู่ก่อนรายการนี้"
            raise rows.error("units", index, sentence)
    rows.refuse_strangers("posts", chart.posts, "unit", {each["code"] for each in chart.units})
    people = {each["username"] for each in chart.people}
    posts = {each["code"] for each in chart.posts}
    rows.refuse_strangers("appointments", chart.appointments, "person", people)
    rows.refuse_strangers("appointments", chart.appointments, "post", posts)


def _check_appointments(rows: Rows, appointments: list[Row]) -> None:
    for index, row in enumerate(appointments):
        others = [each for each in appointments[:index] if each["post"] == row["post"]]
        blockers = appointment_blockers(_period(row), [_period(each) for each in others])
        if blockers:
            raise rows.error("appointments", index, str(blockers[0]))


def _period(row: Row) -> Period:
    return Period(
        person=row["person"],
        capacity=row["capacity"],
        order_number=row["order_number"],
        order_date=row["order_date"],
        from_date=row["from_date"],
        to_date=row["to_date"],
    )
