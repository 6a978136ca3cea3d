"""The chart file: strict, idempotent, and one clear sentence when it is wrong."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from prongsai.organisation.chart import read_chart
from prongsai.organisation.models import Act, Appointment, Person, Post, Role, Unit
from prongsai.organisation.rows import BadFile
from prongsai.organisation.states import RoleCode

CHART = """
[[units]]
code = "city"
name_th = "เทศบาล"
level = "municipality"

[[units]]
code = "plan"
name_th = "กองวิชาการ"
level = "division"
parent = "city"

[[posts]]
code = "plan-director"
title_th = "ผู้อำนวยการกองวิชาการ"
unit = "plan"
rank = 4
roles = ["approver", "screener"]

[[people]]
username = "somsri"
title_th = "นาง"
first_name = "สมศรี"
last_name = "มีสุข"

[[appointments]]
person = "somsri"
post = "plan-director"
capacity = "acting"
order_number = "12/2569"
order_date = 2026-09-30
from_date = 2026-10-01
"""

POST = """[[posts]]
code = "plan-director"
title_th = "ซ้ำ"
unit = "plan"

"""
PERSON = """[[people]]
username = "somsri"
first_name = "ซ้ำ"

"""


def load(folder: Path, text: str = CHART) -> str:
    path = folder / "chart.toml"
    path.write_text(text, "utf-8")
    out = StringIO()
    call_command("load_organisation", path, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_chart_is_loaded_whole(tmp_path: Path) -> None:
    load(tmp_path)
    held = Appointment.objects.get()
    assert (held.person.full_name, held.post.title_th) == ("นางสมศรี มีสุข", "ผู้อำนวยการกองวิชาการ")
    assert held.post.unit.parent == Unit.objects.get(code="city")
    assert {role.code for role in held.post.roles.all()} == {"approver", "screener"}
    assert not Person.objects.get().has_usable_password()
    assert [act.verb for act in Act.objects.all()] == ["load_organisation", "load_roles"]


@pytest.mark.django_db
def test_every_role_is_described_in_thai(tmp_path: Path) -> None:
    load(tmp_path)
    assert set(Role.objects.values_list("code", flat=True)) == set(RoleCode.values)
    assert all(len(role.description_th) > 40 for role in Role.objects.all())
    assert all(len(role.description_en) > 40 for role in Role.objects.all())


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_records_nothing(tmp_path: Path) -> None:
    load(tmp_path)
    acts = Act.objects.count()
    assert load(tmp_path).endswith(": 0 รายการที่เพิ่มหรือเปลี่ยน\n")
    assert Act.objects.count() == acts


@pytest.mark.django_db
def test_a_changed_file_changes_rows_and_keeps_passwords(tmp_path: Path) -> None:
    load(tmp_path)
    person = Person.objects.get()
    person.set_password("a long enough password")
    person.save()
    changed = CHART.replace("มีสุข", "มีชัย").replace('"approver", "screener"', '"auditor"')
    assert load(tmp_path, changed).endswith(": 2 รายการที่เพิ่มหรือเปลี่ยน\n")
    person.refresh_from_db()
    assert (person.last_name, person.check_password("a long enough password")) == ("มีชัย", True)
    assert [role.code for role in Post.objects.get().roles.all()] == ["auditor"]


@pytest.mark.django_db
def test_a_clash_with_an_appointment_in_the_office_loads_nothing(tmp_path: Path) -> None:
    whole = CHART.replace('capacity = "acting"', "")
    load(tmp_path, whole)
    other = whole.replace('"somsri"', '"malee"').replace("มีสุข", "คนใหม่")
    with pytest.raises(CommandError, match=r"สมศรี.*ดำรงตำแหน่งนี้อยู่"):
        load(tmp_path, other.replace("2026-10-01", "2026-10-02"))
    assert not Person.objects.filter(username="malee").exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[[units]]", "[units", "chart.toml: อ่านไม่ได้ (.*line 2"),
        ('level = "division"', "", r"chart.toml:7: units รายการที่ 2: ไม่มี “level”"),
        ('"division"', '"planet"', "chart.toml:7: .*“level” เป็น “planet” ไม่ได้"),
        ('parent = "city"', 'parent = "town"', "รายการที่ 2: “parent” คือ “town”"),
        ('code = "plan"', 'code = "city"', "“code” ซ้ำ: city"),
        ('unit = "plan"', 'unit = "moon"', r"chart.toml:13: .*“unit” อ้างถึง “moon”"),
        ("rank = 4", 'rank = "4"', "“rank” ต้องเป็นจำนวนเต็ม"),
        ("rank = 4", "rank = true", "“rank” ต้องเป็นจำนวนเต็ม"),
        ('"screener"]', '"king"]', "“roles” เป็น “king” ไม่ได้"),
        ("rank = 4", "rnak = 4", "ไม่รู้จัก “rnak”"),
        ('person = "somsri"', 'person = "nobody"', "“person” อ้างถึง “nobody”"),
        ('order_number = "12/2569"', "", "ต้องมีเลขที่และวันที่ของคำสั่ง"),
        ("2026-10-01", "2026-10-01T08:00:00", "“from_date” ต้องเป็นวันที่"),
        ("from_date = 2026-10-01", "", "ไม่มี “from_date”"),
        ('first_name = "สมศรี"', 'first_name = ""', "ไม่มี “first_name”"),
        ("[[people]]", "[people]", r"ต้องเขียนเป็นตาราง \[\[people\]\]"),
        (CHART, "", r"ไม่มี \[\[units\]\]"),
        ('post = "plan-director"', 'post = "king"', r"chart.toml:26: .*“post” อ้างถึง “king”"),
        ('code = "city"', 'code = ""', "chart.toml:2: units รายการที่ 1: ไม่มี “code”"),
        ("[[posts]]", POST + "[[posts]]", r"chart.toml:18: posts รายการที่ 2: “code” ซ้ำ"),
        ("[[people]]", PERSON + "[[people]]", r"chart.toml:24: people รายการที่ 2: “username” ซ้ำ"),
        ("from_date = 2026", "from_date = 2569", "ปี 2569 น่าจะเป็น พ.ศ."),
        ("order_date = 2026", "order_date = 2569", "ปี 2569 น่าจะเป็น พ.ศ."),
        ("order_date = 2026-09-30", "order_date = 2569", "“order_date” ต้องเป็นวันที่"),
        ("from_date = 2026-10-01", "from_date = 2026-02-31", "chart.toml: อ่านไม่ได้"),
        ("2026-10-01", "2026-10-01\nto_date = 2026-09-01", "วันสิ้นสุดมาก่อนวันเริ่ม"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_key(old: str, new: str, sentence: str) -> None:
    assert old in CHART
    with pytest.raises(BadFile, match=sentence.replace("(.*", r"\(.*")):
        read_chart(CHART.replace(old, new, 1), name="chart.toml")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_one_clear_line(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "chart.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="อ่านไฟล์ไม่ได้"):
        call_command("load_organisation", path)


@pytest.mark.django_db
def test_a_second_holder_in_one_file_is_named_by_its_line() -> None:
    held = CHART[CHART.index("[[appointments]]") :]
    held = held[: held.index("capacity")] + "from_date = 2026-10-01\n"
    other = '[[people]]\nusername = "malee"\nfirst_name = "มาลี"\n'
    head = CHART[: CHART.index("[[appointments]]")]
    with pytest.raises(
        BadFile, match=r"chart.toml:\d+: appointments รายการที่ 2: .*somsri ดำรงตำแหน่งนี้อยู่"
    ):
        read_chart(head + other + held + held.replace("somsri", "malee"), name="chart.toml")


@pytest.mark.django_db
def test_two_posts_may_be_filled_on_the_same_days(tmp_path: Path) -> None:
    post = POST.replace("plan-director", "deputy")
    held = CHART[CHART.index("[[appointments]]") :].replace("plan-director", "deputy")
    load(tmp_path, CHART + post + held)
    assert Appointment.objects.count() == 2


@pytest.mark.django_db
def test_loading_again_does_not_open_the_door_to_somebody_who_left(tmp_path: Path) -> None:
    load(tmp_path)
    Appointment.objects.update(to_date="2026-10-31")
    assert load(tmp_path).endswith(": 0 รายการที่เพิ่มหรือเปลี่ยน\n")
    assert str(Appointment.objects.get().to_date) == "2026-10-31"


@pytest.mark.django_db
def test_an_end_that_the_file_names_is_set(tmp_path: Path) -> None:
    load(tmp_path)
    ended = CHART.replace("from_date = 2026-10-01", "from_date = 2026-10-01\nto_date = 2026-12-31")
    assert load(tmp_path, ended).endswith(": 1 รายการที่เพิ่มหรือเปลี่ยน\n")
    assert str(Appointment.objects.get().to_date) == "2026-12-31"


@pytest.mark.django_db
def test_rows_that_the_file_does_not_name_are_left_alone(tmp_path: Path) -> None:
    load(tmp_path)
    Unit.objects.create(code="own", name_th="ของเราเอง", level="section")
    load(tmp_path)
    assert Unit.objects.filter(code="own").exists()


@pytest.mark.django_db
def test_a_load_is_recorded_with_how_much_it_changed(tmp_path: Path) -> None:
    load(tmp_path)
    found = {act.verb: (act.actor_name, act.details) for act in Act.objects.all()}
    assert found == {
        "load_roles": ("load_organisation", {"changed": 6}),
        "load_organisation": ("load_organisation", {"changed": 5}),
    }


@pytest.mark.django_db
def test_a_person_is_told_by_username_and_may_change_everything_else(tmp_path: Path) -> None:
    load(tmp_path)
    load(tmp_path, CHART.replace("สมศรี", "สมหญิง").replace("นาง", "น.ส."))
    assert [person.full_name for person in Person.objects.all()] == ["น.ส.สมหญิง มีสุข"]


@pytest.mark.django_db
def test_a_file_of_another_system_is_read_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "chart.toml"
    path.write_bytes(CHART.replace("\n", "\r\n").encode())
    call_command("load_organisation", path, stdout=StringIO())
    assert Unit.objects.count() == 2
