"""Every address of a piece of work, tried by people who may not: refused with a sentence, and remembered."""

from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.office.desk import desk_for
from prongsai.office.queries import visible_disclosures
from prongsai.office.rights import VERBS, may, permitted
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.approval.factories import draft, submitted
from tests.factories import TODAY
from tests.office.conftest import SignIn
from tests.office.factories import attached, body

pytestmark = pytest.mark.django_db(databases=["default", "record"])
READ = ("work", "preview", "revisions", "screening", "compare")
CHANGE = ("write", "autosave", "forget", "attach", "discard", "bring_back", "submit", "take_back")
WORDS = {"compare": "?old=1&new=2"}


def place(name: str, disclosure: Disclosure) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref}) + WORDS.get(name, "")


@pytest.mark.parametrize("name", READ)
def test_a_neighbour_reads_nothing_of_another_units_draft(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    disclosure = draft(people["officer"])
    answer = sit("neighbour").get(place(name, disclosure))
    assert answer.status_code == 403
    assert "เรื่องนี้เป็นของหน่วยงานอื่น" in answer.content.decode()
    assert disclosure.title not in answer.content.decode()
    refused = Act.objects.filter(verb="office.see", subject=disclosure.subject).get()
    assert (refused.outcome, refused.person_id) == ("refused", people["neighbour"].person_id)


@pytest.mark.parametrize("who", ["neighbour", "auditor", "head", "administrator"])
@pytest.mark.parametrize("name", CHANGE)
def test_only_writers_of_the_unit_change_a_draft(
    people: dict[str, Actor], sit: SignIn, name: str, who: str
) -> None:
    disclosure = draft(people["officer"])
    before = Disclosure.objects.values().get(pk=disclosure.pk)
    assert sit(who).post(place(name, disclosure), {"title": "ยึด"}).status_code == 403
    assert Disclosure.objects.values().get(pk=disclosure.pk) == before
    assert Act.objects.filter(outcome="refused", subject=disclosure.subject).count() == 1


@pytest.mark.parametrize(
    "name", ["autosave", "forget", "attach", "discard", "take_back", "correct"]
)
def test_a_visit_changes_nothing(people: dict[str, Actor], sit: SignIn, name: str) -> None:
    disclosure = draft(people["officer"])
    assert sit("officer").get(place(name, disclosure)).status_code == 405


@pytest.mark.parametrize(
    "who", ["officer", "screener", "neighbour", "auditor", "mayor", "webmaster"]
)
def test_only_the_post_whose_turn_it_is_decides(
    people: dict[str, Actor], sit: SignIn, who: str
) -> None:
    submission = submitted(people)
    words = {"verdict": "endorse", "post": "head", "content_hash": submission.content_hash}
    answer = sit(who).post(reverse("decide", kwargs={"ref": submission.ref}), words)
    assert answer.status_code == 403
    assert not submission.decisions.exists()


def test_a_guessed_number_is_not_found(sit: SignIn) -> None:
    client = sit("officer")
    for name in ("work", "write", "decide"):
        assert client.get(reverse(name, kwargs={"ref": uuid4()})).status_code == 404
    assert client.get(reverse("file", kwargs={"file_id": uuid4()})).status_code == 404


def test_a_private_file_opens_only_for_those_who_may_see_the_work(
    people: dict[str, Actor], sit: SignIn
) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    place = reverse("file", kwargs={"file_id": stored.pk})
    assert body(sit("officer").get(place)) == b"one line\n"
    assert sit("neighbour").get(place).status_code == 403
    assert Act.objects.filter(verb="office.open_file", outcome="refused").count() == 1


def test_a_private_file_goes_out_with_nothing_that_could_run(
    people: dict[str, Actor], sit: SignIn
) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    answer = sit("officer").get(reverse("file", kwargs={"file_id": stored.pk}))
    headers = answer.headers
    assert body(answer) == b"one line\n"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; img-src 'self'; object-src 'self'; frame-ancestors 'none'"
    )


def test_the_hash_of_a_file_is_no_key_to_it(people: dict[str, Actor], sit: SignIn) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    place = reverse("file_by_hash", kwargs={"sha256": stored.sha256, "name": stored.name})
    assert body(sit("officer").get(place)) == b"one line\n"
    assert sit("neighbour").get(place).status_code == 404


def test_a_file_that_lies_in_no_work_opens_for_nobody(
    people: dict[str, Actor], sit: SignIn
) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    Attachment.objects.all().delete()
    assert StoredFile.objects.filter(pk=stored.pk).exists()
    assert sit("officer").get(reverse("file", kwargs={"file_id": stored.pk})).status_code == 403


@pytest.mark.parametrize("stage", [Stage.WRITING, Stage.SCREENING, Stage.DISCARDED])
@pytest.mark.parametrize(
    "who", ["officer", "neighbour", "head", "screener", "webmaster", "auditor"]
)
def test_the_list_shows_exactly_what_the_rule_allows(
    people: dict[str, Actor], who: str, stage: str
) -> None:
    disclosure = draft(people["officer"])
    Disclosure.objects.filter(pk=disclosure.pk).update(stage=stage)
    disclosure.refresh_from_db()
    desk = desk_for(Person.objects.get(pk=people[who].person_id), chosen_code="", on=TODAY)
    assert (disclosure in visible_disclosures(desk)) == may(desk, "see", disclosure)


def test_a_submission_shows_the_work_to_every_post_of_its_chain(people: dict[str, Actor]) -> None:
    submission = submitted(people)
    for who in ("head", "director", "mayor"):
        desk = desk_for(Person.objects.get(pk=people[who].person_id), chosen_code="", on=TODAY)
        expected = who in {"head", "director"}
        assert (submission.disclosure in visible_disclosures(desk)) is expected
        assert may(desk, "see", submission.disclosure) is expected


def test_a_screen_offers_every_verb_of_the_table(people: dict[str, Actor]) -> None:
    desk = desk_for(Person.objects.get(pk=people["officer"].person_id), chosen_code="", on=TODAY)
    offered = permitted(desk, draft(people["officer"]))
    assert set(offered) == set(VERBS)
    assert {verb for verb, is_open in offered.items() if is_open} == {
        *("see", "edit", "attach", "discard", "submit", "make_papers"),
    }


@pytest.mark.parametrize("name", ["acts", "sections", "start"])
def test_rooms_of_other_roles_stay_shut(sit: SignIn, name: str) -> None:
    answer = sit("head").get(reverse(name))
    assert answer.status_code == 403
    assert Act.objects.filter(outcome="refused").count() == 1


def test_an_expired_acting_appointment_opens_nothing(people: dict[str, Actor], sit: SignIn) -> None:
    submission = submitted(people)
    client = sit("head")
    head = Person.objects.get(pk=people["head"].person_id)
    head.appointments.update(to_date=TODAY.replace(month=10))
    words = {"verdict": "endorse", "post": "head", "content_hash": submission.content_hash}
    answer = client.post(reverse("decide", kwargs={"ref": submission.ref}), words)
    assert answer.status_code == 403
    assert not Submission.objects.get(pk=submission.pk).decisions.exists()


def test_a_super_user_without_a_post_reaches_nothing(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure = draft(people["officer"])
    Person.objects.filter(pk=people["neighbour"].person_id).update(is_superuser=True, is_staff=True)
    client = sit("neighbour")
    assert client.get(place("work", disclosure)).status_code == 403
    assert client.post(place("write", disclosure), {"title": "ยึด"}).status_code == 403


def test_every_address_lies_below_the_office_or_is_a_guarded_file() -> None:
    roots = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert roots == {"office/", "files/<slug:sha256>/<str:name>"}


@pytest.mark.parametrize("junk", ["", "x", "-1", "9" * 40, "๑"])
def test_junk_where_a_number_belongs_breaks_nothing(
    people: dict[str, Actor], sit: SignIn, junk: str
) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    words = {"title": "ชื่อ", "section": "news", "unit": "plan", "base_sequence": junk}
    assert client.post(place("write", disclosure), words).status_code == 409
    assert client.post(place("autosave", disclosure), words).status_code == 200
    old_and_new = f"{place('compare', disclosure).partition('?')[0]}?old={junk}&new={junk}"
    assert client.get(old_and_new).status_code == 404


def test_the_trail_keeps_a_refusal_in_thai_whatever_the_reader_speaks(
    people: dict[str, Actor], sit: SignIn
) -> None:
    client = sit("neighbour")
    client.post(reverse("set_language"), {"language": "en"})
    client.get(place("work", draft(people["officer"])))
    assert Act.objects.get(verb="office.see").reason.startswith("เรื่องนี้เป็นของหน่วยงานอื่น")
