from pathlib import Path

import pytest

from prongsai.files import archives, rules, sniffing
from prongsai.files.refusals import Refused
from tests.files import samples

KNOWN = {
    "a.pdf": (samples.pdf(), rules.PDF),
    "a.PDF": (samples.pdf(), rules.PDF),
    "a.docx": (samples.word("ก"), rules.DOCX),
    "a.xlsx": (samples.workbook(), rules.XLSX),
    "a.odt": (samples.odt(), rules.ODT),
    "a.ods": (samples.ods(), rules.ODS),
    "a.png": (samples.image("PNG"), rules.PNG),
    "a.jpg": (samples.image("JPEG"), rules.JPEG),
    "a.jpeg": (samples.image("JPEG"), rules.JPEG),
    "a.webp": (samples.image("WEBP"), rules.WEBP),
    "a.csv": (b"a,b", rules.CSV),
    "a.txt": ("ก".encode("utf-16"), rules.TXT),
}


@pytest.mark.parametrize("name", KNOWN)
def test_each_allowed_type_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    content, media_type = KNOWN[name]
    path = tmp_path / "draft"
    path.write_bytes(content)
    assert sniffing.media_type_of(path, name) == media_type


@pytest.mark.parametrize(
    ("content", "seems"),
    [(b"MZ\x90\x00\x03\x00\x00", "(เนื้อหาเป็นแบบ"), (b"\x00\x01nothing", "ไม่ได้ ระบบรับ")],
)
def test_the_refusal_says_what_the_content_looks_like(
    content: bytes, seems: str, tmp_path: Path
) -> None:
    path = tmp_path / "draft"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        sniffing.media_type_of(path, "a.bin")
    assert seems in str(refused.value)


@pytest.mark.parametrize(
    ("name", "media_type", "extension"),
    [
        ("a.pdf", rules.PDF, None),
        ("a.b.PDF", rules.PDF, None),
        ("a.exe", rules.PDF, ".exe"),
        ("pdf", rules.PDF, ""),
        (".pdf", rules.PDF, ""),
        ("a.pdf.exe", rules.PDF, ".exe"),
        ("a.jpeg", rules.JPEG, None),
        ("a.jpg", rules.PNG, ".jpg"),
    ],
)
def test_the_extension_must_be_one_of_the_types_own(
    name: str, media_type: str, extension: str | None
) -> None:
    assert rules.extension_mismatch(name, media_type) == extension


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        ("ตรัง".encode(), "utf-8"),
        ("\ufeffตรัง".encode(), "utf-8"),
        (b"plain", "utf-8"),
        ("ตรัง".encode("utf-16"), "utf-16"),
        ("เทศบาลนครตรัง".encode("cp874"), "windows-874"),
        ("ราคา “100” บาท".encode("cp874"), "windows-874"),
    ],
)
def test_thai_encodings_are_told_apart(raw: bytes, encoding: str) -> None:
    assert sniffing.decoded(raw)[1] == encoding


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", "Überraschung für Müller".encode("latin-1"), b"\xfc\xfd\xff"]
)
def test_what_is_no_thai_text_is_not_guessed_at(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        sniffing.decoded(raw)
    assert refused.value.reason == "undecodable"


def test_a_hyperlink_in_a_document_waits_for_a_click_and_may_stay(tmp_path: Path) -> None:
    link = (
        b'<Relationships><Relationship Id="a" Type="http://x/hyperlink" Target="http://x/" '
        b'TargetMode="External"/></Relationships>'
    )
    path = tmp_path / "a.docx"
    path.write_bytes(samples.with_entry(samples.word("ก"), "word/_rels/extra.xml.rels", link))
    assert archives.office_type(path) == rules.DOCX


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("word/activeX/activeX1.xml", "macro"),
        ("Basic/Standard/Module1.xml", "macro"),
        ("xl/macrosheets/sheet1.xml", "macro"),
        ("word/embeddings/report.pdf.exe", "nested"),
        ("inner.ZIP", "nested"),
    ],
)
def test_hidden_programmes_and_files_are_known_by_name(
    entry: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(samples.with_entry(samples.word("ก"), entry, b"x"))
    with pytest.raises(Refused) as refused:
        archives.office_type(path)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "head",
    [
        b"PK\x03\x04",
        b"7z\xbc\xaf",
        b"Rar!\x1a",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
        b"MZ\x90",
        b"%PDF-1",
    ],
)
def test_hidden_files_are_known_by_their_first_bytes(head: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(samples.with_entry(samples.word("ก"), "word/innocent.xml", head + b"rest"))
    with pytest.raises(Refused) as refused:
        archives.office_type(path)
    assert refused.value.reason == "nested"


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(samples.word("ก"))
    # The flag that an entry is encrypted, in the first local and the first central header.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        archives.office_type(path)
    assert refused.value.reason == "encrypted_office"
