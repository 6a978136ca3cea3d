"""The draft of a yearly report: its body from the figures, with places that only people can fill in."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from prongsai.disclosures.body import PROMPT
from prongsai.monitoring.reporting.figures import Done, Figures, Report
from prongsai.thai.dates import format_date

# These are told where weak points are; all others are numbers of the record.
WEAK = ("weak_points", "overdue", "failing_checks")
ELSEWHERE = (
    "มาตรการใดที่ทำนอกระบบในปีนี้ เช่น การอบรม การประชุม หรือคำสั่ง ใครเข้าร่วม และได้ผลอย่างไร ถ้าไม่มีให้เขียนว่าไม่มี"
)
BY_HAND = "จำนวนเรื่องร้องเรียน คำขอข้อมูลข่าวสาร และผลการตอบของปีนี้ ตัวเลขส่วนนี้ระบบยังไม่นับให้ จึงต้องเติมจากสมุดทะเบียนของหน่วยงาน"
WHY = "เหตุที่บางข้อยังค้าง และสิ่งที่ทำไปแล้วเพื่อแก้"
NEXT = "มาตรการของปีถัดไป แต่ละมาตรการมีขั้นตอน ผู้รับผิดชอบ กำหนดเวลา และวิธีติดตาม"


def report_title(year: int) -> str:
    return f"รายงานผลการดำเนินการตามมาตรการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ ปีงบประมาณ {year}"


def report_summary(report: Report) -> str:
    return (
        f"สิ่งที่ทำตามมาตรการแต่ละข้อในปีงบประมาณ {report.span.year} ตัวเลขจากทะเบียนและบันทึกการทำงานของระบบ"
        " จุดอ่อนของปีก่อน และสิ่งที่เปลี่ยนไป"
    )


def report_body(report: Report) -> str:
    """HTML of the kind that a body may hold, with a prompt wherever somebody must write."""
    numbers = [each for each in report.figures if each.key not in WEAK]
    weak = [each for each in report.figures if each.key in WEAK]
    return "".join(
        [
            _heading("ช่วงเวลาที่รายงาน"),
            _paragraph(_opening(report)),
            _heading("สิ่งที่ทำตามมาตรการแต่ละข้อ"),
            _clauses(report.clauses),
            _prompt(ELSEWHERE),
            _heading("ตัวเลขของปี"),
            *map(_figures, numbers),
            _heading("เรื่องร้องเรียนและคำขอข้อมูลข่าวสาร"),
            _prompt(BY_HAND),
            _heading("จุดอ่อนและการปรับปรุง"),
            *map(_figures, weak),
            _prompt(WHY),
            _heading("มาตรการของปีถัดไป"),
            _prompt(NEXT),
        ]
    )


def _opening(report: Report) -> str:
    span = report.span
    counted = f"รายงานนี้นับ{span.words} ผลการดำเนินการทุกตัวเลขมาจากทะเบียนสาธารณะและบันทึกการทำงานของระบบ และนับซ้ำได้"
    if span.is_whole:
        return counted
    return f"{counted} ปีงบประมาณยังไม่สิ้นสุด ตัวเลขจึงถึงเพียง {format_date(span.last)}"


def _heading(words: str) -> SafeString:
    return format_html("<h2>{}</h2>", words)


def _paragraph(words: str) -> SafeString:
    return format_html("<p>{}</p>", words)


def _prompt(words: str) -> SafeString:
    return _paragraph(f"{PROMPT} {words}")


def _clauses(done: Iterable[Done]) -> SafeString:
    header = ("มาตรการ", "สิ่งที่ทำ")
    return _table(header, ((f"{each.clause} {each.subject}", each.done) for each in done))


def _figures(figures: Figures) -> SafeString:
    head = format_html("<h3>{}</h3><p>{}</p>", figures.title, figures.counted)
    if not figures.rows:
        return head + _paragraph(figures.nothing)
    return head + _table(figures.header, figures.rows)


def _table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> SafeString:
    """The first cell of a row names it."""
    head = format_html_join("", '<th scope="col">{}</th>', ((words,) for words in header))
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", head, body)


def _cells(row: Iterable[object]) -> SafeString:
    first, *rest = row
    others = format_html_join("", "<td>{}</td>", ((cell,) for cell in rest))
    return format_html('<th scope="row">{}</th>', first) + others
