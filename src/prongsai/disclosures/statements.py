"""What may be said in public instead of content, and in which words it is proposed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content, Statement
from prongsai.disclosures.states import KindCode
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import obligation
from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, Period
from prongsai.record.models import Item
from prongsai.record.queries import same_statement
from prongsai.record.statements import Said, with_dates
from prongsai.record.states import ItemState, Says
from prongsai.thai.periods import Stretch, stretch, whole_year


@dataclass(frozen=True)
class Wish:
    """A statement that somebody wants to make about duties, for a fiscal year and a period in words."""

    says: str
    duties: tuple[str, ...]
    reason: str = ""
    fiscal_year: int | None = None
    period: str = ""
    about_number: str = ""
    about_version: int | None = None
    review_date: date | None = None


def content_for(wish: Wish, *, unit: str) -> Content:
    """The proposed content; title and summary stay open to be reworded."""
    duties = [found for key in wish.duties if (found := obligation(key))]
    section = duties[0].sections[0] if duties else "other"
    return Content(
        kind=KindCode.STATEMENT,
        section=section,
        unit=unit,
        title=_title(wish, duties),
        summary=wish.reason or _summary(wish),
        fiscal_year=wish.fiscal_year,
        period=wish.period,
        obligations=wish.duties,
        review_date=wish.review_date,
        statement=Statement(wish.says, wish.about_number, wish.about_version),
    )


# In Thai whatever the writer's screen speaks: it is what the public reads, and what is approved.
def _title(wish: Wish, duties: Sequence[Obligation]) -> str:
    what = duties[0].label_th if duties else ""
    if wish.says == Says.REVIEWED_NO_CHANGE:
        # Never its title: a recall of the item would have to erase that here, too.
        named = " ".join(filter(None, [what, "เลขทะเบียน", wish.about_number]))
        return f"ตรวจทานแล้ว ไม่มีการเปลี่ยนแปลง: {named}"
    if wish.says == Says.NOT_APPLICABLE:
        return f"ไม่เกี่ยวข้องกับเทศบาล: {what}"
    when = " ".join(filter(None, [wish.period, _year(wish)]))
    return f"ไม่มี{what} {when}".strip()


def _year(wish: Wish) -> str:
    return f"ปีงบประมาณ {wish.fiscal_year}" if wish.fiscal_year else ""


def _summary(wish: Wish) -> str:
    if wish.says == Says.REVIEWED_NO_CHANGE:
        return f"เทศบาลตรวจทานรายการเลขทะเบียน {wish.about_number} แล้ว เนื้อหายังถูกต้องและเป็นปัจจุบัน"
    if wish.says == Says.NONE_THIS_PERIOD:
        return "เทศบาลตรวจสอบแล้ว ช่วงเวลานี้ไม่มีเรื่องที่ต้องเผยแพร่ตามข้อนี้"
    return ""


def statement_problems(content: Content, *, number: str, on: date) -> list[Promise | str]:
    """Why this cannot be said on that day, in the reader's language; nothing for content that is no statement.

    `number` is that of the statement itself once it is published. Asked when it is made, and by the gate.
    """
    said = content.statement
    if content.kind != KindCode.STATEMENT or said is None:
        return []
    duties = [known for key in content.obligations if (known := obligation(key))]
    problems: list[Promise | str] = []
    if said.says == Says.REVIEWED_NO_CHANGE:
        problems += _about_problems(said)
    elif not duties:
        problems.append(_("ถ้อยแถลงต้องพูดถึงข้อที่ต้องเผยแพร่อย่างน้อยหนึ่งข้อ โปรดเลือกข้อ"))
    if said.says == Says.NONE_THIS_PERIOD:
        problems += _period_problems(content, duties, on)
    return problems or list(_repeats(content, said, number))


def _about_problems(said: Statement) -> Iterable[Promise | str]:
    item = Item.objects.filter(number=said.about_number, state=ItemState.CURRENT).first()
    if item is None or item.kind == KindCode.STATEMENT:
        sentence = _("ไม่มีรายการ {number} ที่ใช้อยู่ให้ตรวจทาน โปรดเลือกรายการที่เผยแพร่อยู่")
        yield format_lazy(sentence, number=said.about_number or "–")
    elif item.version != said.about_version:
        sentence = _("รายการ {number} มีฉบับใหม่กว่าที่ตรวจทานแล้ว โปรดอ่านฉบับปัจจุบันแล้วตรวจทานอีกครั้ง")
        yield format_lazy(sentence, number=said.about_number)


def _period_problems(
    content: Content, duties: Iterable[Obligation], on: date
) -> Iterable[Promise | str]:
    for duty in duties:
        if duty.period == Period.KEPT_CURRENT:
            sentence = _(
                "“{duty}” ต้องมีอยู่เสมอ จึงแจ้งว่าไม่มีไม่ได้ ถ้าไม่เกี่ยวข้องกับเทศบาลให้แจ้งว่าไม่เกี่ยวข้องพร้อมเหตุผล"
            )
            yield format_lazy(sentence, duty=duty.label)
    if content.fiscal_year is None:
        yield _("ยังไม่ได้บอกปีงบประมาณที่ไม่มี โปรดกรอกปี เช่น 2569")
        return
    told = _stretch(content)
    if told is None and any(duty.period in RETURNS_WITHIN_THE_YEAR for duty in duties):
        yield _("ยังไม่ได้บอกช่วงเวลาที่ไม่มี โปรดกรอกเช่น “ตุลาคม 2568” หรือ “ไตรมาสที่ 1”")
        return
    if (told or whole_year(content.fiscal_year)).last >= on:
        yield _("ช่วงเวลานั้นยังไม่สิ้นสุด จึงยังแจ้งว่าไม่มีไม่ได้ โปรดแจ้งเมื่อพ้นช่วงเวลาแล้ว")


def _stretch(content: Content) -> Stretch | None:
    return stretch(content.period, fiscal_year=content.fiscal_year)


def _repeats(content: Content, said: Statement, number: str) -> Iterable[Promise | str]:
    """The same was said already, in whichever words, and still stands. Reviewing again is no repetition."""
    wanted = Said(said.says, content.obligations, content.fiscal_year, content.period)
    there = same_statement(with_dates(wanted), than=number)
    if there:
        yield format_lazy(_("มีถ้อยแถลงนี้อยู่แล้ว เลขทะเบียน {number} ไม่ต้องแจ้งซ้ำ"), number=there)


def review_after(
    on: date, rhythms: Iterable[int | None], *, last: date, planned: date | None
) -> date | None:
    """When what was reviewed on that day is due again: by the shortest rhythm of its duties, in days; without one,
    after as long as was planned from `last`, when it was looked at before, to `planned`.
    """
    shortest = min((days for days in rhythms if days), default=0)
    own = (planned - last).days if planned else 0
    days = shortest or max(own, 0)
    return on + timedelta(days=days) if days else None
