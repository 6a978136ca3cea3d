"""Questions about files that are in already, asked of the processes that examine: they are still strangers' bytes."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from prongsai.files import places, rules
from prongsai.files.confined import BROKEN, ENDED, MEMORY_SPENT, TIME_SPENT, Answer, ConfinedFailed
from prongsai.files.examination.isolated import EXAMINER, AllBusy
from prongsai.files.examination.questions import (
    KIND,
    LETTERS,
    MARKS,
    PICTURE,
    PICTURES,
    ROWS,
    SEARCHABLE,
    SHEETS,
    page_json,
    sheet_of,
)
from prongsai.files.locating import Letter, Located
from prongsai.files.pdf_marks import PdfMarks
from prongsai.files.redaction.grid import CannotRedact, Sheet
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText
from prongsai.files.table_rows import UnreadableTable
from prongsai.organisation.refusals import CannotAct

# To lay words over two hundred pages and to write them takes longer than to look.
_LONGER = 3
BUSY = "busy"
SENTENCES = {
    BUSY: _("เปิดอ่านไฟล์นี้ยังไม่ได้ เพราะระบบกำลังอ่านไฟล์อื่นอยู่หลายไฟล์ โปรดรอสักครู่แล้วลองใหม่"),
    TIME_SPENT: _(
        "เปิดอ่านไฟล์นี้ไม่ได้ เพราะซับซ้อนจนอ่านไม่เสร็จในเวลาที่กำหนด "
        "โปรดลองใหม่ หากยังไม่ได้ให้พิมพ์เป็น PDF ใหม่ (Print to PDF) แล้วส่งแทน"
    ),
    MEMORY_SPENT: _("เปิดอ่านไฟล์นี้ไม่ได้ เพราะต้องใช้หน่วยความจำมากเกินไป โปรดแบ่งเป็นหลายไฟล์หรือย่อรูปแล้วส่งแทน"),
    ENDED: _(
        "เปิดอ่านไฟล์นี้ไม่ได้ เพราะโปรแกรมที่อ่านหยุดกลางคัน โปรดลองใหม่ "
        "หากยังไม่ได้ให้พิมพ์เป็น PDF ใหม่ (Print to PDF) แล้วส่งแทน"
    ),
    BROKEN: _("เปิดอ่านไฟล์นี้ไม่ได้ เพราะไฟล์เขียนผิดรูปแบบ โปรดบันทึกใหม่จากโปรแกรมต้นทางแล้วส่งแทน"),
}


class CannotLook(CannotAct):
    """Nobody could look into the file: `reason` is a key of `SENTENCES`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__([SENTENCES[reason]])


def page_picture(path: Path, media_type: str, number: int, width: int) -> bytes:
    """The page as a JPEG picture, as `recognition.pages.page_picture` draws it. Raises `CannotLook`."""
    with places.draft() as target:
        wanted: dict[str, Any] = {
            "number": number,
            "width": width,
            "target": str(target.absolute()),
        }
        _ask(PICTURE, path, media_type=media_type, **wanted)
        return target.read_bytes()


def kind_of(path: Path, name: str) -> str:
    """The media type, as `sniffing.media_type_of` finds it. Raises `Refused` and `CannotLook`."""
    return str(_ask(KIND, path, name=name)["kind"])


def picture_count(path: Path) -> int:
    """How many pictures stand in an office document. Raises `CannotLook`."""
    return int(_ask(PICTURES, path)["pictures"])


def marks_of(path: Path) -> PdfMarks:
    """What a PDF tells programs that read aloud. Raises `CannotLook`."""
    said = _ask(MARKS, path)
    return PdfMarks(said["is_tagged"], said["has_title"], said["has_language"])


def locate(path: Path, media_type: str, page: PageText) -> Located:
    """Where the letters of the page's text stand, as `locating.locate` finds them. Raises `CannotLook`."""
    if page.words or media_type != rules.PDF:
        return Located(page, (None,) * len(page.text))
    said = _ask(LETTERS, path, media_type=media_type, page=page_json(page))["letters"]
    return Located(page, tuple(None if one is None else Letter(*one) for one in said))


def read_sheets(path: Path, media_type: str) -> list[Sheet]:
    """The sheets as they are seen. Raises `CannotRedact` as `grid.read_sheets`, and `CannotLook`."""
    answer = _ask(SHEETS, path, media_type=media_type)
    if "why" in answer:
        # Over there everything is said in Thai, by which it is found in the language of whoever reads it.
        said = str(answer["why"])
        raise CannotRedact(translation.gettext(said))
    return [sheet_of(said) for said in answer["sheets"]]


def searchable_pdf(path: Path, target: Path, pages: Sequence[PageText]) -> None:
    """Writes `target`, as `searchable.searchable_pdf`. Raises `Refused` and `CannotLook`."""
    said = [page_json(page) for page in pages]
    _ask(SEARCHABLE, path, longer=_LONGER, pages=said, target=str(target.absolute()))


@contextmanager
def table_rows(path: Path, name: str) -> Iterator[Iterator[list[str]]]:
    """The rows of a table, one at a time. Raises `UnreadableTable`, `Refused` and `CannotLook`."""
    with places.draft() as target:
        answer = _ask(ROWS, path, longer=_LONGER, name=name, target=str(target.absolute()))
        if "why" in answer:
            raise UnreadableTable(answer["why"])
        with target.open(encoding="utf-8") as lines:
            yield (json.loads(line) for line in lines)


def _ask(look: str, path: Path, *, longer: int = 1, **wanted: Any) -> Answer:
    question = {"look": look, "path": str(path.absolute()), **wanted}
    try:
        answer = EXAMINER.ask(question, seconds=longer * settings.EXAMINATION_SECONDS)
    except AllBusy as error:
        raise CannotLook(BUSY) from error
    except ConfinedFailed as failed:
        raise CannotLook(failed.reason) from failed
    if "refused" in answer:
        raise Refused(answer["refused"], answer["values"])
    return answer
