"""The trail of acts: chained by hashes, with refusals that survive what they refused."""

import contextlib
import sqlite3
from datetime import timedelta

import pytest
from django.db import connection, transaction

from prongsai.organisation import actions, queries
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.rules import GENESIS, ChainedAct, act_hash, first_broken_act
from prongsai.organisation.states import Capacity, Outcome
from tests import factories
from tests.factories import NOW

WORKER = Actor.system("worker")


def chain(*verbs: str) -> list[ChainedAct]:
    acts, previous = [], GENESIS
    for number, verb in enumerate(verbs, start=1):
        fields = {"verb": verb}
        acts.append(ChainedAct(number, fields, previous, act_hash(fields, previous)))
        previous = acts[-1].hash
    return acts


@pytest.mark.parametrize(
    ("acts", "broken"),
    [
        ([], None),
        (chain("a", "b", "c"), None),
        (chain("a", "b", "c")[1:], 2),
        (chain("a", "b", "c")[:1] + chain("a", "b", "c")[2:], 3),
        ([*chain("a", "b")[:1], chain("a", "b")[1]._replace(fields={"verb": "x"})], 2),
        (list(reversed(chain("a", "b"))), 2),
    ],
    ids=["empty", "whole", "beginning cut", "gap", "changed", "reordered"],
)
def test_the_first_broken_link_is_named(acts: list[ChainedAct], broken: int | None) -> None:
    assert first_broken_act(acts) == broken


@pytest.mark.django_db
def test_an_act_remembers_actor_post_capacity_and_order() -> None:
    by = Actor(7, "นายเอก", "clerk", "ปลัดเทศบาล", Capacity.ACTING, "ตามคำสั่งที่ 1/2569")
    by = Actor(factories.person().pk, *list(vars(by).values())[1:])
    act = actions.record_act(by=by, at=NOW, verb="decide", subject="s:1", details={"step": 2})
    act.refresh_from_db()
    assert (act.actor_name, act.post_code, act.capacity) == ("นายเอก", "clerk", "acting")
    assert (act.acting_order, act.details) == ("ตามคำสั่งที่ 1/2569", {"step": 2})
    assert queries.first_broken_act() is None


@pytest.mark.django_db
def test_each_act_holds_the_hash_of_the_one_before() -> None:
    first, second = (actions.record_act(by=WORKER, at=NOW, verb=verb) for verb in ("a", "b"))
    assert (first.previous_hash, second.previous_hash) == (GENESIS, first.hash)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["verb = 'z'", "reason = 'z'", "outcome = 'refused'", "at = '2020-01-01'", "actor_name = 'z'"],
)
def test_tampering_behind_the_triggers_is_found(change: str) -> None:
    acts = [actions.record_act(by=WORKER, at=NOW, verb=verb) for verb in "abc"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER organisation_act_refuses_update")
        cursor.execute(f"UPDATE organisation_act SET {change} WHERE id = {acts[1].pk}")
    assert queries.first_broken_act() == acts[1].pk


@pytest.mark.django_db
def test_acts_about_a_subject_come_newest_first() -> None:
    for verb, subject in (("a", "x:1"), ("b", "x:2"), ("c", "x:1")):
        actions.record_act(by=WORKER, at=NOW, verb=verb, subject=subject)
    assert [act.verb for act in queries.acts_about("x:1")] == ["c", "a"]


def _refused_after_writing() -> None:
    with actions.refusals_recorded(by=WORKER, at=NOW, verb="decide", subject="s:1"):
        factories.unit("lost")
        raise CannotAct(["ข้อแรก", "ข้อสอง"])


@pytest.mark.django_db(transaction=True)
def test_a_refusal_survives_the_transaction_that_it_refused() -> None:
    with pytest.raises(CannotAct):
        _refused_after_writing()
    act = Act.objects.get()
    assert (act.outcome, act.verb, act.reason) == (Outcome.REFUSED, "decide", "ข้อแรก ข้อสอง")
    assert not type(factories.unit("kept")).objects.filter(code="lost").exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_disappears_with_the_transaction_that_failed() -> None:
    with contextlib.suppress(sqlite3.Error), transaction.atomic():
        actions.record_act(by=WORKER, at=NOW, verb="a")
        raise sqlite3.Error
    kept = actions.record_act(by=WORKER, at=NOW + timedelta(seconds=1), verb="b")
    assert (kept.previous_hash, queries.first_broken_act()) == (GENESIS, None)


@pytest.mark.django_db(transaction=True)
def test_the_triggers_are_back_after_a_test_with_real_transactions() -> None:
    actions.record_act(by=WORKER, at=NOW, verb="a")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Act.objects.all().delete()
