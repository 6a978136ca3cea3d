"""An officer writes; what is missing is said when it is sent, and nobody else's pen touches it afterwards."""

import uuid
from datetime import timedelta

import pytest

from prongsai.notices import actions
from prongsai.notices.models import Notice
from prongsai.notices.refusals import CannotWrite
from prongsai.notices.states import NoticeState, Stage, WriteBlocker
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment
from prongsai.organisation.states import Outcome, RoleCode
from tests.factories import NOW, actor
from tests.notices.factories import People, awaiting, draft, live, newest, words

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def reasons(refusal: CannotWrite) -> list[object]:
    return [getattr(each, "code", None) for each in refusal.blockers]


def test_a_draft_is_the_units_and_the_public_hears_nothing(people: People) -> None:
    wording = draft(people)
    notice = wording.notice
    assert (notice.state, notice.unit.code) == (NoticeState.DRAFT, "plan")
    assert wording.writers == [people["officer"].person_id]
    assert actions.post(at=NOW)
    assert Act.objects.filter(verb="start_notice", subject=notice.subject).count() == 1


def test_the_same_form_sent_twice_is_one_notice(people: People) -> None:
    ref = uuid.uuid4()
    for _tap in range(2):
        actions.start(ref=ref, is_drill=False, words=words(), by=people["officer"], at=NOW)
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("who", ["head", "director", "mayor"])
def test_only_officers_write(people: People, who: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        actions.start(ref=uuid.uuid4(), is_drill=False, words=words(), by=people[who], at=NOW)
    assert reasons(refused.value) == [WriteBlocker.NOT_WRITER]
    assert Act.objects.filter(verb="start_notice", outcome=Outcome.REFUSED).count() == 1


def test_an_officer_of_another_unit_keeps_out_and_a_webmaster_may_help(people: People) -> None:
    wording = draft(people)
    stranger = actor("stranger", roles=[RoleCode.OFFICER])
    with pytest.raises(CannotWrite):
        actions.save(wording=wording, words=words(), by=stranger, at=NOW)
    webmaster = actor("webmaster", roles=[RoleCode.WEBMASTER])
    saved = actions.save(wording=wording, words=words(headline="ใหม่"), by=webmaster, at=NOW)
    assert saved.headline == "ใหม่"
    assert saved.writers == sorted([people["officer"].person_id, webmaster.person_id])  # type: ignore[type-var]


def test_marks_that_turn_the_text_round_are_not_kept(people: People) -> None:
    wording = draft(people, headline="น้ำ\u202eท่วม\u200b ถนน\n\nริมคลอง", category="Nonsense")
    assert wording.headline == "น้ำท่วม ถนน ริมคลอง"
    assert wording.category == "Safety"


def test_what_does_not_fit_a_phone_is_refused(people: People) -> None:
    with pytest.raises(CannotWrite) as refused:
        draft(people, headline="ก" * 101)
    assert reasons(refused.value) == [WriteBlocker.TOO_LONG]


def test_everything_missing_is_said_at_once(people: People) -> None:
    wording = draft(people, contact="", impact="", valid_until_at=NOW + timedelta(hours=80))
    with pytest.raises(CannotWrite) as refused:
        actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    assert reasons(refused.value) == [
        WriteBlocker.FIELD_MISSING,
        WriteBlocker.FIELD_MISSING,
        WriteBlocker.TIME_IS_FAR,
    ]


def test_a_private_datum_is_stopped_but_the_number_to_call_is_not(people: People) -> None:
    fine = draft(people, contact="หัวหน้าเวร 081 234 5678")
    actions.send_to_director(wording=fine, by=people["officer"], at=NOW)
    wording = draft(people, happened="ผู้แจ้งเลขประจำตัวประชาชน 1-2345-67890-12-1")
    with pytest.raises(CannotWrite) as refused:
        actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    assert reasons(refused.value) == [WriteBlocker.UNSPEAKABLE]


def test_what_went_to_the_director_is_locked(people: People) -> None:
    wording = awaiting(people)
    assert wording.notice.state == NoticeState.AWAITING_DIRECTOR
    for act in (
        lambda: actions.save(wording=wording, words=words(), by=people["officer"], at=NOW),
        lambda: actions.send_to_director(wording=wording, by=people["officer"], at=NOW),
    ):
        with pytest.raises(CannotWrite) as refused:
            act()
        assert reasons(refused.value) == [WriteBlocker.NOT_DRAFT]


def test_without_anybody_who_could_agree_it_is_said_before_everybody_waits(
    people: People,
) -> None:
    Appointment.objects.filter(post__code__in=["director", "clerk"]).delete()
    with pytest.raises(CannotWrite) as refused:
        awaiting(people)
    assert reasons(refused.value) == [WriteBlocker.NO_DIRECTOR]


def test_an_update_begins_with_the_present_words_and_only_once(people: People) -> None:
    notice = live(people)
    wording = actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    assert (wording.version, wording.stage, wording.headline) == (2, Stage.DRAFT, "น้ำท่วมถนนริมคลอง")
    assert wording.predecessor == notice.current
    with pytest.raises(CannotWrite) as refused:
        actions.begin_update(notice=notice, by=people["officer"], at=NOW)
    assert reasons(refused.value) == [WriteBlocker.WORDING_UNDER_WAY]


def test_what_is_not_live_is_not_updated(people: People) -> None:
    with pytest.raises(CannotWrite) as refused:
        actions.begin_update(notice=draft(people).notice, by=people["officer"], at=NOW)
    assert reasons(refused.value) == [WriteBlocker.NOT_LIVE]


def test_a_machine_writes_nothing(people: People) -> None:
    wording = draft(people)
    with pytest.raises(CannotWrite):
        actions.save(wording=wording, words=words(), by=Actor.system("worker"), at=NOW)
    assert newest(wording.notice).headline == "น้ำท่วมถนนริมคลอง"


def test_two_notices_never_share_their_name_in_addresses(people: People) -> None:
    first = draft(people).notice
    near = uuid.UUID(int=first.ref.int ^ 1)
    webmaster = actor("webmaster", roles=[RoleCode.WEBMASTER])
    for ref, by in ((near, people["officer"]), (first.ref, webmaster)):
        with pytest.raises(CannotWrite) as refused:
            actions.start(ref=ref, is_drill=False, words=words(), by=by, at=NOW)
        assert reasons(refused.value) == [WriteBlocker.NAME_IS_TAKEN]
    assert Notice.objects.count() == 1


def test_a_form_that_was_changed_and_sent_again_keeps_the_newer_words(people: People) -> None:
    ref = uuid.uuid4()
    for headline in ("น้ำท่วม", "น้ำท่วมหนัก"):
        made = actions.start(
            ref=ref, is_drill=False, words=words(headline=headline), by=people["officer"], at=NOW
        )
    assert newest(made).headline == "น้ำท่วมหนัก"


def test_where_to_call_tells_no_number_of_a_person(people: People) -> None:
    wording = draft(people, contact="ผู้แจ้ง 1-2345-67890-12-1 โทร 08 1234 5678")
    with pytest.raises(CannotWrite) as refused:
        actions.send_to_director(wording=wording, by=people["officer"], at=NOW)
    assert reasons(refused.value) == [WriteBlocker.UNSPEAKABLE]
