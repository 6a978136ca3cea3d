"""Text that no program shows at once is read all the same, behind what is shown."""

from pathlib import Path

import pytest

from prongsai.files import reading, rules
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText
from tests.files import samples

ID_NUMBER = "1234567890121"
WORD, BOOK = samples.word("ประกาศ"), samples.workbook()
DRAWN = b"<a:p xmlns:a='a'><a:r><a:t>12345</a:t></a:r><a:r><a:rPr/><a:t>67890121</a:t></a:r></a:p>"
PROPERTIES = (
    b"<p:core xmlns:p='p' xmlns:d='d'><d:creator>Somchai</d:creator>"
    b"<p:lastModifiedBy>Somsri</p:lastModifiedBy></p:core>"
)
CASES = {
    "pivot cache": (
        BOOK,
        "xl/pivotCache/pivotCacheRecords1.xml",
        b"<r><s v='Somchai'/></r>",
        "Somchai",
    ),
    "number in a pivot cache": (
        samples.workbook(),
        "xl/pivotCache/pivotCacheRecords1.xml",
        b"<r><n v='1101700203450'/></r>",
        "1101700203450",
    ),
    "number in a pivot cache by its power": (
        BOOK,
        "xl/pivotCache/pivotCacheRecords1.xml",
        b"<r><n v='1.10170020345E12'/></r>",
        "1101700203450",
    ),
    "linked workbook": (
        BOOK,
        "xl/externalLinks/externalLink1.xml",
        b"<e><cell r='A1'><v>Somchai</v></cell></e>",
        "Somchai",
    ),
    "sheet that no workbook names": (
        BOOK,
        "xl/worksheets/sheet9.xml",
        b"<w><c r='A1'><v>1101700203450</v></c></w>",
        "1101700203450",
    ),
    "formula": (
        BOOK,
        "xl/worksheets/sheet9.xml",
        b'<w><c><f>IF(A1,"1101700203450")</f></c></w>',
        "1101700203450",
    ),
    "author of a workbook": (BOOK, "docProps/core.xml", PROPERTIES, "Somsri"),
    "author of a document": (WORD, "docProps/core.xml", PROPERTIES, "Somchai\nSomsri"),
    "number in pieces in a diagram": (WORD, "word/diagrams/data1.xml", DRAWN, ID_NUMBER),
    "header under another name": (
        WORD,
        "word/top.xml",
        b"<w:hdr xmlns:w='w'><w:p><w:r><w:t>Somchai</w:t></w:r></w:p></w:hdr>",
        "Somchai",
    ),
    "variable in the settings": (
        WORD,
        "word/settings.xml",
        "<w:s xmlns:w='w'><w:docVar w:name='a' w:val='สมชาย'/></w:s>".encode(),
        "สมชาย",
    ),
    "drawing that is not well-formed": (
        WORD,
        "word/drawings/vmlDrawing1.vml",
        "<xml><br>สมชาย</xml>".encode(),
        "สมชาย",
    ),
    "address of a link": (
        WORD,
        "word/_rels/top.xml.rels",
        b"<R><R Id='a' Target='mailto:somchai@example.go.th'/></R>",
        "somchai@example.go.th",
    ),
    "properties of an open document": (
        samples.odt(),
        "meta.xml",
        b"<m xmlns:d='d'><d:creator>Somchai</d:creator></m>",
        "Somchai",
    ),
    "chart in an open spreadsheet": (
        samples.ods(),
        "Object 1/content.xml",
        b"<c xmlns:t='t'><t:p>So<t:span>mchai</t:span></t:p></c>",
        "Somchai",
    ),
}


def texts(tmp_path: Path, content: bytes) -> tuple[PageText, ...]:
    """Read under whichever of the names fits."""
    path = tmp_path / "draft"
    path.write_bytes(content)
    for name in ("a.docx", "a.xlsx", "a.odt", "a.ods", "a.pdf"):
        try:
            return reading.read(path, name).texts
        except Refused as refused:
            if refused.reason != "wrong_extension":
                raise
    raise AssertionError


@pytest.mark.parametrize("case", CASES)
def test_text_of_every_part_is_read_behind_what_is_shown(case: str, tmp_path: Path) -> None:
    content, part, added, expected = CASES[case]
    shown = texts(tmp_path, content)

    found = texts(tmp_path, samples.with_entry(content, part, added))

    assert expected in found[-1].text
    for before, after in zip(shown, found, strict=False):
        assert after.text.startswith(before.text)


def test_what_is_shown_already_is_not_said_twice(tmp_path: Path) -> None:
    again = f"<r><s v='{ID_NUMBER}'/><n v='12'/><n v='0.70866141732283472'/></r>".encode()
    content = samples.with_entry(BOOK, "xl/pivotCache/pivotCacheRecords1.xml", again)

    assert texts(tmp_path, content) == texts(tmp_path, BOOK)


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            "<w:p><w:r><w:instrText>HYPERLINK mailto:a@b.go.th</w:instrText></w:r></w:p>",
            "a@b.go.th",
        ),
        ("<w:p><m:r xmlns:m='m'><m:t>Somchai</m:t></m:r></w:p>", "Somchai"),
        ("<w:p><w:r><d:docPr xmlns:d='d' descr='Somchai'/></w:r></w:p>", "Somchai"),
        (
            "<c:Fallback xmlns:c='c'><w:p><w:r><w:t>Somchai</w:t></w:r></w:p></c:Fallback>",
            "Somchai",
        ),
    ],
)
def test_the_body_of_a_document_has_text_that_is_not_in_its_lines(
    inside: str, expected: str, tmp_path: Path
) -> None:
    content = samples.changed(
        WORD,
        "word/document.xml",
        lambda xml: xml.replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1),
    )

    [page] = texts(tmp_path, content)

    assert page.text.startswith("ประกาศ\n")
    assert expected in page.text


def test_properties_do_not_make_an_empty_document_one_with_text(tmp_path: Path) -> None:
    content = samples.with_entry(samples.word(), "docProps/core.xml", PROPERTIES)

    [page] = texts(tmp_path, content)

    assert (page.text, page.source) == ("Somchai\nSomsri", "none")
    assert [one.kind for one in page.hidden] == ["properties", "properties"]


def test_there_is_a_limit_to_text_that_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MAX_TEXT", 5_000)
    many = "".join(f"<s v='name {number}'/>" for number in range(1_000))
    content = samples.with_entry(
        BOOK, "xl/pivotCache/pivotCacheRecords1.xml", f"<r>{many}</r>".encode()
    )

    with pytest.raises(Refused, match="มีข้อความมากเกิน"):
        texts(tmp_path, content)


def test_a_part_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="อ่านเนื้อหาข้างในไม่ได้"):
        texts(tmp_path, samples.with_entry(WORD, "word/diagrams/data1.xml", b"<a><b></a>"))


def test_bookmarks_and_properties_of_a_pdf_are_read_behind_its_last_page(tmp_path: Path) -> None:
    content = samples.pdf_with_bookmark(
        f"คำสั่ง {ID_NUMBER}", Author="Somchai", Subject="ลับ", CreationDate="D:20260426120000+07'00'"
    )

    [page] = texts(tmp_path, content)

    assert page.text.endswith(f"\nคำสั่ง {ID_NUMBER}\nSomchai\nลับ")
    [before] = texts(tmp_path, samples.pdf())
    assert page.text.startswith(before.text)
