"""Every allowed type, cut off, scratched, glued together or wrongly named: taken in whole, or refused with a reason."""

import random
from pathlib import Path

import pytest
from PIL import Image

from prongsai.files import reading, rules
from prongsai.files.refusals import SENTENCES, Refused
from tests.files import samples

WHOLE = {
    ".pdf": samples.pdf(),
    ".docx": samples.rich_word(),
    ".xlsx": samples.workbook(),
    ".odt": samples.odt(),
    ".ods": samples.ods(),
    ".csv": "ลำดับ,รายการ\n1,น้ำประปา\n".encode(),
    ".txt": "ประกาศเทศบาล\nเรื่อง น้ำประปา\n".encode(),
    ".png": samples.image("PNG"),
    ".jpg": samples.image("JPEG"),
    ".webp": samples.image("WEBP"),
}
TEXTS = (".csv", ".txt")
MEDIA_TYPES = {
    extension: media_type
    for media_type, extensions in rules.EXTENSIONS.items()
    for extension in extensions
}


def outcome(folder: Path, extension: str, content: bytes) -> str:
    """The media type, or the reason of the refusal; anything else is a defect."""
    path = folder / f"draft{extension}"
    path.write_bytes(content)
    try:
        return reading.read(path, path.name).media_type
    except Refused as refused:
        said = str(refused)
        reason = refused.reason
    assert "{" not in said
    return reason


@pytest.mark.parametrize("extension", WHOLE)
def test_a_whole_file_comes_in_as_what_it_is(tmp_path: Path, extension: str) -> None:
    assert outcome(tmp_path, extension, WHOLE[extension]) == MEDIA_TYPES[extension]


@pytest.mark.parametrize("extension", [each for each in WHOLE if each not in TEXTS])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, extension: str, share: float) -> None:
    content = WHOLE[extension]

    said = outcome(tmp_path, extension, content[: int(len(content) * share)])

    assert said in SENTENCES


@pytest.mark.parametrize("extension", WHOLE)
def test_a_scratched_file_never_breaks_the_reader(tmp_path: Path, extension: str) -> None:
    chance = random.Random(extension)  # noqa: S311 -- the same scratches every time
    for _ in range(12):
        content = bytearray(WHOLE[extension])
        for _ in range(4):
            content[chance.randrange(len(content))] = chance.randrange(256)

        assert outcome(tmp_path, extension, bytes(content)) in {
            *SENTENCES,
            *MEDIA_TYPES.values(),
        } | {
            "text/plain; charset=windows-874",
            "text/csv; charset=windows-874",
        }


def test_a_picture_whose_head_is_damaged_is_refused(tmp_path: Path) -> None:
    """Pillow knows no format MPO to try after JPEG, and said so with a KeyError."""
    assert outcome(tmp_path, ".jpg", b"\xff\xd8\xff" + b"junk" * 50) == "image_broken"


def test_of_two_pictures_in_one_file_only_the_first_is_kept(tmp_path: Path) -> None:
    """Phones write such files (MPO) under the name of a JPEG."""
    path = tmp_path / "a.jpg"
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (20, 10), "blue")
    first.save(path, "MPO", save_all=True, append_images=[second])
    before = path.stat().st_size

    assert reading.read(path, path.name).media_type == rules.JPEG

    with Image.open(path) as kept:
        assert (kept.format, kept.size, getattr(kept, "n_frames", 1)) == ("JPEG", (40, 30), 1)
    assert path.stat().st_size < before


@pytest.mark.parametrize(("side", "said"), [(30, "image/png"), (29, "image_bomb")])
def test_a_picture_may_be_as_long_as_the_limit_and_no_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, side: int, said: str
) -> None:
    monkeypatch.setattr(rules, "MAX_SIDE", side)

    assert outcome(tmp_path, ".png", samples.image("PNG", (30, 20))) == said
    assert outcome(tmp_path, ".png", samples.image("PNG", (20, 30))) == said


@pytest.mark.parametrize(("pixels", "said"), [(600, "image/png"), (599, "image_bomb")])
def test_a_picture_may_have_as_many_pixels_as_the_limit_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pixels: int, said: str
) -> None:
    monkeypatch.setattr(rules, "MAX_PIXELS", pixels)

    assert outcome(tmp_path, ".png", samples.image("PNG", (30, 20))) == said


@pytest.mark.parametrize("extension", WHOLE)
@pytest.mark.parametrize("named", WHOLE)
def test_content_under_another_types_name_is_refused(
    tmp_path: Path, extension: str, named: str
) -> None:
    """CSV is plain text, so those two differ by their name alone."""
    said = outcome(tmp_path, named, WHOLE[extension])

    if extension == named or {extension, named} == set(TEXTS):
        assert said == MEDIA_TYPES[named]
    else:
        assert said == "wrong_extension"


@pytest.mark.parametrize("extension", WHOLE)
def test_an_empty_file_is_refused_whatever_its_name(tmp_path: Path, extension: str) -> None:
    assert outcome(tmp_path, extension, b"") == "empty"


@pytest.mark.parametrize("extension", [each for each in WHOLE if each not in TEXTS])
def test_an_archive_glued_to_a_file_is_not_carried_in(tmp_path: Path, extension: str) -> None:
    hidden = samples.archive([("secret.txt", "ความลับ".encode())])

    said = outcome(tmp_path, extension, WHOLE[extension] + hidden)

    assert said in SENTENCES


@pytest.mark.parametrize("name", [*WHOLE, "A.PDF.exe", "..pdf", "รายงาน.PdF"])
def test_nothing_but_nulls_is_no_file_of_any_type(tmp_path: Path, name: str) -> None:
    assert outcome(tmp_path, Path(f"a{name}").suffix, b"\x00" * 5000) in SENTENCES


@pytest.mark.parametrize(
    ("text", "encoding", "stated"),
    [
        ("ประกาศเทศบาลนครตรัง", "utf-8", "text/plain"),
        ("ประกาศเทศบาลนครตรัง", "utf-8-sig", "text/plain"),
        ("ประกาศเทศบาลนครตรัง", "utf-16", "text/plain; charset=utf-16"),
        ("ประกาศเทศบาลนครตรัง", "cp874", "text/plain; charset=windows-874"),
        ("Öffentliche Bekanntmachung über Gebühren für Müll", "latin-1", "undecodable"),
        ("お知らせ", "shift_jis", "undecodable"),
        ("Объявление", "cp1251", "undecodable"),
    ],
)
def test_text_is_read_in_the_encodings_of_thai_computers_and_no_other(
    tmp_path: Path, text: str, encoding: str, stated: str
) -> None:
    assert outcome(tmp_path, ".txt", text.encode(encoding)) == stated


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("เลขบัตร\u202e1210-67890-2345-1\u202c", "เลขบัตร1210-67890-2345-1"),
        ("น้ำ\u200bประปา", "น้ำประปา"),
        ("นํ้าประปา", "น้ำประปา"),
        ("เเผนงาน", "แผนงาน"),
        ("บรรทัด\r\nบรรทัด\rบรรทัด", "บรรทัด\nบรรทัด\nบรรทัด"),
        ("\uf70aก", "่ก"),
        ("๑๒๓ ABC", "๑๒๓ ABC"),
        ("ก\u0000ข".replace("\u0000", "\u00ad"), "กข"),
    ],
)
def test_what_is_invisible_or_misspelt_in_a_text_is_put_right_before_it_is_kept(
    tmp_path: Path, sent: str, shown: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(sent.encode())

    [page] = reading.read(path, path.name).texts

    assert page.text == shown


@pytest.mark.parametrize("name", ["word/document.xml", "word/_rels/document.xml.rels"])
def test_a_part_in_utf_16_is_refused_because_nothing_is_found_in_it(
    tmp_path: Path, name: str
) -> None:
    """An XML reader understands it; a search for a link or an entity in its bytes does not."""
    evil = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><Relationships/>'

    hidden = samples.with_entry(samples.word("ก"), name, evil.encode("utf-16"))

    assert outcome(tmp_path, ".docx", hidden) == "unreadable"
