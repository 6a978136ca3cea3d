"""Word documents come out as they were seen, with blocks in the place of what is covered."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from prongsai.files import office_text, reading, rules
from prongsai.files.redaction.documents import redact_document
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.verifying import verify_redaction
from tests.files.redaction.samples import DIGITS, NUMBER, PERSON, written
from tests.files.samples import changed, image, photograph, rich_word, with_entry, word

ABOUT = f"นาย{PERSON} เลขบัตร {NUMBER} บ้านเลขที่ ๙๙"


def redacted(tmp_path: Path, content: bytes, *secrets: str) -> tuple[Path, tuple[str, ...]]:
    source, target = written(tmp_path / "a.docx", content), tmp_path / "b.docx"
    [page, *_] = office_text.read_office(source, rules.DOCX)
    spans = [(page.text.index(one), page.text.index(one) + len(one)) for one in secrets]
    return target, redact_document(source, target, page, spans, rules.DOCX).covered


def text_of(path: Path) -> str:
    [page, *_] = reading.read(path, path.name).texts
    return page.text


def assert_gone(path: Path, *secrets: str) -> None:
    assert verify_redaction(secrets, path, rules.DOCX) == []


def body(xml: str) -> bytes:
    """A document with these paragraphs."""
    return changed(
        word(""),
        "word/document.xml",
        lambda old: old.replace(b"<w:sectPr", xml.encode() + b"<w:sectPr", 1),
    )


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_covered_words_become_blocks_and_the_others_stay(tmp_path: Path) -> None:
    target, covered = redacted(tmp_path, word("ก่อน", ABOUT, "หลัง"), PERSON, NUMBER)

    assert text_of(target).splitlines() == ["ก่อน", "นาย█████ เลขบัตร █████ บ้านเลขที่ ๙๙", "หลัง"]
    assert covered == (PERSON, NUMBER)
    assert_gone(target, PERSON, NUMBER, DIGITS)


def test_a_number_in_many_runs_goes_as_a_whole(tmp_path: Path) -> None:
    pieces = "".join(run(piece) for piece in ("เลข 1-23", "45-", "67890-1", "2-3 จบ"))

    target, _ = redacted(tmp_path, body(f"<w:p>{pieces}</w:p>"), NUMBER)

    assert text_of(target).startswith("เลข █████")
    assert text_of(target).endswith(" จบ")
    assert_gone(target, NUMBER)


def test_the_same_words_go_wherever_they_stand(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(ABOUT)
    made.add_table(1, 1).cell(0, 0).text = f"เลข {DIGITS}"
    made.sections[0].header.paragraphs[0].text = "๑ ๒๓๔๕ ๖๗๘๙๐ ๑๒ ๓"
    content = io.BytesIO()
    made.save(content)

    target, _ = redacted(tmp_path, content.getvalue(), NUMBER)

    assert_gone(target, NUMBER)
    assert text_of(target).count("█████") == 3


@pytest.mark.parametrize(
    "xml",
    [
        f"<w:p><w:del w:author='{PERSON}'><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p>",
        f"<w:p><w:ins w:author='{PERSON}'>{run('ที่เติม')}</w:ins></w:p>",
        f"<w:p>{run(NUMBER, '<w:vanish/>')}</w:p>",
        f"<w:p><w:moveFrom>{run(NUMBER)}</w:moveFrom></w:p>",
        f"<w:p><w:bookmarkStart w:id='1' w:name='{PERSON}'/></w:p>",
        f"<w:p><w:r><w:instrText>MERGEFIELD {PERSON}</w:instrText></w:r></w:p>",
        f"<w:sdt><w:sdtPr><w:alias w:val='{PERSON}'/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
        f"<w:p><w:pPr><w:pPrChange w:author='{PERSON}'/></w:pPr></w:p>",
    ],
)
def test_what_is_deleted_hidden_or_beside_the_text_is_left_behind(tmp_path: Path, xml: str) -> None:
    target, _ = redacted(tmp_path, body(f"{xml}<w:p>{run('เนื้อหา')}</w:p>"))

    assert "เนื้อหา" in text_of(target)
    assert_gone(target, NUMBER, PERSON)


def test_what_was_added_stays(tmp_path: Path) -> None:
    target, _ = redacted(tmp_path, body(f"<w:p><w:ins>{run('ที่เติม')}</w:ins></w:p>"))

    assert "ที่เติม" in text_of(target)


def test_a_field_loses_its_source_and_keeps_its_result_and_page_numbers_stay_fields(
    tmp_path: Path,
) -> None:
    def a_field(asked: str, result: str) -> str:
        sign = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
        asking = f"<w:r><w:instrText>{asked}</w:instrText></w:r>"
        return f"<w:p>{sign.format('begin')}{asking}{sign.format('separate')}{run(result)}{sign.format('end')}</w:p>"

    fields = a_field(f'HYPERLINK "mailto:{DIGITS}@example.org"', "ติดต่อ") + a_field(" PAGE ", "7")
    target, _ = redacted(tmp_path, body(fields))

    with zipfile.ZipFile(target) as made:
        xml = made.read("word/document.xml")
    assert "ติดต่อ" in text_of(target)
    assert (xml.count(b"fldChar "), xml.count(b" PAGE ")) == (3, 1)
    assert_gone(target, DIGITS)


def test_comments_properties_and_data_beside_the_document_are_left_behind(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("เนื้อหา")
    made.core_properties.author = PERSON
    made.add_comment(made.paragraphs[0].runs, text=f"ดู {NUMBER}", author=PERSON)
    content = io.BytesIO()
    made.save(content)
    hidden = with_entry(content.getvalue(), "customXml/item1.xml", f"<a>{NUMBER}</a>".encode())

    target, _ = redacted(tmp_path, hidden)

    assert_gone(target, NUMBER, PERSON)
    with zipfile.ZipFile(target) as package:
        assert not [one for one in package.namelist() if "comment" in one or "docProps" in one]


def test_a_photograph_in_the_document_loses_its_position(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_picture(io.BytesIO(photograph()))
    made.add_picture(io.BytesIO(image()))
    content = io.BytesIO()
    made.save(content)

    target, _ = redacted(tmp_path, content.getvalue())

    with zipfile.ZipFile(target) as package:
        pictures = [package.read(one) for one in package.namelist() if "media" in one]
    assert len(pictures) == 2
    assert not [one for one in pictures if b"SecretCamera" in one or b"Exif" in one]


def test_tables_boxes_heads_and_feet_are_kept(tmp_path: Path) -> None:
    target, _ = redacted(tmp_path, rich_word())

    for piece in ("ย่อหน้า", "ช่องหนึ่ง", "ช่องสอง", "หัวกระดาษ", "ท้ายกระดาษ", "กล่องข้อความ"):
        assert piece in text_of(target)
    assert "ที่ลบไว้" not in text_of(target)
    assert len(docx.Document(str(target)).tables) == 1


@pytest.mark.parametrize(
    "xml", ["<w:p><w:r><w:object/></w:r></w:p>", "<w:p><w:r><w:pict/></w:r></w:p>"]
)
def test_what_only_its_own_program_can_draw_is_refused_with_a_way_out(
    tmp_path: Path, xml: str
) -> None:
    with pytest.raises(CannotRedact, match="PDF"):
        redacted(tmp_path, body(xml))
