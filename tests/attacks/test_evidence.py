"""A picture that is kept as it came, with its position: for who may read the work, on the record, and nobody else."""

import hashlib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import finish_reading
from prongsai.files.models import PageReading, StoredFile
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.publication.actions import publish
from prongsai.record import blobs
from prongsai.record.mirror import write_mirror
from tests.approval.factories import approved, draft, submitted
from tests.factories import NOW
from tests.files import samples
from tests.office.conftest import SignIn
from tests.office.factories import body
from tests.portal.visitor import Visitor
from tests.publication.factories import LATER

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]
CAME = samples.photograph()
SHA256 = hashlib.sha256(CAME).hexdigest()
NAME = "หลุมบนถนน.jpg"
TELLING = (b"SecretCamera", b"SecretComment", SHA256.encode())


@pytest.fixture
def work(people: People, sit: SignIn) -> Disclosure:
    """A draft with a photograph that its officer wants kept as it came, and which has been read."""
    disclosure = draft(people["officer"])
    sit("officer").post(
        reverse("attach", kwargs={"ref": disclosure.ref}),
        {"files": samples.upload(NAME, CAME), "slot": "main", "keeps_original": "yes"},
    )
    for page in PageReading.objects.all():
        finish_reading(page=page, text="หลุม", confidence=0.9, words=(), at=NOW)
    return disclosure


def photograph() -> StoredFile:
    return StoredFile.objects.get()


def asked(client: Client, *, by_post: bool = True) -> int:
    address = reverse("evidence", kwargs={"file_id": photograph().pk})
    answer = client.post(address) if by_post else client.get(address)
    answer.close()
    return answer.status_code


def test_who_may_read_the_draft_gets_what_came_and_stands_in_the_trail(
    work: Disclosure, people: People, sit: SignIn
) -> None:
    address = reverse("evidence", kwargs={"file_id": photograph().pk})

    answer = sit("officer").post(address)

    assert body(answer) == CAME
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    act = Act.objects.get(verb="hand_out_original")
    assert (act.person_id, act.outcome) == (people["officer"].person_id, "done")
    assert act.details == {"name": NAME, "sha256": SHA256}


def test_the_writing_screen_offers_it_where_something_was_kept_only(
    work: Disclosure, people: People, sit: SignIn
) -> None:
    ordinary = draft(people["officer"])
    officer = sit("officer")
    officer.post(
        reverse("attach", kwargs={"ref": ordinary.ref}), {"files": samples.upload(NAME, CAME)}
    )

    screens = [
        officer.get(reverse("write", kwargs={"ref": each.ref})).content.decode()
        for each in (work, ordinary)
    ]

    assert [screen.count("บันทึกภาพต้นฉบับลงเครื่อง") for screen in screens] == [1, 0]


def test_nobody_else_gets_it_and_nobody_by_a_link(
    work: Disclosure, people: People, sit: SignIn
) -> None:
    officer, neighbour, director = sit("officer"), sit("neighbour"), sit("director")

    assert [asked(Client()), asked(neighbour), asked(director)] == [302, 403, 403]
    assert asked(officer, by_post=False) == 405
    assert not Act.objects.filter(verb="hand_out_original").exists()
    submitted(people, disclosure=work)
    assert asked(director) == 200


def test_a_file_without_an_original_has_none_to_hand_out(
    work: Disclosure, people: People, sit: SignIn
) -> None:
    StoredFile.objects.update(keeps_original=False, original_sha256="")

    assert asked(sit("officer")) == 404


def test_a_decider_is_offered_it_beside_the_file(
    work: Disclosure, people: People, sit: SignIn
) -> None:
    submission = submitted(people, disclosure=work)

    page = sit("director").get(reverse("decide", kwargs={"ref": submission.ref}))

    assert page.content.decode().count("บันทึกภาพต้นฉบับลงเครื่อง") == 1


def test_no_road_of_the_portal_leads_to_it(
    work: Disclosure, people: People, citizen: Visitor, tmp_path: Path
) -> None:
    publish(submission_ref=approved(people, disclosure=work).ref, at=LATER)
    shown = photograph()
    known = [
        *("/", f"/files/{shown.sha256}/{NAME}", f"/files/{shown.sha256}/{NAME}/text"),
        *("/api/v1/disclosures", "/api/v1/entries", "/sitemap.xml", "/feeds/latest.json"),
    ]
    guessed = [
        *(f"/files/{SHA256}/{name}" for name in (NAME, f"original-{NAME}", f"{NAME}/text")),
        *(f"/files/{shown.sha256}/{name}" for name in (f"original-{NAME}", f"{NAME}/original")),
        *(f"/office/files/{shown.pk}/original/", f"/files/{shown.pk}/original/"),
        *(f"/files/{SHA256[:2]}/{SHA256}", f"/files/{shown.sha256}/../{SHA256}"),
    ]

    assert [citizen.get(address).status for address in known] == [200] * len(known)
    assert {citizen.get(address).status for address in guessed} <= {404, 400}
    assert {citizen.get(address, method="POST").status for address in guessed} <= {404, 405, 403}
    assert blobs.size(SHA256) is None
    write_mirror(tmp_path / "mirror")
    everything = [path.read_bytes() for path in (tmp_path / "mirror").rglob("*") if path.is_file()]
    everything += [citizen.get(address).body for address in known]
    assert not [told for told in TELLING if any(told in one for one in everything)]
