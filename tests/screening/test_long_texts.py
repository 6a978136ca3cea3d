"""A text that somebody made long, by mistake or on purpose, does not hold up the office."""

import signal
from collections.abc import Iterator
from itertools import count, islice
from types import FrameType

import pytest

from prongsai.screening.rules import findings_in

LONG = 100_000
# Seconds of this process's own work, however busy the machine is. Reading in proportion to the length
# takes at most a quarter of it; what grows with the square took from twice to many times as long.
TOO_LONG = 3
GAP = " " * 19_000

REPEATED = {
    "spaces": " ",
    "newlines": "\n",
    "digits": "7",
    "digits with dashes": "1-",
    "dots": ".",
    "titles": "นาย ",
    "one letter": "ก",
    "ends of addresses": "@a.",
    "domains": "a@a.",
    "vowels out of order": "ก\u0e49\u0e34",
    "names without spaces between": "นายกก กก,",
    "names and facts": "นายกก กก hiv ",
    "national IDs without spaces": "1-2345-67890-12-1,",
    "phones without spaces": "081-234-5678,",
    "e-mails without spaces": "x@a.com,",
    "words without spaces": "คาสิโน",
    "houses": "เลขที่ 1 ต.กก ต.กก ",
    "streets": "1ซอย1",
    "a secrecy class and a gap": f"ชั้นความลับ{GAP}x\n",
    "a gap in a line": f"x{GAP}x\n",
    "a birth and a gap": f"เกิด{GAP}x\n",
    "a birth's heading and a gap": f"วันเดือนปี{GAP}x\n",
    "a birth's short heading and a gap": f"ว/ด/ป{GAP}x\n",
    "a hospital number and a gap": f"นายสมชาย ใจดี hn{GAP}x\n",
    "a name and a word without end": f"นายสมชาย ใจดี {'ก' * 19_000}\n",
    "one name and many facts": f"นายสมชาย ใจดี {'ยากจน ' * 3_000}\n",
    "rows of numbers, then of names": "1 2 3 4 5 6 7 8 9\n" * 300 + "นายสมชาย ใจดี\n" * 300,
    "names and accusations": "นายกก กก โกง ",
    "names and long numbers": "นายกก กก 1234567890123 ",
    "names and land lines": "นายกก กก 0 7521 1234 ",
    "rows without titles": "ชื่อ-สกุล วันเกิด\n1 กก กก 1/1/2500\n",
    "links": "http://a ",
    "a line of numbers, then names": "1 " * 8_000 + "นายกก กก " * 400 + "\n",
}
NUMBERED = {
    "numbered rows with names": "{row}. นายสมชาย ใจดี {row}\n",
    "a table of names": "{row},นายสมชาย ใจดี,{row}919,{row}.50\n",
}


def numbered(row: str) -> str:
    rows = (row.format(row=number) for number in count(1))
    return "รายชื่อผู้รับเบี้ยยังชีพ\n" + "".join(islice(rows, LONG // len(row)))


TEXTS = {kind: (unit * (LONG // len(unit) + 1))[:LONG] for kind, unit in REPEATED.items()}
TEXTS |= {kind: numbered(row) for kind, row in NUMBERED.items()}


@pytest.fixture
def _watchdog() -> Iterator[None]:
    def bark(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"screening worked for more than {TOO_LONG} seconds")

    before = signal.signal(signal.SIGVTALRM, bark)
    signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("_watchdog")
@pytest.mark.parametrize("kind", TEXTS)
def test_a_long_text_does_not_hold_up_the_office(kind: str) -> None:
    found = findings_in(TEXTS[kind])
    assert all(each.end <= len(TEXTS[kind]) for each in found)
