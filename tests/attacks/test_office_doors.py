"""Every address of the office, tried by everybody who has no business there."""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from prongsai.approval.models import Submission
from prongsai.disclosures.actions import Withholding, withhold
from prongsai.intake.actions import keep_manifest
from prongsai.office.middleware import ENTRANCE
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from prongsai.publication.models import Incident, Paper, RecallSet
from prongsai.publication.papers.making import keep
from prongsai.publication.recalls.sets import propose_set
from prongsai.record.models import Entry
from tests import factories as base
from tests.approval.factories import draft, submitted
from tests.databases import standing
from tests.intake import factories as intake
from tests.notices import factories as notices
from tests.office import factories as office
from tests.office.conftest import SignIn, signed_in
from tests.publication import bundles
from tests.publication import factories as gate
from tests.publication.conftest import storages

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
OURS = (
    "organisation",
    "files",
    "disclosures",
    "intake",
    "screening",
    "approval",
    "publication",
    "record",
    "notices",
    "monitoring",
)
# What changes by being looked at: the trail of acts itself.
SEEN = {"Act"}
PAYLOAD = {
    "verdict": "endorse", "reason": "ลองเข้ามา", "title": "ถูกแก้โดยผู้อื่น", "summary": "ถูกแก้",
    "kind": "news", "unit": "plan", "section": "news", "body": "<p>ถูกแก้</p>", "base_sequence": "2",
    "action": "published", "explanation": "ลอง", "change_note": "ลอง", "post": "head", "label": "ลอง",
    "title_th": "ลอง", "slug": "news", "form": "{}", "finding": "1", "urgency": "urgent",
    "decision": "1", "word": "confirm", "scope": "group", "extent": "words", "part": "ลอง", "ground": "oia-15-5",
}  # fmt: skip


class Target:
    """News of section `plan` with a file, under way to its head; and the addresses that lead to it."""

    def __init__(self, people: People) -> None:
        disclosure = draft(people["officer"])
        self.stored = office.attached(disclosure, people["officer"])
        wanted = Withholding("words", "ที่อยู่ของผู้ร้อง", "oia-15-5", "รุกล้ำสิทธิ")
        part = withhold(disclosure=disclosure, wanted=wanted, by=people["officer"], at=base.NOW)
        self.submission: Submission = submitted(people, disclosure=disclosure)
        self.arrival = intake.proposed(people["officer"], data="ข้อความที่เข้ามา")
        table = intake.upload("manifest.csv", "ไฟล์\n")
        keep_manifest(batch=self.arrival.batch, upload=table, by=people["officer"], at=base.NOW)
        self.paper = kept_paper(self.submission)
        self.sending = bundles.sent(people)
        self.recall_set, incident = _recalled_set(people)
        self.parts = {
            "<slug:number>": self.recall_set.members.all()[0].number,
            "recalls/<uuid:ref>": f"recalls/{self.recall_set.ref}",
            "incidents/<uuid:ref>": f"incidents/{incident.ref}",
            "bundles/<uuid:ref>": f"bundles/{self.sending.bundle.ref}",
            "disclosures/<uuid:ref>": f"disclosures/{disclosure.ref}",
            "submissions/<uuid:ref>": f"submissions/{self.submission.ref}",
            "<uuid:file_id>": str(self.stored.pk),
            "<slug:sha256>": self.stored.sha256,
            "<str:name>": self.stored.name,
            "<slug:slot>": "main",
            "<slug:action>": "recalled",
            "<slug:slug>": "news",
            "<uuid:part>": str(part.ref),
            "<int:number>": "1",
            "<slug:form>": "csv",
            "<slug:guide>": "officer",
            "<str:username>": Person.objects.get(pk=people["mayor"].person_id).username,
            "<str:token>": "nobody-was-given-this",
            "<slug:code>": "ordinary",
            "<str:key>": "memo.subject.published",
            "<str:duty_key>": "oia-7-1",
            "<str:instrument>": "ita-oit-2569",
            "<slug:month>": "2569-11",
            "<int:pk>": "1",
            "intake/<uuid:ref>": f"intake/{self.arrival.batch.ref}",
            "papers/<slug:kind>/<int:year>": "papers/framework/2569",
            "report/<int:year>": "report/2569",
            "<slug:kind>": "memorandum",
            "papers/<uuid:ref>": f"papers/{self.paper.ref}",
            "arrivals/<uuid:ref>": f"arrivals/{self.arrival.ref}",
            "notices/<uuid:ref>": f"notices/{notices.live(people).ref}",
        }
        self.payload = PAYLOAD | {"content_hash": self.submission.content_hash}

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Name and address of every view in the table of addresses."""
        for name, route in routes(get_resolver("prongsai.config.urls.office")):
            filled = reduce(lambda text, part: text.replace(*part), self.parts.items(), route)
            assert "<" not in filled, f"{route}: say in Target.parts what stands here"
            yield name, f"/{filled}"

    def private(self) -> Iterator[str]:
        """Those that are about this disclosure and this arrival."""
        ours = (
            "/disclosures/",
            "/submissions/",
            "/bundles/",
            "/intake/",
            "/arrivals/",
            str(self.paper.ref),
            "/recalls/",
            "/incidents/",
            self.stored.sha256,
            str(self.stored.pk),
        )
        for _name, address in self.addresses():
            if re.search(r"[0-9a-f]{8}", address) and any(part in address for part in ours):
                yield address


def kept_paper(submission: Submission) -> Paper:
    """As if the memorandum were complete."""
    row = Paper(
        key="memorandum:kept",
        kind="memorandum",
        disclosure=submission.disclosure,
        submission=submission,
    )
    return keep(row=row, pdf=b"%PDF-", by=Actor.system("test"), at=base.NOW)


def _recalled_set(people: People) -> tuple[RecallSet, Incident]:
    """A public item of the unit, asked to be recalled for personal data as a set."""
    number = gate.published(people)[0].number
    made = propose_set(
        numbers=[number], seen=[number], filters={}, reason="personal_data", explanation="เผยแพร่ผิด",
        urgency="urgent", by=people["officer"], at=gate.LATER,
    )  # fmt: skip
    return made, Incident.objects.get(recall_set=made)


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield each.name or "", route
        else:
            yield from routes(each, route)


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the office and the record hold, but for sessions and the trail."""
    models = [model for label in OURS for model in apps.get_app_config(label).get_models()]
    return {
        model.__name__: list(model.objects.order_by("pk").values_list())
        for model in models
        if model.__name__ not in SEEN and model is not Person
    }


def statuses(client: Client, address: str, payload: dict[str, str]) -> set[int]:
    return {look(client, address), client.post(address, payload).status_code}


def look(client: Client, address: str) -> int:
    answer = client.get(address)
    answer.close()
    return answer.status_code


@pytest.fixture(scope="module")
def made(
    town: People, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[tuple[Target, Path]]:
    """Made once, with its files: each test takes a copy of them."""
    folder = tmp_path_factory.mktemp("made")
    with ExitStack() as standing_rows:
        with override_settings(**on_shelves(folder)):
            rows_of_both = standing(lambda: Target(town), django_db_blocker, ("default", "record"))
            target = standing_rows.enter_context(rows_of_both)
        yield target, folder


@pytest.fixture
def target(made: tuple[Target, Path], tmp_path: Path, settings: Any, db: None) -> Target:
    target, folder = made
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    for name, place in on_shelves(tmp_path).items():
        setattr(settings, name, place)
    return target


def on_shelves(folder: Path) -> dict[str, Any]:
    """Settings by which all that the office keeps beside its tables lies in this folder."""
    return storages(folder) | {"NOTICE_FILE": folder / "notices" / "live.json"}


def test_a_stranger_is_sent_to_the_sign_in_from_everywhere(target: Target) -> None:
    before = rows()

    for name, address in target.addresses():
        if name in ENTRANCE:
            continue
        answers = [Client().get(address), Client().post(address, target.payload)]
        assert {answer.status_code for answer in answers} <= {302, 405}, address
        assert all("/login/" in answer.get("Location", "/login/") for answer in answers), address

    assert rows() == before


def test_an_officer_of_another_unit_meets_a_closed_door_that_remembers(
    target: Target, sit: SignIn, people: People
) -> None:
    neighbour, before = sit("neighbour"), rows()
    refused = 0

    for address in target.private():
        codes = statuses(neighbour, address, target.payload)
        assert codes <= {403, 404, 405}, address
        refused += 403 in codes

    assert rows() == before
    acts = Act.objects.filter(outcome="refused", person_id=people["neighbour"].person_id)
    assert refused > 15
    assert acts.count() >= refused


def test_lists_do_not_name_the_work_of_other_units(target: Target, sit: SignIn) -> None:
    neighbour, title = sit("neighbour"), target.submission.disclosure.title
    pages = ["/office/", "/office/disclosures/", "/office/published/"]

    assert [page for page in pages if title in neighbour.get(page).content.decode()] == []


def test_a_super_user_without_a_post_gets_nowhere(target: Target) -> None:
    root = base.person("root", is_superuser=True, is_staff=True)
    client, before = signed_in(root), rows()

    for name, address in target.addresses():
        if name in ENTRANCE or name.startswith("mfa_"):
            continue
        assert statuses(client, address, target.payload) <= {403, 405}, address

    assert rows() == before


def test_a_super_user_with_a_post_can_do_what_the_post_can_and_no_more(
    target: Target, sit: SignIn, people: People
) -> None:
    Person.objects.filter(pk=people["neighbour"].person_id).update(is_superuser=True, is_staff=True)
    client, before = sit("neighbour"), rows()

    for address in target.private():
        assert statuses(client, address, target.payload) <= {403, 404, 405}, address

    assert rows() == before


@pytest.mark.parametrize("who", ["officer", "head", "mayor", "webmaster", "administrator"])
def test_nobody_appends_to_the_record_by_an_address_of_the_office(
    target: Target, sit: SignIn, who: str
) -> None:
    """By sending something there; that looking changes nothing is shown below, of the record too."""
    client = sit(who)
    before = Entry.objects.count()

    for name, address in target.addresses():
        if name != "account_logout":
            client.post(address, target.payload)

    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "who", ["officer", "head", "screener", "mayor", "webmaster", "administrator", "auditor"]
)
def test_looking_changes_nothing(target: Target, sit: SignIn, who: str) -> None:
    client = sit(who)
    before = rows()

    for _name, address in target.addresses():
        look(client, address)

    assert rows() == before


def test_there_is_no_admin_site(sit: SignIn) -> None:
    assert [
        sit("administrator").get(path).status_code for path in ("/admin/", "/office/admin/")
    ] == [
        404,
        404,
    ]
