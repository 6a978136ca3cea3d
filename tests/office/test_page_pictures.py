"""Pages of a private file as pictures: for whoever may see the file, and kept by nobody."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.approval.factories import draft
from tests.files.samples import typst_pdf
from tests.office.conftest import SignIn
from tests.office.factories import attached

pytestmark = pytest.mark.django_db(databases=["default", "record"])


@pytest.fixture
def address(people: dict[str, Actor]) -> str:
    officer = people["officer"]
    stored = attached(draft(officer), officer, name="สองหน้า.pdf", data=typst_pdf("หนึ่ง", "สอง"))
    return reverse("page_picture", kwargs={"file_id": stored.pk, "number": 1})


def test_a_page_is_shown_as_wide_as_asked_within_limits(address: str, sit: SignIn) -> None:
    client = sit("officer")
    for asked, width in (("", 1200), ("?width=300", 300), ("?width=1", 100), ("?width=x", 1200)):
        answer = client.get(address + asked)
        with Image.open(BytesIO(answer.content)) as picture:
            assert (picture.format, picture.width) == ("JPEG", width)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("number", ["0", "3", "999999"])
def test_a_page_that_is_not_there_is_not_found(address: str, sit: SignIn, number: str) -> None:
    assert sit("officer").get(address.replace("/1.jpg", f"/{number}.jpg")).status_code == 404


def test_a_text_has_no_pictures(people: dict[str, Actor], sit: SignIn) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    address = reverse("page_picture", kwargs={"file_id": stored.pk, "number": 1})
    assert sit("officer").get(address).status_code == 404


def test_pages_of_others_are_refused_and_the_attempt_is_remembered(
    address: str, sit: SignIn
) -> None:
    assert sit("neighbour").get(address).status_code == 403
    assert Act.objects.filter(verb="office.open_file", outcome="refused").count() == 1


def test_a_picture_is_only_looked_at(address: str, sit: SignIn) -> None:
    assert sit("officer").post(address).status_code == 405
