"""From the record to rows about its content: what a publication, a correction and a recall change of them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pytest

from prongsai.files.states import Derivation
from prongsai.monitoring.actions import look
from prongsai.monitoring.condition.answers import Answer
from prongsai.monitoring.condition.fetching import Asker
from prongsai.monitoring.condition.links import Heard, Plan, ask_all, keep_answers, next_plan
from prongsai.monitoring.condition.queries import has_looked, link_counts
from prongsai.monitoring.condition.states import Flaw, Outcome
from prongsai.monitoring.condition.targets import own_path
from prongsai.monitoring.condition.tasks import LinkAsking, Looking, Stopped
from prongsai.monitoring.condition.telling import told
from prongsai.monitoring.models import Defect, LinkCheck, Progress
from prongsai.obligations.results import Check, Result
from prongsai.record.models import Observation
from tests.disclosures.factories import stored_file
from tests.monitoring.doors import portal_that_knows
from tests.monitoring.sites import closed_port, site
from tests.record.factories import corrected, file, published, recalled, withdrawn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
CLICK = '<p><a href="https://www.ab.example/ลับ">คลิกที่นี่</a> <a href="/p/2560-00001/">แผน</a></p>'
PLAN = {"code": "plan", "name_th": "กองยุทธศาสตร์", "name_en": "", "phone": "", "email": ""}
WELL = Answer(Outcome.WELL, 200)
Rows = list[tuple[str, int, str, int]]


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def pdf_bytes(**marks: bool) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        if marks.get("title"):
            pdf.docinfo["/Title"] = "แผน"
        made = BytesIO()
        pdf.save(made)
        return made.getvalue()


def looked_through(at: datetime = AT) -> None:
    """As the worker does it: until nothing is left."""
    while (task := Looking()()) is not None:
        task.done(task.run(), at)


def defects() -> Rows:
    return list(
        Defect.objects.order_by("number", "flaw", "place").values_list(
            "number", "version", "flaw", "place"
        )
    )


def asked(at: datetime, answers: dict[str, Answer | None], *, asks_others: bool = True) -> set[str]:
    """What was due then, after it was answered so; the rest does not answer."""
    plan = next_plan(at=at, asks_others=asks_others)
    wanted = plan.own | plan.others
    heard = [
        Heard(links, answers.get(name, Answer(Outcome.SILENT))) for name, links in wanted.items()
    ]
    keep_answers(heard=heard, at=at)
    return set(wanted)


def test_what_is_published_is_looked_through_once() -> None:
    number = published(body=CLICK, unit=PLAN).number
    whole = published(body="<p>เรียบร้อย</p>").number
    looked_through()
    assert defects() == [(number, 1, Flaw.LINK_SAYS_NOTHING, 0)]
    assert Defect.objects.get().unit_code == "plan"
    assert list(LinkCheck.objects.values_list("number", "place", "is_own")) == [
        (number, 0, False),
        (number, 1, True),
    ]
    assert whole not in repr(defects())
    assert Looking()() is None


def test_a_correction_is_looked_at_in_place_of_what_it_corrects() -> None:
    number = published(body=CLICK).number
    looked_through()
    corrected(number, body="<table><tbody><tr><td>ก</td></tr></tbody></table>")
    look(at=AT)
    looked_through()
    assert defects() == [(number, 2, Flaw.TABLE_WITHOUT_HEADER, 0)]
    assert not LinkCheck.objects.exists()


def look_at_duties(at: datetime) -> None:
    look(at=at)


# Either is enough, whichever comes first, or when the other cannot be done.
@pytest.mark.parametrize("looks", [looked_through, look_at_duties])
@pytest.mark.parametrize("act", [recalled, withdrawn])
def test_nothing_of_what_is_taken_back_stays(act: Any, looks: Any) -> None:
    number = published(body=CLICK, title="ชื่อลับ", files=[file(pdf_bytes(), name="ลับ.pdf")]).number
    looked_through()
    kept = unquote(repr([list(model.objects.values()) for model in (Defect, LinkCheck)]))
    assert number in kept
    assert "ลับ" not in kept
    assert "ab.example" not in kept
    act(number)
    looks(AT + timedelta(minutes=1))
    assert not Defect.objects.exists()
    assert not LinkCheck.objects.exists()


def test_what_is_recalled_while_it_is_looked_at_leaves_nothing() -> None:
    number = published(body=CLICK).number
    task = Looking()()
    assert task is not None
    found = task.run()
    recalled(number)
    task.done(found, AT)
    assert defects() == []


def test_a_pdf_is_opened_for_what_it_tells_programs_that_read_aloud() -> None:
    with_title, words = file(pdf_bytes(title=True)), [{"number": 1, "text": "ก", "source": "text"}]
    number = published(files=[with_title], texts={with_title["sha256"]: words}).number
    looked_through()
    assert defects() == [
        (number, 1, Flaw.PDF_WITHOUT_LANGUAGE, 1),
        (number, 1, Flaw.PDF_WITHOUT_TAGS, 1),
    ]


def test_nobody_is_asked_to_save_anew_what_was_covered_here() -> None:
    covered, words = file(pdf_bytes()), [{"number": 1, "text": "ก", "source": "text"}]
    stored_file(
        sha256=covered["sha256"], derived_from=stored_file(), derivation=Derivation.REDACTED
    )
    published(files=[covered], texts={covered["sha256"]: words})
    looked_through()
    assert defects() == []


def test_a_file_that_no_one_can_open_hides_nothing_else() -> None:
    number = published(body=CLICK, files=[file(b"%PDF-1.7 broken")]).number
    looked_through()
    assert defects() == [(number, 1, Flaw.LINK_SAYS_NOTHING, 0)]


def test_a_text_that_the_machine_read_waits_for_a_person() -> None:
    scan = file(b"%PDF-1.7 scan")
    texts = {scan["sha256"]: [{"number": 1, "text": "ผัง", "source": "ocr"}]}
    number = published(files=[scan], texts=texts).number
    looked_through()
    assert defects() == [(number, 1, Flaw.TEXT_NOT_VERIFIED, 1)]
    corrected(number, files=[scan | {"text_sha256": "0" * 64}])
    look(at=AT)
    looked_through()
    assert defects() == []


def test_since_when_it_is_known_stays_when_it_is_looked_at_again() -> None:
    published(body=CLICK)
    task = Looking()()
    assert task is not None
    for day in range(2):
        task.done(task.run(), AT + timedelta(days=day))
    assert Defect.objects.get().at == AT


def test_a_link_that_fails_on_two_days_is_broken_until_it_opens() -> None:
    number = published(body=CLICK).number
    looked_through()
    broken = (number, 1, Flaw.LINK_BROKEN, 0)
    days = [AT + timedelta(days=day) for day in range(3)]
    well, gone = Answer(Outcome.WELL, 200), Answer(Outcome.GONE, 404)
    other, own = "https://www.ab.example/ลับ", "/p/2560-00001/"
    assert asked(days[0], {other: gone, own: well}) == {other, own}
    assert broken not in defects()
    assert asked(days[1], {other: gone, own: well}) == {other, own}
    assert broken in defects()
    assert asked(days[2], {other: well, own: well}) == {other, own}
    assert broken not in defects()
    assert asked(days[2] + timedelta(days=6), {own: well}) == {own}


def test_what_the_portal_itself_does_not_have_is_told_at_once() -> None:
    number = published(body=CLICK).number
    looked_through()
    asked(AT, {"/p/2560-00001/": Answer(Outcome.GONE, 404)}, asks_others=False)
    assert (number, 1, Flaw.LINK_BROKEN, 1) in defects()


def test_only_own_links_are_asked_for_where_there_is_no_way_out() -> None:
    published(body=CLICK)
    looked_through()
    assert asked(AT, {}, asks_others=False) == {"/p/2560-00001/"}


def test_a_host_is_asked_for_few_pages_at_a_time_and_one_address_once() -> None:
    links = "".join(
        f'<p><a href="https://a.example/{place % 5}">เรื่อง</a></p>' for place in range(20)
    )
    published(body=links)
    looked_through()
    plan = next_plan(at=AT, asks_others=True)
    assert {name: len(links) for name, links in plan.others.items()} == {
        f"https://a.example/{place}": 4 for place in range(3)
    }


@pytest.mark.parametrize(
    ("others", "witnesses", "concluded"),
    [
        (["dead"], [], False),
        (["dead"], ["dead"], False),
        (["dead", "alive"], [], True),
        # What opened well lately still does, so it is not we who cannot get out.
        (["dead"], ["alive"], True),
    ],
)
def test_when_nothing_outside_answers_nothing_is_concluded(
    others: list[str], witnesses: list[str], concluded: bool
) -> None:
    with site() as well:
        addresses = {
            "dead": f"http://127.0.0.1:{closed_port()}/",
            "alive": well.address("/", "localhost"),
        }
        plan = Plan(
            others={addresses[name]: [place] for place, name in enumerate(others)},
            witnesses=[addresses[name] for name in witnesses],
        )
        heard = ask_all(plan, Asker("tester", lambda: None, lambda *_where: True))
    outcomes = {place: each.answer.outcome for each in heard if each.answer for place in each.links}
    assert (outcomes.get(0) == Outcome.SILENT) is concluded


def test_what_cannot_be_concluded_is_asked_again_within_the_hour() -> None:
    published(body=CLICK)
    looked_through()
    other, own = "https://www.ab.example/ลับ", "/p/2560-00001/"
    asked(AT, {other: None, own: None})
    assert asked(AT + timedelta(minutes=59), {}) == set()
    assert set(LinkCheck.objects.values_list("failures", "outcome")) == {(0, "")}
    assert asked(AT + timedelta(minutes=61), {}) == {other, own}


def test_a_witness_is_what_opened_well_of_another_host() -> None:
    published(body='<p><a href="https://a.example/">ก</a> <a href="https://b.example/">ข</a></p>')
    looked_through()
    asked(AT, {"https://a.example/": Answer(Outcome.WELL, 200)})
    assert next_plan(at=AT + timedelta(days=1), asks_others=True) == Plan(
        others={"https://b.example/": [LinkCheck.objects.get(place=1).pk]},
        witnesses=("https://a.example/",),
    )


def test_a_host_that_is_silent_or_asks_for_patience_is_left_alone() -> None:
    with site() as busy:
        busy.answers = {"HEAD /1": (503, {"Retry-After": "60"}), "HEAD /2": (200, {})}
        plan = Plan(others={busy.address("/1"): [1], busy.address("/2"): [2]})
        heard = ask_all(plan, Asker("tester", lambda: None, lambda *_where: True))
        assert busy.asked == ["HEAD /1"]
    assert [each.answer and each.answer.outcome for each in heard] == [Outcome.UNSURE] * 2


def test_a_worker_that_stops_asks_for_nothing_more(settings: Any) -> None:
    settings.PORTAL_URL = f"http://127.0.0.1:{closed_port()}"
    published(body=f'<p>{CLICK} <a href="https://b.example/">ข</a></p>')
    looked_through()
    lane = LinkAsking()
    task = lane()
    assert task is not None
    lane.stop()
    with pytest.raises(Stopped):
        task.run()


def test_other_checks_look_at_everything_anew() -> None:
    number = published(body=CLICK).number
    looked_through()
    Progress.objects.filter(name="condition").update(stamp="older")
    Defect.objects.update(flaw=Flaw.ALL_CAPITALS)
    looked_through()
    assert defects() == [(number, 1, Flaw.LINK_SAYS_NOTHING, 0)]


def test_links_into_the_portal_are_opened_there_and_say_nothing_while_it_is_down(
    settings: Any,
) -> None:
    plan = Plan(own={"/p/2569-00001/": [1], "/nothing/": [2]})
    asker = Asker("tester", lambda: None)
    with portal_that_knows({"/p/"}) as origin:
        settings.PORTAL_URL = origin
        heard = ask_all(plan, asker)
    assert [each.answer and each.answer.outcome for each in heard] == [Outcome.WELL, Outcome.GONE]
    settings.PORTAL_URL = f"http://127.0.0.1:{closed_port()}"
    assert [each.answer for each in ask_all(plan, asker)] == [None, None]


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/p/1/#top", "/p/1/"), ("https://www.tangjai.example/p/1/?on=2569#x", "/p/1/?on=2569"),
        ("https://www.tangjai.example", "/"), ("https://elsewhere.example/p/1/", None),
        ("//elsewhere.example/p/1/", None), ("https://www.tangjai.example:bad/", None), ("tel:191", None),
    ],
)  # fmt: skip
def test_an_address_of_the_portal_is_known(address: str, path: str | None, settings: Any) -> None:
    settings.PORTAL_URL = "https://www.tangjai.example"
    assert own_path(address) == path


def test_where_other_sites_are_asked_no_more_nothing_is_said_of_them(settings: Any) -> None:
    number = published(body=CLICK).number
    looked_through()
    for day in range(2):
        asked(AT + timedelta(days=day), {"/p/2560-00001/": Answer(Outcome.GONE, 404)})
    assert {place for _n, _v, flaw, place in defects() if flaw == Flaw.LINK_BROKEN} == {0, 1}
    settings.LINK_CHECKS = False
    LinkAsking()()
    assert [place for _n, _v, flaw, place in defects() if flaw == Flaw.LINK_BROKEN] == [1]
    assert (number, 1, Flaw.LINK_SAYS_NOTHING, 0) in defects()


TOLD = """
<p><a href="https://www.ab.example/%E0%B8%81">คลิก</a> <a href="mailto:a@b.example">จดหมายถึงเรา</a></p>
<p><a href="http://10.0.0.9/แผน">แผนเดิม</a> <a href="#สาม">ข้อสาม</a></p>
<figure><img src="/files/x/a.png" alt=""></figure><figure><img src="/files/x/b.png" alt="IMG_7.jpg"></figure>
<table><tbody><tr><td>ก</td></tr></tbody></table><p>THIS NOTICE IS VERY IMPORTANT INDEED</p>
"""


def test_each_line_names_what_it_is_about_and_mail_is_no_page_to_ask_for() -> None:
    published(body=TOLD, title_en="A" * 300)
    looked_through()
    (subject,) = told(Defect.objects.all())
    assert [(each.flaw, each.about) for each in subject.told] == [
        (Flaw.LINK_INSIDE, "แผนเดิม (http://10.0.0.9/แผน)"),
        (Flaw.LINK_TO_NO_PLACE, "ข้อสาม (#สาม)"),
        (Flaw.PICTURE_WITHOUT_WORDS, "1"),
        (Flaw.PICTURE_NAMED_BY_FILE, "IMG_7.jpg"),
        (Flaw.LINK_SAYS_NOTHING, "คลิก"),
        (Flaw.TABLE_WITHOUT_HEADER, "1"),
        (Flaw.ALL_CAPITALS, "A" * 119 + "…"),
        (Flaw.ALL_CAPITALS, "THIS NOTICE IS VERY IMPORTANT INDEED"),
    ]
    assert list(LinkCheck.objects.values_list("place", flat=True)) == [0]
    assert all(each.wrong and each.act for each in subject.told)


def test_few_hosts_are_asked_at_a_time() -> None:
    links = (f'<p><a href="https://{place}.example/">เรื่อง</a></p>' for place in range(12))
    published(body="".join(links))
    looked_through()
    assert len(next_plan(at=AT, asks_others=True).others) == 10


def test_a_link_of_a_version_that_is_gone_is_not_asked_for() -> None:
    number = published(body=CLICK).number
    looked_through()
    corrected(number, body=CLICK)
    assert asked(AT, {}) == set()


FORM = '<p><a href="/index.php/2017-06-26/form">แบบฟอร์ม</a> <a href="/c/forms/">แบบอื่น</a></p>'


def seen(key: str) -> tuple[str, list[str]]:
    row = Observation.objects.standing().get(obligation_key=key)
    return row.result, [
        f"{failed['check']} {failed['number']} {failed['about']}"
        for part in row.parts
        for failed in part["failed"]
        if failed["check"] == Check.LINKS_ANSWER
    ]


def test_a_duty_behind_a_dead_link_is_broken_until_the_link_leads_somewhere() -> None:
    number = published(
        title="บริการออนไลน์", body=FORM, obligations=["gws-3.0-links", "gws-3.0-forms"]
    ).number
    looked_through()
    look(at=AT)
    before = seen("gws-3.0-links"), seen("gws-3.0-forms")
    asked(AT, {"/index.php/2017-06-26/form": Answer(Outcome.GONE, 404), "/c/forms/": WELL})
    look(at=AT + timedelta(minutes=1))
    broken = seen("gws-3.0-links")
    asked(AT + timedelta(days=1), dict.fromkeys(("/index.php/2017-06-26/form", "/c/forms/"), WELL))
    look(at=AT + timedelta(days=1))

    assert Result.BROKEN not in (before[0][0], before[1][0])
    assert broken == (Result.BROKEN, [f"links_answer {number} 1"])
    assert (seen("gws-3.0-links"), seen("gws-3.0-forms")) == before


def test_a_dead_link_in_what_no_such_duty_rests_on_lets_nothing_be_looked_at_anew() -> None:
    published(title="แบบฟอร์ม", body=FORM, obligations=["gws-3.0-forms"])
    looked_through()
    look(at=AT)
    stamp = Progress.objects.get(name="coverage").stamp
    asked(AT, {"/index.php/2017-06-26/form": Answer(Outcome.GONE, 404)})
    look(at=AT)
    assert defects()
    assert Progress.objects.get(name="coverage").stamp == stamp


def told_about(**changes: Any) -> list[str]:
    """What is told of an item with one defect that lies so."""
    number = published(body=CLICK).number
    row = {"number": number, "version": 1, "flaw": Flaw.LINK_SAYS_NOTHING, "place": 0}
    Defect.objects.create(**row | {"unit_code": "clerk", "at": AT} | changes)
    return [each.about for subject in told(Defect.objects.all()) for each in subject.told]


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({}, ["คลิกที่นี่"]),
        ({"flaw": Flaw.LINK_BROKEN}, ["คลิกที่นี่ (https://www.ab.example/ลับ)"]),
        # Of checks of another version: places that the edition has not, and flaws that nobody knows.
        ({"place": 7}, []),
        ({"flaw": Flaw.PICTURE_NAMED_BY_FILE}, []),
        ({"flaw": Flaw.TEXT_NOT_VERIFIED, "place": 3}, []),
        ({"flaw": "of_another_version"}, []),
        ({"version": 2}, []),
        ({"number": "2569-99999"}, []),
    ],
)
def test_only_what_stands_in_the_edition_is_told(changes: dict[str, Any], about: list[str]) -> None:
    assert told_about(**changes) == about


def test_a_long_text_is_told_by_its_beginning() -> None:
    published(title_en="A" * 200)
    looked_through()
    [subject] = told(Defect.objects.filter(flaw=Flaw.ALL_CAPITALS))
    assert subject.told[0].about == f"{'A' * 119}…"


def test_links_are_counted_by_how_they_opened_and_of_one_unit_alone() -> None:
    published(body=CLICK, unit=PLAN)
    published(body='<p><a href="https://c.example/">เว็บไซต์ของจังหวัด</a></p>')
    looked_through()
    opened = LinkCheck.objects.get(unit_code="plan", place=0)
    keep_answers(heard=[Heard([opened.pk], WELL)], at=AT)
    assert dict(link_counts()) == {"เปิดได้": 1, "ยังไม่ได้เปิด": 2}
    assert dict(link_counts("plan")) == {"เปิดได้": 1, "ยังไม่ได้เปิด": 1}
    assert link_counts("nobody") == []


def test_before_the_first_look_nothing_is_known() -> None:
    published(body="<p>เรียบร้อย</p>")
    assert not has_looked()
    looked_through()
    assert has_looked()
