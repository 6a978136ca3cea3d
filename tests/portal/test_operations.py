from datetime import UTC, datetime
from pathlib import Path

from django.db import connections

from prongsai.record import triggers
from tests.portal.visitor import Visitor
from tests.record.factories import published


def test_the_process_says_that_it_lives(citizen: Visitor) -> None:
    answer = citizen.get("/healthz")

    assert (answer.status, answer.text, answer["cache-control"]) == (200, "ok\n", "no-store")


def test_a_portal_with_its_record_is_ready(citizen: Visitor) -> None:
    published()
    answer = citizen.get("/readyz")

    notices = {"state": "none", "sequence": 0, "problem": ""}
    ready = {"ready": True, "head": 0, "problems": [], "notices": notices}
    assert (answer.status, answer.json) == (200, ready)


def test_a_record_without_its_triggers_is_not_ready(citizen: Visitor) -> None:
    name = triggers.missing_triggers.__name__ and "record_entry"
    with connections["record"].cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [name]
        )
        for (trigger,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{trigger}"')
    answer = citizen.get("/readyz")

    assert answer.status == 503
    assert all(problem.startswith("missing trigger: ") for problem in answer.json["problems"])
    assert answer.json["problems"]


def test_without_a_record_the_portal_is_alive_but_not_ready(citizen: Visitor, data: Path) -> None:
    with connections["record"].cursor() as cursor:
        cursor.execute("ALTER TABLE record_entry RENAME TO elsewhere")

    assert citizen.get("/healthz").status == 200
    assert citizen.get("/readyz").status == 503


def test_a_visitor_without_a_record_sees_a_sentence(citizen: Visitor, data: Path) -> None:
    with connections["record"].cursor() as cursor:
        cursor.execute("ALTER TABLE record_item RENAME TO elsewhere")
    answer = citizen.get("/sections/news/")

    assert (answer.status, answer["cache-control"]) == (500, "no-store")
    assert "ระบบขัดข้องชั่วคราว" in answer.text
    assert "Please try again" in answer.text


def test_robots_may_read_all_but_search(citizen: Visitor) -> None:
    lines = citizen.get("/robots.txt").text.splitlines()

    assert "Disallow: /search" in lines
    assert "Sitemap: https://www.tangjai.example/sitemap.xml" in lines


def test_the_sitemap_lists_sections_and_items(citizen: Visitor) -> None:
    entry = published()
    text = citizen.get("/sitemap.xml").text

    assert f"<loc>https://www.tangjai.example/p/{entry.number}/</loc>" in text
    assert text.count("<loc>https://www.tangjai.example/sections/") == 9


def test_finders_of_holes_know_whom_to_tell(citizen: Visitor) -> None:
    answer = citizen.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    assert fields["Contact"] == "mailto:info@tangjai.example"
    assert expires > datetime.now(UTC)
    assert answer["cache-control"] == "no-store"
