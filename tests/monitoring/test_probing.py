"""Addresses are opened as a citizen would open them; what does not open spoils the evidence, after a second look."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from prongsai.monitoring.actions import keep_visits, look
from prongsai.monitoring.models import Probe, Uptime
from prongsai.monitoring.probing import HOME, SLOWEST, Spot, Visit, visits
from prongsai.monitoring.queries import paths_to_visit
from prongsai.obligations.results import Result
from prongsai.record.models import Observation
from tests.monitoring.doors import portal_that_knows
from tests.record.factories import corrected, file, published, recalled, withdrawn

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
KEY = "oia-7-3"


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


@pytest.fixture
def shown() -> str:
    """The number of what answers the duty, which rests on it."""
    number = published(title="ติดต่อเทศบาล", obligations=[KEY], files=[file(name="แผนที่.pdf")]).number
    look(at=AT)
    return number


def standing() -> Observation:
    return Observation.objects.standing().get(obligation_key=KEY)


def test_home_page_item_and_files_are_opened(shown: str) -> None:
    home, item, attached = paths_to_visit(at=AT).values()
    assert (home, item) == ("/", f"/p/{shown}/")
    assert attached.startswith("/files/")


def test_what_was_opened_today_waits_for_tomorrow_and_what_failed_for_minutes(shown: str) -> None:
    home, item, attached = paths_to_visit(at=AT)
    found = zip((home, item, attached), (200, 200, 404), strict=True)
    keep_visits(visits={spot: Visit("", status, 5) for spot, status in found}, at=AT)
    assert list(paths_to_visit(at=AT + timedelta(minutes=1))) == []
    assert list(paths_to_visit(at=AT + timedelta(minutes=11))) == [home, attached]
    assert list(paths_to_visit(at=AT + timedelta(hours=25))) == [home, item, attached]


@pytest.mark.parametrize("bad", [(404, 5), (500, 5), (302, 5), (0, 10_000), (200, SLOWEST + 1)])
def test_twice_in_a_row_makes_it_broken_and_once_well_mends_it(
    shown: str, bad: tuple[int, int]
) -> None:
    page = Spot(shown, 1)
    results = []
    for minute, answer in enumerate((bad, bad, (200, 5))):
        keep_visits(visits={page: Visit("", *answer)}, at=AT)
        look(at=AT + timedelta(minutes=minute))
        results.append(standing().result)
    assert results[0] == results[2] != Result.BROKEN
    assert results[1] == Result.BROKEN
    assert Probe.objects.get(number=shown).failures == 0


def test_each_answer_of_the_home_page_is_kept_as_proof(shown: str) -> None:
    for minute, status in enumerate((200, 0, 200)):
        keep_visits(visits={HOME: Visit("/", status, 7)}, at=AT + timedelta(minutes=5 * minute))
    assert list(Uptime.objects.values_list("status", flat=True)) == [200, 0, 200]
    with pytest.raises(Exception, match="append-only"):
        Uptime.objects.update(status=200)


def test_a_visit_notes_what_came() -> None:
    with portal_that_knows({"/there/"}) as portal:
        found = list(visits(portal, ["/there/", "/nothing/"]))
    assert [(each.path, each.status) for each in found] == [("/there/", 200), ("/nothing/", 404)]


def test_a_portal_that_does_not_answer_is_no_error() -> None:
    found = list(visits("http://127.0.0.1:1", ["/", "/p/1/"]))
    assert [each.status for each in found] == [0, 0]


@pytest.mark.parametrize("act", [recalled, withdrawn, corrected])
def test_what_was_seen_of_a_version_goes_with_it(shown: str, act: Any) -> None:
    spots = list(paths_to_visit(at=AT))
    keep_visits(visits={spot: Visit("", 404, 5) for spot in spots}, at=AT)
    assert Probe.objects.filter(number=shown).count() == 2
    act(shown)
    look(at=AT + timedelta(minutes=1))
    # What was being opened meanwhile comes too late.
    keep_visits(visits={spot: Visit("", 404, 5) for spot in spots}, at=AT)
    assert list(Probe.objects.values_list("number", flat=True)) == [""]


def test_once_a_day_all_that_is_about_nothing_in_use_goes(shown: str) -> None:
    keep_visits(visits={Spot(shown, 1): Visit("", 200, 5)}, at=AT)
    Probe.objects.create(number="2560-00009", version=1, status=200, milliseconds=5, at=AT)
    look(at=AT + timedelta(days=1))
    assert list(Probe.objects.values_list("number", flat=True)) == [shown]


def test_no_name_of_a_file_stays_in_what_was_seen_of_it(shown: str) -> None:
    keep_visits(visits={spot: Visit("", 200, 5) for spot in paths_to_visit(at=AT)}, at=AT)
    assert "แผนที่" not in unquote(repr(list(Probe.objects.values())))
