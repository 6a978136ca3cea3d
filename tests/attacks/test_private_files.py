"""A file is private until an edition refers to it, whoever guesses its address."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.record import blobs
from tests.approval.factories import approved, submitted
from tests.attacks.public import FILE_NAME, hash_of
from tests.office.conftest import SignIn
from tests.portal.visitor import Visitor
from tests.publication import factories
from tests.publication.factories import ANNEX, LATER, publish

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]
SHA256 = hash_of(ANNEX)
ADDRESSES = [f"/files/{SHA256}/{FILE_NAME}", f"/files/{SHA256}/{FILE_NAME}/text"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("headers", [{}, {"range": "bytes=0-3"}, {"if_none_match": f'"{SHA256}"'}])
def test_a_file_of_a_draft_is_unknown_to_the_portal(
    citizen: Visitor, people: People, address: str, headers: dict[str, str]
) -> None:
    factories.drafted(people)
    assert [citizen.get(address, method=each, **headers).status for each in ("GET", "HEAD")] == [
        404,
        404,
    ]


@pytest.mark.parametrize("address", ADDRESSES)
def test_bytes_that_lie_in_the_record_without_an_edition_are_unknown_too(
    citizen: Visitor, people: People, address: str
) -> None:
    """As after a crash between storing the file and appending the entry."""
    approved(people, disclosure=factories.drafted(people))
    blobs.store(SHA256, BytesIO(ANNEX.encode()))

    assert citizen.get(address).status == 404


def test_the_same_bytes_under_another_name_are_unknown(citizen: Visitor, people: People) -> None:
    factories.published(people)

    assert citizen.get(ADDRESSES[0]).status == 200
    assert citizen.get(f"/files/{SHA256}/another.txt").status == 404


def test_a_new_file_of_a_correction_is_private_until_the_gate_opens(
    citizen: Visitor, people: People
) -> None:
    disclosure, _entry = factories.published(people)
    factories.begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)
    stored = factories.give_file(disclosure, people["officer"], "ฉบับแก้ไข")
    submission = approved(
        people, disclosure=disclosure, action="corrected", change_note="เปลี่ยนไฟล์", at=LATER
    )
    address = f"/files/{stored.sha256}/{FILE_NAME}"

    assert citizen.get(address).status == 404
    publish(submission_ref=submission.ref, at=LATER)
    assert citizen.get(address).status == 200


def test_the_office_shows_a_file_to_those_who_may_see_its_work_only(
    people: People, sit: SignIn
) -> None:
    disclosure = factories.drafted(people)
    file_id = disclosure.latest.content["files"][0]["file_id"]
    asked = [f"/office/files/{file_id}/", ADDRESSES[0]]

    neighbour, officer = sit("neighbour"), sit("officer")
    answers = [
        [statuses(who, address) for address in asked] for who in (Client(), neighbour, officer)
    ]

    assert answers == [[302, 302], [403, 404], [200, 200]]
    act = Act.objects.get(verb="office.open_file")
    assert (act.outcome, act.person_id) == ("refused", people["neighbour"].person_id)


def statuses(client: Client, address: str) -> int:
    answer = client.get(address)
    answer.close()
    return answer.status_code


def test_an_approver_sees_it_once_it_comes_to_them(people: People, sit: SignIn) -> None:
    disclosure = factories.drafted(people)
    file_id = disclosure.latest.content["files"][0]["file_id"]
    mayor, director = sit("mayor"), sit("director")
    assert statuses(director, f"/office/files/{file_id}/") == 403

    submitted(people, disclosure=disclosure)

    assert statuses(director, f"/office/files/{file_id}/") == 200
    assert statuses(mayor, f"/office/files/{file_id}/") == 403


def test_the_office_s_shelf_is_not_the_record_s(files: Path, people: People) -> None:
    factories.drafted(people)

    assert [path.name for path in files.glob("??/*")] == [SHA256]
    assert blobs.size(SHA256) is None
