"""What an edition says of each kind: all that the record's readers ask for, and nothing of the office."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from prongsai.disclosures.actions import load_sections
from prongsai.disclosures.content import Official, Signatory
from prongsai.disclosures.states import WRITTEN_KINDS
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.publication.actions import publish
from prongsai.record.models import Entry
from prongsai.record.queries import page
from tests.approval.factories import approved
from tests.factories import NOW
from tests.publication import factories
from tests.publication.factories import LATER, People
from tests.publication.statements import told, wish

pytestmark = pytest.mark.django_db(databases=["default", "record"])
KEYS = {
    *("schema", "salt", "action", "number", "version", "published_at", "first_published_at"),
    *("language", "kind", "title", "title_en", "summary", "body", "section", "unit", "official"),
    *("fiscal_year", "period", "source", "as_of_date", "details", "files", "obligations"),
    *("review_date", "expires_date", "minimum_posting_days", "change", "decided"),
}
PARTS = {
    "section": {"top", "slug", "title_th", "title_en"},
    "unit": {"code", "name_th", "name_en", "phone", "email"},
    "official": {"number", "typed_date", "signed_date", "in_force_date", "signatories"},
    "change": {"significance", "note"},
}
ROWS = {
    "files": {"slot", "label", "name", "media_type", "size", "pages", "sha256", "purpose"},
    "decided": {"post", "acting", "at"},
}
DETAIL = {"key", "label_th", "label_en", "type", "value"}
SIGNATORY = "นายสมชาย ใจดี"
WRITTEN = [kind for kind, _label in WRITTEN_KINDS]
ENGLISH = [{}, {"title_en": "A notice of the municipality"}]


def document(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(entry.edition.canonical or "")
    return found


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield key
            yield from keys_in(below)
    elif isinstance(value, list):
        for below in value:
            yield from keys_in(below)


def published(people: People, kind: str, **changes: Any) -> tuple[Any, Entry]:
    load_sections(by=Actor.system("test"), at=NOW)
    signatories = (Signatory(SIGNATORY, "นายกเทศมนตรี", ""),)
    official = Official(
        number="ตง 52008/306", signed_date=date(2026, 4, 26), signatories=signatories
    )
    disclosure = factories.drafted(people, kind=kind, official=official, **changes)
    submission = approved(people, disclosure=disclosure)
    return submission, publish(submission_ref=submission.ref, at=LATER)


@pytest.mark.parametrize("english", ENGLISH, ids=["thai", "english"])
@pytest.mark.parametrize("kind", WRITTEN)
def test_an_edition_has_every_key_and_no_other(
    people: People, kind: str, english: dict[str, str]
) -> None:
    _submission, entry = published(people, kind, **english)

    found = document(entry)

    assert set(found) == KEYS
    assert {name: set(found[name]) for name in PARTS} == PARTS
    assert {name: set(found[name][0]) for name in ROWS} == ROWS
    assert all(set(row) - {"value_en"} == DETAIL for row in found["details"])
    assert (found["kind"], found["title_en"]) == (kind, english.get("title_en", ""))
    assert (found["number"], found["version"]) == (entry.number, entry.version)


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_edition_says_nothing_of_the_office(people: People, kind: str) -> None:
    submission, entry = published(people, kind)
    text = entry.edition.canonical or ""
    disclosure = submission.disclosure

    of_the_office = {
        *(str(each.ref) for each in (submission, disclosure)),
        *(each["file_id"] for each in submission.revision.content["files"]),
        *(name for each in Person.objects.all() for name in (each.full_name, each.username)),
        *(submission.content_hash, submission.revision.content_hash),
    }
    assert {each for each in of_the_office if each in text} == set()
    assert {key for key in keys_in(document(entry)) if key.endswith(("_id", "_by"))} == set()
    assert {"id", "pk", "ref", "person", "author", "revision"}.isdisjoint(keys_in(document(entry)))
    assert SIGNATORY in text


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_reader_of_the_page_finds_what_the_document_says(people: People, kind: str) -> None:
    _submission, entry = published(people, kind, title_en="A notice")

    found, shown = document(entry), page(entry.number)

    assert shown is not None
    assert (shown.kind, shown.title, shown.title_en) == (kind, found["title"], "A notice")
    assert [each.key for each in shown.details] == [each["key"] for each in found["details"]]
    assert [each.sha256 for each in shown.files] == [each["sha256"] for each in found["files"]]
    assert [each.post for each in shown.decided] == [each["post"] for each in found["decided"]]
    assert [each.name for each in shown.official.signatories] == [SIGNATORY]


def test_a_statement_says_beside_that_what_it_states(people: People) -> None:
    load_sections(by=Actor.system("test"), at=NOW)

    found = document(told(people, wish()))

    assert set(found) == KEYS | {"statement"}
    assert found["statement"] == {
        "says": "none_this_period",
        "about_number": "",
        "about_version": None,
    }
