import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from prongsai.files import pdf_pages, pdfs, reading, rules
from prongsai.files.refusals import SENTENCES, Refused
from tests.files import samples


def reason_for(tmp_path: Path, name: str, content: bytes) -> str:
    """Why this is refused, as its key; fails when it is not."""
    path = tmp_path / "draft"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        reading.read(path, name)
    assert "โปรด" in str(refused.value)
    return refused.value.reason


DOCX = samples.word("ข้อความ")
RELATION = (
    b'<Relationships><Relationship Id="a" Type="http://x/%s" Target="http://x/y" '
    b'TargetMode="External"/></Relationships>'
)
PLAIN_TYPE = b"openxmlformats-officedocument.wordprocessingml.document.main"
MACRO_TYPE = b"ms-word.document.macroEnabled.main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le") + bytes(100)
ARCHIVES = {
    "plain zip": ("a.docx", samples.archive([("a.txt", b"text")]), "unknown_as"),
    "main part elsewhere": (
        "a.docx",
        samples.word_elsewhere("ประกาศ", "1234567890121"),
        "unreadable",
    ),
    "no main part": (
        "a.docx",
        samples.with_entry(DOCX, "_rels/.rels", b"<Relationships/>"),
        "unreadable",
    ),
    "two parts of one name": (
        "a.docx",
        samples.word_twice("ประกาศ", "1234567890121"),
        "broken_archive",
    ),
    "part in UTF-16 under another ending": (
        "a.docx",
        samples.with_entry(DOCX, "word/a.bin", "<a/>".encode("utf-16")),
        "unreadable",
    ),
    "zip bomb by size": (
        "a.docx",
        samples.with_entry(DOCX, "word/a.xml", bytes(320_000_000)),
        "archive_bomb",
    ),
    "zip bomb by ratio": (
        "a.docx",
        samples.with_entry(DOCX, "word/a.xml", bytes(60_000_000)),
        "archive_bomb",
    ),
    "too many entries": (
        "a.docx",
        samples.archive((f"word/{number}.xml", b"") for number in range(5_001)),
        "archive_bomb",
    ),
    "macro": ("a.docx", samples.with_entry(DOCX, "word/vbaProject.bin", b"x"), "macro"),
    "macro by declaration": (
        "a.docx",
        samples.changed(
            DOCX,
            samples.CONTENT_TYPES,
            lambda xml: xml.replace(PLAIN_TYPE, MACRO_TYPE),
        ),
        "macro",
    ),
    "archive inside": (
        "a.docx",
        samples.with_entry(DOCX, "word/embeddings/a.bin", b"PK\x03\x04x"),
        "nested",
    ),
    "workbook inside": (
        "a.docx",
        samples.with_entry(DOCX, "word/embeddings/a.xlsx", b"x"),
        "nested",
    ),
    "remote template": (
        "a.docx",
        samples.with_entry(DOCX, "word/_rels/settings.xml.rels", RELATION % b"attachedTemplate"),
        "external",
    ),
    "entities": (
        "a.docx",
        samples.with_entry(DOCX, "word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "unreadable",
    ),
    "encrypted ODF": ("a.odt", samples.odt("<encryption-data/>"), "encrypted_office"),
    "encrypted OOXML": ("a.docx", ENCRYPTED, "encrypted_office"),
    "old Word": ("a.doc", OLE, "legacy_office"),
    "truncated": ("a.docx", DOCX[: len(DOCX) // 2], "broken_archive"),
    "damaged inside": ("a.docx", DOCX[:2000] + b"\xff" * 50 + DOCX[2050:], "broken_archive"),
    "hidden before": ("a.docx", b"PK\x03\x04" + bytes(60) + DOCX, "polyglot"),
    "nothing inside": (
        "a.docx",
        samples.with_entry(DOCX, "word/document.xml", b"<a"),
        "unreadable",
    ),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_a_hostile_archive_is_refused(case: str, tmp_path: Path) -> None:
    name, content, reason = ARCHIVES[case]
    assert reason_for(tmp_path, name, content) == reason


FLAT = {
    "empty": ("a.pdf", b"", "empty"),
    "programme": ("a.pdf", b"MZ\x90\x00\x03\x00", "unknown_as"),
    "programme as text": ("a.txt", b"\x7fELF\x02\x01\x01\x00", "unknown"),
    "html as text": ("a.txt", b"\n <!DOCTYPE html><script>", "wrong_extension"),
    "web page without a page": ("a.html", b"only text", "markup"),
    "script in a web page": ("a.html", b"<!DOCTYPE html><script>x()</script>", "html_active"),
    "picture from elsewhere": ("a.html", b"<html><img src=https://a.example/b>", "html_active"),
    "handler in a web page": ("a.html", b"<html><p onclick='x()'>a</p>", "html_active"),
    "address that runs": ("a.htm", b"<html><a href=' java\tscript:x()'>a</a>", "html_active"),
    "page that goes elsewhere": (
        "a.html",
        b"<html><meta http-equiv=refresh content='0;url=/'>",
        "html_active",
    ),
    "style from elsewhere": ("a.html", b"<html><style>@import 'a'</style>", "external"),
    "style attribute that loads": ("a.html", b"<html><p style='background:url(a)'>", "external"),
    "script without a page": ("a.html", b"<p>a</p><script>x()</script>", "html_active"),
    "handler without a page": ("a.html", b"<p>a</p><p onclick='x()'>a</p>", "html_active"),
    "script behind a comment": ("a.html", b"<!--a--><script>x()</script>", "html_active"),
    "form without a page": ("a.html", b"<form action=/><input name=a></form>", "html_active"),
    "frame": ("a.html", b"<html><iframe srcdoc='a'></iframe>", "html_active"),
    "conditional comment": ("a.html", b"<html><!--[if IE]><script>--><p>a", "html_active"),
    "processing": ("a.html", b"<html><?php echo 1 ?>", "html_active"),
    "svg": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg">', "markup"),
    "pdf after text": ("a.txt", b"text\n%PDF-1.7\n", "polyglot"),
    "picture that says pdf": ("a.pdf", samples.image("PNG"), "wrong_extension"),
    "pdf that says picture": ("a.png", samples.pdf(), "wrong_extension"),
    "no extension": ("ประกาศ", samples.pdf(), "no_extension"),
    "picture and archive": (
        "a.png",
        samples.image("PNG") + samples.archive([("a", b"b")]),
        "polyglot",
    ),
    "undecodable text": ("a.csv", "éèàüçñ".encode("latin-1") * 9, "undecodable"),
    "broken picture": ("a.jpg", samples.image("JPEG")[:300], "image_broken"),
    "huge picture": ("a.png", samples.huge_png(), "image_too_fine"),
    "moving picture": (
        "a.webp",
        samples.image("WEBP", save_all=True, append_images=[samples.Image.new("RGB", (30, 20))]),
        "image_animated",
    ),
}


@pytest.mark.parametrize("case", FLAT)
def test_what_is_not_what_it_says_is_refused(case: str, tmp_path: Path) -> None:
    name, content, reason = FLAT[case]
    assert reason_for(tmp_path, name, content) == reason


def with_root(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            made.Root[f"/{name}"] = value

    return change


def with_note(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(made: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 9, 9], **entries)
        made.pages[0].obj["/Annots"] = pikepdf.Array([made.make_indirect(note)])

    return change


def with_attachment(made: pikepdf.Pdf) -> None:
    made.attachments["secret.txt"] = b"secret"


def packed_twice(made: pikepdf.Pdf) -> None:
    filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    made.pages[0].Contents = pikepdf.Stream(made, TWICE, Filter=filters)


def with_huge_picture(made: pikepdf.Pdf) -> None:
    picture = pikepdf.Stream(made, b"x", Subtype=pikepdf.Name.Image, Width=90_000, Height=90_000)
    made.pages[0].resources["/XObject"] = pikepdf.Dictionary(A=picture)


TWICE = zlib.compress(zlib.compress(b"q Q"))
NOT_REPACKED = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}
SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
LOCK = pikepdf.Encryption(owner="a", user="b")
HALF_LOCK = pikepdf.Encryption(owner="a", user="")
PDFS = {
    "script at opening": (samples.pdf(with_root(OpenAction=SCRIPT)), "pdf_active"),
    "launch at opening": (samples.pdf(with_root(OpenAction=LAUNCH)), "pdf_active"),
    "additional actions": (samples.pdf(with_root(AA=pikepdf.Dictionary())), "pdf_active"),
    "launch on a click": (
        samples.pdf(with_note(Subtype=pikepdf.Name.Link, A=LAUNCH)),
        "pdf_active",
    ),
    "film": (samples.pdf(with_note(Subtype=pikepdf.Name.RichMedia)), "pdf_media"),
    "dynamic form": (samples.pdf(with_root(AcroForm=pikepdf.Dictionary(XFA=[]))), "pdf_active"),
    "attachment": (samples.pdf(with_attachment), "pdf_attachment"),
    "password": (samples.pdf(encryption=LOCK), "pdf_encrypted"),
    "locked rights": (samples.pdf(encryption=HALF_LOCK), "pdf_encrypted"),
    "truncated": (samples.pdf()[:-400], "pdf_broken"),
    "nonsense": (b"%PDF-1.7\nnonsense\n%%EOF", "pdf_broken"),
    "without pages": (samples.blank_pdf(0), "pdf_broken"),
    "bomb in a stream": (samples.pdf_stream_bomb(), "pdf_bomb"),
    "packed twice": (
        samples.pdf(packed_twice, **NOT_REPACKED),
        "pdf_bomb",
    ),
    "packed behind letters": (
        samples.pdf_of_stream(
            zlib.compress(b"q Q").hex().encode() + b">", "/ASCIIHexDecode", "/FlateDecode"
        ),
        "pdf_bomb",
    ),
    "runs behind letters": (
        samples.pdf_of_stream(b"812080>", "/AHx", "/RunLengthDecode"),
        "pdf_bomb",
    ),
    "filter by an odd spelling": (
        samples.pdf().replace(b"/FlateDecode", b"/Fl#61teDecode"),
        "pdf_bomb",
    ),
    "filter out of line": (
        samples.pdf().replace(b"/Filter /FlateDecode", b"/Filter 1 0 R"),
        "pdf_bomb",
    ),
    "endless list of filters": (
        samples.pdf().replace(
            b"/Filter /FlateDecode", b"/Filter [" + b" " * 500 + b"/FlateDecode]"
        ),
        "pdf_bomb",
    ),
    "filter behind a comment": (
        samples.pdf().replace(b"/Filter /FlateDecode", b"/Filter %a\n[/AHx /FlateDecode]"),
        "pdf_bomb",
    ),
    "bomb of runs": (
        samples.pdf_of_stream(samples.runs_of_blanks(200_000_000), "/RunLengthDecode"),
        "pdf_bomb",
    ),
    "bomb of LZW": (samples.pdf_of_stream(samples.lzw_of_blanks(20), "/LZWDecode"), "pdf_bomb"),
    "more LZW than is measured": (
        samples.pdf_of_stream(bytes(rules.MAX_LZW + 1), "/LZWDecode"),
        "pdf_bomb",
    ),
    "picture packed to a bomb": (
        samples.pdf_of_stream(zlib.compress(bytes(200_000_000)), "/FlateDecode", "/DCTDecode"),
        "pdf_bomb",
    ),
    "huge picture": (samples.pdf(with_huge_picture), "pdf_bomb"),
    "archive behind": (samples.pdf() + samples.archive([("a", b"b")]), "polyglot"),
}


ORDINARY = {
    "flate": (zlib.compress(b"q Q"), "/FlateDecode"),
    "photograph": (samples.image("JPEG"), "/DCTDecode"),
    "photograph packed once more": (
        zlib.compress(samples.image("JPEG")),
        "/FlateDecode",
        "/DCTDecode",
    ),
    "letters": (b"712051>", "/ASCIIHexDecode"),
    "runs": (samples.runs_of_blanks(100_000), "/RunLengthDecode"),
    "LZW": (samples.lzw_of_blanks(2), "/LZWDecode"),
    "fax": (b"\x00\x10\x01", "/CCITTFaxDecode"),
}


@pytest.mark.parametrize("case", ORDINARY)
def test_what_writers_and_scanners_pack_comes_in(case: str, tmp_path: Path) -> None:
    path = tmp_path / "draft"
    path.write_bytes(samples.pdf_of_stream(*ORDINARY[case]))

    assert pdfs.check(path) == 1


@pytest.mark.parametrize("rounds", [1, 3])
def test_lzw_is_measured_as_it_unpacks(rounds: int) -> None:
    """The sample as qpdf unpacks it, and as the limit counts it."""
    packed = samples.lzw_of_blanks(rounds)
    made = pikepdf.open(io.BytesIO(samples.pdf_of_stream(packed, "/LZWDecode")))

    assert pdfs._lzw_size(packed, 1) == len(made.pages[0].Contents.read_bytes())


@pytest.mark.parametrize("case", PDFS)
def test_a_pdf_that_does_or_hides_something_is_refused(case: str, tmp_path: Path) -> None:
    content, reason = PDFS[case]
    assert reason_for(tmp_path, "a.pdf", content) == reason


def test_a_pdf_with_too_many_pages_says_how_many(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.blank_pdf(rules.MAX_PDF_PAGES + 1))
    with pytest.raises(Refused, match="1001 หน้า เกินกว่า 1000 หน้า"):
        reading.read(path, "a.pdf")


def test_many_small_bombs_are_one_large_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swell(made: pikepdf.Pdf) -> None:
        packed = zlib.compress(b" " * 1_000_000, 9)
        forms = [
            pikepdf.Stream(made, packed, Filter=pikepdf.Name.FlateDecode, Number=number)
            for number in range(5)
        ]
        made.Root["/Forms"] = pikepdf.Array([made.make_indirect(form) for form in forms])

    content = samples.pdf(swell)
    monkeypatch.setattr(rules, "MAX_STREAMS", 4_000_000)
    assert reason_for(tmp_path, "a.pdf", content) == "pdf_bomb"


def test_a_page_with_endless_instructions_is_left_to_pdfium(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "MAX_WALKED", 10)
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.pdf())
    assert reading.read(path, "a.pdf").texts[0].source == "text"


def test_opening_at_a_page_and_hyperlinks_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.go.th")

    def change(made: pikepdf.Pdf) -> None:
        with_note(Subtype=pikepdf.Name.Link, A=link)(made)
        made.Root["/OpenAction"] = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])

    path.write_bytes(samples.pdf(change))
    assert reading.read(path, "a.pdf").pages == 1


@pytest.mark.parametrize("reason", SENTENCES)
def test_every_refusal_says_what_to_do_in_both_languages(reason: str) -> None:
    with translation.override("th"):
        thai = str(SENTENCES[reason])
    with translation.override("en"):
        english = str(SENTENCES[reason])

    assert thai.startswith("รับ")
    assert "โปรด" in thai
    assert not re.search("[ก-๛]", english)
    assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", thai)


def test_a_refusal_speaks_the_language_of_its_reader() -> None:
    refused = Refused("wrong_extension", {"extension": ".exe", "real": ".pdf"})

    with translation.override("th"):
        assert str(refused).startswith("รับไฟล์นี้ไม่ได้ เพราะนามสกุล .exe ไม่ตรงกับเนื้อหาจริงซึ่งเป็น .pdf")
    with translation.override("en"):
        assert str(refused).startswith("This file cannot be received because its extension .exe")


def test_a_name_without_an_extension_is_told_which_to_add(tmp_path: Path) -> None:
    path = tmp_path / "draft"
    path.write_bytes(samples.pdf())

    with pytest.raises(Refused, match=r"เติมนามสกุล \.pdf") as refused:
        reading.read(path, "ประกาศ")

    assert refused.value.reason == "no_extension"
