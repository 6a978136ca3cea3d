"""`prongsai coverage`: what is owed in a year, for people and for programs."""

import json
from pathlib import Path

import pytest

from tests.config.conftest import Command
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name
from tests.record.factories import published

pytestmark = pytest.mark.django_db
LIST = ("--year", "2569", "--instrument", "ita-oit-2569")


def test_it_says_of_each_duty_whether_the_public_has_it(prongsai: Command, data: Path) -> None:  # noqa: F811
    number = published(title="ช่องทางติดต่อ", obligations=["ita-oit-2569-o3"]).number
    ended = prongsai("coverage", *LIST, "--json")
    told = json.loads(ended.out)
    rows = {row["obligation_key"]: row for row in told["obligations"]}
    assert (ended.status, told["year"], len(rows)) == (1, 2569, sum(told["counts"].values()))
    assert rows["ita-oit-2569-o1"]["result"] == "missing"
    (evidence,) = rows["ita-oit-2569-o3"]["parts"][0]["evidence"]
    # Half a year after it was published in November 2026.
    assert evidence == {"number": number, "version": 1, "review": "2027-05-22"}


def test_people_read_one_line_a_duty_and_a_sum(prongsai: Command, data: Path) -> None:  # noqa: F811
    ended = prongsai("coverage", *LIST)
    lines = ended.out.splitlines()
    assert lines[0].split()[:2] == ["missing", "ita-oit-2569-o1"]
    assert lines[-1].startswith("2569: ")


@pytest.mark.parametrize(
    "words", [("--instrument", "nothing"), ("--year", "2569", "--instrument", "x")]
)
def test_what_no_file_knows_is_bad_usage(
    prongsai: Command,
    data: Path,  # noqa: F811
    words: tuple[str, ...],
) -> None:
    ended = prongsai("coverage", *words)
    assert (ended.status, ended.out) == (2, "")
    assert "no obligations of" in ended.err
