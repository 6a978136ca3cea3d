"""What is owed is told in public by many roads; none of them says what was recalled, of whatever day one asks."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from prongsai.discovery.index import Indexer
from prongsai.monitoring.actions import look
from prongsai.monitoring.packing import pack_csv, pack_rows
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.record.inspection import folders
from prongsai.record.owed import lines
from prongsai.record.states import Action
from tests.approval.factories import approved
from tests.attacks.public import PHRASE
from tests.portal.visitor import Visitor
from tests.publication import factories
from tests.publication.factories import LATER

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]
DUTY = "oia-7-1"
WHOLE = ("/transparency/", "/transparency/oia/", "/transparency/due.ics", "/api/v1/obligations")
OF_ITEM = (
    "/transparency/oia/7-1/",
    "/en/transparency/oia/7-1/",
    "/transparency/oia/index/",
    "/transparency/oia/index/7-1/",
    "/transparency/oia/index.csv",
    "/api/v1/coverage",
)
# Of days that are none, that nobody lived in, or that are still to come.
STRANGE_DAYS = (
    *("0000-00-00", "0001-01-01", "0000-01-01", "9999-12-31", "2026-02-31", "2026-13-01"),
    *("31/12/9999", "๓๑/๑๒/๒๕๖๙", "1/1/2400", "29/2/2569", "วันนี้", "-1", "1e9", "%00", "x" * 3_000),
    *("<script>", "'", "2569-11-23", "2026-11-23T00:00:00Z", "2026-11-2\N{FULLWIDTH DIGIT THREE}"),
)


def roads(*, on: str = "") -> list[str]:
    asked = f"?on={on}" if on else ""
    return [f"{each}{asked}" for each in (*WHOLE, *OF_ITEM)]


def saying(citizen: Visitor, days: tuple[str, ...]) -> set[str]:
    found = [address for day in days for address in roads(on=day)]
    return {address for address in found if PHRASE in citizen.get(address).text}


@pytest.fixture
def bound(people: People) -> factories.Disclosure:
    """Corrected once, so that there is an earlier edition, and looked at after each."""
    work, _entry = factories.published(
        people, obligations=(DUTY,), title=f"เรื่อง{PHRASE}", summary=PHRASE
    )
    look(at=LATER)
    submission = factories.correction(people, work, body=f"<p>{PHRASE}</p>")
    publish(submission_ref=submission.ref, at=LATER)
    look(at=LATER + timedelta(minutes=1))
    return factories.Disclosure.objects.get(pk=work.pk)


def days_since() -> tuple[str, ...]:
    return ("", *((localdate(LATER) + timedelta(days=each)).isoformat() for each in (-1, 0, 1)))


def own_pages(number: str) -> list[str]:
    places = ("", "history/", "proof/", "posting/", "compare/", "ocds.json", "v/1/", "v/2/")
    return [f"{way}/p/{number}/{place}" for way in ("", "/en") for place in places]


def test_nothing_of_what_was_recalled_is_left_on_any_road_of_what_is_owed(
    people: People, citizen: Visitor, bound: factories.Disclosure
) -> None:
    days = days_since()
    before = saying(citizen, days)
    assert {"/transparency/oia/7-1/", "/transparency/oia/index.csv"} <= before

    recall = factories.act(people, bound, Action.RECALLED, recall_reason="personal_data")
    publish(submission_ref=recall.ref, at=LATER + timedelta(minutes=5))
    Indexer().follow()

    # At once, and after the next look as well.
    assert saying(citizen, days) == set()
    look(at=LATER + timedelta(minutes=6))
    assert saying(citizen, days) == set()
    assert not [each for each in own_pages(bound.number) if PHRASE in citizen.get(each).text]
    assert PHRASE not in pack_csv(pack_rows(lines()), origin="https://a.example").decode()
    assert not [each for folder in folders(on=localdate(LATER)) for each in folder.documents]


def test_what_waits_for_its_approval_is_on_no_road(people: People, citizen: Visitor) -> None:
    work = factories.drafted(people, obligations=(DUTY,), title=f"เรื่อง{PHRASE}", summary=PHRASE)
    approved(people, disclosure=work)
    look(at=LATER)
    assert saying(citizen, days_since()) == set()


def test_a_strange_day_is_answered_and_not_repeated(
    citizen: Visitor, bound: factories.Disclosure
) -> None:
    addresses = [address for day in STRANGE_DAYS for address in roads(on=day)]
    addresses += [f"/p/{bound.number}/posting/?on={day}" for day in STRANGE_DAYS]
    answers = {address: citizen.get(address) for address in addresses}
    expected = {200, 301, 302, 404}
    assert {each for each in answers if answers[each].status not in expected} == set()
    assert {each for each in answers if "<script>" in answers[each].text} == set()
