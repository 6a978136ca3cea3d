"""The screens of bundles: put together, sent, read on a phone, decided with one tap."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.approval.models import Bundle, BundleMember, Sending, Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.screening.actions import screen
from tests.approval.factories import draft
from tests.factories import NOW
from tests.office.conftest import SignIn
from tests.publication import bundles

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
TITLE = "แผนประจำปี"


def drafts(people: People, count: int = 2, **changes: Any) -> list[Disclosure]:
    made = [draft(people["officer"], title=f"ร่างที่ {n}", **changes) for n in range(1, count + 1)]
    for each in made:
        screen(disclosure=each, by=people["officer"], at=NOW)
    return made


def sent(people: People, count: int = 2) -> Sending:
    return bundles.sent(people, drafts(people, count))


def page(client: Client, name: str, **parts: Any) -> str:
    answer = client.get(reverse(name, kwargs=parts))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def refs(works: Sequence[Disclosure]) -> list[str]:
    return [str(each.ref) for each in works]


@pytest.mark.parametrize(("who", "offer"), [("officer", "ดูเรื่องที่เสนอ"), ("head", "พิจารณา")])
def test_a_bundle_offers_its_decision_to_those_whose_turn_it_is(
    people: People, sit: SignIn, who: str, offer: str
) -> None:
    bundle = sent(people).bundle

    shown = page(sit(who), "bundle", ref=bundle.ref)

    link = shown.split(f'href="{reverse("decide_bundle", kwargs={"ref": bundle.ref})}">')[1]
    assert link.split("</a>")[0].endswith(offer)


def test_the_page_of_sent_work_says_on_whom_it_waits(people: People, sit: SignIn) -> None:
    sending = sent(people)

    shown = page(sit("officer"), "work", ref=bundles.rows(sending)[0].disclosure.ref)

    assert f"รอ {people['head'].post_title}" in shown


def test_an_officer_puts_drafts_together_and_sends_them_as_one(people: People, sit: SignIn) -> None:
    works, officer = drafts(people), sit("officer")

    asked = {"title": TITLE, "unit": "plan", "members": refs(works)}
    officer.post(reverse("open_bundle"), asked)
    bundle = Bundle.objects.get()
    seen = [TITLE, *refs(works)]
    officer.post(
        reverse("send_bundle", kwargs={"ref": bundle.ref}), {"urgency": "normal", "seen": seen}
    )

    states = list(Submission.objects.order_by("place").values_list("state", "place"))
    assert states == [(SubmissionState.UNDER_WAY, 0), (SubmissionState.UNDER_WAY, 1)]
    assert "อยู่ระหว่างพิจารณา" in page(officer, "bundle", ref=bundle.ref)


def test_the_list_of_drafts_says_why_each_other_one_is_not_ready(
    people: People, sit: SignIn
) -> None:
    drafts(people, 1)
    draft(people["officer"], title="")
    taken = drafts(people, 1)
    bundles.opened(people, taken)

    shown = page(sit("officer"), "open_bundle")

    assert "ยังไม่พร้อมส่ง" in shown
    assert "อยู่ในชุดอื่นแล้ว" in shown
    assert shown.count('name="members"') == 2


def test_a_draft_that_is_not_screened_yet_is_screened_when_the_bundle_is_sent(
    people: People, sit: SignIn
) -> None:
    works = [draft(people["officer"], title=f"ร่างที่ {n}") for n in (1, 2)]
    bundle = bundles.opened(people, works)
    seen = [bundle.title, *refs(works)]

    sit("officer").post(
        reverse("send_bundle", kwargs={"ref": bundle.ref}), {"urgency": "normal", "seen": seen}
    )

    assert Submission.objects.count() == 2


def test_a_member_with_findings_keeps_the_whole_bundle_from_its_approvers(
    people: People, sit: SignIn
) -> None:
    clean = drafts(people, 1)[0]
    secret = draft(people["officer"], title="รายชื่อ", body="<p>เลขบัตร 1-1037-02071-81-1</p>")
    bundle = bundles.opened(people, [clean, secret])
    seen = [bundle.title, *refs([clean, secret])]

    sit("officer").post(
        reverse("send_bundle", kwargs={"ref": bundle.ref}), {"urgency": "normal", "seen": seen}
    )

    assert not Submission.objects.exists()
    shown = page(sit("officer"), "bundle", ref=bundle.ref)
    assert "ยังไม่พร้อมส่ง" in shown
    assert "ที่ยังไม่ได้ตัดสิน" in shown


def test_one_row_of_the_inbox_stands_for_the_whole_bundle(people: People, sit: SignIn) -> None:
    sending = sent(people, 3)
    address = reverse("decide_bundle", kwargs={"ref": sending.bundle.ref})

    shown = sit("head").get("/office/").content.decode()

    assert shown.count(address) == 1
    assert "ชุดเผยแพร่ 3 เรื่อง" in shown
    assert "ร่างที่ 1" not in shown


def test_drafts_of_a_bundle_come_as_one_row_to_their_writer(people: People, sit: SignIn) -> None:
    bundle = bundles.opened(people, drafts(people))
    shown = sit("officer").get("/office/").content.decode()
    assert shown.count(reverse("bundle", kwargs={"ref": bundle.ref})) == 1
    assert "ร่างที่ 1" not in shown


def test_a_bundle_that_came_back_says_with_which_words(people: People, sit: SignIn) -> None:
    sending = sent(people)
    bundles.say(sending, people["head"], "remand_to_start", reason="แก้ยอดรวมในร่างที่สอง")
    for shown in (
        sit("officer").get("/office/").content.decode(),
        page(sit("officer"), "bundle", ref=sending.bundle.ref),
    ):
        assert "แก้ยอดรวมในร่างที่สอง" in shown


def test_the_screen_says_which_members_have_not_been_read(people: People, sit: SignIn) -> None:
    sending, head = sent(people), sit("head")
    first, second = bundles.rows(sending)

    before = page(head, "decide_bundle", ref=sending.bundle.ref)
    answer = head.post(reverse("look_at_member", kwargs={"ref": first.ref}))
    after = page(head, "decide_bundle", ref=sending.bundle.ref)

    assert before.count("ยังไม่ได้อ่าน</span>") == 2
    assert answer["Location"] == reverse("decide", kwargs={"ref": second.ref})
    assert after.count("ยังไม่ได้อ่าน</span>") == 1
    bundles.say(sending, people["head"])
    theirs = page(sit("director"), "decide_bundle", ref=sending.bundle.ref)
    assert theirs.count("ยังไม่ได้อ่าน</span>") == 2


def test_opening_a_member_marks_nothing(people: People, sit: SignIn) -> None:
    sending, head = sent(people), sit("head")
    page(head, "decide", ref=bundles.rows(sending)[0].ref)
    assert page(head, "decide_bundle", ref=sending.bundle.ref).count("ยังไม่ได้อ่าน</span>") == 2


def test_one_tap_decides_all_members(people: People, sit: SignIn) -> None:
    sending = sent(people)
    decision = {"verdict": "endorse", "post": "head", "content_hash": sending.statement_hash}

    sit("head").post(reverse("decide_bundle", kwargs={"ref": sending.bundle.ref}), decision)

    assert [each.step for each in bundles.rows(sending)] == [1, 1]


def test_a_member_cannot_be_decided_on_its_own_page(people: People, sit: SignIn) -> None:
    sending, head = sent(people), sit("head")
    first = bundles.rows(sending)[0]
    address = reverse("decide", kwargs={"ref": first.ref})

    shown = page(head, "decide", ref=first.ref)
    answer = head.post(
        address,
        {"verdict": "endorse", "post": "head", "content_hash": first.content_hash},
        follow=True,
    )

    assert "ลงนามเห็นชอบ" not in shown
    assert "เปิดชุดแล้วพิจารณาทั้งชุด" in answer.content.decode()
    assert not first.decisions.exists()


def test_what_changed_since_the_bundle_was_sent_before_is_marked(
    people: People, sit: SignIn
) -> None:
    sending = sent(people)
    bundles.say(sending, people["head"], "remand_to_start", reason="แก้ร่างที่หนึ่ง")
    first = bundles.rows(sending)[0].disclosure
    bundles.edit(people, first, title="ร่างที่แก้แล้ว")
    bundles.resent(people, sending.bundle)

    shown = page(sit("head"), "decide_bundle", ref=sending.bundle.ref)

    assert shown.count("แก้หลังส่งครั้งก่อน") == 1
    assert shown.count("เหมือนครั้งก่อน") == 1


def test_a_bundle_is_given_up_and_its_drafts_are_free(people: People, sit: SignIn) -> None:
    bundle = bundles.opened(people, drafts(people))
    sit("officer").post(reverse("close_bundle", kwargs={"ref": bundle.ref}))
    assert not BundleMember.objects.filter(is_open=True).exists()
    assert "เลิกชุดแล้ว" in page(sit("officer"), "bundle", ref=bundle.ref)


@pytest.mark.parametrize("name", ["bundle", "arrange_bundle", "decide_bundle"])
def test_nobody_sees_a_bundle_with_work_that_is_not_theirs(
    people: People, sit: SignIn, name: str
) -> None:
    sending = sent(people)
    answer = sit("neighbour").get(reverse(name, kwargs={"ref": sending.bundle.ref}))
    assert answer.status_code == 403
    assert sending.bundle.title not in sit("neighbour").get(reverse("bundles")).content.decode()


@pytest.mark.parametrize(
    ("name", "parts"),
    [("bundles", {}), ("open_bundle", {})],
)
def test_an_officer_without_drafts_reads_what_to_do(
    people: People, sit: SignIn, name: str, parts: dict[str, str]
) -> None:
    assert "ไม่มี" in page(sit("neighbour"), name, **parts)


# Corrections among them.


def send(client: Client, bundle: Bundle, works: Sequence[Disclosure], **more: str) -> None:
    wishes = {"urgency": "normal", "seen": [bundle.title, *refs(works)]} | more
    client.post(reverse("send_bundle", kwargs={"ref": bundle.ref}), wishes)


def test_a_correction_is_offered_marked_and_sent_with_what_it_corrects(
    people: People, sit: SignIn
) -> None:
    works, officer = bundles.mixed(people), sit("officer")
    public = works[1]

    offered = page(officer, "open_bundle")
    bundle = bundles.opened(people, works)
    shown = page(officer, "bundle", ref=bundle.ref)
    send(officer, bundle, works)
    unsaid = Submission.objects.filter(state=SubmissionState.UNDER_WAY).count()
    said = {f"{public.ref}-change_note": "แก้ยอดรวม", f"{public.ref}-significance": "minor"}
    send(officer, bundle, works, **said)

    before, now = public.published_revision, public.latest
    assert before is not None
    assert now is not None
    comparison = reverse("compare", kwargs={"ref": public.ref})
    for text in (offered, shown):
        assert text.count(f"แก้ไขเลขที่ {public.number}") == 1
        assert f"{comparison}?old={before.sequence}&amp;new={now.sequence}" in text
    assert unsaid == 0
    row = Submission.objects.get(disclosure=public, state=SubmissionState.UNDER_WAY)
    assert (row.action, row.change_note, row.significance) == ("corrected", "แก้ยอดรวม", "minor")


def test_whoever_decides_reads_which_member_is_new_and_what_each_other_corrects(
    people: People, sit: SignIn
) -> None:
    sending = bundles.sent(people, bundles.mixed(people))
    public = bundles.rows(sending)[1]

    shown = page(sit("head"), "decide_bundle", ref=sending.bundle.ref)

    assert shown.count("เรื่องใหม่</span>") == 1
    assert shown.count(f"แก้ไขเลขที่ {public.disclosure.number}") == 1
    assert bundles.NOTE in shown
    assert reverse("decide", kwargs={"ref": public.ref}) + "#changes-title" in shown
    assert 'id="changes-title"' in page(sit("head"), "decide", ref=public.ref)


def test_a_bundle_that_came_back_keeps_what_was_said_of_its_corrections(
    people: People, sit: SignIn
) -> None:
    sending = bundles.sent(people, bundles.mixed(people))
    bundles.say(sending, people["head"], "remand_to_start", reason="แก้ยอด")
    assert bundles.NOTE in page(sit("officer"), "bundle", ref=sending.bundle.ref)


def test_whoever_only_looks_is_told_nothing_of_what_they_may_not(
    people: People, sit: SignIn
) -> None:
    bundle = bundles.opened(people, drafts(people))
    shown = page(sit("auditor"), "bundle", ref=bundle.ref)
    assert "ยังไม่พร้อมส่ง" not in shown
    assert "ส่งไม่ได้" not in shown
