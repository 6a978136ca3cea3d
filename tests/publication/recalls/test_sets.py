"""One wish and one word of a post recall many items, each with an entry of its own, whatever is killed."""

from datetime import timedelta

import pytest

from prongsai.approval.states import SubmissionState, Urgency, Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.publication.models import Incident, RecallSet
from prongsai.publication.queries import due
from prongsai.publication.recalls import choosing, sets
from prongsai.publication.recalls.refusals import CannotRecallSet
from prongsai.publication.recalls.states import SetBlocker, SetState
from prongsai.record.models import Entry
from prongsai.record.states import Action, RecallReason
from tests.publication import bundles
from tests.publication.factories import LATER, published
from tests.publication.recalls.factories import asked, leaked, recalled
from tests.publication.recalls.test_recall import planned

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
ALL = Disclosure.objects.all()


def proposed(people: People, *works: Disclosure, **wishes: object) -> RecallSet:
    numbers = [each.number for each in works]
    plain = {
        "numbers": numbers, "seen": numbers, "filters": {"kind": "news"}, "reason": RecallReason.MISTAKE,
        "explanation": "รายชื่อเก่าที่ไม่ควรเผยแพร่", "urgency": Urgency.URGENT, "by": people["officer"], "at": LATER,
    }  # fmt: skip
    return sets.propose_set(**plain | wishes)  # type: ignore[arg-type]  # as listed above


def carry_on_to_the_end() -> None:
    while sets.carry_on(at=LATER):
        publish_what_is_due()
    publish_what_is_due()
    sets.carry_on(at=LATER)


def publish_what_is_due() -> None:
    for each in due(at=LATER):
        publish(submission_ref=each.ref, at=LATER)


def sign(
    recall_set: RecallSet, by: Actor, verdict: str = Verdict.ENDORSE, reason: str = ""
) -> None:
    sets.decide_set(
        recall_set=recall_set, verdict=verdict, reason=reason,
        hash_seen=recall_set.content_hash, by=by, at=LATER,
    )  # fmt: skip


def recalled_numbers() -> set[str]:
    return set(Entry.objects.filter(action=Action.RECALLED).values_list("number", flat=True))


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ({"words": "ผู้ทิ้งงาน"}, ["ผู้ทิ้งงาน 2564", "ผู้ทิ้งงาน 2566"]),
        ({"words": "ผู้ทิ้งงาน", "to_year": 2565}, ["ผู้ทิ้งงาน 2564"]),
        ({"from_year": 2565}, ["ผู้ทิ้งงาน 2566"]),
        ({"kind": "law"}, []),
        ({"unit": "plan", "section": "news"}, ["ผู้ทิ้งงาน 2564", "ผู้ทิ้งงาน 2566", "ตลาดนัด"]),
        ({"obligation": "no-such-key"}, []),
    ],
)
def test_the_dry_run_finds_what_fits_every_filter(
    people: People, wanted: dict[str, object], titles: list[str]
) -> None:
    published(people, title="ผู้ทิ้งงาน 2564", fiscal_year=2564)
    published(people, title="ผู้ทิ้งงาน 2566", fiscal_year=2566)
    published(people, title="ตลาดนัด", fiscal_year=None)

    found = choosing.matching(ALL, wanted)

    assert [each.title for each in found] == titles


def test_the_dry_run_says_what_it_leaves_out_and_why(people: People) -> None:
    fresh, gone, waiting = leaked(people), leaked(people), leaked(people)
    recalled(people, gone)
    asked(people, waiting)

    chosen = choosing.choose(choosing.matching(ALL, {}), by=people["officer"], at=LATER)

    assert chosen.numbers == [fresh.number]
    assert [(each.number, why) for each, why in chosen.left_out] == [
        (gone.number, "recalled"),
        (waiting.number, "under_way"),
    ]


def test_the_dry_run_names_what_would_be_stopped_and_the_set_stops_it(people: People) -> None:
    works = [leaked(people), leaked(people)]
    waiting = planned(people, works[1], LATER + timedelta(days=9))

    chosen = choosing.choose(choosing.matching(ALL, {}), by=people["officer"], at=LATER)
    assert (chosen.hit, chosen.stopped) == (tuple(works), (works[1],))
    wish = proposed(people, *works)
    carry_on_to_the_end()
    sign(wish, people["director"])
    carry_on_to_the_end()

    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.STOPPED
    assert recalled_numbers() == {each.number for each in works}


def test_the_dry_run_names_what_goes_back_with_its_bundle(people: People) -> None:
    draft, corrected = bundles.mixed(people)
    sending = bundles.sent(people, [draft, corrected])

    chosen = choosing.choose(choosing.matching(ALL, {}), by=people["officer"], at=LATER)
    assert (chosen.hit, chosen.sent_back) == ((corrected,), (draft,))
    proposed(people, corrected)
    carry_on_to_the_end()

    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.STOPPED}


def test_one_tap_of_the_director_recalls_each_with_an_entry_of_its_own(people: People) -> None:
    works = [leaked(people) for _ in range(3)]
    recall_set = proposed(people, *works)
    carry_on_to_the_end()
    assert recalled_numbers() == set()

    recall_set.refresh_from_db()
    sign(recall_set, people["director"])
    carry_on_to_the_end()

    recall_set.refresh_from_db()
    assert recalled_numbers() == {each.number for each in works}
    assert recall_set.state == SetState.DONE
    assert sets.progress(recall_set) == sets.Progress(3, 0, 0, 0, 3, 0)


def test_a_worker_that_died_in_the_middle_goes_on_where_it_was(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sets, "AT_ONCE", 1)
    works = [leaked(people) for _ in range(3)]
    recall_set = proposed(people, *works)
    sets.carry_on(at=LATER)
    # As if killed after the submission and before its member knew of it.
    recall_set.members.update(submission=None)

    carry_on_to_the_end()
    recall_set.refresh_from_db()
    sign(recall_set, people["director"])
    sets.carry_on(at=LATER)
    recall_set.members.update(heard=0)
    carry_on_to_the_end()

    assert recalled_numbers() == {each.number for each in works}
    assert Entry.objects.filter(action=Action.RECALLED).count() == 3


def test_a_remand_of_the_set_sends_each_member_back(people: People) -> None:
    recall_set = proposed(people, leaked(people), leaked(people))
    carry_on_to_the_end()
    recall_set.refresh_from_db()

    sign(recall_set, people["director"], Verdict.REMAND_TO_START, "ปีผิด")
    carry_on_to_the_end()

    states = recall_set.members.values_list("submission__state", flat=True)
    assert set(states) == {SubmissionState.REMANDED}
    assert recalled_numbers() == set()


def test_a_set_of_personal_data_has_one_clock(people: People) -> None:
    recall_set = proposed(
        people, leaked(people), leaked(people), reason=RecallReason.PERSONAL_DATA,
        known_at=LATER - timedelta(hours=1),
    )  # fmt: skip
    carry_on_to_the_end()
    recall_set.refresh_from_db()
    sign(recall_set, people["director"])
    carry_on_to_the_end()

    assert Incident.objects.get().recall_set == recall_set


def test_what_changed_since_the_dry_run_is_not_recalled_unseen(people: People) -> None:
    first, second = leaked(people), leaked(people)

    with pytest.raises(CannotRecallSet) as refusal:
        proposed(people, first, second, seen=[first.number])

    assert [each.code for each in refusal.value.blockers] == [SetBlocker.CHANGED]


@pytest.mark.parametrize("post", ["officer", "head", "mayor"])
def test_nobody_else_decides_a_set(people: People, post: str) -> None:
    recall_set = proposed(people, leaked(people))
    carry_on_to_the_end()
    recall_set.refresh_from_db()

    with pytest.raises(CannotRecallSet) as refusal:
        sign(recall_set, people[post])

    assert SetBlocker.NOT_THEIR_TURN in [each.code for each in refusal.value.blockers]


def test_a_double_click_is_one_decision(people: People) -> None:
    recall_set = proposed(people, leaked(people))
    carry_on_to_the_end()
    recall_set.refresh_from_db()

    sign(recall_set, people["director"])
    sign(recall_set, people["director"])

    assert recall_set.decisions.count() == 1
