import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from prongsai.disclosures import actions as writing
from prongsai.disclosures.content import Official, Signatory
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import CannotAct
from prongsai.screening import queries
from prongsai.screening.actions import looking, screen, submit_for_screening, take_back
from prongsai.screening.models import Finding, Screening
from prongsai.screening.refusals import CannotScreen
from tests.disclosures.factories import disclosure, save_changes
from tests.factories import NOW, actor, unit
from tests.screening.factories import NATIONAL_ID, WITH_ID, screened, submit, with_file

pytestmark = pytest.mark.django_db


def test_a_clean_disclosure_is_screened_and_stays_with_its_writer() -> None:
    row = disclosure()
    screening = submit(row)
    assert not screening.findings.exists()
    assert row.stage == Stage.WRITING
    assert queries.blocking_reasons(screening.revision, on=localdate(NOW)) == []


def test_a_finding_to_decide_sends_the_work_to_the_screeners() -> None:
    screening = screened()
    [finding] = screening.findings.all()
    assert (finding.detector, finding.severity, finding.place) == ("national_id", "block", "body")
    assert screening.disclosure.stage == Stage.SCREENING
    assert list(queries.to_screen(on=localdate(NOW))) == [screening.disclosure]


@pytest.mark.parametrize("part", ["name", "post", "acting"])
def test_what_is_typed_beside_a_signature_is_screened_too(part: str) -> None:
    words = {"name": "นายสมชาย ใจดี", "post": "ปลัดเทศบาล"} | {part: f"ปลัด {NATIONAL_ID}"}
    official = Official(signatories=(Signatory("นางสาวสมหญิง ตั้งใจ", "เจ้าหน้าที่"), Signatory(**words)))

    screening = screened(body="<p>ประกาศ</p>", official=official)

    assert [(each.detector, each.place) for each in screening.findings.all()] == [
        ("national_id", "signatory:1")
    ]


def test_the_name_of_who_signed_is_no_finding() -> None:
    words = "รายชื่อผู้มีรายได้น้อย นายสมชาย ใจดี"
    official = Official(signatories=(Signatory(words, "ปลัดเทศบาล"),))

    assert "NAME" not in set(
        screened(body="<p>ประกาศ</p>", official=official).findings.values_list("label", flat=True)
    )


def test_advice_alone_keeps_nobody_waiting() -> None:
    screening = screened(body="<p>รถยนต์ทะเบียน 1กข 1234</p>")
    assert screening.findings.get().severity == "advise"
    assert screening.disclosure.stage == Stage.WRITING
    assert queries.blocking_reasons(screening.revision, on=localdate(NOW)) == []


def test_nothing_that_is_stored_holds_the_datum() -> None:
    screening = screened(summary="โทร 081-234-5678 somchai@gmail.com")
    rows = [*screening.findings.all(), screening, *Act.objects.filter(verb="screen")]
    stored = serializers.serialize("json", rows, ensure_ascii=False)
    assert len(rows) == 5
    for datum in ("1234567890121", NATIONAL_ID, "081-234-5678", "0812345678", "somchai"):
        assert datum not in stored


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"title": f"เรื่อง {NATIONAL_ID}"}, "title"),
        ({"title_en": f"ID {NATIONAL_ID}"}, "title_en"),
        ({"summary": NATIONAL_ID}, "summary"),
        ({"source": NATIONAL_ID}, "source"),
        ({"period": NATIONAL_ID}, "period"),
        ({"body": f'<p><a href="https://a.go.th/{NATIONAL_ID}">ที่นี่</a></p>'}, "body"),
        ({"details": {"fee": NATIONAL_ID}}, "detail:fee"),
    ],
)
def test_every_field_that_citizens_read_is_looked_at(change: dict[str, object], place: str) -> None:
    found = screened(**({"body": "<p>ว่าง</p>"} | change)).findings.filter(detector="national_id")
    assert [finding.place for finding in found] == [place]


def test_files_are_looked_at_by_page_label_and_name() -> None:
    pages = [
        {"number": 1, "text": "ว่าง", "source": "text"},
        {"number": 2, "text": f"บัตร {NATIONAL_ID}", "source": "text"},
    ]
    row = with_file(name=f"สำเนา_{NATIONAL_ID}.pdf".replace("-", ""), text="a")
    stored = row.attachments.get().file
    stored.text = pages
    stored.save()
    writing.relabel(disclosure=row, slot="main", label=f"ของ {NATIONAL_ID}", by=actor(), at=NOW)
    seen = screen(disclosure=row, by=actor(), at=NOW)
    found = seen.findings.filter(detector="national_id").order_by("place")
    assert [(each.place, each.page) for each in found] == [
        ("file:main", 2),
        ("file_label:main", None),
        ("file_name:main", None),
    ]


def test_a_scan_never_passes_for_clean() -> None:
    scan = [{"number": number, "text": "", "source": "none"} for number in (1, 2)]
    screening = submit(with_file(text="b" * 9, name="สแกน.pdf"))
    assert not screening.findings.exists()
    row = with_file(text="c")
    stored = row.attachments.get().file
    stored.text = scan
    stored.save()
    [finding] = submit(row).findings.all()
    assert (finding.detector, finding.severity, finding.page) == ("unread_page", "decide", 1)
    assert finding.excerpt.endswith("1, 2")
    assert row.latest is not None
    [reason] = queries.blocking_reasons(row.latest, on=localdate(NOW))
    assert "ตรวจดูด้วยตา" in reason


def test_a_file_without_any_page_was_not_read_either() -> None:
    row = with_file(text="d")
    stored = row.attachments.get().file
    stored.text = []
    stored.save()
    assert submit(row).findings.get().detector == "unread_page"


def test_a_picture_says_that_it_is_one() -> None:
    row = with_file(text="e", name="ภาพ.png", media_type="image/png")
    stored = row.attachments.get().file
    stored.text = [{"number": 1, "text": "", "source": "none"}]
    stored.save()
    assert "ภาพ" in submit(row).findings.get(detector="unread_page").excerpt


def test_the_contacts_of_the_municipality_and_its_units_are_no_findings() -> None:
    unit("phones", phone="081 234 5678", email="kongchang@gmail.com")
    body = "<p>โทร 081-234-5678 kongchang@gmail.com info@tangjai.example</p>"
    assert not screened(body=body).findings.exists()


def test_one_revision_is_screened_once() -> None:
    screening = screened()
    again = screen(disclosure=screening.disclosure, by=Actor.system("worker"), at=NOW)
    assert again == screening
    assert Act.objects.filter(verb="screen").count() == 1


def test_what_was_saved_while_the_rules_looked_is_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    writer = actor()
    row = disclosure(by=writer, body=WITH_ID)
    stale = looking._look(row, NOW)
    save_changes(row, by=writer, body="<p>นำออกแล้ว</p>")
    looks = iter([stale, looking._look(row, NOW)])
    monkeypatch.setattr(looking, "_look", lambda _row, _at: next(looks))
    assert not submit(row, by=writer).findings.exists()


def test_new_rules_make_the_old_screening_void(monkeypatch: pytest.MonkeyPatch) -> None:
    screening = screened(body="<p>ว่าง</p>")
    monkeypatch.setattr(queries, "rules_version", lambda _on: "other")
    [reason] = queries.blocking_reasons(screening.revision, on=localdate(NOW))
    assert "ยังไม่ได้ตรวจกลั่นกรอง" in reason
    assert not queries.findings(screening.revision, on=localdate(NOW)).exists()


def test_a_new_revision_is_not_screened_yet() -> None:
    writer = actor()
    row = disclosure(by=writer)
    submit(row)
    save_changes(row, by=writer, title="ชื่อใหม่")
    assert row.latest is not None
    assert len(queries.blocking_reasons(row.latest, on=localdate(NOW))) == 1


def test_work_under_approval_is_not_screened_again() -> None:
    row = disclosure()
    writing.move_stage(disclosure=row, to=Stage.DECIDING, by=actor(), at=NOW)
    with pytest.raises(CannotScreen, match="ขั้นปัจจุบัน"):
        submit(row)
    assert Act.objects.filter(verb="submit_for_screening", outcome="refused").count() == 1


def test_nothing_written_is_nothing_to_screen() -> None:
    row = Disclosure.objects.create(
        kind="news",
        unit=unit("plan"),
        created_at=NOW,
        changed_at=NOW,
        created_by_id=actor().person_id,
    )
    with pytest.raises(CannotScreen, match="บันทึกเนื้อหาก่อน"):
        submit_for_screening(disclosure=row, by=actor(), at=NOW)


def test_the_writer_may_take_the_work_back() -> None:
    screening = screened()
    row = screening.disclosure
    take_back(disclosure=row, by=actor(), at=NOW, reason="ขอแก้ก่อน")
    assert row.stage == Stage.WRITING
    assert list(queries.to_screen(on=localdate(NOW))) == []
    with pytest.raises(CannotAct):
        take_back(disclosure=row, by=actor(), at=NOW, reason="อีกครั้ง")


def test_rows_are_added_and_never_changed() -> None:
    screened()
    for rows, change in (
        (Screening.objects, {"at": NOW}),
        (Finding.objects, {"severity": "advise"}),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(**change)


def test_a_finding_explains_itself_by_the_table() -> None:
    finding = screened().findings.get()
    assert finding.rule is not None
    assert "13 หลัก" in finding.rule.explanation
    assert Finding(detector="gone").rule is None
    assert str(finding) == "national_id body"
