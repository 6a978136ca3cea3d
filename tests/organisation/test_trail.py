"""What the trail remembers of an act, of a refusal and of whoever acted, and what it makes of bad input."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from django.db import connection
from django.utils import translation

from prongsai.organisation import actions, queries
from prongsai.organisation.actors import Actor, acting_order
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.organisation.rules import GENESIS, act_hash
from prongsai.organisation.states import AppointmentBlocker, Capacity, Outcome
from tests import factories
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
WORKER = Actor.system("worker")


def record(**given: object) -> Act:
    wishes: dict[str, object] = {"by": WORKER, "at": NOW, "verb": "try"}
    return actions.record_act(**(wishes | given))  # type: ignore[arg-type]  # the caller names them


def test_the_whole_row_is_what_was_said() -> None:
    by = replace(factories.actor("clerk"), capacity=Capacity.ACTING, acting_order="ตามคำสั่งที่ 1")
    act = record(by=by, subject="post:x", reason="เหตุ", details={"a": [1, None]})
    kept = Act.objects.values().get(pk=act.pk)
    assert {name: value for name, value in kept.items() if not name.endswith("hash")} == {
        "id": act.pk,
        "at": NOW,
        "person_id": by.person_id,
        "actor_name": by.name,
        "post_code": "clerk",
        "post_title": "ตำแหน่ง clerk",
        "capacity": "acting",
        "acting_order": "ตามคำสั่งที่ 1",
        "verb": "try",
        "subject": "post:x",
        "outcome": Outcome.DONE,
        "reason": "เหตุ",
        "details": {"a": [1, None]},
    }


def test_the_hash_covers_these_columns_under_these_names_for_ever() -> None:
    """Whoever changes this test breaks the trail of every installation there is."""
    by = Actor(None, "นายเอก", "clerk", "ปลัด", "acting", "ตามคำสั่งที่ 1/2569")
    act = record(by=by, verb="decide", subject="s:1", reason="ก", details={"step": 2})
    assert queries.act_fields(act) == {
        "at": "2026-11-23T03:00:00.000000+00:00",
        "person": None,
        "actor_name": "นายเอก",
        "post_code": "clerk",
        "post_title": "ปลัด",
        "capacity": "acting",
        "acting_order": "ตามคำสั่งที่ 1/2569",
        "verb": "decide",
        "subject": "s:1",
        "outcome": "done",
        "reason": "ก",
        "details": {"step": 2},
    }
    assert act.hash == "632a168fbd7a0cbc1a8f923e23690a23121e1d249a8a5a1f912ff70b5d881815"


def test_a_hash_is_the_same_however_its_fields_are_ordered() -> None:
    assert act_hash({"a": 1, "b": "ก"}, GENESIS) == act_hash({"b": "ก", "a": 1}, GENESIS)


def test_the_same_moment_in_another_zone_is_the_same_hash() -> None:
    bangkok = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=7)))
    act = record(at=bangkok)
    assert queries.act_fields(act)["at"] == "2026-11-23T03:00:00.000000+00:00"
    assert queries.first_broken_act() is None


@pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
def test_no_part_of_a_second_is_lost_on_the_way(microsecond: int) -> None:
    act = record(at=NOW.replace(microsecond=microsecond))
    act.refresh_from_db()
    assert act.at.microsecond == microsecond
    assert queries.first_broken_act() is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("ยอด\x00ผิด", "ยอดผิด"),
        ("\u202eกลับด้าน", "กลับด้าน"),
        ("  ก\r\nข  ", "ก\nข"),
        ("นํ้า", "น้ำ"),
        ("\u200b\ufeff", ""),
        ("เลขที่ ๑/๒๕๖๙", "เลขที่ ๑/๒๕๖๙"),
        ("😀 <b>x</b> %s {detail}", "😀 <b>x</b> %s {detail}"),
        ("ก" * 100_000, "ก" * 100_000),
    ],
)
def test_a_reason_is_kept_as_it_reads(said: str, kept: str) -> None:
    assert record(reason=said).reason == kept
    assert queries.first_broken_act() is None


@pytest.mark.parametrize("column", ["previous_hash", "hash"])
def test_a_changed_hash_is_found_even_when_the_other_fits(column: str) -> None:
    acts = [record(verb=verb) for verb in "abc"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER organisation_act_refuses_update")
        cursor.execute(
            f"UPDATE organisation_act SET {column} = '{'f' * 64}' WHERE id = {acts[1].pk}"
        )
    assert queries.first_broken_act() == acts[1].pk


def test_the_last_acts_can_be_cut_off_unseen() -> None:
    """The chain's known limit: whoever looks after it compares its newest hash with a copy elsewhere."""
    acts = [record(verb=verb) for verb in "abc"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER organisation_act_refuses_delete")
        cursor.execute(f"DELETE FROM organisation_act WHERE id = {acts[2].pk}")
    assert queries.first_broken_act() is None


def test_what_goes_with_an_act_is_a_copy() -> None:
    details = {"posts": ["clerk"]}
    act = record(details=details)
    details["more"] = []
    assert act.details == {"posts": ["clerk"]}


def refuse(*, by: Actor = WORKER, subject: str = "post:x") -> None:
    with actions.refusals_recorded(by=by, at=NOW, verb="appoint", subject=subject):
        raise CannotAct([Blocker(AppointmentBlocker.NO_ORDER)])


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_refusal_is_remembered_in_thai_whatever_language_is_read(language: str) -> None:
    with translation.override(language), pytest.raises(CannotAct):
        refuse()
    assert Act.objects.get().reason == (
        "แต่งตั้งไม่ได้: การรักษาราชการแทนหรือปฏิบัติหน้าที่ต้องมีเลขที่และวันที่ของคำสั่ง — เติมทั้งสองช่อง"
    )


def test_a_refusal_names_what_and_whom_it_was_about() -> None:
    by = factories.actor("clerk")
    with pytest.raises(CannotAct):
        refuse(by=by, subject="post:clerk")
    act = Act.objects.get()
    assert (act.verb, act.subject, act.outcome) == ("appoint", "post:clerk", "refused")
    assert (act.person_id, act.post_code) == (by.person_id, "clerk")


def test_a_refusal_keeps_its_details() -> None:
    act = actions.record_refusal(by=WORKER, at=NOW, verb="v", subject="s:1", details={"a": 1})
    assert (act.subject, act.details, act.outcome) == ("s:1", {"a": 1}, Outcome.REFUSED)


def test_another_failure_is_no_refusal() -> None:
    with (
        pytest.raises(ZeroDivisionError),
        actions.refusals_recorded(by=WORKER, at=NOW, verb="appoint"),
    ):
        _ = 1 / 0
    assert not Act.objects.exists()


def test_what_went_well_is_no_refusal() -> None:
    with actions.refusals_recorded(by=WORKER, at=NOW, verb="appoint"):
        factories.unit("kept")
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("number", "day", "cited"),
    [
        ("745/2569", TODAY, "ตามคำสั่งที่ 745/2569 ลงวันที่ 23 พฤศจิกายน 2569"),
        ("", TODAY, ""),
        ("745/2569", None, ""),
        ("", None, ""),
    ],
)
def test_an_order_is_cited_whole_or_not_at_all(number: str, day: object, cited: str) -> None:
    assert acting_order(number, day) == cited  # type: ignore[arg-type]  # a day or none


@pytest.mark.parametrize(
    ("capacity", "order", "signature"),
    [
        ("", "", "ปลัดเทศบาล"),
        ("substantive", "", "ปลัดเทศบาล"),
        ("acting", "ตามคำสั่งที่ 1/2569", "ปลัดเทศบาล (รักษาราชการแทน ตามคำสั่งที่ 1/2569)"),
        ("acting", "", "ปลัดเทศบาล (รักษาราชการแทน)"),
        ("on_duty", "ตามคำสั่งที่ 1/2569", "ปลัดเทศบาล (ปฏิบัติหน้าที่ ตามคำสั่งที่ 1/2569)"),
    ],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_signature_reads_as_on_paper(
    language: str, capacity: str, order: str, signature: str
) -> None:
    by = Actor(1, "นางก ข", "clerk", "ปลัดเทศบาล", capacity, order)
    with translation.override(language):
        assert by.signature == signature


def test_somebody_without_a_post_signs_with_their_name() -> None:
    assert Actor(1, "นางก ข").signature == "นางก ข"


def test_an_act_is_read_with_its_person_in_one_question() -> None:
    by = factories.actor("clerk")
    for verb in "abc":
        record(by=by, verb=verb, subject="x:1")
    with translation.override("th"):
        acts = list(queries.acts_about("x:1"))
    assert {str(act.person) for act in acts} == {by.name}
    assert [str(act) for act in acts] == ["c x:1", "b x:1", "a x:1"]


@pytest.mark.parametrize("subject", ["", "x", "x:10", "X:1", "x:1 "])
def test_acts_about_something_else_do_not_leak_in(subject: str) -> None:
    record(subject=subject)
    assert not queries.acts_about("x:1").exists()
