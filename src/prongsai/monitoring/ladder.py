"""When whom is told of what must be published: data, ours and the municipality's, and the working days of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from prongsai.monitoring.states import Rung
from prongsai.organisation.rows import BadFile, Column, overlaid
from prongsai.organisation.rules import working_days_after, working_days_before

DATA = Path(__file__).parent / "data" / "reminders.toml"
MOST_DAYS = 250
STEPS = {"to": Column(choices=frozenset(Rung.values)), "days": Column(type=int)}
POSTS = {"clerk": Column(), "mayor": Column()}


@dataclass(frozen=True)
class Step:
    """`days` are working days from the last day in time: negative before it, positive after it."""

    rung: Rung
    days: int

    @property
    def code(self) -> str:
        return f"{self.rung}{self.days:+d}"

    def day(self, last: date, holidays: Collection[date]) -> date:
        """On which it is taken for something whose last day in time that is."""
        if self.days < 0:
            return working_days_before(last, -self.days, holidays)
        return working_days_after(last, self.days, holidays)


@dataclass(frozen=True)
class Ladder:
    """`clerk` and `mayor` are codes of posts."""

    steps: tuple[Step, ...]
    clerk: str
    mayor: str

    def line_up(self, owner: str, above: Iterable[str], rung: Rung) -> tuple[str, ...]:
        """Posts for one rung, the first choice first: while nobody holds one, the next stands for it."""
        whole = {
            Rung.OWNER: (owner,),
            Rung.HEAD: tuple(above),
            Rung.CLERK: (self.clerk,),
            Rung.MAYOR: (self.mayor,),
        }
        rungs = list(Rung)[list(Rung).index(rung) :]
        return tuple(dict.fromkeys(post for each in rungs for post in whole[each] if post))

    def reached(self, last: date, on: date, holidays: Collection[date]) -> tuple[Step, ...]:
        """Of each rung the last step whose day has come: of several that were missed only one is made up for."""
        return tuple(
            {step.rung: step for step in self.steps if step.day(last, holidays) <= on}.values()
        )

    def next(self, last: date, on: date, holidays: Collection[date]) -> tuple[Step, date] | None:
        """The step that comes next, and its day."""
        days = ((step, step.day(last, holidays)) for step in self.steps)
        return next(((step, day) for step, day in days if day > on), None)

    def first_day(self, last: date, holidays: Collection[date]) -> date:
        """From when it is anybody's business; the last day itself where no step is taken before it."""
        return min([last, *(step.day(last, holidays) for step in self.steps)])


@cache
def ladder(own: Path | None) -> Ladder:
    """Ours, with what the municipality's file says instead. Raises `BadFile`."""
    rows = overlaid(DATA, own)
    unknown = sorted(set(rows.document) - {"steps", *POSTS})
    if unknown:
        raise BadFile(f"{rows.name}: ไม่รู้จัก “{unknown[0]}” โปรดตรวจตัวสะกด")
    posts = rows.row("posts", {name: rows.document[name] for name in POSTS}, POSTS)
    steps = rows.table("steps", STEPS)
    for index, row in enumerate(steps):
        if not 1 <= abs(row["days"]) <= MOST_DAYS:
            sentence = f"“days” ต้องเป็นวันทำการ 1 ถึง {MOST_DAYS} วัน ก่อนกำหนดให้ติดลบ"
            raise rows.error("steps", index, sentence)
    found = {Step(Rung(row["to"]), row["days"]) for row in steps}
    if not found:
        raise BadFile(f"{rows.name}: ต้องมีการเตือนอย่างน้อยหนึ่งครั้งใน [[steps]]")
    order = list(Rung)
    ordered = sorted(found, key=lambda each: (each.days, order.index(each.rung)))
    return Ladder(tuple(ordered), posts["clerk"], posts["mayor"])
