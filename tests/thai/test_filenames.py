from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.filenames import MAX_BYTES, content_disposition, safe_file_name
from prongsai.thai.words import clusters

NAMES = st.text() | st.text(st.sampled_from("กำเ้ิ./\\:\u202eaCONnul \n-_\u0301"), max_size=300)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("ประกาศ เรื่อง น้ำประปา.pdf", "ประกาศ เรื่อง น้ำประปา.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        (r"C:\fakepath\แผน.docx", "แผน.docx"),
        ("คำสั่งที่ 745/2559.pdf", "คำสั่งที่ 745-2559.pdf"),
        ("a\x00b\r\nc.pdf", "ab c.pdf"),
        ("exe.\u202efdp.exe", "exe.fdp.exe"),
        ("น\u0e4d\u0e49\u0e32.pdf", "น้ำ.pdf"),
        ("", "ไฟล์"),
        (".pdf", "ไฟล์.pdf"),
        ("...", "ไฟล์"),
        ("con.pdf", "_con.pdf"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ('<b>"x"|?*.html', "b--x.html"),
    ],
)
def test_a_name_keeps_its_thai_and_loses_its_harm(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@given(NAMES)
def test_a_safe_name_is_short_one_line_and_no_path(name: str) -> None:
    safe = safe_file_name(name)

    assert 0 < len(safe.encode()) <= MAX_BYTES
    assert not set(safe) & set('/\\<>:"|?*\n\r\x00')
    assert not safe.startswith(".")


@given(NAMES)
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    safe = safe_file_name(name)

    assert safe_file_name(safe) == safe


def test_a_long_name_is_cut_between_clusters_and_keeps_its_extension() -> None:
    safe = safe_file_name("น้ำ" * 100 + ".PDF")

    assert safe.endswith(".PDF")
    assert set(clusters(safe.removesuffix(".PDF"))) == {"น้ำ"}
    assert MAX_BYTES - len("น้ำ".encode()) < len(safe.encode()) <= MAX_BYTES


def test_a_long_name_of_a_device_passes_no_limit() -> None:
    assert len(safe_file_name("con." + "x" * 300).encode()) == MAX_BYTES


def test_a_letter_with_a_thousand_accents_does_not_pass_the_limit() -> None:
    assert safe_file_name("a" + "\u0301\u0302" * 1_000 + ".pdf") == "ไฟล์.pdf"


def test_the_header_carries_the_thai_name_and_an_ascii_one() -> None:
    header = content_disposition("แผน ITA 2569.pdf", inline=False)

    assert header == (
        'attachment; filename="ITA 2569.pdf"; '
        "filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99%20ITA%202569.pdf"
    )


def test_a_wholly_thai_name_falls_back_to_a_plain_word() -> None:
    assert content_disposition("แผน.pdf", inline=True).startswith('inline; filename="file.pdf";')


@given(NAMES, st.booleans())
def test_the_header_is_one_ascii_line_that_leads_back_to_the_name(name: str, inline: bool) -> None:
    header = content_disposition(name, inline=inline)

    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert unquote(header.split("UTF-8''")[1]) == safe_file_name(name)


@pytest.mark.parametrize("length", [58, 59, 60, 200])
def test_a_long_thai_name_is_cut_at_the_limit_and_between_letters(length: int) -> None:
    """A Thai letter is three bytes in UTF-8; 176 bytes are left beside `.pdf`."""
    kept = safe_file_name("ก" * length + ".pdf")

    assert len(kept.encode()) == min(length, 58) * 3 + 4
    assert kept.endswith(".pdf")


@pytest.mark.parametrize(("letters", "kept"), [(180, 180), (181, 180), (179, 179)])
def test_the_limit_is_one_hundred_and_eighty_bytes(letters: int, kept: int) -> None:
    assert len(safe_file_name("a" * letters)) == kept
