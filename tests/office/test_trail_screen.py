"""The trail as its readers meet it: by person, act, work and day; with titles; and taken out only on the record."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Post
from tests.approval.factories import draft, submitted
from tests.factories import NOW, unit
from tests.office.conftest import SignIn
from tests.office.factories import attached, body

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def verbs(client: Client, **query: str) -> list[str]:
    """Of the exported table, which the same filters cut down."""
    address = reverse("export_acts", query=query)
    text = body(client.post(address)).decode("utf-8-sig")
    return [row[6] for row in csv.reader(io.StringIO(text))][1:]


def test_a_work_is_named_by_its_title_to_who_may_see_it(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"], title="ถนนสายใหม่")
    submitted(people, disclosure=disclosure)
    link = f'href="{reverse("work", kwargs={"ref": disclosure.ref})}">ถนนสายใหม่</a>'
    assert link in sit("auditor").get(reverse("acts")).content.decode()
    page = sit("administrator").get(reverse("acts")).content.decode()
    assert (f"disclosure:{disclosure.ref}" in page, "ถนนสายใหม่" in page) == (True, False)


def test_a_work_that_has_no_title_yet_is_named_by_its_kind(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = draft(people["officer"], title="")
    link = f'href="{reverse("work", kwargs={"ref": disclosure.ref})}">({disclosure.get_kind_display()})</a>'
    assert link in sit("auditor").get(reverse("acts")).content.decode()


def test_acts_are_found_by_the_title_of_their_work(people: dict[str, Actor], sit: SignIn) -> None:
    draft(people["officer"], title="ถนนสายใหม่")
    draft(people["officer"], title="ตลาดนัด")
    found = verbs(sit("auditor"), about="สายใหม่")
    assert sorted(found) == ["save_disclosure", "start_disclosure"]
    assert verbs(sit("administrator"), about="สายใหม่") == []


def test_acts_are_found_by_day_person_and_verb(sit: SignIn) -> None:
    record_act(by=Actor.system("คนหนึ่ง"), at=NOW, verb="decide")
    record_act(by=Actor.system("อีกคน"), at=NOW.replace(day=24), verb="stop")
    client = sit("auditor")
    assert verbs(client, since="23/11/2569", until="23/11/2569", q="คน") == ["decide"]
    assert verbs(client, since="24/11/2569", until="24/11/2569") == ["stop"]
    assert verbs(client, q="อีกคน") == ["stop"]
    assert verbs(client, act="พิจารณา") == ["decide"]


def test_an_export_is_itself_an_act(sit: SignIn) -> None:
    client = sit("auditor")
    record_act(by=Actor.system("เครื่อง"), at=NOW, verb="decide")
    address = reverse("export_acts", query={"act": "พิจารณา"})
    assert client.get(address).status_code == 405
    client.post(address)
    act = Act.objects.get(verb="office.export_acts", outcome="done")
    assert act.details["rows"] == 1
    assert sit("head").post(address).status_code == 403


def test_a_cell_of_the_table_computes_nothing(sit: SignIn) -> None:
    record_act(by=Actor.system("=1+1"), at=NOW, verb="decide", reason="@SUM(A1)")
    text = body(sit("auditor").post(reverse("export_acts"))).decode("utf-8-sig")
    row = next(row for row in csv.reader(io.StringIO(text)) if row[6] == "decide")
    assert (row[2], row[9]) == ("'=1+1", "'@SUM(A1)")


@pytest.mark.parametrize(("who", "times"), [("officer", 0), ("webmaster", 1)])
def test_opening_a_file_of_another_unit_s_draft_is_remembered_once_a_day(
    people: dict[str, Actor], sit: SignIn, who: str, times: int
) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    client = sit(who)
    if who == "webmaster":
        Post.objects.filter(code=people[who].post_code).update(unit=unit("elsewhere"))
    for _again in range(3):
        body(client.get(reverse("file", kwargs={"file_id": stored.pk})))
    opened = Act.objects.filter(verb="office.open_file", outcome="done")
    assert opened.count() == times
