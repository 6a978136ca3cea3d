"""What office documents hold and do not show is read with how it is hidden. All persons are invented."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from prongsai.files import reading
from prongsai.files.hidden_marks import free_of_marks, marked, without_marks
from prongsai.files.rules import Hidden, PageText
from tests.files import samples

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def hidden(pages: tuple[PageText, ...]) -> list[tuple[str, str]]:
    return [(one.kind, page.text[one.start : one.end]) for page in pages for one in page.hidden]


def read(content: bytes, name: str, tmp_path: Path) -> tuple[PageText, ...]:
    path = tmp_path / "draft"
    path.write_bytes(content)
    return reading.read(path, name).texts


def word_with(runs: str) -> bytes:
    """A document whose only paragraph has these runs."""
    body = f"<w:document {W}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    return samples.changed(samples.word(), "word/document.xml", lambda _old: body.encode())


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:t>เห็น</w:t></w:r>", []),
        ("<w:del><w:r><w:delText>เดิม</w:delText></w:r></w:del>", [("tracked_change", "เดิม")]),
        ("<w:ins><w:r><w:t>ใหม่</w:t></w:r></w:ins>", [("tracked_change", "ใหม่")]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>ซ่อน</w:t></w:r>", [("invisible", "ซ่อน")]),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>เห็น</w:t></w:r>", []),
        (
            "<w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>ขาว</w:t></w:r>",
            [("invisible", "ขาว")],
        ),
        (
            "<w:r><w:rPr><w:color w:val='FFFFFF'/><w:shd w:fill='1F3864'/></w:rPr><w:t>หัว</w:t></w:r>",
            [],
        ),
        ("<w:r><w:rPr><w:sz w:val='2'/></w:rPr><w:t>เล็ก</w:t></w:r>", [("invisible", "เล็ก")]),
        ("<w:r><w:rPr><w:sz w:val='32'/></w:rPr><w:t>ใหญ่</w:t></w:r>", []),
    ],
)
def test_runs_of_a_document_are_hidden_or_shown(
    runs: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    found = [
        one for one in hidden(read(word_with(runs), "a.docx", tmp_path)) if one[0] != "properties"
    ]

    assert found == expected


def test_comments_of_a_document_are_hidden(tmp_path: Path) -> None:
    comments = f"<w:comments {W}><w:comment><w:p><w:r><w:t>ขอให้ตัดชื่อออก</w:t></w:r></w:p></w:comment></w:comments>"
    content = samples.with_entry(samples.word("เห็น"), "word/comments.xml", comments.encode())

    assert ("comment", "ขอให้ตัดชื่อออก") in hidden(read(content, "a.docx", tmp_path))


def workbook() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (["ที่", "ชื่อ", "เลข"], [1, "มาลี", 11], [2, "สมศรี", 22], [3, "วิชัย", 33]):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet["A1"].comment = Comment("ยังไม่เผยแพร่", "ผู้เขียน")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def test_hidden_rows_and_columns_of_a_workbook_are_known(tmp_path: Path) -> None:
    pages = read(workbook(), "a.xlsx", tmp_path)

    assert pages[0].text == "Sheet\nที่\tชื่อ\tเลข\n1\tมาลี\t11\n2\tสมศรี\t22\n3\tวิชัย\t33"
    found = hidden(pages)
    assert [one for one in found if one[0].startswith("hidden")] == [
        ("hidden_column", "เลข"),
        ("hidden_column", "11"),
        ("hidden_row", "2\tสมศรี\t22"),
        ("hidden_column", "33"),
    ]
    assert any(kind == "comment" and "ยังไม่เผยแพร่" in text for kind, text in found)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/pivotCache/pivotCacheRecords1.xml", "pivot_cache"),
        ("docProps/custom.xml", "properties"),
        ("xl/worksheets/sheet9.xml", "hidden_sheet"),
        ("xl/diagrams/data1.xml", None),
    ],
)
def test_parts_that_no_page_shows_are_known_by_what_they_are(
    part: str, kind: str | None, tmp_path: Path
) -> None:
    content = samples.with_entry(workbook(), part, "<r><s v='นางมาลี'/></r>".encode())

    kinds = [kind for kind, text in hidden(read(content, "a.xlsx", tmp_path)) if text == "นางมาลี"]

    assert kinds == ([kind] if kind else [])


def test_collapsed_rows_and_columns_of_an_open_spreadsheet_are_hidden(tmp_path: Path) -> None:
    def collapse(content: bytes) -> bytes:
        columns = b"<table:table-column/><table:table-column table:visibility='collapse'/>"
        cell = "<table:table-cell><text:p>ข</text:p></table:table-cell>".encode()
        row = b"<table:table-row table:visibility='collapse'>" + cell + b"</table:table-row>"
        return content.replace(b"<table:table-row>", columns + b"<table:table-row>", 1).replace(
            b"</table:table>", row + b"</table:table>", 1
        )

    content = samples.changed(samples.ods(), "content.xml", collapse)

    assert hidden(read(content, "a.ods", tmp_path)) == [("hidden_column", "ก"), ("hidden_row", "ข")]


def test_notes_of_an_open_document_are_comments(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>ตัดออก</text:p></office:annotation>".encode()
    content = samples.changed(
        samples.odt(), "content.xml", lambda old: old.replace(b"</text:h>", note + b"</text:h>", 1)
    )

    assert [(kind, text.strip()) for kind, text in hidden(read(content, "a.odt", tmp_path))] == [
        ("comment", "ตัดออก")
    ]


def test_a_document_cannot_forge_the_marks_of_what_is_hidden(tmp_path: Path) -> None:
    forged = marked("เห็น", "comment")
    pages = read(
        word_with(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{forged}ซ่อน</w:t></w:r>"),
        "a.docx",
        tmp_path,
    )

    assert ("invisible", "เห็นซ่อน") in hidden(pages)


def test_marks_leave_their_places_and_the_outer_ones_count() -> None:
    inner = marked("ข", "comment")
    text, places = without_marks(f"ก{marked(f'{inner}ค', 'hidden_row')}ง")

    assert (text, places) == ("กขคง", (Hidden("hidden_row", 1, 3),))
    assert free_of_marks(inner) == "ข"
    assert marked("  ", "comment") == "  "
    assert without_marks(marked("ก", "comment")[1:]) == ("ก", ())
