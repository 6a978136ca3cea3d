"""The published schema refuses what the reader refuses, and is met by every file of ours."""

import json
import tomllib
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from prongsai.obligations.catalogue import read_sheet
from prongsai.obligations.schema import page
from prongsai.organisation.rows import BadFile
from tests.obligations.test_obligations import FILE

DATA = files("prongsai.obligations").joinpath("data")
PUBLISHED = (DATA / "schema.json").read_text("utf-8")
VALIDATOR = Draft202012Validator(json.loads(PUBLISHED))
NAMES = sorted(path.name for path in DATA.iterdir() if path.name.endswith(".toml"))


def is_valid(text: str) -> bool:
    return VALIDATOR.is_valid(tomllib.loads(text))


def test_the_published_schema_is_the_one_that_the_tables_make() -> None:
    assert page() == PUBLISHED
    Draft202012Validator.check_schema(json.loads(PUBLISHED))


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_ours_meets_it(name: str) -> None:
    document: Any = tomllib.loads((DATA / name).read_text("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(document)] == []


@pytest.mark.parametrize(
    "more",
    [
        "",
        'due = { rule = "none" }',
        'due = { rule = "days_after_period", days = 30 }',
        'due = { rule = "date_in_year", day = 29, month = 2 }',
        'review_days = 30\nformats = ["pdf"]\nchecks = ["own_words"]\npart = "first_half"',
        '[[obligations.components]]\nkey = "a"\nlabel_th = "ก"\nlabel_en = "A"\nwords = ["ก"]',
    ],
)
def test_both_take_it(more: str) -> None:
    text = FILE + more
    assert read_sheet("act.toml", text).obligations
    assert is_valid(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('key = "act-1"', 'key = "Act 1"'),
        ('key = "act-1"', ""),
        ('topic = "structure"', 'topic = ""'),
        ('topic = "structure"', "topic = 1"),
        ('period = "monthly"', 'period = "weekly"'),
        ('["basic"]', '["attic"]'),
        ('["basic"]', '[["basic"]]'),
        ('["basic"]', '"basic"'),
        ('confidence = "M"', 'confidence = "sure"'),
        ('confidence = "M"', 'confidence = "M"\nfine = 1'),
        ('confidence = "M"', 'confidence = "M"\nreview_days = 0'),
        ('confidence = "M"', 'confidence = "M"\nalso_topics = [""]'),
        ('confidence = "M"', 'confidence = "M"\nreview_days = 3661'),
        ('confidence = "M"', 'confidence = "M"\nyear_offset = -11'),
        (
            'confidence = "M"',
            'confidence = "M"\ndue = { rule = "days_after_period", days = 999999999 }',
        ),
        ('short_en = "Act"', 'short_en = "Act"\nedition = -1'),
        ('confidence = "M"', 'confidence = "M"\nalso_topics = [1]'),
        ('confidence = "M"', 'confidence = "M"\ncomponents = ["chart"]'),
        ('confidence = "M"', 'confidence = "M"\ncomponents = [{ key = "a" }]'),
        ('confidence = "M"', 'confidence = "M"\nformats = ["exe"]'),
        ('confidence = "M"', 'confidence = "M"\ndue = { rule = "days_after_period" }'),
        ('confidence = "M"', 'confidence = "M"\ndue = { rule = "date_in_year", day = 1 }'),
        ('confidence = "M"', 'confidence = "M"\ndue = { rule = "none", hours = 1 }'),
        ('short_en = "Act"', 'short_en = "Act"\nassessment_year = 2026'),
        ('short_en = "Act"', 'short_en = "Act"\nedition = "1"'),
        ("[[obligations]]", "[[obligation]]"),
        ("[instrument]", "[tool]"),
    ],
)
def test_both_refuse_it(old: str, new: str) -> None:
    assert old in FILE
    text = FILE.replace(old, new, 1)
    with pytest.raises(BadFile, match=r"act\.toml"):
        read_sheet("act.toml", text)
    assert not is_valid(text)
