"""The demonstration is loaded through the real actions, and goes on where it was interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.signals import post_save
from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.approval.queries import inbox
from prongsai.config.demonstration.loader import lay_out, load
from prongsai.config.demonstration.looks import evenings
from prongsai.config.demonstration.people import give_passwords
from prongsai.config.demonstration.plan import BANGKOK, DATA, Event, decision_moments, events
from prongsai.config.demonstration.underway import works
from prongsai.config.demonstration.verdicts import CannotLetStand, verdicts
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.files.models import StoredFile
from prongsai.monitoring.actions import look
from prongsai.monitoring.condition.fetching import Asker
from prongsai.monitoring.condition.links import ask_all, keep_answers, next_plan
from prongsai.monitoring.condition.tasks import Looking
from prongsai.monitoring.models import DutyReminder
from prongsai.obligations.results import Result
from prongsai.office.models import StaffMail
from prongsai.organisation.models import Act, Person
from prongsai.record.models import Entry, Item, Observation
from prongsai.screening.models import FindingDecision
from prongsai.screening.queries import open_findings
from tests.factories import TODAY
from tests.monitoring.doors import portal_that_knows
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = pytest.mark.django_db(databases=["default", "record"])
KEYS = ("structure", "flood-notice")
TITLES = {work.row["title"]: work.key for work in works(datetime.now(BANGKOK))}
NOW = datetime(2026, 11, 23, 13, 0, tzinfo=BANGKOK)
CHOSEN = [event for event in events() if event.key in KEYS]


@pytest.fixture(autouse=True)
def chart() -> None:
    call_command("load_organisation", str(DATA / "organisation.toml"), stdout=StringIO())
    call_command("load_chains", stdout=StringIO())
    call_command("load_sections", stdout=StringIO())


@contextmanager
def interrupted_at_act(number: int) -> Iterator[None]:
    """Ctrl-C when this many acts have been written to the trail."""
    seen: list[Act] = []

    def count(**given: Any) -> None:
        seen.append(given["instance"])
        if len(seen) == number:
            raise KeyboardInterrupt

    post_save.connect(count, sender=Act)
    try:
        yield
    finally:
        post_save.disconnect(count, sender=Act)


def say(_line: str) -> None:
    """Nobody listens."""


def shown() -> list[tuple[int, str, str, int]]:
    return list(Entry.objects.order_by("seq").values_list("seq", "action", "number", "version"))


def desk(username: str) -> dict[str, list[str]]:
    """What waits for somebody, by list; the lists that are not empty."""
    waiting = inbox(Person.objects.get(username=username), NOW.date())
    titles = {
        "to_write": [each.title for each in waiting.to_write],
        "to_screen": [each.title for each in waiting.to_screen],
        "to_decide": [each.disclosure.title for each in waiting.to_decide],
        "sent_back": [each.disclosure.title for each in waiting.sent_back],
    }
    return {name: [TITLES[title] for title in found] for name, found in titles.items() if found}


def titled(chosen: Event, **row: Any) -> Event:
    """The event with other words in its row."""
    return replace(chosen, row={**chosen.row, **row})


def load_all(chosen: list[Event] = CHOSEN) -> int:
    return load(chosen, say=say)


def test_each_event_is_an_entry_at_its_own_time() -> None:
    assert load_all() == 4

    assert shown() == [
        (0, "published", "2568-00001", 1),
        (1, "published", "2568-00002", 1),
        (2, "expired", "2568-00002", 1),
        (3, "corrected", "2568-00001", 2),
    ]
    assert [entry.at for entry in Entry.objects.order_by("seq")] == [
        each.published for each in CHOSEN
    ]


def test_loading_again_adds_nothing() -> None:
    load_all()
    acts = Act.objects.count()

    assert load_all() == 0
    assert (Act.objects.count(), len(shown())) == (acts, 4)


def test_interrupted_at_every_single_act_it_ends_as_if_nothing_had_happened() -> None:
    for number in range(1, 60):
        try:
            with interrupted_at_act(number):
                load_all()
        except KeyboardInterrupt:
            continue
        break

    assert load_all() == 0
    assert len(shown()) == 4
    assert (Disclosure.objects.count(), Item.objects.count(), StoredFile.objects.count()) == (
        2,
        2,
        1,
    )
    assert Submission.objects.count() == Submission.objects.filter(state="published").count() == 3
    assert Revision.objects.count() == 6
    assert number > 5


def test_one_chosen_password_opens_every_account_and_is_given_once(monkeypatch: Any) -> None:
    monkeypatch.setenv("PRONGSAI_DEMO_PASSWORD", "ลองใช้-2569")

    accounts = give_passwords(on=TODAY)

    assert len(accounts) == Person.objects.count() > 20
    assert {account.password for account in accounts} == {"ลองใช้-2569"}
    assert Person.objects.get(username="mayor").check_password("ลองใช้-2569")
    assert give_passwords(on=TODAY) == []


def test_without_a_chosen_password_everybody_has_their_own(monkeypatch: Any) -> None:
    monkeypatch.delenv("PRONGSAI_DEMO_PASSWORD", raising=False)

    accounts = give_passwords(on=TODAY)

    assert len({account.password for account in accounts}) == len(accounts)
    assert all(Person.objects.get(username=a.username).check_password(a.password) for a in accounts)


@pytest.mark.parametrize("steps", [1, 5])
def test_decisions_are_made_in_order_between_submission_and_publication(steps: int) -> None:
    for event in (each for each in events() if each.submitted < each.published):
        order = [event.submitted, *decision_moments(event, steps=steps), event.published]
        assert order == sorted(set(order))


def test_what_takes_days_is_not_decided_at_night() -> None:
    slow = [each for each in events() if each.published - each.submitted > timedelta(days=1)]

    hours = {moment.hour for event in slow for moment in decision_moments(event, steps=5)}

    assert hours <= set(range(8, 17))


def test_each_desk_has_its_work() -> None:
    assert lay_out(works(NOW)) == 6

    assert {name: desk(name) for name in ("officer", "screener", "head", "director", "clerk")} == {
        "officer": {"to_write": ["desk-stalls"], "sent_back": ["desk-photographs"]},
        "screener": {"to_screen": ["desk-guides"]},
        "head": {"to_decide": ["desk-loudspeakers"]},
        "director": {"to_decide": ["desk-impostors", "desk-survey"]},
        "clerk": {},
    }


def test_the_draft_has_its_file_and_what_came_back_says_why() -> None:
    lay_out(works(NOW))

    draft = Disclosure.objects.get(title__startswith="รับสมัครร้านค้าชุมชน")
    [returned] = inbox(Person.objects.get(username="officer"), NOW.date()).sent_back
    assert [each.slot for each in draft.attachments.present()] == ["main"]
    assert [each.post_code for each in returned.decisions.all()] == ["head-dissemination"]
    assert "ขอให้แก้ให้ตรงกัน" in returned.decisions.get().reason


def test_a_telephone_and_an_identity_number_wait_for_the_screener() -> None:
    lay_out(works(NOW))

    waiting = Disclosure.objects.get(stage="screening")
    assert waiting.latest
    found = open_findings(waiting.latest, on=localdate(NOW))
    assert {each.detector for each in found} == {"mobile_phone", "national_id"}
    assert len(found) == 2


def test_what_lies_on_the_desks_is_not_published() -> None:
    lay_out(works(NOW))

    assert Disclosure.objects.count() == 6
    assert (Entry.objects.count(), Item.objects.count()) == (0, 0)
    assert not Submission.objects.filter(state__in=["approved", "published"]).exists()


def test_work_is_laid_out_once_whatever_people_have_done_with_it_since() -> None:
    lay_out(works(NOW))
    Disclosure.objects.filter(title__startswith="รับสมัครร้านค้าชุมชน").update(stage="discarded")
    acts = Act.objects.count()

    assert lay_out(works(NOW + timedelta(days=30))) == 0
    assert (Act.objects.count(), Disclosure.objects.count()) == (acts, 6)


def test_laying_out_that_was_interrupted_goes_on_with_the_missing_pieces() -> None:
    for number in range(1, 60):
        try:
            with interrupted_at_act(number):
                lay_out(works(NOW))
        except KeyboardInterrupt:
            continue
        break

    assert number > 5
    assert (Disclosure.objects.count(), StoredFile.objects.count()) == (6, 4)
    assert desk("director") == {"to_decide": ["desk-impostors", "desk-survey"]}


def test_the_screener_decides_what_was_found_before_it_goes_into_the_chain() -> None:
    account = "โอนเข้าบัญชีของผู้รับเงินสงเคราะห์ เลขที่บัญชี 000-0-00000-0"

    load_all([titled(CHOSEN[0], body=[account])])

    rows = FindingDecision.objects.select_related("finding", "person").order_by("id")
    decision, second = rows
    submitted = Submission.objects.get().submitted_at
    assert (decision.finding.detector, decision.finding.severity) == ("bank_account", "block")
    assert (decision.person.username, decision.reason) == (
        "screener",
        verdicts()["bank_account"]["reason"],
    )
    assert (second.confirms, second.person.username) == (decision, "second-screener")
    assert submitted - timedelta(minutes=25) < decision.at < second.at < submitted


def test_a_passage_that_may_stand_by_law_names_the_law() -> None:
    load_all([titled(CHOSEN[0], body=["ช่างเวร โทร 081-234-5678"])])

    decision = FindingDecision.objects.get()
    assert decision.verdict == "legal_ground"
    assert "มาตรา 24" in decision.legal_ground


def test_what_nobody_may_let_stand_stops_the_load() -> None:
    event = titled(CHOSEN[0], body=["เลขประจำตัวประชาชน 1-2345-67890-12-1"])

    with pytest.raises(CannotLetStand, match="national_id"):
        load_all([event])

    assert shown() == []


LOOKS = evenings(CHOSEN[0].published, CHOSEN[-1].published + timedelta(days=70))


def seen(key: str) -> list[tuple[str, list[int]]]:
    """By day of looking what one duty rested on: versions of its evidence."""
    rows = Observation.objects.filter(obligation_key=key).order_by("pk")
    return [
        (f"{localdate(row.at):%d.%m.%y}", [used["version"] for used in row.parts[0]["evidence"]])
        for row in rows
    ]


def test_the_past_is_looked_at_over_what_was_public_then_also_after_an_interruption() -> None:
    with pytest.raises(KeyboardInterrupt), interrupted_at_act(15):
        load(CHOSEN, say=say, looks=LOOKS)
    assert 0 < len(shown()) < 4
    load(CHOSEN, say=say, looks=LOOKS)

    observed = list(Observation.objects.order_by("pk").values_list("at", flat=True))
    told = list(DutyReminder.objects.order_by("pk").values_list("at", flat=True))
    assert seen("ita-oit-2569-o1") == [("15.10.25", [1]), ("15.01.26", [2])]
    assert observed == sorted(observed)
    assert set(observed) | set(told) <= set(LOOKS)

    load(CHOSEN, say=say, looks=LOOKS)
    assert (Observation.objects.count(), DutyReminder.objects.count()) == (len(observed), len(told))
    assert not StaffMail.objects.exists()


def test_what_was_public_before_something_else_came_is_not_made_up_later() -> None:
    load_all()

    assert load(CHOSEN, say=say, looks=LOOKS[:1]) == 0
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("first", "until", "days"),
    [
        # Saturday and Sunday, New Year's Eve, which is a holiday, and a month that is not over.
        (
            (2025, 11, 10),
            (2026, 1, 30),
            ["14.11.25", "28.11.25", "15.12.25", "30.12.25", "15.01.26"],
        ),
        ((2025, 11, 28), (2025, 11, 29), ["28.11.25"]),
        ((2025, 11, 29), (2025, 12, 1), []),
    ],
)
def test_each_month_is_looked_at_on_the_evening_of_two_working_days(
    first: tuple[int, int, int], until: tuple[int, int, int], days: list[str]
) -> None:
    found = evenings(datetime(*first, 9, tzinfo=BANGKOK), datetime(*until, 12, tzinfo=BANGKOK))
    assert [f"{each:%d.%m.%y}" for each in found] == days


SHOWN = {
    *("structure", "authority", "executives-2569", "development-plan"),
    *("online-services-2569", "statement-no-concession"),
}


def test_its_duties_stand_in_every_status_once_the_worker_has_asked_for_its_links(
    settings: Any,
) -> None:
    load_all([event for event in events() if event.key in SHOWN])
    while (task := Looking()()) is not None:
        task.done(task.run(), NOW)
    with portal_that_knows({"/sections/"}) as settings.PORTAL_URL:
        plan = next_plan(at=NOW, asks_others=False)
        keep_answers(heard=ask_all(plan, Asker("tester", lambda: None)), at=NOW)
    look(at=NOW)

    stands = {row.obligation_key: Result(row.result) for row in Observation.objects.standing()}
    assert set(stands.values()) == set(Result)
    assert stands["ita-oit-2569-o10"] == Result.BROKEN
    assert {result for key, result in stands.items() if key.startswith("ita-oit-2569")} == {
        *(Result.MET, Result.STALE, Result.INCOMPLETE, Result.BROKEN, Result.MISSING)
    }
