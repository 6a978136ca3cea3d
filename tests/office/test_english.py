"""English pages say names in English where the municipality has given any, and are Thai nowhere by our own fault."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from prongsai.approval.actions import ask_for_time
from prongsai.approval.models import ChainVersion
from prongsai.approval.states import SUBMITTABLE
from prongsai.disclosures.kinds import kinds, missing_fields
from prongsai.obligations.queries import obligations
from prongsai.office.verbs import ASKED
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post, Unit
from prongsai.publication.actions import GATE
from tests.approval.factories import approved, draft, submitted
from tests.factories import NOW
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
THAI = re.compile(r"[\u0e01-\u0e4e]")


def in_english(client: Client, name: str, **parts: object) -> str:
    client.cookies["prongsai_office_language"] = "en"
    return client.get(reverse(name, kwargs=parts)).content.decode()


def test_a_unit_and_a_post_are_named_in_english_where_they_have_a_name(
    people: People, sit: SignIn
) -> None:
    Unit.objects.filter(code="plan").update(name_en="Planning Section")
    Post.objects.filter(code="head").update(title_en="Head of Planning")
    work = draft(people["officer"])
    assert "Planning Section" in in_english(sit("officer"), "work", ref=work.ref)
    chart = in_english(sit("officer"), "organisation")
    assert "Head of Planning" in chart
    # Whoever has none keeps the Thai.
    assert Post.objects.get(code="director").title_th in chart


def test_thai_pages_keep_thai_names(people: People, sit: SignIn) -> None:
    Unit.objects.filter(code="plan").update(name_en="Planning Section")
    work = draft(people["officer"])
    shown = sit("officer").get(reverse("work", kwargs={"ref": work.ref})).content.decode()
    assert Unit.objects.get(code="plan").name_th in shown
    assert "Planning Section" not in shown


def test_a_decision_is_kept_under_the_thai_name_of_its_post(people: People, sit: SignIn) -> None:
    Post.objects.filter(code="officer").update(title_en="Planner")
    with override("en"):
        assert people["officer"].post_title == Post.objects.get(code="officer").title_th
        assert str(Post.objects.get(code="officer")) == "Planner"


def test_a_chain_is_given_an_english_name_and_shown_by_it(people: People, sit: SignIn) -> None:
    administrator = sit("administrator")
    version = ChainVersion.objects.order_by("code", "-number")[0]
    form = administrator.get(reverse("change_chain", kwargs={"code": version.code})).context
    wanted = {name: value for name, value in _posted(form).items() if value is not None}
    wanted |= {"name_en": "Ordinary matters", "reason": "เพิ่มชื่อภาษาอังกฤษ", "do": "propose"}
    administrator.post(reverse("change_chain", kwargs={"code": version.code}), wanted)

    newest = ChainVersion.objects.filter(code=version.code).order_by("-number")[0]
    assert (newest.name_th, newest.name_en) == (version.name_th, "Ordinary matters")
    assert "Ordinary matters" in in_english(administrator, "chain", code=version.code)


def _posted(context: dict[str, object]) -> dict[str, object]:
    """What a browser sends of the forms of this page."""
    form, steps = context["form"], context["steps"]
    sent = {each.html_name: each.value() for each in form}  # type: ignore[attr-defined]  # a form
    for each in (steps.management_form, *steps):  # type: ignore[attr-defined]  # a formset
        sent |= {field.html_name: field.value() for field in each}
    return {name: "" if value is None else value for name, value in sent.items()}


@pytest.mark.parametrize("kind", [each.code for each in kinds()])
def test_what_a_draft_lacks_is_said_in_english(kind: str) -> None:
    bound = [each.key for each in obligations()]
    empty = {"kind": kind, "obligations": bound, "body": '<p><img src="/x.png" alt=""></p>'}
    with override("en"):
        english = missing_fields(empty)
    assert len(english) == len(missing_fields(empty)) > 3
    assert not [sentence for sentence in english if THAI.search(sentence)]


def test_every_help_of_a_field_has_an_english_one() -> None:
    details = [detail for kind in kinds() for detail in kind.details]
    assert not [each.key for each in details if bool(each.help_th) != bool(each.help_en)]
    assert not [each.key for each in details if bool(each.pattern_th) != bool(each.pattern_en)]


def test_every_obligation_is_named_in_english_without_a_thai_word() -> None:
    with override("en"):
        assert not [each.key for each in obligations() if THAI.search(each.named)]


def test_machines_in_the_trail_have_english_names(people: People, sit: SignIn) -> None:
    record_act(by=GATE, at=NOW, verb="publish", subject=draft(people["officer"]).subject)
    assert "The gate" in in_english(sit("auditor"), "acts")


@pytest.mark.parametrize("name", ["submit", "work"])
def test_what_is_asked_for_is_not_said_to_have_happened(
    people: People, sit: SignIn, name: str
) -> None:
    disclosure = submitted(people).disclosure if name == "work" else draft(people["officer"])
    _menu, words = in_english(sit("officer"), name, ref=disclosure.ref).split("<main", 1)
    assert "Publication" in words
    assert "Published<" not in words.split("</main>")[0]


def test_everything_that_may_be_asked_for_has_a_name() -> None:
    assert set(ASKED) == SUBMITTABLE


def test_a_time_that_is_asked_for_is_written_as_english_pages_write_it(
    people: People, sit: SignIn
) -> None:
    planned = approved(people, publish_after=datetime(2099, 1, 5, 2, tzinfo=UTC))
    officer, wanted = people["officer"], datetime(2099, 1, 9, 2, tzinfo=UTC)
    ask_for_time(submission=planned, to=wanted, reason="ฝนตก", by=officer, at=datetime.now(UTC))
    words = in_english(sit("director"), "inbox")
    assert "From 5 Jan 2099 09:00 to 9 Jan 2099 09:00" in words
