from io import BytesIO
from typing import Any

import pytest

from prongsai.portal.ranges import asked_range, ranged


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-4", range(5)),
        ("bytes=5-", range(5, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=2-99", range(2, 10)),
        ("bytes=10-", range(10, 10)),
        ("bytes=0-1,4-5", None),
        ("bytes=4-2", None),
        ("bytes=-", None),
        ("pages=1-2", None),
    ],
)
def test_one_range_is_understood(header: str, part: range | None) -> None:
    assert asked_range(header, 10) == part


def sent(response: Any) -> bytes:
    return b"".join(response)


def test_a_part_is_sent_with_its_place() -> None:
    response = ranged(BytesIO(b"0123456789"), 10, "bytes=2-5")

    assert (response.status_code, sent(response)) == (206, b"2345")
    assert response["Content-Range"] == "bytes 2-5/10"
    assert response["Content-Length"] == "4"


def test_the_whole_says_that_parts_can_be_had() -> None:
    response = ranged(BytesIO(b"0123456789"), 10, "")

    assert (response.status_code, sent(response)) == (200, b"0123456789")
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == "10"


def test_a_part_behind_the_end_is_refused_and_the_file_closed() -> None:
    stream = BytesIO(b"0123456789")
    response = ranged(stream, 10, "bytes=10-")

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")
    assert stream.closed


def test_a_file_that_ends_early_ends_the_answer() -> None:
    assert sent(ranged(BytesIO(b"0123"), 10, "bytes=2-8")) == b"23"
