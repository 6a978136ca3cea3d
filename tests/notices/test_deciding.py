"""The director's tap, and what it needs: not the writer, not another wording, not too late."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from prongsai.notices import actions
from prongsai.notices.board import read
from prongsai.notices.models import Notice, Wording
from prongsai.notices.public import END
from prongsai.notices.queries import directing_post, directors_beside
from prongsai.notices.refusals import CannotDecide
from prongsai.notices.states import DecideBlocker, NoticeState, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person, Post
from prongsai.organisation.queries import actor_for
from prongsai.organisation.states import Outcome, RoleCode
from tests.factories import NOW, TODAY, acting, appointment, post, unit
from tests.notices.factories import UNTIL, People, again, awaiting, ended, live, newest, words

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def approve(wording: Wording, by: Actor, **changes: object) -> bool:
    plain = {"seen": wording.hash, "at": NOW} | changes
    return actions.approve(wording=wording, by=by, **plain)  # type: ignore[arg-type]


def refusal(wording: Wording, by: Actor, **changes: object) -> list[object]:
    with pytest.raises(CannotDecide) as refused:
        approve(wording, by, **changes)
    return [getattr(each, "code", None) for each in refused.value.blockers]


def test_the_tap_puts_it_before_the_public(people: People, notice_file: Path) -> None:
    wording = awaiting(people)
    assert approve(wording, people["director"])
    shown = read(notice_file)
    assert [each.text.headline for each in shown.live(NOW)] == ["น้ำท่วมถนนริมคลอง"]
    assert shown.live(UNTIL) == ()
    assert shown.live(NOW)[0].last.post == "ผู้อำนวยการกอง"
    assert again(wording.notice).state == NoticeState.LIVE


def test_a_second_tap_does_no_harm(people: People) -> None:
    wording = awaiting(people)
    assert approve(wording, people["director"])
    assert approve(wording, people["director"])
    assert Act.objects.filter(verb="approve_notice", outcome=Outcome.DONE).count() == 1


def test_a_tap_by_another_director_afterwards_is_told_that_it_is_too_late(people: People) -> None:
    wording = awaiting(people)
    approve(wording, people["director"])
    assert refusal(wording, people["clerk"]) == [DecideBlocker.NOT_AWAITING]


@pytest.mark.parametrize("who", ["officer", "head", "deputy-clerk", "mayor"])
def test_other_posts_do_not_decide(people: People, who: str) -> None:
    wording = awaiting(people)
    assert DecideBlocker.NOT_DIRECTOR in refusal(wording, people[who])
    assert again(wording.notice).state == NoticeState.AWAITING_DIRECTOR


def test_a_director_who_wrote_it_needs_somebody_else(people: People) -> None:
    director = Person.objects.get(pk=people["director"].person_id)
    desk = post("second-desk", unit=Post.objects.get(code="officer").unit, roles=["officer"])
    appointment(person=director, post=desk)
    wording = awaiting(people | {"officer": actor_for(director, post_code="second-desk", on=TODAY)})
    assert refusal(wording, people["director"]) == [DecideBlocker.IS_WRITER]
    assert approve(wording, people["clerk"])


def test_whoever_stands_in_by_an_order_decides_and_the_order_is_shown(
    people: People, notice_file: Path
) -> None:
    stand_in = acting(post=Post.objects.get(code="director")).person
    by = actor_for(stand_in, post_code="director", on=TODAY)
    approve(awaiting(people), by)
    assert "745/2569" in read(notice_file).live(NOW)[0].last.acting


def test_an_order_that_has_ended_opens_no_door(people: People) -> None:
    held = acting(post=Post.objects.get(code="director"), to_date=TODAY)
    by = actor_for(held.person, post_code="director", on=TODAY)
    wording = awaiting(people)
    tomorrow = NOW + timedelta(days=1, hours=-1)
    assert DecideBlocker.NOT_DIRECTOR in refusal(wording, by, at=tomorrow)


@pytest.mark.parametrize("scope", [{"scope_kinds": ["procurement"]}, {"scope_units": ["treasury"]}])
def test_an_order_that_does_not_reach_so_far_opens_no_door(
    people: People, scope: dict[str, list[str]]
) -> None:
    unit("treasury")
    held = acting(post=Post.objects.get(code="director"), **scope)
    by = actor_for(held.person, post_code="director", on=TODAY)
    wording = awaiting(people)
    assert refusal(wording, by) == [DecideBlocker.NOT_DIRECTOR]
    assert directing_post(held.person, wording.notice.unit, on=TODAY) == ""
    assert held not in directors_beside(wording.notice.unit, [], on=TODAY)


def test_an_order_that_names_the_unit_opens_the_door(people: People) -> None:
    held = acting(
        post=Post.objects.get(code="director"), scope_units=["plan"], scope_kinds=["news"]
    )
    approve(awaiting(people), actor_for(held.person, post_code="director", on=TODAY))


def test_a_made_up_actor_is_nobody(people: People) -> None:
    director = people["director"]
    forged = Actor(people["head"].person_id, "หัวหน้า", director.post_code, director.post_title)
    assert refusal(awaiting(people), forged) == [DecideBlocker.NOT_DIRECTOR]


def test_other_words_than_those_that_were_read_are_not_approved(people: People) -> None:
    wording = awaiting(people)
    seen = wording.hash
    actions.send_back(wording=wording, reason="แก้พื้นที่", by=people["director"], at=NOW)
    draft = newest(wording.notice)
    actions.save(wording=draft, words=words(area="ทั้งเมือง"), by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=draft, by=people["officer"], at=NOW)
    assert refusal(sent, people["director"], seen=seen) == [DecideBlocker.OTHER_WORDING]


def test_what_is_over_already_does_not_go_up(people: People) -> None:
    wording = awaiting(people)
    assert refusal(wording, people["director"], at=UNTIL) == [DecideBlocker.TIME_IS_PAST]


def test_sent_back_it_is_a_draft_with_the_reason(people: People) -> None:
    wording = awaiting(people)
    actions.send_back(wording=wording, reason="แก้พื้นที่", by=people["director"], at=NOW)
    draft = newest(wording.notice)
    assert (draft.stage, draft.remark) == (Stage.DRAFT, "แก้พื้นที่")
    assert again(wording.notice).state == NoticeState.DRAFT
    with pytest.raises(CannotDecide):
        actions.send_back(wording=wording, reason="อีกครั้ง", by=people["director"], at=NOW)


@pytest.mark.parametrize(("who", "reason"), [("director", " "), ("head", "แก้")])
def test_sending_back_needs_a_reason_and_a_director(people: People, who: str, reason: str) -> None:
    with pytest.raises(CannotDecide):
        actions.send_back(wording=awaiting(people), reason=reason, by=people[who], at=NOW)


def test_the_old_words_stand_until_the_new_ones_are_approved(
    people: People, notice_file: Path
) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    actions.save(wording=wording, words=words(to_do="ขึ้นชั้นสอง"), by=people["officer"], at=NOW)
    actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    actions.post(at=NOW)
    assert read(notice_file).live(NOW)[0].text.to_do.startswith("ย้ายรถ")
    approve(newest(notice), people["director"])
    [shown] = read(notice_file).live(NOW)
    assert (shown.text.to_do, len(shown.messages)) == ("ขึ้นชั้นสอง", 2)


def test_an_update_does_not_bring_back_what_has_ended(people: People) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    actions.end(notice=notice, cause="over", reason="น้ำลด", by=people["director"], at=NOW)
    assert refusal(sent, people["director"]) == [DecideBlocker.NOT_LIVE]


def test_more_time_is_an_approval_of_the_same_words(people: People, notice_file: Path) -> None:
    notice = live(people)
    until = NOW + timedelta(hours=72)
    assert actions.renew(notice=notice, until=until, by=people["director"], at=NOW)
    [shown] = read(notice_file).live(UNTIL + timedelta(hours=1))
    assert [each.kind for each in shown.messages] == ["alert", "renewal"]
    assert shown.valid_until_at == until


@pytest.mark.parametrize("hours", [1, 73])
def test_more_time_is_later_and_within_the_limit(people: People, hours: int) -> None:
    until = NOW + timedelta(hours=hours)
    with pytest.raises(CannotDecide):
        actions.renew(notice=live(people), until=until, by=people["director"], at=NOW)


def test_no_more_time_beside_an_update_that_waits_nor_before_the_first_approval(
    people: People,
) -> None:
    until = NOW + timedelta(hours=48)
    notice = live(people)
    actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    for each in (notice, awaiting(people).notice):
        with pytest.raises(CannotDecide):
            actions.renew(notice=each, until=until, by=people["director"], at=NOW)


def test_ended_before_its_time_it_leaves_the_pages_at_once(
    people: People, notice_file: Path
) -> None:
    notice = ended(people)
    shown = read(notice_file)
    assert shown.live(NOW) == ()
    assert (shown.over(NOW)[0].last.kind, shown.over(NOW)[0].last.reason) == (END, "น้ำลดแล้ว")
    assert notice.ended_by_id == people["director"].person_id
    with pytest.raises(CannotDecide):
        actions.end(notice=notice, cause="over", reason="อีก", by=people["director"], at=NOW)


def test_a_wrong_alarm_can_be_ended_by_the_director_who_wrote_it(people: People) -> None:
    director = Person.objects.get(pk=people["director"].person_id)
    desk = post("desk", unit=Post.objects.get(code="officer").unit, roles=[RoleCode.OFFICER])
    appointment(person=director, post=desk)
    wording = awaiting(people | {"officer": actor_for(director, post_code="desk", on=TODAY)})
    approve(wording, people["clerk"])
    actions.end(notice=wording.notice, cause="wrong", reason="แจ้งผิด", by=people["director"], at=NOW)
    assert Notice.objects.get(pk=wording.notice_id).end_cause == "wrong"


def test_a_reason_for_the_public_names_nobody(people: People) -> None:
    with pytest.raises(CannotDecide) as refused:
        actions.end(
            notice=live(people),
            cause="wrong",
            reason="ผู้แจ้ง 1-2345-67890-12-1 แจ้งผิด",
            by=people["director"],
            at=NOW,
        )
    assert DecideBlocker.UNSPEAKABLE in [each.code for each in refused.value.blockers]  # type: ignore[attr-defined]


def test_a_tap_on_a_full_disk_is_kept_and_said_to_be_not_up_yet(
    people: People, notice_file: Path
) -> None:
    wording = awaiting(people)
    notice_file.parent.mkdir()
    (notice_file.parent / f"{notice_file.name}.new").mkdir()
    assert not approve(wording, people["director"])
    assert again(wording.notice).state == NoticeState.LIVE
    (notice_file.parent / f"{notice_file.name}.new").rmdir()
    assert actions.post(at=NOW)
    assert len(read(settings.NOTICE_FILE).live(NOW)) == 1


def test_an_update_that_is_sent_back_leaves_the_notice_live(people: People) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    sent = actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    actions.send_back(wording=sent, reason="บอกพื้นที่", by=people["director"], at=NOW)
    assert again(notice).state == NoticeState.LIVE
    assert newest(notice).stage == Stage.DRAFT


def test_what_the_public_saw_run_out_is_not_brought_back_while_the_worker_stands_still(
    people: People,
) -> None:
    notice = live(people)
    update = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    later = UNTIL + timedelta(hours=1)
    longer = words(valid_until_at=UNTIL + timedelta(hours=9))
    at = UNTIL - timedelta(hours=1)
    actions.save(wording=update, words=longer, by=people["officer"], at=at)
    sent = actions.send_to_director(wording=update, by=people["officer"], at=at)
    with pytest.raises(CannotDecide):
        actions.approve(wording=sent, seen=sent.hash, by=people["director"], at=later)


def test_more_time_comes_before_the_time_is_over(people: People) -> None:
    notice, later = live(people), UNTIL + timedelta(hours=1)
    until = later + timedelta(hours=2)
    with pytest.raises(CannotDecide):
        actions.renew(notice=notice, until=until, by=people["director"], at=later)
