"""The office shows unsaved content with the portal's own template, without the portal being installed."""

import subprocess
import sys
from pathlib import Path

from django.template.loader import render_to_string

from prongsai.record.pages import edition_page
from tests.record.factories import content

PREVIEW = """
import django; django.setup()
from django.template.loader import render_to_string
from prongsai.record.pages import edition_page
page = edition_page({"title": "ร่าง", "body": "<p>ยังไม่บันทึก</p>", "kind": "news", "obligations": ["x"]})
print(render_to_string("portal/edition.html", {"page": page}))
"""


def test_an_edition_is_shown_from_its_content_alone() -> None:
    page = edition_page(content(body="<p>ยังไม่บันทึก</p>", period="ไตรมาสที่ 2"))
    text = render_to_string("portal/edition.html", {"page": page})

    assert "ยังไม่บันทึก" in text
    assert "ไตรมาสที่ 2" in text
    assert "เลขทะเบียนเผยแพร่" not in text


def test_the_offices_process_can_show_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PREVIEW],
        env={
            "DJANGO_SETTINGS_MODULE": "prongsai.config.settings.office",
            "PRONGSAI_DATA": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "ยังไม่บันทึก" in done.stdout) == (0, True), done.stderr
