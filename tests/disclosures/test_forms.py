"""A content fills the form and comes back from it unchanged; what is typed becomes a content."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content, ContentFile, Official, Signatory
from prongsai.disclosures.forms import WritingForm, retyped, typed
from prongsai.disclosures.kinds import kinds
from prongsai.disclosures.tidy import tidy
from prongsai.obligations.queries import obligations
from prongsai.organisation.actors import Actor
from tests.disclosures.factories import content, section
from tests.factories import NOW, actor, unit

pytestmark = pytest.mark.django_db
CODES = [kind.code for kind in kinds()]
IMAGE = ContentFile("main", "แผนที่", "map.png", "image/png", 10, None, "a" * 64, "id-1")


@pytest.fixture(autouse=True)
def shelves() -> None:
    actions.load_sections(by=Actor.system("test"), at=NOW)
    unit("plan")


def full(kind: str) -> Content:
    return replace(
        content(kind),
        title_en="Test",
        official=Official(
            "ตง 52008/306",
            date(2026, 4, 17),
            date(2026, 4, 26),
            date(2026, 5, 1),
            (Signatory("นายสมชาย ใจดี", "นายกเทศมนตรี", "ตามคำสั่งที่ 1/2569"), Signatory("นางสมศรี ใจดี")),
        ),
        obligations=tuple(sorted(each.key for each in obligations()[:3])),
        period="ไตรมาสที่ 2",
        review_date=date(2027, 1, 1),
        expires_date=date(2027, 9, 30),
        minimum_posting_days=15,
        files=(IMAGE,),
    )


def as_typed(form: WritingForm) -> QueryDict:
    """What a browser would send for the form as it is shown."""
    data = QueryDict(mutable=True)
    for field in form:
        value = field.value()
        values = value if isinstance(value, list) else [field.field.widget.format_value(value)]
        for one in values:
            data.appendlist(
                field.html_name,
                "" if one is None else str(one[0] if isinstance(one, list) else one),
            )
    return data


def submitted(base: Content, **changes: str) -> WritingForm:
    data = as_typed(WritingForm(base=base))
    for name, value in changes.items():
        data[name] = value
    return WritingForm(data, base=base)


@pytest.mark.parametrize("code", CODES)
def test_showing_and_sending_the_form_changes_nothing(code: str) -> None:
    base = full(code)
    form = submitted(base)
    assert form.is_valid(), form.errors
    assert tidy(form.content(), [IMAGE]) == tidy(base, [IMAGE])


@pytest.mark.parametrize("code", CODES)
def test_a_draft_needs_no_more_than_a_title(code: str) -> None:
    empty = Content(kind=code, section="other", unit="plan")
    assert submitted(empty, title="ร่าง").is_valid()
    assert list(submitted(empty).errors) == ["title"]


def test_details_are_grouped_in_the_order_of_the_kind() -> None:
    names = [field.name for field in WritingForm(base=content("news")).details]
    assert names == ["detail_event_from", "detail_event_to", "detail_place", "detail_contact"]


def test_what_must_be_filled_before_sending_is_marked() -> None:
    form = WritingForm(base=content("knowledge"))
    marked = {name for name, field in form.fields.items() if getattr(field, "is_needed", False)}
    assert marked == {"title", "section", "unit", "source", "as_of_date"}


def test_typed_values_become_dates_amounts_and_years() -> None:
    form = submitted(
        content("procurement"),
        detail_budget="๑,๒๐๐,๐๐๐",
        detail_closing_date="๓๐ พ.ย. ๖๙",
        fiscal_year="๒๕๗๐",
        signed_date="23/11/2569",
    )
    assert form.is_valid(), form.errors
    made = form.content()
    assert made.details == {"stage": "plan", "budget": "1200000.00", "closing_date": "2026-11-30"}
    assert (made.fiscal_year, made.official.signed_date) == (2570, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("detail_egp_number", "123", "e-GP"),
        ("detail_budget", "มาก", "ตัวเลข"),
        ("detail_method", "lottery", "lottery"),
        ("signed_date", "23/11/3112", "พ.ศ."),
        ("section", "nowhere", "nowhere"),
        ("title", "ก" * 501, "ยาวเกิน 500"),
        ("body", f"<p>{'ก' * 300_001}</p>", "ยาวเกิน 300000"),
        ("minimum_posting_days", "0", "1"),
    ],
)
def test_a_wrong_value_is_pointed_at(name: str, value: str, word: str) -> None:
    with translation.override("th"):
        form = submitted(content("procurement"), **{name: value})
        assert word in form.errors[name].as_text()


def test_an_event_cannot_end_before_it_begins() -> None:
    form = submitted(content("news"), detail_event_from="24/11/2569", detail_event_to="23/11/2569")
    assert "วันที่จัดงานหรือเริ่มต้น" in form.errors["detail_event_to"].as_text()


def test_rows_for_signatories_grow_and_empty_ones_are_no_signatories() -> None:
    base = full("law")
    rows = {"signatory_2_post": "", "signatory_2_acting": "", "signatory_3_name": ""}
    rows |= {"signatory_3_post": "ไม่มีชื่อ", "signatory_3_acting": ""}
    form = submitted(base, signatory_2_name="นางสาวใหม่ ใจดี", **rows)
    assert form.is_valid()
    names = [signatory.name for signatory in form.content().official.signatories]
    assert names == ["นายสมชาย ใจดี", "นางสมศรี ใจดี", "นางสาวใหม่ ใจดี"]
    again = WritingForm(base=form.content())
    assert len(list(again.signatories)) == 4, "one more to fill in"


def test_a_working_copy_brings_back_what_was_typed_even_if_wrong() -> None:
    base = content("law")
    data = as_typed(WritingForm(base=base))
    data["signed_date"] = "ไม่ใช่วันที่"
    data["csrfmiddlewaretoken"] = "secret"
    kept = typed(data)
    assert "csrfmiddlewaretoken" not in kept
    assert WritingForm(retyped(kept), base=base)["signed_date"].value() == "ไม่ใช่วันที่"


def test_sections_are_offered_by_top_without_retired_ones() -> None:
    jobs = section("jobs")
    actions.retire_section(section=jobs, by=actor(), at=NOW)
    groups = dict(WritingForm(base=content("news")).fields["section"].choices)  # type: ignore[attr-defined]
    offered = [slug for slug, _title in groups["ข่าวประชาสัมพันธ์"]]
    assert offered == ["news", "activities", "executives", "public-notices"]


def test_a_retired_section_stays_offered_where_it_is_chosen() -> None:
    actions.retire_section(section=section("jobs"), by=actor(), at=NOW)
    assert submitted(content("news", section="jobs")).is_valid()


def test_an_obligation_that_left_the_lists_is_not_unbound_by_saving() -> None:
    form = submitted(content("news", obligations=("gone-1",)))
    assert form.is_valid()
    assert form.content().obligations == ("gone-1",)


def test_the_editor_offers_attached_images_by_their_public_address() -> None:
    form = WritingForm(base=replace(content("news"), files=(IMAGE,)))
    assert form.fields["body"].widget.images == [
        {"src": f"/files/{'a' * 64}/map.png", "name": "แผนที่"}
    ]


def test_labels_follow_the_language() -> None:
    with translation.override("en"):
        form = WritingForm(base=content("service"))
        assert form.fields["detail_fee"].label == "Fee"
    with translation.override("th"):
        form = WritingForm(base=content("service"))
        assert form.fields["detail_fee"].label == "ค่าธรรมเนียม"


def test_the_media_is_modules_and_a_sheet_and_nothing_inline() -> None:
    media = str(WritingForm(base=content("news")).media)
    for name in ("body-editor.js", "thai-date.js", "body-editor.css"):
        assert name in media
    assert media.count('type="module"') == 2


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_what_was_typed_is_shown_again_as_text(evil: str) -> None:
    form = submitted(
        content("service"), title=evil, detail_fee=evil, signatory_0_name=evil, body=evil
    )
    html: Any = form.as_div()
    assert evil not in html


def test_an_impossible_event_is_told_in_the_language_of_the_page() -> None:
    days = {"detail_event_from": "24/11/2569", "detail_event_to": "23/11/2569"}
    with translation.override("en"):
        form = submitted(content("news"), **days)
        labels = [form.fields[name].label for name in days]
        told = form.errors["detail_event_to"].as_text()
    assert all(str(label) in told for label in labels)
    assert "วันที่จัดงาน" not in told


def test_an_event_of_one_day_ends_on_the_day_it_begins() -> None:
    days = {"detail_event_from": "24/11/2569", "detail_event_to": "24/11/2569"}
    assert submitted(content("news"), **days).is_valid()


def test_a_working_copy_holds_nothing_that_a_database_refuses() -> None:
    data = QueryDict(mutable=True)
    data.setlist("title", ["ก\x00ข", "\u202e😀"])
    assert typed(data) == {"title": ["กข", "\u202e😀"]}


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("signed_date", "31/02/2569", "28 วัน"),
        ("signed_date", "29/02/2569", "28 วัน"),
        ("review_date", "๓๑ กุมภาพันธ์ ๒๕๖๙", "28 วัน"),
        ("as_of_date", "30/13/2569", "เดือนที่ 13"),
        ("fiscal_year", "2026", "2569"),
        ("fiscal_year", "๖๙", "สี่หลัก"),
        ("fiscal_year", "2569.5", "สี่หลัก"),
        ("minimum_posting_days", "3661", "3,660"),
        ("minimum_posting_days", "-1", "3,660"),
        ("minimum_posting_days", "สิบ", "3,660"),
        ("unit", "nobody", "nobody"),
        ("unit", "", "ยังไม่ได้เลือก"),
        ("title", "\u200b\u202e", "ยังไม่มีชื่อเรื่อง"),
        ("detail_budget", "1,000,000.999", "สองตำแหน่ง"),
        ("detail_budget", "9" * 400, "15 หลัก"),
        ("detail_budget", "NaN", "ตัวเลข"),
        ("obligations", "no-such-duty", "no-such-duty"),
        ("signatory_0_name", "ก" * 301, "ยาวเกิน 300"),
    ],
)
def test_bad_input_is_pointed_at_in_thai(name: str, value: str, word: str) -> None:
    with translation.override("th"):
        form = submitted(content("procurement"), **{name: value})
        assert word in form.errors[name].as_text()


@pytest.mark.parametrize(("sent", "rows"), [(0, 1), (3, 3), (20, 20), (500, 20)])
def test_a_script_adds_rows_for_signatories_up_to_a_limit(sent: int, rows: int) -> None:
    data = as_typed(WritingForm(base=content("news")))
    for row in range(sent):
        for part in ("name", "post", "acting"):
            data[f"signatory_{row}_{part}"] = "ก"
    assert len(WritingForm(data, base=content("news")).signatory_rows) == rows


def test_a_kind_that_is_sent_along_is_not_believed() -> None:
    form = submitted(content("news"), kind="law")
    assert form.is_valid(), form.errors
    assert form.content().kind == "news"


def test_what_belongs_to_another_kind_is_not_taken() -> None:
    form = submitted(content("news"), detail_budget="500")
    assert form.is_valid(), form.errors
    assert "budget" not in form.content().details
