import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from prongsai.record import queries
from prongsai.record.actions import append
from prongsai.record.actions.appending import _next_number
from prongsai.record.keys import log_signer
from prongsai.record.merkle import leaf_hash
from prongsai.record.models import (
    Binding,
    Checkpoint,
    Edition,
    Entry,
    FileText,
    Item,
    Node,
    PublishedFile,
    Version,
)
from prongsai.record.notes import Signer, open_checkpoint
from prongsai.record.rules import MAXIMUM_EDITION, CannotAppend
from prongsai.record.states import Action, ItemState, Refusal
from prongsai.record.verifier import verify_folder
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
    stated,
    withdrawn,
)


def document(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Edition.objects.get(pk=entry.edition_id).canonical or "")
    return found


def refusals(refused: pytest.ExceptionInfo[CannotAppend]) -> list[Refusal]:
    return [each.refusal for each in refused.value.reasons]


def test_the_first_entry_begins_the_log(data: Path) -> None:
    entry = published()

    assert (entry.seq, entry.number, entry.version) == (0, "2569-00001", 1)
    assert queries.head() == 0
    assert Entry.objects.get() == entry
    assert verify_folder(data).ok


def test_an_entry_is_a_leaf_under_a_signed_head(data: Path) -> None:
    entry = published()
    head = open_checkpoint(Checkpoint.objects.get().note, log_signer().verifier)

    assert entry.leaf_hash == leaf_hash(queries.entry_leaf(entry)).hex()
    assert (head.size, head.root.hex()) == (1, entry.leaf_hash)
    assert head.origin == settings.MUNICIPALITY["log_origin"]


def test_the_record_adds_what_only_it_knows(data: Path) -> None:
    written = document(published())

    assert written["schema"] == "prongsai-edition-1"
    assert (written["action"], written["number"], written["version"]) == (
        "published",
        "2569-00001",
        1,
    )
    assert written["published_at"] == written["first_published_at"] == "2026-11-23T03:00:00.000000Z"
    assert written["title"] == content()["title"]


def test_nobody_from_outside_sets_what_the_record_knows(data: Path) -> None:
    forged = content(number="2500-00001", version=9, published_at="x", schema="other", action="x")

    written = document(do(Action.PUBLISHED, None, forged))

    assert (written["number"], written["version"], written["action"]) == (
        "2569-00001",
        1,
        "published",
    )
    assert (written["schema"], written["published_at"][:10]) == ("prongsai-edition-1", "2026-11-23")


def test_a_correction_is_a_new_version_and_remembers_the_first_day(data: Path) -> None:
    first = published()
    second = do(Action.CORRECTED, first.number, correction(title="แก้แล้ว"), at=later(days=2))

    assert (second.number, second.version) == (first.number, 2)
    assert document(second)["first_published_at"] == "2026-11-23T03:00:00.000000Z"
    assert Item.objects.get().title == "แก้แล้ว"


def test_an_act_about_an_item_is_no_version_of_it(data: Path) -> None:
    first = published()
    gone = withdrawn(first.number)

    written = document(gone)
    assert (gone.version, written["schema"]) == (1, "prongsai-act-1")
    assert "first_published_at" not in written
    assert Version.objects.count() == 1


def test_numbers_run_without_a_gap_over_other_acts(data: Path) -> None:
    first = published()
    corrected(first.number)
    withdrawn(first.number)
    with pytest.raises(CannotAppend):
        published(title="")

    assert published().number == "2569-00002"


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), "2569-00002"),
        # In Bangkok the year has turned, in UTC it has not.
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "2570-00001"),
    ],
)
def test_numbers_begin_anew_with_the_thai_year(data: Path, moment: datetime, number: str) -> None:
    published()

    assert do(Action.PUBLISHED, None, content(), at=moment).number == number


def test_numbers_go_on_beyond_five_digits(data: Path) -> None:
    entry = Entry(action="published", number="2569-99999")

    assert _next_number(BEGIN, entry) == "2569-100000"


@pytest.mark.parametrize("action", [Action.NOTICE, Action.STATEMENT])
def test_notices_and_statements_are_items_of_their_own(data: Path, action: Action) -> None:
    entry = do(action, None, content() if action == Action.NOTICE else stated())

    assert entry.number == "2569-00001"
    assert Item.objects.get().state == ItemState.CURRENT
    assert verify_folder(data).ok


def test_the_same_key_again_answers_the_same_entry(data: Path) -> None:
    first = do(Action.PUBLISHED, None, content(), key="submission:1")
    again = do(Action.PUBLISHED, None, content(title="อื่น"), key="submission:1", at=later(days=1))

    assert again == first
    assert queries.entry_with_key("submission:1") == first
    assert queries.entry_with_key("submission:2") is None
    assert (Entry.objects.count(), Item.objects.get().title) == (1, content()["title"])


@pytest.mark.parametrize(
    ("action", "number"), [("withdrawn", "2569-00001"), ("corrected", "2569-00002")]
)
def test_a_key_is_not_for_another_act(data: Path, action: str, number: str) -> None:
    published()
    published()
    do(Action.CORRECTED, "2569-00001", correction(), key="submission:1")

    with pytest.raises(CannotAppend) as refused:
        do(action, number, correction(), key="submission:1")
    assert refusals(refused) == [Refusal.KEY_REUSED]


def test_a_correction_of_an_unknown_number_is_refused(data: Path) -> None:
    with pytest.raises(CannotAppend) as refused:
        corrected("2569-00001")

    assert refusals(refused) == [Refusal.NUMBER_UNKNOWN]
    assert queries.head() == -1


@pytest.mark.parametrize("action", sorted(set(Action) - {"published", "notice", "statement"}))
def test_nothing_is_appended_after_a_recall(data: Path, action: str) -> None:
    number = published().number
    recalled(number)
    words = correction() if action == "corrected" else act(redirect_number=published().number)

    with pytest.raises(CannotAppend) as refused:
        do(action, number, words)
    assert refusals(refused) == [Refusal.MAY_NOT_FOLLOW]


def test_a_clock_that_goes_back_is_refused_with_the_time(data: Path) -> None:
    published()

    with pytest.raises(CannotAppend) as refused:
        do(Action.PUBLISHED, None, content(), at=BEGIN - timedelta(hours=1))
    assert refusals(refused) == [Refusal.CLOCK_WENT_BACK]
    assert "2026-11-23T03:00:00+00:00" in str(refused.value)


def test_a_worker_that_waited_for_the_lock_is_moved_behind_the_other(data: Path) -> None:
    published()
    entry = do(Action.PUBLISHED, None, content(), at=BEGIN - timedelta(seconds=20))

    assert entry.at == BEGIN
    assert verify_folder(data).ok


def test_a_moment_without_its_zone_is_an_error(data: Path) -> None:
    with pytest.raises((ValueError, TypeError)):
        do(Action.PUBLISHED, None, content(), at=BEGIN.replace(tzinfo=None))


def test_a_file_that_is_not_stored_is_refused(data: Path) -> None:
    unknown = file() | {"sha256": "ab" * 32}

    with pytest.raises(CannotAppend) as refused:
        published(files=[unknown])
    assert refusals(refused) == [Refusal.FILE_NOT_STORED]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"source": float("nan")}, Refusal.NOT_CANONICAL),
        ({"source": "\ud800"}, Refusal.NOT_CANONICAL),
        ({"source": "a\x00b"}, Refusal.NOT_CANONICAL),
        ({"body": "x" * MAXIMUM_EDITION}, Refusal.TOO_LARGE),
        ({"files": [{"sha256": "../../secrets"}]}, Refusal.FIELD_MISSING),
        ({"files": "all"}, Refusal.FIELD_MALFORMED),
    ],
)
def test_a_document_that_cannot_be_kept_is_refused(
    data: Path, changes: dict[str, Any], refusal: Refusal
) -> None:
    with pytest.raises(CannotAppend) as refused:
        published(**changes)

    assert refusal in refusals(refused)
    assert (queries.head(), Edition.objects.count()) == (-1, 0)


def test_another_key_does_not_go_on_signing_the_log(data: Path) -> None:
    published()

    with pytest.raises(CannotAppend) as refused:
        do(Action.PUBLISHED, None, content(), signer=Signer.generate("tangjai.example/log"))
    assert refusals(refused) == [Refusal.KEY_IS_ANOTHER]


def test_an_append_shows_what_can_be_seen_now(data: Path) -> None:
    main = file(b"main")
    entry = published(
        files=[main, file(b"annex", slot="annex")],
        obligations=["oit-o1", "oit-o1", "oia-7"],
        texts={main["sha256"]: [{"number": 1, "text": "ข้อ\x00ความ", "source": "text"}]},
    )

    item = Item.objects.get()
    assert (item.seq, item.edition_hash, item.file_count) == (0, entry.edition_id, 2)
    assert (item.top_section, item.section, item.unit_code) == ("news", "jobs", "clerk")
    assert list(PublishedFile.objects.values_list("slot", "position")) == [
        ("main", 0),
        ("annex", 1),
    ]
    assert set(Binding.objects.values_list("obligation_key", flat=True)) == {"oit-o1", "oia-7"}
    assert Binding.objects.count() == 2
    assert FileText.objects.get().pages == [{"number": 1, "text": "ข้อความ", "source": "text"}]


def test_a_text_of_a_file_that_is_not_published_is_not_kept(data: Path) -> None:
    private = file(b"private")

    published(texts={private["sha256"]: [{"number": 1, "text": "ลับ", "source": "text"}]})

    assert not FileText.objects.exists()


def test_only_changes_of_substance_bring_an_item_to_the_top(data: Path) -> None:
    number = published().number
    minor = {"significance": "minor", "note": "แก้คำผิด"}
    do(Action.CORRECTED, number, correction(change=minor), at=later(days=1))

    item = Item.objects.get()
    assert (item.major_updated_at, item.updated_at) == (BEGIN, later(days=1))
    assert list(Version.objects.values_list("significance", "note")) == [
        ("major", ""),
        ("minor", "แก้คำผิด"),
    ]
    do(Action.CORRECTED, number, correction(), at=later(days=2))
    assert Item.objects.get().major_updated_at == later(days=2)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.WITHDRAWN, ItemState.WITHDRAWN),
        (Action.EXPIRED, ItemState.EXPIRED),
        (Action.CONSOLIDATED, ItemState.CONSOLIDATED),
    ],
)
def test_out_of_use_files_stay_and_obligations_are_no_longer_answered(
    data: Path, action: Action, state: ItemState
) -> None:
    other = published().number
    number = published(files=[file()], obligations=["oit-o1"]).number
    redirect = other if action == Action.CONSOLIDATED else ""
    do(action, number, act(redirect_number=redirect))

    item = Item.objects.get(number=number)
    assert (item.state, item.redirect_number, item.title) == (state, redirect, content()["title"])
    assert PublishedFile.objects.filter(number=number).count() == 1
    assert not Binding.objects.exists()

    do(Action.RESTORED, number, act())
    assert Binding.objects.get().number == number
    assert Item.objects.get(number=number).redirect_number == ""


def test_consolidated_items_never_run_in_a_circle(data: Path) -> None:
    first, second = published().number, published().number
    do(Action.CONSOLIDATED, first, act(redirect_number=second))

    with pytest.raises(CannotAppend) as refused:
        do(Action.CONSOLIDATED, second, act(redirect_number=first))
    assert refusals(refused) == [Refusal.REDIRECT_UNUSABLE]


def test_a_log_that_lost_a_node_takes_no_more(data: Path, tamper: Any) -> None:
    published()
    published()
    tamper("DELETE FROM record_node WHERE level = 1")

    with pytest.raises(CannotAppend) as refused:
        published()
    assert refusals(refused) == [Refusal.LOG_BROKEN]


def test_a_log_that_lost_its_end_takes_no_more(data: Path, tamper: Any) -> None:
    published()
    published()
    tamper("DELETE FROM record_entry WHERE seq = 1")

    with pytest.raises(CannotAppend) as refused:
        published()
    assert refusals(refused) == [Refusal.LOG_BROKEN]


def test_a_log_without_any_head_takes_no_more(data: Path, tamper: Any) -> None:
    published()
    tamper("DELETE FROM record_checkpoint")

    with pytest.raises(CannotAppend) as refused:
        published()
    assert refusals(refused) == [Refusal.LOG_BROKEN]


def test_an_append_without_a_signer_takes_the_key_of_the_settings(data: Path) -> None:
    append(action="published", number=None, document=content(), key="k", at=BEGIN)

    assert Checkpoint.objects.get().note.startswith("tangjai.example/log\n1\n")
    assert Node.objects.get().level == 0
