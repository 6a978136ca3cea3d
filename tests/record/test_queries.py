from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from prongsai.record import merkle, queries
from prongsai.record.models import (
    Binding,
    Checkpoint,
    Erasure,
    FileText,
    Item,
    Node,
    PublishedFile,
    Version,
)
from prongsai.record.pages import Decision
from prongsai.record.states import Action, ItemState, RecallReason
from prongsai.record.tiles import Tile, unbundle
from tests.record.factories import (
    BEGIN,
    act,
    content,
    corrected,
    correction,
    do,
    file,
    later,
    published,
    recalled,
    withdrawn,
)
from tests.record.proofs import is_included


class asked(CaptureQueriesContext):  # noqa: N801 -- reads as a word in `with asked() as questions`
    def __init__(self) -> None:
        super().__init__(connections["record"])


def section(top: str, slug: str) -> dict[str, str]:
    return {"top": top, "slug": slug, "title_th": slug, "title_en": slug}


def unit(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name_th": name, "name_en": code, "phone": "", "email": ""}


def test_the_head_of_an_empty_record_is_below_the_first_entry(data: Path) -> None:
    assert queries.head() == -1


def test_the_head_is_one_question_to_one_index(data: Path) -> None:
    published()
    published()

    with asked() as questions:
        assert queries.head() == 1
    assert len(questions) == 1
    assert plan("SELECT MAX(seq) FROM record_entry").startswith("SEARCH record_entry USING")


def test_a_page_has_everything_of_its_edition(data: Path) -> None:
    number = published(files=[file()]).number
    entry = do(Action.CORRECTED, number, correction(title="ใหม่"), at=later(days=1))

    page = queries.page(number)
    assert page is not None
    assert (page.title, page.version, page.is_latest_version) == ("ใหม่", 2, True)
    assert (page.place.seq, page.place.leaf_hash) == (entry.seq, entry.leaf_hash)
    assert page.place.edition_hash == entry.edition_id
    assert (page.place.first_published_at, page.place.updated_at) == (BEGIN, later(days=1))
    assert page.published_at == later(days=1)


def test_an_earlier_version_is_readable_as_it_was(data: Path) -> None:
    number = published(files=[file()]).number
    corrected(number, title="ใหม่")

    page = queries.page(number, 1)
    assert page is not None
    assert (page.title, page.version, page.is_latest_version) == (content()["title"], 1, False)
    assert len(page.files) == 1


@pytest.mark.parametrize("version", [0, -1, 3, 2**31, 10**30])
def test_a_version_that_never_was_is_no_page(data: Path, version: int) -> None:
    number = published().number
    corrected(number)

    assert queries.page(number, version) is None


@pytest.mark.parametrize("number", ["", "2569-00002", "x" * 500, "' OR 1=1 --", "\x00"])
def test_an_unknown_number_is_nothing(data: Path, number: str) -> None:
    published()

    assert queries.page(number) is None
    assert queries.item(number) is None
    assert queries.tombstone(number) is None
    assert queries.history(number) == []


@pytest.mark.parametrize("versions", [1, 3])
def test_a_page_asks_two_questions_however_long_its_history(data: Path, versions: int) -> None:
    number = published(files=[file()]).number
    for _ in range(versions - 1):
        corrected(number)

    with asked() as questions:
        queries.page(number)
    assert len(questions) == 2


def test_a_withdrawn_item_is_readable_with_its_notice(data: Path) -> None:
    number = published().number
    withdrawn(number, explanation="มีประกาศใหม่")

    page = queries.page(number)
    assert page is not None
    assert page.state == ItemState.WITHDRAWN
    assert page.notice is not None
    assert page.notice.note == "มีประกาศใหม่"


def test_a_consolidated_item_names_where_it_went_and_keeps_its_versions(data: Path) -> None:
    target, number = published().number, published(files=[file()]).number
    do(Action.CONSOLIDATED, number, act(redirect_number=target))

    page = queries.page(number, 1)
    assert page is not None
    assert (page.state, page.place.redirect_number) == (ItemState.CONSOLIDATED, target)
    assert queries.public_file(page.files[0].sha256, "main.pdf") is not None


def test_the_history_tells_every_act_newest_first(data: Path) -> None:
    number = published().number
    corrected(number, change={"significance": "minor", "note": "แก้คำผิด"})
    withdrawn(number, explanation="มีประกาศใหม่")
    do(Action.RESTORED, number, act(explanation=""))

    told = [(n.seq, n.action, n.version, n.significance, n.note) for n in queries.history(number)]
    assert told == [
        (3, "restored", 2, "", ""),
        (2, "withdrawn", 2, "", "มีประกาศใหม่"),
        (1, "corrected", 2, "minor", "แก้คำผิด"),
        (0, "published", 1, "major", ""),
    ]


def test_the_history_of_a_recalled_item_keeps_only_the_tombstones_words(data: Path) -> None:
    number = published().number
    withdrawn(number, explanation="ความลับ")
    recalled(number, explanation="มีข้อมูลส่วนบุคคล")

    assert [note.note for note in queries.history(number)] == ["มีข้อมูลส่วนบุคคล", "", ""]


def test_a_tombstone_names_the_reason_and_who_decided(data: Path) -> None:
    number = published().number
    assert queries.tombstone(number) is None
    entry = do(Action.RECALLED, number, act(explanation="คำอธิบาย"), at=later(days=3))

    stone = queries.tombstone(number)
    assert stone is not None
    assert (stone.number, stone.seq, stone.leaf_hash) == (number, 1, entry.leaf_hash)
    assert (stone.first_published_at, stone.recalled_at) == (BEGIN, later(days=3))
    assert (stone.explanation, stone.reason_label) == ("คำอธิบาย", RecallReason.PERSONAL_DATA.label)
    assert isinstance(stone.decided[0], Decision)


def test_a_reason_in_other_words_is_shown_as_it_was_written(data: Path) -> None:
    number = published().number
    recalled(number, recall_reason="ตามคำสั่งศาล")

    stone = queries.tombstone(number)
    assert stone is not None
    assert stone.reason_label == "ตามคำสั่งศาล"


def test_lists_show_only_what_is_in_use_newest_first(data: Path) -> None:
    shown = [published().number]
    for action in (Action.WITHDRAWN, Action.EXPIRED, Action.RECALLED):
        do(action, published().number, act())
    do(Action.CONSOLIDATED, published().number, act(redirect_number=shown[0]))
    shown.insert(0, published().number)

    assert [item.number for item in queries.latest(10)] == shown
    assert [item.number for item in queries.latest(1)] == shown[:1]
    assert [item.number for item in queries.section_listing("news").items] == shown
    assert [item.number for item in queries.section_listing("jobs").items] == shown
    assert [item.number for item in queries.latest(10, "jobs")] == shown
    assert queries.section_listing("laws").items == ()


def test_a_listing_is_filtered_by_what_is_given(data: Path) -> None:
    published(fiscal_year=2569, unit=unit("works", "กองช่าง"))
    number = published(fiscal_year=2570, unit=unit("works", "กองช่าง"), kind="law").number
    published(fiscal_year=2570, kind="law")

    listing = queries.section_listing("news", year=2570, units=("works",), kind="law")

    assert ([item.number for item in listing.items], listing.total) == ([number], 1)


@pytest.mark.parametrize(
    ("page", "shown", "count"), [(1, 1, 2), (2, 2, 2), (3, 3, 1), (0, 1, 2), (-7, 1, 2), (99, 3, 1)]
)
def test_a_page_beyond_the_ends_is_the_nearest_one(
    data: Path, page: int, shown: int, count: int
) -> None:
    for _ in range(5):
        published()

    listing = queries.section_listing(page=page, per_page=2)

    assert (listing.page, listing.pages, listing.total) == (shown, 3, 5)
    assert len(listing.items) == count


def test_an_empty_listing_has_one_empty_page(data: Path) -> None:
    assert queries.section_listing("laws") == queries.Listing((), 0, 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_a_listing_asks_two_questions(data: Path, count: int) -> None:
    for _ in range(count):
        published(files=[file()])

    with asked() as questions:
        queries.section_listing("news", year=2570)
    assert len(questions) == 2


def test_filters_offer_only_what_leads_somewhere(data: Path) -> None:
    published(fiscal_year=2569, unit=unit("works", "กองช่าง"), kind="law")
    published(fiscal_year=2570)
    published(fiscal_year=None)
    recalled(published(fiscal_year=2500, kind="form").number)

    found = queries.facets("news")

    assert found.years == (2570, 2569)
    assert found.units == (("works", "กองช่าง", "works"), ("clerk", "สำนักปลัด", "Clerk"))
    assert found.kinds == ("law", "news")


def test_a_slot_leads_to_the_file_of_the_current_version(data: Path) -> None:
    number = published(files=[file(b"old"), file(b"gone", slot="annex")]).number
    new = file(b"new")
    corrected(number, files=[new])

    found = queries.slot_file(number, "main")
    assert found is not None
    assert found.sha256 == new["sha256"]
    assert queries.slot_file(number, "annex") is None
    recalled(number)
    assert queries.slot_file(number, "main") is None


def test_a_file_is_found_by_hash_and_name_while_it_is_public(data: Path) -> None:
    main = file()
    pages = [{"number": 1, "text": "ก", "source": "text"}]
    number = published(files=[main], texts={main["sha256"]: pages}).number

    found = queries.public_file(main["sha256"], "main.pdf")
    assert found is not None
    assert (found.number, found.media_type) == (number, "application/pdf")
    assert queries.public_file(main["sha256"], "other.pdf") is None
    assert queries.file_text(main["sha256"]) == pages
    recalled(number)
    assert queries.public_file(main["sha256"], "main.pdf") is None
    assert queries.file_text(main["sha256"]) is None


def test_a_public_file_without_text_has_none(data: Path) -> None:
    main = file()
    published(files=[main])

    assert queries.file_text(main["sha256"]) is None


def test_those_who_follow_the_head_learn_what_changed(data: Path) -> None:
    first, second = published().number, published().number
    corrected(first)

    assert queries.changed_numbers(-1) == [first, second]
    assert queries.changed_numbers(1) == [first]
    assert queries.changed_numbers(2) == []


def test_an_edition_is_served_until_it_is_erased(data: Path) -> None:
    entry = published()
    assert queries.edition_text(entry.edition_id)
    assert not queries.is_erased(entry.edition_id)

    recalled(entry.number)

    assert queries.edition_text(entry.edition_id) is None
    assert queries.is_erased(entry.edition_id)
    assert not queries.is_erased("ab" * 32)


@pytest.mark.parametrize("size", [1, 2, 7])
def test_a_proof_convinces_whoever_has_nothing_else(data: Path, size: int) -> None:
    entries = [published() for _ in range(size)]

    for entry in entries:
        proof = queries.proof(entry.seq)
        assert proof is not None
        assert (proof.leaf_hash, proof.checkpoint) == (
            entry.leaf_hash,
            Checkpoint.objects.last().note,
        )
        assert is_included(
            leaf=merkle.leaf_hash(proof.leaf_data.encode()),
            index=proof.seq,
            size=proof.size,
            path=[bytes.fromhex(each) for each in proof.path],
            root=bytes.fromhex(proof.root_hash),
        )


@pytest.mark.parametrize("seq", [-1, 1, 10**15])
def test_an_entry_that_never_was_has_no_proof(data: Path, seq: int) -> None:
    assert queries.proof(0) is None
    published()

    assert queries.proof(seq) is None


def test_tiles_hold_the_hashes_and_bundles_the_leaves(data: Path) -> None:
    entries = [published() for _ in range(3)]

    hashes = queries.tile(Tile(0, 0, 3))
    assert hashes == bytes.fromhex("".join(each.leaf_hash for each in entries))
    bundle = queries.tile(Tile(None, 0, 2))
    assert bundle is not None
    assert unbundle(bundle) == [queries.entry_leaf(each) for each in entries[:2]]
    assert queries.tile(Tile(0, 0, 4)) is None
    assert queries.tile(Tile(1, 0, 1)) is None


def test_an_empty_log_has_no_tiles_and_no_head(data: Path) -> None:
    assert queries.tile(Tile(0, 0, 1)) is None
    assert queries.checkpoint() is None
    assert queries.nodes([]) == {}


def test_people_page_through_the_log_from_its_end(data: Path) -> None:
    number = published(title="ก").number
    for _ in range(3):
        corrected(number, title="ข")

    assert [each.seq for each in queries.entries(limit=2)] == [3, 2]
    assert [each.seq for each in queries.entries(before=2)] == [1, 0]


def test_every_public_file_is_named_once(data: Path) -> None:
    main = file()
    number = published(files=[main]).number
    corrected(number, files=[main])
    published(files=[main | {"name": "อื่น.pdf"}])

    assert PublishedFile.objects.count() == 3
    assert [each["name"] for each in queries.all_files()] == ["main.pdf", "อื่น.pdf"]


def plan(question: str, values: Any = ()) -> str:
    """How SQLite answers a question."""
    with connections["record"].cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {question}", values)
        return " / ".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("items", "index"),
    [
        (lambda: Item.objects.listed()[:20], "item_newest"),
        (lambda: Item.objects.listed().in_section("news")[:20], "item_top_newest"),
        (lambda: Item.objects.listed().in_section("jobs")[:20], "item_section_newest"),
    ],
)
def test_lists_are_read_from_an_index_in_their_order(data: Path, items: Any, index: str) -> None:
    found = items().explain()

    assert index in found
    assert "B-TREE" not in found


def test_visibility_of_a_file_is_read_from_an_index(data: Path) -> None:
    assert "INDEX" in PublishedFile.objects.filter(sha256="ab").explain()


@pytest.mark.parametrize("question", [queries.PAGE, queries.HISTORY])
def test_the_page_of_an_item_reads_no_table_from_end_to_end(data: Path, question: str) -> None:
    found = plan(question, ["x"] * question.count("%s"))

    assert "SCAN" not in found


def test_words_of_rows_are_for_people(data: Path) -> None:
    main = file()
    pages = [{"number": 1, "text": "ก", "source": "text"}]
    entry = published(files=[main], obligations=["oit-o1"], texts={main["sha256"]: pages})

    assert str(entry) == "#0 published 2569-00001 v1"
    assert str(entry.edition) == f"2569-00001 {entry.edition_id[:12]}"
    assert str(Item.objects.get()) == f"2569-00001 {content()['title']}"
    assert str(Version.objects.get()) == "2569-00001 v1"
    assert str(PublishedFile.objects.get()) == "main.pdf"
    assert str(FileText.objects.get()) == main["sha256"]
    assert str(Binding.objects.get()) == "2569-00001 oit-o1"
    assert str(Node.objects.get()) == "0/0"
    assert str(Checkpoint.objects.get()) == "1"
    assert str(Erasure(number="2569-00001")) == "2569-00001"
