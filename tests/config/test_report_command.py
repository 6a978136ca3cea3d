"""`prongsai report`: the numbers of a year, as the office's page shows them."""

import json
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from prongsai.monitoring.reporting.report import yearly_report
from tests.config.conftest import Command
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name
from tests.record.factories import published

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def test_it_prints_what_the_page_shows(prongsai: Command, data: Path) -> None:  # noqa: F811
    published()
    ended = prongsai("report", "2569", "--json")
    assert ended.status == 0
    assert json.loads(ended.out) == json.loads(
        json.dumps(yearly_report(2569, on=localdate()).to_json())
    )


def test_people_read_each_table_with_what_it_counts(prongsai: Command, data: Path) -> None:  # noqa: F811
    ended = prongsai("report", "2569")
    assert ended.out.startswith("2569: 2025-10-01 – ")
    assert "ไม่มีประกาศฉุกเฉินในช่วงเวลานี้" in ended.out


@pytest.mark.parametrize("year", ["2026", "2650"])
def test_a_year_of_the_common_era_or_to_come_is_bad_usage(prongsai: Command, year: str) -> None:
    ended = prongsai("report", year)
    assert (ended.status, ended.out) == (2, "")
    assert year in ended.line
