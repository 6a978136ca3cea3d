"""The months in which the site was watched, the certificate of one, and what the public's board is told each day."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils.timezone import localdate

from prongsai.letters.documents import Certificate, Field, Table
from prongsai.letters.render import render
from prongsai.monitoring.models import Uptime
from prongsai.monitoring.probing import SLOWEST
from prongsai.monitoring.queries import BETWEEN_HOMES
from prongsai.monitoring.uptime import (
    OK,
    SPEAKS_FOR,
    Answer,
    Checks,
    Month,
    Spell,
    bounds,
    month_of,
)
from prongsai.publication.papers.signing import appointed, municipality, webmaster
from prongsai.record.actions.observing import UptimeSum, keep_uptime
from prongsai.record.uptime import last_day
from prongsai.thai.dates import end_of, format_datetime, format_month, start_of

MOST_MONTHS = 24
# What a certificate has room for; more outages than that are counted, the first of them shown.
MOST_SHOWN = 40


def months(*, on: date) -> list[Checks]:
    """The months in which somebody looked, the newest first, counted by the database."""
    oldest = Uptime.objects.order_by("at").values_list("at", flat=True).first()
    found: list[Checks] = []
    first = on.replace(day=1)
    while oldest is not None and bounds(first)[1] > oldest and len(found) < MOST_MONTHS:
        found += counted(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def counted(first: date, *, until: datetime | None = None) -> list[Checks]:
    """Of one month; nothing when nobody looked in it, or before that moment."""
    begin, end = bounds(first)
    end = min(end, until or end)
    up, late = Q(status=OK), Q(milliseconds__gt=SLOWEST)
    sums = Uptime.objects.filter(at__gte=begin, at__lt=end).aggregate(
        checks=Count("pk"), well=Count("pk", filter=up & ~late), slow=Count("pk", filter=up & late)
    )
    return [Checks(first, **sums)] if sums["checks"] else []


def watched_month(first: date, *, at: datetime) -> Month | None:
    """None for a month in which nobody looked."""
    begin, end = bounds(first)
    rows = Uptime.objects.filter(at__gte=begin - SPEAKS_FOR, at__lt=end).order_by("at")
    answers = [Answer(*row) for row in rows.values_list("at", "status", "milliseconds")]
    month = month_of(answers, first=first, now=at)
    return month if month.checks else None


def tell_uptime(*, at: datetime) -> int:
    """Sums each day that is over for the public's board, once; answers how many days."""
    today, told = localdate(at), last_day()
    if told is not None and told >= today - timedelta(days=1):
        return 0
    rows = Uptime.objects.filter(at__lt=start_of(today))
    if told is not None:
        rows = rows.filter(at__gte=end_of(told))
    sums: dict[date, list[bool]] = {}
    for moment, status, milliseconds in rows.values_list("at", "status", "milliseconds"):
        answer = Answer(moment, status, milliseconds)
        sums.setdefault(localdate(moment), []).append(answer.is_well)
    return keep_uptime(
        UptimeSum(day, len(found), sum(found)) for day, found in sorted(sums.items())
    )


def uptime_pdf(month: Month, *, address: str, on: date) -> bytes:
    """To be signed by who answers for the site. Raises `CannotSet`."""
    words = format_month(month.first)
    until = "" if month.end == bounds(month.first)[1] else f" ถึง {format_datetime(month.end)}"
    return render(
        Certificate(
            heading="หนังสือรับรองการเปิดใช้งานเว็บไซต์",
            issuing_body=municipality(),
            number="",
            subject=f"การเปิดใช้งานเว็บไซต์ เดือน{words}",
            given_on=on,
            signatory=appointed(webmaster(on)),
            paragraphs=(
                f"{municipality()}ขอรับรองผลการตรวจว่าเว็บไซต์เปิดได้หรือไม่ ในเดือน{words}{until} ดังนี้",
            ),
            fields=_fields(month, address),
            tables=_tables(month),
            closing=_closing(month),
        )
    )


def _fields(month: Month, address: str) -> tuple[Field, ...]:
    minutes = int(BETWEEN_HOMES / timedelta(minutes=1))
    return (
        Field("ที่อยู่ที่ตรวจ", address, is_code=True),
        Field("วิธีตรวจ", f"เปิดหน้าแรกจากเครื่องแม่ข่ายเองโดยไม่เข้าสู่ระบบ ทุก {minutes} นาที"),
        Field("จำนวนครั้งที่ตรวจ", f"{month.checks:,} ครั้ง"),
        Field("ตอบภายใน 2 วินาที", f"{month.well:,} ครั้ง คิดเป็นร้อยละ {month.share} ของครั้งที่ตรวจ"),
        Field("ตอบช้ากว่า 2 วินาที", f"{month.slow:,} ครั้ง"),
        Field("ไม่ตอบหรือตอบว่าขัดข้อง", f"{month.failed:,} ครั้ง"),
        Field("เวลาที่เฝ้าดู", f"{month.watched_minutes:,} จาก {month.minutes:,} นาที"),
    )


def _tables(month: Month) -> tuple[Table, ...]:
    outages = [
        (str(number), format_datetime(each.begun_at), _end(each), _why(each), f"{each.minutes:,}")
        for number, each in _some(month.outages)
    ]
    unwatched = [
        (
            str(number),
            format_datetime(each.begun_at),
            format_datetime(each.ended_at),
            f"{each.minutes:,}",
        )
        for number, each in _some(month.unwatched)
    ]
    tables = (
        Table(("ที่", "เริ่ม", "กลับมาตอบ", "เหตุ", "นาที"), tuple(outages), "ช่วงที่เว็บไซต์ไม่ตอบ"),
        Table(("ที่", "เริ่ม", "ถึง", "นาที"), tuple(unwatched), "ช่วงที่ไม่ได้เฝ้าดู ซึ่งไม่นับว่าเปิดได้"),
    )
    return tuple(table for table in tables if table.rows)


def _some(spells: Iterable[Spell]) -> Iterable[tuple[int, Spell]]:
    return enumerate(list(spells)[:MOST_SHOWN], start=1)


def _end(spell: Spell) -> str:
    return format_datetime(spell.ended_at) if spell.is_end_seen else "ไม่เห็นว่ากลับมาเมื่อใด"


def _why(spell: Spell) -> str:
    return f"ตอบรหัส {spell.status}" if spell.status else "ไม่ตอบ"


def _closing(month: Month) -> str:
    """What the figures do not say."""
    more = max(len(month.outages), len(month.unwatched)) - MOST_SHOWN
    return "\n".join(
        [
            "ผลนี้บอกได้เพียงสิ่งที่เห็นจากเครื่องแม่ข่าย ปัญหาระหว่างทางไปถึงผู้ใช้อาจไม่ปรากฏ",
            *([f"มีช่วงที่ไม่ได้แสดงในตารางอีก {more} ช่วง"] if more > 0 else []),
        ]
    )
