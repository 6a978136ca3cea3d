from datetime import timedelta
from typing import Any

import pytest
from django.utils.translation import override

from prongsai.record.models import Binding, Item, PublishedFile
from prongsai.record.rules import (
    CLOCK_TOLERANCE,
    CONTENT_FIELDS,
    FILE_FIELDS,
    CannotAppend,
    Field,
    Reason,
    Standing,
    append_reasons,
    holds_nul,
    moment,
    value_at,
)
from prongsai.record.states import (
    CONTENT_ACTIONS,
    MAY_FOLLOW,
    STARTING_ACTIONS,
    STATE_AFTER,
    Action,
    ItemState,
    Refusal,
)
from tests.record.factories import BEGIN, act, content, correction

SHA = "ab" * 32
FILE = {
    "slot": "main",
    "label": "",
    "name": "ประกาศ.pdf",
    "media_type": "application/pdf",
    "size": 10,
    "pages": None,
    "sha256": SHA,
}


def standing(**changes: Any) -> Standing:
    facts: dict[str, Any] = {
        "state": None,
        "last_at": BEGIN,
        "redirect_state": None,
        "stored": {(SHA, 10)},
        "sections": {"news", "laws"},
        "head_reason": None,
    }
    return Standing(**facts | changes)


def reasons(
    action: str = "published",
    document: dict[str, Any] | None = None,
    *,
    number: str | None = None,
    at: Any = BEGIN,
    **facts: Any,
) -> list[Reason]:
    return append_reasons(
        action=action,
        number=number,
        document=content() if document is None else document,
        at=at,
        standing=standing(**facts),
    )


def about(number: str = "2569-00001", **facts: Any) -> dict[str, Any]:
    return {"number": number, "state": ItemState.CURRENT} | facts


@pytest.mark.parametrize("action", sorted(STARTING_ACTIONS - {Action.STATEMENT}))
def test_a_plain_new_item_is_taken(action: str) -> None:
    assert reasons(action) == []
    assert reasons(action, content(files=[FILE], obligations=["oit-o1"], fiscal_year=None)) == []
    assert reasons(action, last_at=None) == []


def test_an_unknown_action_is_the_only_thing_said() -> None:
    assert reasons("deleted", {}) == [Reason(Refusal.UNKNOWN_ACTION, "deleted")]


def test_nobody_chooses_a_number() -> None:
    assert reasons(number="2569-00009") == [Reason(Refusal.NUMBER_IS_ALLOTTED, "2569-00009")]


@pytest.mark.parametrize("number", [None, "2569-00009"])
def test_an_act_about_a_number_that_is_not_there_is_refused(number: str | None) -> None:
    found = reasons("corrected", correction(), number=number)

    assert found == [Reason(Refusal.NUMBER_UNKNOWN, number or "–")]


@pytest.mark.parametrize("state", ItemState)
@pytest.mark.parametrize("action", sorted(set(Action) - STARTING_ACTIONS))
def test_an_act_follows_only_where_the_table_allows_it(state: ItemState, action: Action) -> None:
    document = correction() if action in CONTENT_ACTIONS else act(redirect_number="2569-00002")
    found = reasons(action, document, **about(state=state), redirect_state=ItemState.CURRENT)

    allowed = action in MAY_FOLLOW[state]
    assert found == ([] if allowed else [Reason(Refusal.MAY_NOT_FOLLOW, str(state.label))])


def test_nothing_follows_a_recall() -> None:
    assert MAY_FOLLOW[ItemState.RECALLED] == frozenset()
    assert set(MAY_FOLLOW) == set(ItemState)
    assert set(STATE_AFTER) == set(Action)


@pytest.mark.parametrize(
    ("seconds", "is_refused"), [(1, False), (0, False), (-59, False), (-60, False), (-61, True)]
)
def test_a_clock_may_be_behind_by_a_minute_and_no_more(seconds: int, is_refused: bool) -> None:
    found = reasons(at=BEGIN + timedelta(seconds=seconds))

    expected = [Reason(Refusal.CLOCK_WENT_BACK, "2026-11-23T03:00:00+00:00")]
    assert found == (expected if is_refused else [])


def test_an_entry_is_never_before_the_last_one() -> None:
    early = BEGIN - CLOCK_TOLERANCE

    assert moment(early, BEGIN) == BEGIN
    assert moment(BEGIN, early) == BEGIN
    assert moment(early, None) == early


@pytest.mark.parametrize("action", ["withdrawn", "consolidated", "recalled"])
def test_an_act_that_takes_something_away_explains_itself(action: str) -> None:
    document = act(explanation=" ", redirect_number="2569-00002")
    found = reasons(action, document, **about(), redirect_state=ItemState.CURRENT)

    assert found == [Reason(Refusal.EXPLANATION_MISSING)]


def test_an_expiry_speaks_for_itself() -> None:
    assert reasons("expired", act(explanation=""), **about()) == []


def test_a_recall_names_its_ground() -> None:
    found = reasons("recalled", act(recall_reason=""), **about())

    assert found == [Reason(Refusal.RECALL_REASON_MISSING)]


def test_a_correction_says_what_it_corrects() -> None:
    document = correction(change={"significance": "minor", "note": "  "})

    assert reasons("corrected", document, **about()) == [Reason(Refusal.NOTE_MISSING)]


@pytest.mark.parametrize(
    ("target", "state"),
    [
        ("2569-00001", ItemState.CURRENT),
        ("2569-00002", None),
        ("2569-00002", ItemState.WITHDRAWN),
        ("2569-00002", ItemState.CONSOLIDATED),
        ("2569-00002", ItemState.RECALLED),
        ("", None),
    ],
)
def test_items_are_consolidated_only_with_another_one_in_use(
    target: str, state: ItemState | None
) -> None:
    found = reasons("consolidated", act(redirect_number=target), **about(), redirect_state=state)

    assert found == [Reason(Refusal.REDIRECT_UNUSABLE, target)]


@pytest.mark.parametrize("field", [each.path for each in CONTENT_FIELDS if each.is_required])
@pytest.mark.parametrize("empty", [None, ""])
def test_a_required_field_that_is_missing_is_named(field: str, empty: object) -> None:
    found = reasons(document=changed(content(), field, empty))

    assert found == [Reason(Refusal.FIELD_MISSING, field)]


@pytest.mark.parametrize("field", [each.path for each in CONTENT_FIELDS if not each.is_required])
def test_an_optional_field_may_be_empty_or_absent(field: str) -> None:
    assert reasons(document=changed(content(), field, "")) == []
    assert reasons(document=changed(content(), field, None)) == []


@pytest.mark.parametrize("field", CONTENT_FIELDS, ids=lambda field: field.path)
@pytest.mark.parametrize("kind", ["too long", "a number", "U+0000"])
def test_a_field_that_its_column_cannot_hold_is_named(field: Field, kind: str) -> None:
    value = {"too long": "x" * (field.length + 1), "a number": 7, "U+0000": "a\x00"}[kind]
    found = reasons(document=changed(content(), field.path, value), sections={value})

    assert Reason(Refusal.FIELD_MALFORMED, field.path) in found


def test_a_title_of_spaces_is_no_title() -> None:
    assert reasons(document=content(title="  ")) == [Reason(Refusal.FIELD_MALFORMED, "title")]


@pytest.mark.parametrize("section", [{}, None, [], "news"])
def test_a_section_in_another_form_is_missing(section: object) -> None:
    assert reasons(document=content(section=section)) == [
        Reason(Refusal.FIELD_MISSING, "section.top")
    ]


def test_a_top_section_is_one_of_the_table() -> None:
    found = reasons(document=changed(content(), "section.top", "gossip"))

    assert found == [Reason(Refusal.SECTION_UNKNOWN, "gossip")]


@pytest.mark.parametrize("year", [-1, "2570", 2570.0, True, 2**31])
def test_a_fiscal_year_is_a_number_or_nothing(year: object) -> None:
    assert reasons(document=content(fiscal_year=year)) == [
        Reason(Refusal.FIELD_MALFORMED, "fiscal_year")
    ]


def test_a_change_is_major_or_minor() -> None:
    document = content(change={"significance": "tiny", "note": ""})

    assert reasons(document=document) == [Reason(Refusal.FIELD_MALFORMED, "change.significance")]


@pytest.mark.parametrize("keys", [None, "oit-o1", [""], [7], ["x" * 81]])
def test_obligations_are_a_list_of_keys(keys: object) -> None:
    assert reasons(document=content(obligations=keys)) == [
        Reason(Refusal.FIELD_MALFORMED, "obligations")
    ]


@pytest.mark.parametrize("files", [None, {}, ["main.pdf"]])
def test_files_are_a_list_of_files(files: object) -> None:
    assert reasons(document=content(files=files)) == [Reason(Refusal.FIELD_MALFORMED, "files")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"slot": ""}, Reason(Refusal.FIELD_MISSING, "files: slot")),
        ({"slot": "ช่อง"}, Reason(Refusal.FIELD_MALFORMED, "main: slot")),
        ({"slot": "a/b"}, Reason(Refusal.FIELD_MALFORMED, "main: slot")),
        ({"name": "../evil.pdf"}, Reason(Refusal.FIELD_MALFORMED, "main: name")),
        ({"name": ".."}, Reason(Refusal.FIELD_MALFORMED, "main: name")),
        ({"name": "a\\b.pdf"}, Reason(Refusal.FIELD_MALFORMED, "main: name")),
        ({"name": "a\nb.pdf"}, Reason(Refusal.FIELD_MALFORMED, "main: name")),
        ({"media_type": "pdf"}, Reason(Refusal.FIELD_MALFORMED, "main: media_type")),
        ({"media_type": "text/html; x"}, Reason(Refusal.FIELD_MALFORMED, "main: media_type")),
        ({"size": -1}, Reason(Refusal.FIELD_MALFORMED, "main: size")),
        ({"size": None}, Reason(Refusal.FIELD_MALFORMED, "main: size")),
        ({"pages": "2"}, Reason(Refusal.FIELD_MALFORMED, "main: size")),
        ({"size": 11}, Reason(Refusal.FILE_NOT_STORED, "ประกาศ.pdf")),
        ({"sha256": "cd" * 32}, Reason(Refusal.FILE_NOT_STORED, "ประกาศ.pdf")),
        ({"sha256": SHA.upper()}, Reason(Refusal.FIELD_MALFORMED, "main: sha256")),
    ],
)
def test_a_file_that_could_not_be_served_is_refused(change: dict[str, Any], reason: Reason) -> None:
    found = reasons(document=content(files=[FILE | change]))

    assert str(reason.refusal) in {str(each.refusal) for each in found}
    assert reason.about.partition(": ")[2] in {each.about.partition(": ")[2] for each in found}


def test_a_slot_holds_one_file() -> None:
    assert reasons(document=content(files=[FILE, FILE])) == [Reason(Refusal.SLOT_TWICE, "main")]


def test_all_reasons_are_given_at_once() -> None:
    found = reasons(
        "corrected",
        content(title="", fiscal_year="2570"),
        number="2569-00009",
        at=BEGIN - timedelta(days=1),
        head_reason=Reason(Refusal.LOG_BROKEN),
    )

    assert [each.refusal for each in found] == [
        Refusal.NUMBER_UNKNOWN,
        Refusal.CLOCK_WENT_BACK,
        Refusal.FIELD_MISSING,
        Refusal.FIELD_MALFORMED,
        Refusal.NOTE_MISSING,
        Refusal.LOG_BROKEN,
    ]


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_is_a_sentence_about_something(refusal: Refusal) -> None:
    with override("th"):
        written = str(Reason(refusal, "สิ่งนี้"))

    assert "%" not in written
    assert len(written) > 20
    assert ("สิ่งนี้" in written) is ("%(about)s" in refusal.label)


def test_the_exception_says_all_its_reasons() -> None:
    refused = CannotAppend([Reason(Refusal.NOTE_MISSING), Reason(Refusal.SLOT_TWICE, "main")])

    assert str(refused) == " ".join(str(each) for each in refused.reasons)
    assert [each.refusal for each in refused.reasons] == [Refusal.NOTE_MISSING, Refusal.SLOT_TWICE]


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("title", Item._meta.get_field("title")),
        ("title_en", Item._meta.get_field("title_en")),
        ("kind", Item._meta.get_field("kind")),
        ("section.top", Item._meta.get_field("top_section")),
        ("section.slug", Item._meta.get_field("section")),
        ("unit.code", Item._meta.get_field("unit_code")),
        ("unit.name_th", Item._meta.get_field("unit_name_th")),
        ("unit.name_en", Item._meta.get_field("unit_name_en")),
    ],
)
def test_the_rules_know_how_long_the_columns_are(path: str, column: Any) -> None:
    lengths = {field.path: field.length for field in CONTENT_FIELDS}

    assert lengths[path] == column.max_length
    assert Binding._meta.get_field("obligation_key").max_length == 80


@pytest.mark.parametrize("field", FILE_FIELDS, ids=lambda field: field.path)
def test_the_rules_know_how_long_the_columns_of_files_are(field: Field) -> None:
    assert PublishedFile._meta.get_field(field.path).max_length == field.length


def test_a_dotted_path_ends_where_there_is_nothing_below() -> None:
    assert value_at({"a": {"b": 1}}, "a.b") == 1
    assert value_at({"a": 1}, "a.b") is None
    assert value_at(None, "a") is None


@pytest.mark.parametrize(
    ("document", "answer"),
    [
        ({"a": ["b", {"c": "d"}]}, False),
        ({"a": ["b", {"c": "d\x00"}]}, True),
        ({"a\x00": 1}, True),
        ({"a": ("b\x00",)}, True),
        (None, False),
    ],
)
def test_a_nul_is_found_wherever_it_hides(document: object, answer: bool) -> None:
    assert holds_nul(document) is answer


def changed(document: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """The document with one value replaced; the parts around it are copied."""
    name, _, rest = path.partition(".")
    return document | {name: changed(document[name], rest, value) if rest else value}
