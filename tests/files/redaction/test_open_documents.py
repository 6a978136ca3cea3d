"""Open documents come out as they were seen, and pictures of any office document give way to black ones."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from PIL import Image

from prongsai.files import office_text, reading, rules
from prongsai.files.redaction.documents import redact_document
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.making import make
from prongsai.files.redaction.questions import Question
from prongsai.files.redaction.verifying import verify_redaction
from tests.files.redaction.samples import DIGITS, NUMBER, PERSON, written
from tests.files.samples import archive, image, photograph

_NAMES = ("office", "style", "text", "table", "drawing:draw", "meta", "manifest")
XMLNS = " ".join(
    f'xmlns:{name.rpartition(":")[2]}="urn:oasis:names:tc:opendocument:xmlns:{name.partition(":")[0]}:1.0"'
    for name in _NAMES
)
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
ABOUT = f"นาย{PERSON} เลขบัตร {NUMBER} บ้านเลขที่ ๙๙"
SECRET = "ความลับที่ลบไปแล้ว"


def document(body: str, *entries: tuple[str, bytes], styles: str = "", header: str = "") -> bytes:
    content = (
        f"<office:document-content {XMLNS} {XLINK} {SVG}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    master = (
        f"<office:document-styles {XMLNS}><office:master-styles><style:master-page style:name='S'>"
        f"<style:header>{header}</style:header></style:master-page></office:master-styles>"
        "</office:document-styles>"
    )
    fixed = [
        ("mimetype", rules.ODT.encode()),
        ("content.xml", content.encode()),
        ("styles.xml", master.encode()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ]
    return archive([*fixed, *entries], stored=["mimetype"])


def redacted(
    folder: Path, content: bytes, *secrets: str, pictures: tuple[int, ...] = ()
) -> tuple[Path, str]:
    """The result, and the text that our reader finds in it."""
    source, target = written(folder / "a.odt", content), folder / "b.odt"
    [page, *_] = office_text.read_office(source, rules.ODT)
    spans = [(page.text.index(one), page.text.index(one) + len(one)) for one in secrets]
    redact_document(source, target, page, spans, rules.ODT, pictures)
    [after, *_] = reading.read(target, target.name).texts
    return target, after.text


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def assert_gone(path: Path, *secrets: str) -> None:
    assert verify_redaction(secrets, path, rules.ODT) == []


def test_covered_words_become_blocks_and_the_others_stay(tmp_path: Path) -> None:
    body = f"<text:h>ก่อน</text:h><text:p>{ABOUT}</text:p><text:p>หลัง</text:p>"
    target, text = redacted(tmp_path, document(body), PERSON, NUMBER)
    assert text.splitlines() == ["ก่อน", "นาย█████ เลขบัตร █████ บ้านเลขที่ ๙๙", "หลัง"]
    assert_gone(target, PERSON, NUMBER, DIGITS)


def test_it_goes_in_pieces_in_cells_notes_boxes_and_headers(tmp_path: Path) -> None:
    torn = "<text:p>เลข <text:span>1-2345</text:span>-6<text:span>7890-12-3</text:span> จบ</text:p>"
    cells = f"<table:table-cell><text:p>{DIGITS}</text:p></table:table-cell>" * 2
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        f"<text:note-body><text:p>ดู {NUMBER}</text:p></text:note-body></text:note>"
    )
    box = f"<draw:frame><draw:text-box><text:p>{NUMBER}</text:p></draw:text-box></draw:frame>"
    body = f"{torn}{table}<text:p>หมาย{note}เหตุ</text:p><text:p>{box}</text:p>"
    made = document(body, header=f"<text:p>แฟ้ม {NUMBER}</text:p>")
    target, text = redacted(tmp_path, made, NUMBER)
    assert_gone(target, NUMBER, DIGITS)
    assert text.startswith("เลข █████")
    assert text.count("█████") >= 6
    assert all(word in text for word in ("จบ", "หมาย", "เหตุ", "ดู █████", "แฟ้ม █████"))


def test_a_short_number_goes_where_it_was_chosen_and_nowhere_else(tmp_path: Path) -> None:
    body = "<text:p>ห้อง 12</text:p><text:p>ข้อ 12</text:p>"
    source, target = written(tmp_path / "a.odt", document(body)), tmp_path / "b.odt"
    [page] = office_text.read_office(source, rules.ODT)
    at = page.text.index("12")
    redact_document(source, target, page, [(at, at + 2)], rules.ODT)
    [after] = office_text.read_office(target, rules.ODT)
    assert after.text.splitlines() == ["ห้อง █████", "ข้อ 12"]


HIDDEN = {
    "a deleted passage": (
        "<text:tracked-changes><text:changed-region text:id='c'><text:deletion>"
        f"<text:p>{SECRET}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    ),
    "a remark": f"<text:p>ก<office:annotation><text:p>{SECRET}</text:p></office:annotation></text:p>",
    "a hidden text": f"<text:p>ก<text:hidden-text text:string-value='{SECRET}'>{SECRET}</text:hidden-text></text:p>",
    "a hidden section": f"<text:section text:display='none'><text:p>{SECRET}</text:p></text:section>",
    "a hidden stretch": f"<text:p>ก<text:span text:style-name='H'>{SECRET}</text:span></text:p>",
    "a variable": (
        "<text:user-field-decls>"
        f"<text:user-field-decl text:name='n' office:string-value='{SECRET}'/></text:user-field-decls>"
    ),
    "a bookmark": f"<text:p>ก<text:bookmark text:name='{SECRET}'/></text:p>",
    "an address": f"<text:p><text:a xlink:href='https://a.go.th/{SECRET}'>ที่นี่</text:a></text:p>",
    "a description": f"<text:p><draw:frame draw:name='{SECRET}'><svg:title>{SECRET}</svg:title></draw:frame></text:p>",
    "a form": f"<office:forms><x>{SECRET}</x></office:forms>",
    "an object": f"<text:p><draw:frame><draw:object><x>{SECRET}</x></draw:object></draw:frame></text:p>",
}
VANISH = "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_seen_stays_behind(tmp_path: Path, how: str) -> None:
    made = document(f"{HIDDEN[how]}<text:p>{ABOUT} ท้าย</text:p>", styles=VANISH)
    target, text = redacted(tmp_path, made, NUMBER)
    assert SECRET.encode() not in b"".join(parts(target).values())
    assert text.endswith("บ้านเลขที่ ๙๙ ท้าย")
    assert_gone(target, NUMBER, SECRET)


def test_a_field_keeps_what_it_shows(tmp_path: Path) -> None:
    field = "<text:p>ก <text:user-field-get text:name='n'>ข้อความ</text:user-field-get> ข</text:p>"
    _target, text = redacted(tmp_path, document(f"{field}<text:p>{NUMBER}</text:p>"), NUMBER)
    assert text.splitlines() == ["ก ข้อความ ข", "█████"]


def test_a_section_keeps_its_columns_and_loses_its_name(tmp_path: Path) -> None:
    source = "<text:section-source xlink:href='secret.odt'/>"
    body = f"<text:section text:style-name='C2' text:name='{PERSON}'>{source}<text:p>{NUMBER}</text:p></text:section>"
    target, text = redacted(tmp_path, document(body), NUMBER)
    content = parts(target)["content.xml"].decode()
    assert '<text:section text:style-name="C2" text:name="s">' in content
    assert "section-source" not in content
    assert text.strip() == "█████"
    assert_gone(target, NUMBER, PERSON)


def test_no_style_is_called_by_what_is_covered_and_the_look_stays(tmp_path: Path) -> None:
    person = PERSON.replace(" ", "_20_")
    styles = (
        f"<style:style style:name='{person}' style:family='paragraph' style:parent-style-name='Text_20_body'/>"
        f"<style:style style:name='_31_{DIGITS[1:]}' style:family='text'/>"
    )
    body = (
        f"<text:p text:style-name='{person}'>{PERSON} "
        f"<text:span text:style-name='_31_{DIGITS[1:]}'>{DIGITS}</text:span></text:p>"
    )

    target, _text = redacted(tmp_path, document(body, styles=styles), PERSON, DIGITS)

    content = parts(target)["content.xml"].decode()
    assert re.findall(r'style-name="([^"]*)"', content) == ["Text_20_body", "X1", "X2"]
    assert re.findall(r'style:name="([^"]*)"', content) == ["X1", "X2"]
    assert_gone(target, PERSON, DIGITS)


def test_parts_beside_the_text_do_not_come_along(tmp_path: Path) -> None:
    others = [
        (name, f"<x xmlns='u'>{NUMBER}</x>".encode())
        for name in ("meta.xml", "settings.xml", "Object 1/content.xml", "layout-cache")
    ]
    made = document(f"<text:p>{NUMBER}</text:p>", *others, ("Thumbnails/thumbnail.png", image()))
    target, _text = redacted(tmp_path, made, NUMBER)
    assert sorted(parts(target)) == [
        "META-INF/manifest.xml",
        "content.xml",
        "mimetype",
        "styles.xml",
    ]


def shown(name: str) -> str:
    return f"<text:p><draw:frame><draw:image xlink:href='Pictures/{name}'/></draw:frame></text:p>"


def test_pictures_come_as_pixels_alone_and_covered_ones_are_black(tmp_path: Path) -> None:
    face = image("PNG", (90, 60))
    made = document(
        f"<text:p>{NUMBER}</text:p>{shown('a.jpg')}{shown('b.png')}{shown('c.png')}",
        ("Pictures/a.jpg", photograph()),
        ("Pictures/b.png", face),
        # The same bytes under another name.
        ("Pictures/c.png", face),
    )
    target, _text = redacted(tmp_path, made, NUMBER, pictures=(2,))
    kept = parts(target)
    assert [name for name in kept if name.startswith("Pictures/")] == [
        "Pictures/a.jpg",
        "Pictures/covered2.png",
        "Pictures/covered3.png",
    ]
    assert b"SecretCamera" not in kept["Pictures/a.jpg"]
    assert face not in kept.values()
    for name in ("Pictures/covered2.png", "Pictures/covered3.png"):
        assert Image.open(io.BytesIO(kept[name])).getextrema() == (0, 0)
        assert name.encode() in kept["content.xml"]


def test_a_drawing_that_nobody_can_look_at_is_covered_or_stops_the_work(tmp_path: Path) -> None:
    made = document(f"<text:p>{NUMBER}</text:p>{shown('d.emf')}", ("Pictures/d.emf", b"EMF" * 99))
    with pytest.raises(CannotRedact, match="เลือกปิดทับภาพนั้นด้วย"):
        redacted(tmp_path, made, NUMBER)
    target, _text = redacted(tmp_path, made, NUMBER, pictures=(1,))
    assert b"EMF" * 99 not in parts(target).values()


def word_with(*pictures: bytes) -> bytes:
    made, content = docx.Document(), io.BytesIO()
    made.add_paragraph(ABOUT)
    for picture in pictures:
        made.add_picture(io.BytesIO(picture))
    made.save(content)
    return content.getvalue()


def test_a_picture_of_a_word_document_is_covered_wherever_it_is_used(tmp_path: Path) -> None:
    face, logo = image("JPEG", (300, 200)), image("PNG", (40, 40))
    source = written(tmp_path / "a.docx", word_with(face, logo, face))
    pages = tuple(office_text.read_office(source, rules.DOCX))
    with zipfile.ZipFile(source) as opened:
        names = [name for name in opened.namelist() if name.startswith("word/media/")]
        number = next(at for at, name in enumerate(names, 1) if opened.read(name) == face)
    target = tmp_path / "b.docx"
    asked = Question(source, rules.DOCX, target, pages=pages, pictures=(number,))
    assert make(asked, lambda *_step: None) == []
    docx.Document(str(target))
    kept = {name: raw for name, raw in parts(target).items() if "media/" in name}
    assert face not in kept.values()
    assert sorted(kept) == [f"word/media/covered{number}.png", "word/media/image2.png"]
