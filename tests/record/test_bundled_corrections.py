"""A correction that was approved with others stands on the edition that it was written upon, in every log."""

from typing import Any

import pytest

from prongsai.record import bundles, queries
from prongsai.record.actions import CannotAppend, append_all, rebuild
from prongsai.record.bundles import Base
from prongsai.record.models import Bundling, Entry
from prongsai.record.states import Refusal
from prongsai.record.together import bundle_page, bundles_of
from prongsai.record.verifier import verify_record
from tests.record.factories import act, content, corrected, correction, later, published, recalled
from tests.record.together import BUNDLE, bundled_acts, documents, stated
from tests.record.written import Written

pytestmark = pytest.mark.django_db(databases=["record"])
OTHER = "99999999-2222-4333-8444-555555555555"


def refused(*members: str | Base) -> set[Refusal]:
    with pytest.raises(CannotAppend) as caught:
        append_all(bundled_acts(*members), at=later(hours=1))
    return {each.refusal for each in caught.value.reasons}


def rows() -> list[tuple[str, int, str, int]]:
    found = Bundling.objects.order_by("bundle", "place")
    return list(found.values_list("number", "version", "bundle", "place"))


def test_a_correction_and_a_first_edition_come_in_as_one() -> None:
    base = published()
    first, second = append_all(bundled_acts("งบประมาณ", Base(base.number, 1)), at=later(hours=1))
    assert (first.number, first.version) == ("2569-00002", 1)
    assert (second.number, second.version) == (base.number, 2)
    assert rows() == [("2569-00002", 1, BUNDLE, 0), (base.number, 2, BUNDLE, 1)]
    assert verify_record().first_problem is None


def test_a_page_belongs_to_the_newest_bundle_up_to_its_version() -> None:
    base = append_all(bundled_acts("แผน", "งบประมาณ"), at=later())[0]
    corrected(base.number)
    append_all(bundled_acts("ภาคผนวก", Base(base.number, 2), bundle=OTHER), at=later(hours=1))
    shown = [queries.page(base.number, version) for version in (1, 2, 3)]
    assert [each.place.bundle for each in shown if each] == [BUNDLE, BUNDLE, OTHER]
    assert bundles_of([base.number]) == {base.number: OTHER}


def test_rebuilding_and_recalling_keep_every_bundle_of_a_number() -> None:
    base = append_all(bundled_acts("แผน", "งบประมาณ"), at=later())[0]
    append_all(bundled_acts("ภาคผนวก", Base(base.number, 1), bundle=OTHER), at=later())
    before = rows()
    said = list(Bundling.objects.filter(number=base.number).values("bundle", "version", "place"))
    recalled(base.number, bundles=said)
    rebuild()
    assert rows() == before
    for bundle in (BUNDLE, OTHER):
        found = bundle_page(bundle)
        assert found is not None
        assert [each.number for each in found.recalled] == [base.number]
    assert verify_record().first_problem is None


@pytest.mark.parametrize("version", [0, 2])
def test_a_correction_written_on_another_edition_keeps_all_out(version: int) -> None:
    base = published()
    assert refused("งบประมาณ", Base(base.number, version)) == {Refusal.BASE_CHANGED}
    assert Entry.objects.count() == 1


def test_what_was_recalled_meanwhile_is_corrected_in_no_bundle() -> None:
    base = published()
    recalled(base.number)
    assert refused("งบประมาณ", Base(base.number, 1)) == {Refusal.MAY_NOT_FOLLOW}


def test_an_act_of_another_kind_than_its_bundle_says_is_refused() -> None:
    base = published()
    first, second = bundled_acts("งบประมาณ", Base(base.number, 1))
    for wrong in (
        [type(first)("corrected", base.number, first.document, first.key), second],
        [first, type(first)("published", None, second.document, second.key)],
    ):
        with pytest.raises(CannotAppend):
            append_all(wrong, at=later(hours=1))
    assert Entry.objects.count() == 1


def test_no_item_is_corrected_by_two_members() -> None:
    base = published()
    assert Refusal.FIELD_MALFORMED in refused(Base(base.number, 1), Base(base.number, 1))


@pytest.mark.parametrize("version", ["1", None, True])
def test_a_base_without_a_version_is_in_no_possible_form(version: Any) -> None:
    paper = stated([correction()], [Base("2569-00001", version)])[0]
    with pytest.raises(ValueError, match="possible form"):
        bundles.bundled(paper)


# Verifying, with nothing but the log.


def log_with(member: dict[str, Any], other: dict[str, Any]) -> Written:
    log = Written()
    log.add("published", content())
    log.add("published", other, hours=1)
    log.add("corrected", member, hours=1, number="2569-00001", version=2)
    return log


def members(base: Base) -> list[dict[str, Any]]:
    return documents(["งบประมาณ", base])


def test_a_log_in_which_a_bundle_corrects_the_edition_before_is_right() -> None:
    other, member = members(Base("2569-00001", 1))
    assert log_with(member, other).problem() == ""


@pytest.mark.parametrize("base", [Base("2569-00001", 2), Base("2569-00002", 1)])
def test_a_log_in_which_a_bundle_corrects_another_edition_is_wrong(base: Base) -> None:
    other, member = members(base)
    assert "was not made together" in log_with(member, other).problem()


def test_a_note_that_nobody_approved_is_found_from_the_log() -> None:
    other, member = members(Base("2569-00001", 1))
    member["change"] = {"significance": "minor", "note": "แก้คำผิด"}
    assert "its bundle was approved with another content" in log_with(member, other).problem()


@pytest.mark.parametrize("lost", ["published", "corrected"])
def test_a_member_that_was_recalled_leaves_its_place(lost: str) -> None:
    other, member = members(Base("2569-00001", 1))
    log = Written()
    log.add("published", content(), lost=lost == "corrected")
    log.add("published", other, hours=1, lost=lost == "published")
    log.add("corrected", member, hours=1, number="2569-00001", version=2, lost=lost == "corrected")
    number, version = ("2569-00002", 1) if lost == "published" else ("2569-00001", 2)
    log.add("recalled", act(), hours=2, number=number, version=version)
    assert log.problem() == ""


def test_a_lost_entry_of_another_number_does_not_stand_for_a_member() -> None:
    paper, last = documents([Base("2569-00001", 1), "งบประมาณ"])
    log = Written()
    log.add("published", content())
    log.add("published", paper, hours=1, lost=True)
    log.add("published", last, hours=1)
    assert "was not published as a whole" in log.problem()
