"""The portal's side of the one door: what it cannot reach, and what its pages forbid."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.config.settings import portal
from tests.portal.visitor import Visitor
from tests.record.factories import file, published

OFFICE_APPS = (
    "disclosures",
    "files",
    "screening",
    "approval",
    "publication",
    "office",
    "organisation",
)
PAGES = (
    "/",
    "/sections/news/",
    "/p/{}/",
    "/p/{}/history/",
    "/p/{}/proof/",
    "/log/",
    "/search",
    "/nothing/",
)
ASK_THE_OFFICE = """
import django; django.setup()
from django.db import connections
connections["default"].cursor()
"""


def test_nothing_of_the_office_is_installed() -> None:
    installed = {name.rpartition(".")[2] for name in portal.INSTALLED_APPS}

    assert installed.isdisjoint(OFFICE_APPS)
    assert not any("session" in name or "auth" in name for name in portal.MIDDLEWARE)


def test_the_record_is_opened_for_reading_only() -> None:
    assert "mode=ro" in portal.DATABASES["record"]["NAME"]
    assert portal.DATABASES["default"] == {}


def test_asking_for_the_offices_database_is_an_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK_THE_OFFICE],
        env={
            "DJANGO_SETTINGS_MODULE": "prongsai.config.settings.portal",
            "PRONGSAI_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_an_inline_script_or_style(citizen: Visitor, page: str) -> None:
    entry = published(
        body='<p style="color:red" onclick="x()">ข้อความ<script>x()</script></p>', files=[file()]
    )
    answer = citizen.get(page.format(entry.number))

    ours = r'<script(?! type="module" src="/static/prongsai/portal)'
    assert re.findall(rf"{ours}|<style|\sstyle=|\son\w+=", answer.text) == []
    assert "'unsafe-inline'" not in answer["content-security-policy"]
    assert "default-src 'none'" in answer["content-security-policy"]
    assert answer["x-frame-options"] == "DENY"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("page", PAGES)
def test_nothing_can_be_changed_through_the_portal(
    citizen: Visitor, method: str, page: str
) -> None:
    number = published().number
    before = citizen.get(page.format(number)).text
    citizen.get(page.format(number), method=method)

    assert citizen.get(page.format(number)).text == before


@pytest.mark.parametrize("page", [*PAGES[:-1], "/healthz", "/log/checkpoint"])
def test_an_unknown_host_is_refused_whether_the_page_is_kept_or_not(
    citizen: Visitor, page: str
) -> None:
    address = page.format(published().number)
    before = citizen.get(address, host="evil.example")
    known = citizen.get(address, host="localhost:8000")
    after = citizen.get(address, host="evil.example")

    assert (before.status, known.status, after.status) == (400, 200, 400)
    assert "evil.example" not in before.text + known.text + after.text
