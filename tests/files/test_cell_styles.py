"""What styles hide in spreadsheets and open documents is found, and does not survive a redaction."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from prongsai.files import reading, rules
from prongsai.files.redaction.sheets import redact_cells
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText
from tests.files import samples

SECRET = "นางมาลี มีสุข"
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        **{one: one for one in ("office", "table", "text", "style")},
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
SEEN = "<table:table-cell><text:p>เห็น</text:p></table:table-cell>"


def cell(style: str = "") -> str:
    named = f' table:style-name="{style}"' if style else ""
    return f"<table:table-cell{named}><text:p>{SECRET}</text:p></table:table-cell>"


def open_file(kind: str, styles: str, body: str) -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", kind)
        made.writestr("content.xml", content)
    return samples.with_entry(target.getvalue(), "META-INF/manifest.xml", b"<manifest/>")


def table(*rows: str, name: str = "ก", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def style(inside: str, attributes: str = "") -> str:
    return f'<style:style style:name="x" {attributes}>{inside}</style:style>'


WHITE = style('<style:text-properties fo:color="#FFFFFF"/>')
ON_BLUE = style(
    '<style:table-cell-properties fo:background-color="#1f3864"/><style:text-properties fo:color="#ffffff"/>'
)
NO_HEIGHT = style('<style:table-row-properties style:row-height="0cm"/>')
NO_WIDTH = style('<style:table-column-properties style:column-width="0.00in"/>')
NO_SHEET = style('<style:table-properties table:display="false"/>')
NO_FORMAT = '<number:number-style style:name="n"><number:text/></number:number-style>' + style(
    "", 'style:data-style-name="n"'
)

NAMED = ' table:style-name="x"'
COLUMNS = '<table:table-column/><table:table-column table:style-name="x"/>'
SHEETS = {
    "sheet": (
        NO_SHEET,
        table(row(SEEN)) + table(row(cell()), name="ข", more=NAMED),
        "hidden_sheet",
    ),
    "row": (NO_HEIGHT, table(row(SEEN), row(cell(), more=NAMED)), "hidden_row"),
    "column": (NO_WIDTH, table(COLUMNS, row(SEEN, cell())), "hidden_column"),
    "white cell": (WHITE, table(row(SEEN, cell("x"))), "invisible"),
    "empty format": (NO_FORMAT, table(row(SEEN, cell("x"))), "invisible"),
}


def hidden(pages: tuple[PageText, ...]) -> list[tuple[str, bool]]:
    """How it is hidden, and whether it is the secret."""
    return [
        (one.kind, SECRET in page.text[one.start : one.end])
        for page in pages
        for one in page.hidden
    ]


def read(content: bytes, name: str, tmp_path: Path) -> tuple[PageText, ...]:
    (tmp_path / "draft").write_bytes(content)
    return reading.read(tmp_path / "draft", name).texts


@pytest.mark.parametrize("what", SHEETS)
def test_what_an_open_spreadsheet_hides_by_style_is_found_and_gone_after_redaction(
    what: str, tmp_path: Path
) -> None:
    styles, tables, kind = SHEETS[what]
    body = f"<office:spreadsheet>{tables}</office:spreadsheet>"
    source, target = tmp_path / "a.ods", tmp_path / "b.xlsx"
    source.write_bytes(open_file(rules.ODS, styles, body))

    redact_cells(source, target, [], rules.ODS)

    assert hidden(read(source.read_bytes(), "a.ods", tmp_path)) == [(kind, True)]
    assert verify_redaction((SECRET,), target, rules.XLSX) == []
    assert "เห็น" in read(target.read_bytes(), "b.xlsx", tmp_path)[0].text


def test_white_letters_on_blue_are_seen(tmp_path: Path) -> None:
    tables = (
        f'<table:table table:name="ก"><table:table-row>{cell("x")}</table:table-row></table:table>'
    )
    body = f"<office:spreadsheet>{tables}</office:spreadsheet>"

    assert hidden(read(open_file(rules.ODS, ON_BLUE, body), "a.ods", tmp_path)) == []


@pytest.mark.parametrize(
    ("styles", "inside"),
    [
        (WHITE, f'<text:p text:style-name="x">{SECRET}</text:p>'),
        (
            style('<style:text-properties text:display="none"/>'),
            f'<text:p>เห็น<text:span text:style-name="x">{SECRET}</text:span></text:p>',
        ),
        ("", f'<text:section text:display="none"><text:p>{SECRET}</text:p></text:section>'),
        (
            "",
            f"<text:p>เห็น<text:hidden-paragraph/></text:p><text:hidden-text>{SECRET}</text:hidden-text>",
        ),
    ],
    ids=["white", "not displayed", "section", "field"],
)
def test_what_an_open_text_hides_is_found(styles: str, inside: str, tmp_path: Path) -> None:
    body = f"<office:text><text:p>เห็น</text:p>{inside}</office:text>"

    assert ("invisible", True) in hidden(
        read(open_file(rules.ODT, styles, body), "a.odt", tmp_path)
    )


@pytest.mark.parametrize("how", ["white", "white on white", "format", "theme"])
def test_cells_that_excel_does_not_show_are_found_and_gone_after_redaction(
    how: str, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"] = "เห็น", SECRET
    if how == "format":
        sheet["B1"].number_format = ";;;"
    else:
        color = openpyxl.styles.colors.Color(theme=0) if how == "theme" else "FFFFFFFF"
        sheet["B1"].font = Font(color=color)
    if how == "white on white":
        sheet["B1"].fill = PatternFill("solid", fgColor="FFFFFFFF")
    source, target = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(source)

    redact_cells(source, target, [], rules.XLSX)

    assert ("invisible", True) in hidden(read(source.read_bytes(), "a.xlsx", tmp_path))
    assert verify_redaction((SECRET,), target, rules.XLSX) == []


def test_white_letters_of_a_heading_in_excel_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = SECRET
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF1F3864")
    book.save(tmp_path / "a.xlsx")

    pages = read((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", tmp_path)

    assert [kind for kind, is_secret in hidden(pages) if is_secret] == []
