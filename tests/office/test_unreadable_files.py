"""A file that kills or stops whatever looks into it costs its own screen, and no page of the office breaks."""

import pytest
from django.urls import reverse

from prongsai.files.examination.isolated import EXAMINER
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.files.killing import killing
from tests.files.samples import typst_pdf
from tests.office.conftest import SignIn
from tests.office.factories import attached

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def test_a_page_picture_that_cannot_be_drawn_says_why_and_comes_the_next_time(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = people["officer"]
    stored = attached(draft(officer), officer, name="ก.pdf", data=typst_pdf("หนึ่ง"))
    address = reverse("page_picture", kwargs={"file_id": stored.pk, "number": 1})
    client = sit("officer")

    with killing(lambda: EXAMINER.process_ids):
        answer = client.get(address)

    assert answer.status_code == 503
    assert "หยุดกลางคัน" in answer.content.decode()
    assert client.get(address).status_code == 200


def test_the_screen_for_covering_says_why_the_file_cannot_be_seen(
    people: dict[str, Actor], sit: SignIn
) -> None:
    officer = people["officer"]
    work = draft(officer)
    stored = attached(work, officer, name="ก.pdf", data=typst_pdf("หนึ่ง"))
    slot = work.attachments.get(file=stored).slot
    client = sit("officer")

    with killing(lambda: EXAMINER.process_ids):
        answer = client.get(reverse("redact", kwargs={"ref": work.ref, "slot": slot}))

    assert answer.status_code == 200
    assert "หยุดกลางคัน" in answer.content.decode()
