"""The calendar of an election opens and closes windows: what was screened before one is screened again within it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from prongsai.organisation.actors import Actor
from prongsai.screening import queries, words
from prongsai.screening.actions import screen
from tests.factories import NOW
from tests.screening.factories import decide, screened

pytestmark = pytest.mark.django_db
BEFORE, WITHIN = localdate(NOW), datetime(2570, 2, 1, 9, tzinfo=UTC)
WINDOW = '[[windows]]\nkey = "invented"\nfrom = 2570-01-01\nto = 2570-06-30\nnames = ["นกแก้ว"]'
PRAISE = "<p>ขอบคุณ นกแก้ว ที่ดูแลสวนสาธารณะ</p>"


@pytest.fixture(autouse=True)
def calendar(tmp_path: Path) -> Iterator[None]:
    (tmp_path / "elections.toml").write_text(WINDOW, encoding="utf-8")
    words.add_words_of(tmp_path)
    yield
    words.add_words_of(None)


def test_what_was_screened_before_a_window_holds_only_until_it_opens() -> None:
    revision = screened(body=PRAISE).revision
    assert queries.blocking_reasons(revision, on=BEFORE) == []

    [reason] = queries.blocking_reasons(revision, on=localdate(WITHIN))

    assert "ยังไม่ได้ตรวจกลั่นกรอง" in reason


def test_what_lies_with_the_screeners_is_screened_again_when_a_window_opens() -> None:
    work = screened(body=PRAISE + "<p>ผู้รับบัตร 1-2345-67890-12-1</p>").disclosure
    assert not queries.to_screen_again(on=BEFORE).exists()
    day = localdate(WITHIN)
    assert queries.to_screen_again(on=day).get() == work

    screen(disclosure=work, by=Actor.system("worker"), at=WITHIN)

    assert not queries.to_screen_again(on=day).exists()
    assert work.latest is not None
    found = queries.open_findings(work.latest, on=day)
    assert {each.detector for each in found} == {
        "election_window",
        "national_id",
    }
    assert {each.detector for each in queries.open_findings(work.latest, on=BEFORE)} == {
        "national_id"
    }


def test_what_was_let_stand_before_a_window_stands_within_it() -> None:
    screening = screened(body="<p>ติดต่อคุณสมชาย ใจดี โทร 08 1234 5678</p>")
    [*found] = queries.open_findings(screening.revision, on=BEFORE)
    assert found
    for finding in found:
        decide(finding)

    screen(disclosure=screening.disclosure, by=Actor.system("worker"), at=WITHIN)

    assert not queries.open_findings(screening.revision, on=localdate(WITHIN)).exists()
