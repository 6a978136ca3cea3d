from pathlib import Path

import pytest

from tests.portal.visitor import Visitor
from tests.record.factories import corrected, file, published, recalled

RAW = b"%PDF-1.7 a public paper"
NAME = "ประกาศ%20ฉบับเต็ม.pdf"


def address(described: dict[str, object]) -> str:
    return f"/files/{described['sha256']}/{described['name']}"


def test_a_public_file_is_served_with_its_thai_name(citizen: Visitor) -> None:
    paper = file(RAW, name="ประกาศ ฉบับเต็ม.pdf")
    published(files=[paper])
    answer = citizen.get(f"/files/{paper['sha256']}/{NAME}")

    assert (answer.status, answer.body) == (200, RAW)
    assert answer["content-type"] == "application/pdf"
    assert answer["content-disposition"].startswith("inline; filename=")
    assert "filename*=UTF-8''%E0%B8%9B%E0%B8%A3" in answer["content-disposition"]
    assert answer["x-content-type-options"] == "nosniff"
    assert answer["etag"] == f'"{paper["sha256"]}"'


@pytest.mark.parametrize(
    ("media_type", "disposition", "is_boxed"),
    [
        ("application/pdf", "inline", False),
        ("image/png", "inline", True),
        ("image/jpeg", "inline", True),
        ("image/webp", "inline", True),
        ("text/plain", "inline", True),
        ("text/csv", "attachment", True),
        ("text/html", "attachment", True),
        ("image/svg+xml", "attachment", True),
    ],
)
def test_nothing_in_a_file_can_run(
    citizen: Visitor, media_type: str, disposition: str, is_boxed: bool
) -> None:
    paper = file(media_type=media_type)
    published(files=[paper])
    answer = citizen.get(address(paper))

    assert answer["content-disposition"].partition(";")[0] == disposition
    rules = "default-src 'none'; img-src 'self'; frame-ancestors 'none'"
    assert answer["content-security-policy"] == ("sandbox; " if is_boxed else "") + rules


@pytest.mark.parametrize("known", ["", "the tag"])
def test_no_copy_of_a_file_is_shown_for_longer_than_half_a_minute_unasked(
    citizen: Visitor, known: str
) -> None:
    paper = file(RAW)
    published(files=[paper])
    tag = f'"{paper["sha256"]}"' if known else ""

    answer = citizen.get(address(paper), if_none_match=tag)

    assert answer.status == (304 if known else 200)
    assert answer["cache-control"] == "public, max-age=30, must-revalidate"


def test_whoever_has_the_file_gets_no_body(citizen: Visitor) -> None:
    paper = file(RAW)
    published(files=[paper])
    answer = citizen.get(address(paper), if_none_match=f'"{paper["sha256"]}"')

    assert (answer.status, answer.raw) == (304, b"")


def test_a_part_of_a_file_can_be_had(citizen: Visitor) -> None:
    paper = file(RAW)
    published(files=[paper])
    answer = citizen.get(address(paper), range="bytes=0-7")

    assert (answer.status, answer.raw) == (206, b"%PDF-1.7")


@pytest.mark.parametrize("ending", ["", "/text"])
def test_a_file_that_no_edition_refers_to_is_private(citizen: Visitor, ending: str) -> None:
    private = file(b"not approved yet")

    assert citizen.get(address(private) + ending).status == 404


@pytest.mark.parametrize("ending", ["", "/text"])
def test_a_public_file_answers_to_its_own_name_only(citizen: Visitor, ending: str) -> None:
    paper = file(RAW)
    published(files=[paper])

    assert citizen.get(f"/files/{paper['sha256']}/other.pdf{ending}").status == 404


@pytest.mark.parametrize("ending", ["", "/text"])
def test_a_recall_takes_a_file_away_at_once(citizen: Visitor, ending: str) -> None:
    paper = file(RAW)
    pages = [{"number": 1, "text": "เลขประจำตัว", "source": "text"}]
    entry = published(files=[paper], texts={paper["sha256"]: pages})
    before = citizen.get(address(paper) + ending).status
    recalled(entry.number)
    etag = f'"{paper["sha256"]}"'

    assert before == 200
    assert citizen.get(address(paper) + ending).status == 404
    assert citizen.get(address(paper) + ending, if_none_match=etag).status == 404


def test_a_file_of_an_earlier_version_stays(citizen: Visitor) -> None:
    old = file(b"old")
    entry = published(files=[old])
    corrected(entry.number, files=[file(b"new")])

    assert citizen.get(address(old)).body == b"old"


def test_bytes_that_are_lost_are_not_found(citizen: Visitor, data: Path) -> None:
    paper = file(RAW)
    published(files=[paper])
    sha256 = str(paper["sha256"])
    (data / "record" / "blobs" / sha256[:2] / sha256).unlink()

    assert citizen.get(address(paper)).status == 404


def test_the_text_of_a_file_can_be_read_page_by_page(citizen: Visitor) -> None:
    paper = file(RAW, label="ประกาศ")
    pages = [
        {"number": 1, "text": "หน้าหนึ่ง <b>ตัวหนา</b>", "source": "text"},
        {"number": 2, "text": " ", "source": "none"},
        {"number": 3, "text": "หน้าสาม", "source": "text"},
    ]
    published(files=[paper], texts={paper["sha256"]: pages})
    text = citizen.get(f"{address(paper)}/text").text

    assert "หน้าหนึ่ง &lt;b&gt;ตัวหนา&lt;/b&gt;" in text
    assert "หน้าสาม" in text
    assert text.count('class="file-text"') == 2


def test_a_file_without_text_says_so(citizen: Visitor) -> None:
    paper = file(RAW)
    published(files=[paper])

    assert "ไฟล์นี้ไม่มีข้อความให้อ่าน" in citizen.get(f"{address(paper)}/text").text


@pytest.mark.parametrize(
    ("media_type", "stated"),
    [
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/csv; charset=windows-874", "text/csv; charset=windows-874"),
        ("text/plain; charset=utf-16", "text/plain; charset=utf-16"),
        ("application/pdf", "application/pdf"),
    ],
)
def test_a_text_is_said_to_be_in_the_encoding_in_which_it_is(
    citizen: Visitor, media_type: str, stated: str
) -> None:
    paper = file(RAW, media_type=media_type)
    published(files=[paper])

    assert citizen.get(address(paper))["content-type"] == stated
