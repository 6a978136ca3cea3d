"""Units merge and get other names: seen first, made in one act, and nothing that was published is touched."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from prongsai.approval.chains import Plan as ChainPlan
from prongsai.approval.models import ChainConfirmation, ChainVersion
from prongsai.approval.states import ChainVerdict, SubmissionState
from prongsai.disclosures.actions import save
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.actions.reorganising import reorganise
from prongsai.office.reorganising import CLOSE, MERGE, RENAME, Plan, Wish, plan
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Post, Unit
from prongsai.organisation.queries import living, posts_with_holders, residual_unit, successors_now
from prongsai.organisation.refusals import CannotReorganise
from prongsai.publication.actions import publish
from prongsai.record.models import Item
from tests.approval import chains
from tests.approval.factories import draft, endorse, submitted
from tests.factories import NOW, TODAY, acting, unit
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
ORDER = "คำสั่งที่ 12/2569 ลงวันที่ 1 ตุลาคม 2569"


def merging(code: str = "plan", successor: str | None = "treasury", order: str = ORDER) -> Wish:
    after = unit(successor) if successor else None
    return Wish(MERGE, Unit.objects.get(code=code), order, successor=after)


def renaming(name: str = "ฝ่ายยุทธศาสตร์") -> Wish:
    return Wish(RENAME, Unit.objects.get(code="plan"), ORDER, name_th=name)


def done(wish: Wish, by: Actor) -> Plan:
    return reorganise(wish=wish, seen=plan(wish, by=by, at=NOW).seen, by=by, at=NOW)


def why_not(wish: Wish, by: Actor) -> list[str]:
    return [blocker.code.name for blocker in plan(wish, by=by, at=NOW).blockers]  # type: ignore[attr-defined]  # a TextChoices


def test_a_unit_with_500_disclosures_goes_into_another_in_one_act(
    people: dict[str, Actor],
) -> None:
    first = draft(people["officer"])
    plain = {"kind": "news", "created_at": NOW, "changed_at": NOW, "created_by": first.created_by}
    stages = [Stage.WRITING, Stage.RESTING, Stage.SCREENING, Stage.DISCARDED]
    Disclosure.objects.bulk_create(
        [Disclosure(unit=first.unit, stage=stages[number % 4], **plain) for number in range(499)]
    )
    assert done(merging(), people["administrator"]).disclosures == 500
    assert Disclosure.objects.filter(unit__code="treasury").count() == 500
    assert set(Post.objects.filter(code__in=["officer", "head"]).values_list("unit__code")) == {
        ("treasury",)
    }
    old = Unit.objects.get(code="plan")
    assert (living(old).code, old.ended_date) == ("treasury", TODAY)
    act = Act.objects.get(verb="reorganise")
    assert (act.subject, act.reason) == ("unit:plan", ORDER)
    assert (act.details["disclosures"], act.details["successor"]) == (500, "treasury")


def test_looking_changes_nothing(people: dict[str, Actor], sit: SignIn) -> None:
    unit("treasury")
    draft(people["officer"])
    words = {"kind": MERGE, "unit": "plan", "successor": "treasury", "order": ORDER}
    text = sit("administrator").get(reverse("reorganising"), words).content.decode()
    assert "เรื่องทั้งหมดที่ย้าย" in text
    assert Unit.objects.get(code="plan").successor is None
    assert not Act.objects.filter(verb="reorganise").exists()


def test_what_was_seen_is_confirmed_and_done_once(people: dict[str, Actor], sit: SignIn) -> None:
    draft(people["officer"])
    words = {"kind": MERGE, "unit": "plan", "successor": "treasury", "order": ORDER}
    client = sit("administrator")
    text = client.get(reverse("reorganising"), words).content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', text)[0]
    answers = [client.post(reverse("reorganising"), words | {"seen": seen}) for _each in "ab"]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert Unit.objects.get(code="plan").successor == unit("treasury")


def test_what_changed_after_it_was_seen_is_shown_again_first(people: dict[str, Actor]) -> None:
    wish, by = merging(), people["administrator"]
    seen = plan(wish, by=by, at=NOW).seen
    draft(people["officer"])
    with pytest.raises(CannotReorganise):
        reorganise(wish=wish, seen=seen, by=by, at=NOW)
    assert Act.objects.filter(verb="reorganise", outcome="refused").count() == 1


def test_only_an_administrator_opens_the_screen(sit: SignIn) -> None:
    assert sit("mayor").get(reverse("reorganising")).status_code == 403


def test_every_reason_against_is_said_at_once(people: dict[str, Actor]) -> None:
    by = people["administrator"]
    assert why_not(merging(), people["mayor"]) == ["NOT_ADMINISTRATOR"]
    assert why_not(merging(successor=None, order=" "), by) == ["NO_ORDER", "NO_SUCCESSOR"]
    assert why_not(merging(successor="plan"), by) == ["SAME_UNIT"]
    assert why_not(merging("academic", "plan"), by) == ["SUCCESSOR_IS_BELOW"]
    assert why_not(renaming("ฝ่ายแผน"), by) == ["NO_NAME"]
    assert why_not(renaming("กองวิชาการ"), by) == ["NAME_TAKEN"]
    done(merging(), by)
    assert why_not(merging(), by) == ["ENDED"]
    assert why_not(merging("academic", "plan"), by) == ["ENDED"]


@pytest.mark.parametrize(
    ("name_th", "name_en"),
    [("กอง\u200bวิชาการ", ""), ("ฝ่ายใหม่", "Academic\u202c  DIVISION"), ("academic division", "")],
)
def test_a_unit_takes_no_name_that_looks_like_another_s_in_either_language(
    people: dict[str, Actor], sit: SignIn, name_th: str, name_en: str
) -> None:
    Unit.objects.filter(code="academic").update(name_en="Academic Division")
    words = {"kind": RENAME, "unit": "plan", "order": ORDER, "name_th": name_th, "name_en": name_en}
    shown = sit("administrator").get(reverse("reorganising"), words).content.decode()
    assert "เปลี่ยนชื่อไม่ได้" in shown


def test_no_invisible_mark_becomes_part_of_a_name(people: dict[str, Actor], sit: SignIn) -> None:
    words = {
        "kind": RENAME,
        "unit": "plan",
        "order": ORDER,
        "name_th": "ฝ่าย\u202eแผนงาน",
        "name_en": "Plan\u2066s",
    }
    client = sit("administrator")
    text = client.get(reverse("reorganising"), words).content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', text)[0]
    client.post(reverse("reorganising"), words | {"seen": seen})
    named = Unit.objects.get(code="plan")
    assert (named.name_th, named.name_en) == ("ฝ่ายแผนงาน", "Plans")


def test_an_order_limited_to_the_unit_stands_in_the_way(people: dict[str, Actor]) -> None:
    acting(post=Post.objects.get(code="head"), scope_units=["plan"])
    assert why_not(merging(), people["administrator"]) == ["ORDER_NAMES_IT"]


def test_a_chain_for_the_unit_alone_stands_in_the_way(people: dict[str, Actor]) -> None:
    ordinary = ChainVersion.objects.first()
    assert ordinary is not None
    version = ChainVersion.objects.create(
        code="plan-only",
        number=1,
        name_th="สายของฝ่ายแผน",
        kind=ordinary.kind,
        unit_code="plan",
        action=ordinary.action,
        urgency=ordinary.urgency,
        plans=ordinary.plans,
        reason=ORDER,
        proposed_at=NOW,
        proposer_post="ทดสอบ",
    )
    ChainConfirmation.objects.create(version=version, verdict=ChainVerdict.CONFIRMED, said_at=NOW)
    assert why_not(merging(), people["administrator"]) == ["CHAIN_NAMES_IT"]


def test_a_name_is_not_changed_under_a_submission(people: dict[str, Actor]) -> None:
    submitted(people)
    assert why_not(renaming(), people["administrator"]) == ["UNDER_WAY"]


def test_a_unit_gets_another_name(people: dict[str, Actor]) -> None:
    done(renaming(), people["administrator"])
    assert Unit.objects.get(code="plan").name_th == "ฝ่ายยุทธศาสตร์"
    assert Act.objects.get(verb="reorganise").details["name_before"] == "ฝ่ายแผน"


def test_what_is_on_its_way_is_published_under_the_old_name_by_the_old_posts(
    people: dict[str, Actor],
) -> None:
    submission = submitted(people)
    endorse(submission, people["head"])
    done(merging(), people["administrator"])
    for minute, step in enumerate(submission.steps[1:], start=1):
        submission.refresh_from_db()
        endorse(submission, people[step["posts"][0]], at=NOW + timedelta(minutes=minute))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.APPROVED
    publish(submission_ref=submission.ref, at=NOW + timedelta(hours=1))
    assert Item.objects.get().unit_name_th == "ฝ่ายแผน"


def test_the_next_save_names_the_successor(people: dict[str, Actor]) -> None:
    work = draft(people["officer"])
    done(merging(), people["administrator"])
    work.refresh_from_db()
    assert work.latest is not None
    content = Content.from_json(work.latest.content)
    assert content.unit == "plan"
    by, sequence = people["officer"], work.latest.sequence
    revision = save(disclosure=work, content=content, base_sequence=sequence, by=by, at=NOW)
    work.refresh_from_db()
    assert (revision.content["unit"], work.unit.code) == ("treasury", "treasury")


def test_a_chain_of_successors_leads_to_the_one_that_is_left(people: dict[str, Actor]) -> None:
    by = people["administrator"]
    done(merging("plan", "treasury"), by)
    done(merging("treasury", "works"), by)
    assert living(Unit.objects.get(code="plan")).code == "works"
    named = {code: after.code for code, after in successors_now().items()}
    assert named == {"plan": "works", "treasury": "works"}
    assert Unit.objects.get(code="plan").successor == unit("works")


def test_the_table_refuses_an_end_without_a_successor(people: dict[str, Actor]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(code="plan").update(ended_date=TODAY)


def closing(code: str = "plan") -> Wish:
    return Wish(CLOSE, Unit.objects.get(code=code), ORDER, successor=residual_unit())


@pytest.fixture
def rest(settings: Any) -> Unit:
    """Who answers for what a unit leaves that ends without a successor."""
    settings.MUNICIPALITY = settings.MUNICIPALITY | {"residual_unit": "clerk-office"}
    return unit("clerk-office", name_th="สำนักปลัดเทศบาล", parent=Unit.objects.get(code="city"))


@pytest.mark.usefixtures("rest")
def test_what_a_unit_leaves_goes_to_the_unit_that_the_rule_names(people: dict[str, Actor]) -> None:
    chains.counting(ChainPlan(("director",)))
    work, sent = draft(people["officer"]), submitted(people)
    planned = done(closing(), people["administrator"])
    assert (planned.disclosures, planned.returned, len(planned.holders)) == (2, 1, 2)
    old = Unit.objects.get(code="plan")
    assert (living(old).code, old.ended_date) == ("clerk-office", TODAY)
    for each in (work, sent.disclosure):
        each.refresh_from_db()
        assert (each.unit.code, each.stage) == ("clerk-office", Stage.WRITING)
    sent.refresh_from_db()
    assert (sent.state, ORDER in sent.refusal) == (SubmissionState.STOPPED, True)
    assert posts_with_holders(TODAY) - posts_with_holders(TODAY + timedelta(days=1)) == {
        "officer",
        "head",
    }
    act = Act.objects.get(verb="reorganise")
    assert (act.details["kind"], act.details["returned"], act.details["ended_posts"]) == (
        CLOSE,
        1,
        2,
    )


@pytest.mark.usefixtures("rest")
def test_what_waits_for_its_time_is_stopped_with_its_unit(people: dict[str, Actor]) -> None:
    chains.counting(ChainPlan(("director",)))
    waiting = submitted(people, publish_after=NOW + timedelta(days=3))
    endorse(waiting, people["director"])
    done(closing(), people["administrator"])
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.STOPPED


@pytest.mark.usefixtures("rest")
def test_a_unit_does_not_end_while_others_wait_for_its_posts(people: dict[str, Actor]) -> None:
    by = people["administrator"]
    chains.counting(ChainPlan(("head",)))
    assert why_not(closing(), by) == ["CHAIN_ASKS_IT"]
    submission = submitted(people)
    Disclosure.objects.filter(pk=submission.disclosure_id).update(unit=unit("treasury"))
    assert why_not(closing(), by) == ["CHAIN_ASKS_IT", "ASKED_ELSEWHERE"]


def test_every_reason_against_an_end_is_said_at_once(
    people: dict[str, Actor], settings: Any
) -> None:
    by = people["administrator"]
    settings.MUNICIPALITY = settings.MUNICIPALITY | {"residual_unit": "no-such-unit"}
    assert why_not(closing("academic"), by) == ["NO_RESIDUAL", "HAS_CHILDREN"]
    assert why_not(closing(), people["mayor"]) == ["NOT_ADMINISTRATOR", "NO_RESIDUAL"]


@pytest.mark.usefixtures("rest")
def test_the_last_administrator_does_not_go_with_their_unit(people: dict[str, Actor]) -> None:
    Post.objects.filter(code="administrator").update(unit=Unit.objects.get(code="plan"))
    assert why_not(closing(), people["administrator"]) == ["LAST_ADMINISTRATOR"]


@pytest.mark.usefixtures("rest")
def test_the_screen_says_what_an_end_would_do_before_it_is_done(
    people: dict[str, Actor], sit: SignIn
) -> None:
    draft(people["officer"])
    words = {"kind": CLOSE, "unit": "plan", "order": ORDER}
    client = sit("administrator")
    text = client.get(reverse("reorganising"), words).content.decode()
    assert "สำนักปลัดเทศบาล รับเรื่องทั้งหมด" in text
    assert "พ้นจากตำแหน่งเมื่อสิ้นวันนี้" in text
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', text)[0]
    assert client.post(reverse("reorganising"), words | {"seen": seen}).status_code == 302
    form = client.get(reverse("appoint")).content.decode()
    assert '<option value="director"' in form
    assert '<option value="head"' not in form
