"""The JSON Schema of a file of duties, made from the tables by which it is read; a test compares the two."""

import json
from collections.abc import Mapping
from typing import Any

from prongsai.obligations.catalogue import (
    COMPONENT,
    DUE,
    INDICATOR,
    INSTRUMENT,
    KEY,
    LONGEST_KEY,
    MOST_DAYS,
    OBLIGATION,
    OFFSETS,
    YEARS,
)
from prongsai.obligations.states import DueRule
from prongsai.organisation.rows import LARGEST_NUMBER, Column

Schema = dict[str, Any]
_TYPES: dict[type, str] = {str: "string", int: "integer", list: "array", dict: "object"}
_KEY: Schema = {"pattern": f"^{KEY.pattern}$", "maxLength": LONGEST_KEY}
# What the tables of columns cannot say, by the name of the column.
_DUE_NEEDS = [
    {
        "if": {
            "properties": {"rule": {"enum": sorted(set(DueRule.values) - {"none", "date_in_year"})}}
        },
        "then": {
            "required": ["days"],
            "properties": {"days": {"minimum": 1, "maximum": MOST_DAYS}},
        },
    },
    {
        "if": {"properties": {"rule": {"const": DueRule.DATE_IN_YEAR.value}}},
        "then": {
            "required": ["month", "day"],
            "properties": {
                "month": {"minimum": 1, "maximum": 12},
                "day": {"minimum": 1, "maximum": 31},
            },
        },
    },
]


def schema() -> Schema:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Duties to publish, by one instrument",
        "description": "One TOML file: a law, a standard, or the list of one assessment year.",
        "type": "object",
        "required": ["instrument"],
        "additionalProperties": False,
        "properties": {
            "instrument": _table(
                INSTRUMENT,
                key=_KEY,
                edition={"minimum": 0, "maximum": LARGEST_NUMBER},
                indicators={"items": _table(INDICATOR)},
                assessment_year={"minimum": YEARS.start, "maximum": YEARS.stop - 1},
            ),
            "obligations": {
                "type": "array",
                "items": _table(
                    OBLIGATION,
                    key=_KEY,
                    due=_table(DUE) | {"allOf": _DUE_NEEDS},
                    components={"items": _table(COMPONENT)},
                    review_days={"minimum": 1, "maximum": MOST_DAYS},
                    year_offset={"minimum": OFFSETS[0], "maximum": OFFSETS[-1]},
                ),
            },
        },
    }


def _table(columns: Mapping[str, Column], **more: Schema) -> Schema:
    return {
        "type": "object",
        "required": [name for name, column in columns.items() if column.default is ...],
        "additionalProperties": False,
        "properties": {
            name: _value(column) | more.get(name, {}) for name, column in columns.items()
        },
    }


def _value(column: Column) -> Schema:
    found: Schema = {"type": _TYPES[column.type]}
    choices: Schema = {"enum": sorted(column.choices)} if column.choices else {}
    if column.type is list:
        inner: Schema = {"type": _TYPES[column.of]} if column.of else {}
        if column.of is str:
            inner["minLength"] = 1
        return found | {"items": inner | choices}
    if column.type is str and column.default is ...:
        found["minLength"] = 1
    return found | choices


def page() -> str:
    return f"{json.dumps(schema(), ensure_ascii=False, indent=2)}\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 -- printing the schema is what it does
