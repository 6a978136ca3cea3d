"""The register of withheld parts travels with the content: every revision says what is withheld at that moment."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prongsai.disclosures.actions import (
    Withholding,
    begin_correction,
    discard,
    move_stage,
    record_publication,
    show_again,
    withhold,
)
from prongsai.disclosures.actions.withholding import SENTENCES
from prongsai.disclosures.content import Content, content_hash
from prongsai.disclosures.edition import content_document
from prongsai.disclosures.grounds import appeal_of, grounds
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Act
from tests.disclosures.factories import content, disclosure, save_changes
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db
WANTED = Withholding(
    "table", "เลขประจำตัวของผู้รับเงิน", "oia-15-5", "รุกล้ำสิทธิส่วนบุคคล", date(2027, 11, 23)
)


def parts(row: Disclosure) -> list[dict[str, Any]]:
    row.refresh_from_db()
    assert row.latest is not None
    found: list[dict[str, Any]] = row.latest.content.get("withheld", [])
    return found


def test_an_entry_becomes_part_of_the_content_with_post_and_day_and_no_name() -> None:
    by = actor()
    row = disclosure(by=by)
    withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    [said] = parts(row)
    assert (said["part"], said["ground"], said["post"]) == (WANTED.part, "oia-15-5", by.post_title)
    assert (said["decided_date"], said["review_date"]) == ("2026-11-23", "2027-11-23")
    assert by.name not in str(said)
    assert Act.objects.filter(verb="withhold_part").count() == 1


def test_what_withholds_nothing_keeps_the_hash_that_it_had() -> None:
    plain = content().to_json()
    assert "withheld" not in plain
    assert "withheld" not in content_document(content())
    assert content_hash(Content.from_json(plain).to_json()) == content_hash(plain)


def test_the_edition_says_ground_and_appeal_in_both_languages() -> None:
    by = actor()
    row = disclosure(by=by)
    withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    row.refresh_from_db()
    assert row.latest is not None
    [said] = content_document(Content.from_json(row.latest.content))["withheld"]
    assert said["ground"]["law_th"].endswith("มาตรา 15 (5)")
    assert "15 วัน" in said["appeal_th"]
    assert "15 days" in said["appeal_en"]


def test_a_save_of_the_form_keeps_the_register_and_cannot_write_it() -> None:
    by = actor()
    row = disclosure(by=by)
    withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    row.refresh_from_db()
    save_changes(row, by=by, title="ชื่อใหม่", withheld=())
    assert [part["ground"] for part in parts(row)] == ["oia-15-5"]


def test_the_same_entry_again_is_one_entry() -> None:
    by = actor()
    row = disclosure(by=by)
    first = withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    assert withhold(disclosure=row, wanted=WANTED, by=by, at=NOW) == first
    assert len(parts(row)) == 1


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"part": " "}, "no_part"),
        ({"part": "ก" * 301}, "long_part"),
        ({"ground": "nothing"}, "unknown_ground"),
        ({"extent": "all"}, "unknown_extent"),
        ({"reason": ""}, "no_reason"),
        ({"reason": "ก" * 1001}, "long_reason"),
        ({"review_date": date(2026, 11, 23)}, "review_is_past"),
    ],
)
def test_an_entry_that_says_too_little_is_refused(changes: dict[str, Any], key: str) -> None:
    by = actor()
    with pytest.raises(CannotSave) as refusal:
        withhold(disclosure=disclosure(by=by), wanted=replace(WANTED, **changes), by=by, at=NOW)
    assert list(refusal.value.blockers) == [SENTENCES[key]]
    assert not WithheldPart.objects.exists()


def test_nothing_is_entered_or_closed_once_the_content_is_locked() -> None:
    by = actor()
    row = disclosure(by=by)
    part = withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    move_stage(disclosure=row, to=Stage.DECIDING, by=by, at=NOW)
    with pytest.raises(CannotSave):
        withhold(disclosure=row, wanted=replace(WANTED, part="อื่น"), by=by, at=NOW)
    with pytest.raises(CannotSave):
        show_again(disclosure=row, ref=part.ref, by=by, at=NOW, reason="เปิดแล้ว")
    assert len(parts(row)) == 1


def test_a_closed_entry_leaves_the_content_and_stays_in_the_table() -> None:
    by = actor()
    row = disclosure(by=by)
    part = withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    for _click in range(2):
        show_again(disclosure=row, ref=part.ref, by=by, at=NOW, reason="สอบสวนจบแล้ว")
    assert parts(row) == []
    assert WithheldPart.objects.get().removed_by_id == by.person_id
    assert Act.objects.filter(verb="show_part_again", reason="สอบสวนจบแล้ว").count() == 1


def test_closing_needs_a_reason() -> None:
    by = actor()
    row = disclosure(by=by)
    part = withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    with pytest.raises(CannotSave) as refusal:
        show_again(disclosure=row, ref=part.ref, by=by, at=NOW, reason=" ")
    assert list(refusal.value.blockers) == [SENTENCES["no_reason_to_close"]]


def test_giving_up_a_correction_brings_the_published_register_back() -> None:
    by = actor()
    row = disclosure(by=by)
    part = withhold(disclosure=row, wanted=WANTED, by=by, at=NOW)
    row.refresh_from_db()
    assert row.latest is not None
    move_stage(disclosure=row, to=Stage.DECIDING, by=by, at=NOW)
    record_publication(disclosure=row, revision=row.latest, number="2569-00001", by=by, at=NOW)
    begin_correction(disclosure=row, by=by, at=NOW)
    show_again(disclosure=row, ref=part.ref, by=by, at=NOW, reason="เปิดแล้ว")
    withhold(disclosure=row, wanted=replace(WANTED, part="อื่น"), by=by, at=NOW)
    discard(disclosure=row, by=by, at=NOW)
    assert [each["part"] for each in parts(row)] == [WANTED.part]


OPTIONAL = frozenset({"appeal", "is_personal"})


@pytest.mark.parametrize("use", ["withhold", "publish", "personal"])
def test_every_ground_has_words_in_both_languages_and_a_source(use: Any) -> None:
    for each in grounds(use):
        assert all(vars(each)[name] for name in vars(each) if name not in OPTIONAL), each.key
        assert len(f"{each.sentence_th} · ") < 200
        assert (appeal_of(each) is not None) == (use == "withhold")
