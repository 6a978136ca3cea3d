"""What OCDS 1.1.5 asks of a release: its own JSON Schema, closed against unknown fields, and loose ends."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from prongsai.portal.ocds.packages import release_schema

PACKAGE = Path(__file__).parent / "ocds/release-package-schema.json"


def closed(schema: Any) -> Any:
    """The same schema, in which a name that it does not know is a fault."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: closed(value) for key, value in schema.items()}
    if isinstance(strict.get("properties"), dict) and strict.get("type") != "string":
        strict.setdefault("additionalProperties", False)
    return strict


RELEASE = closed(deepcopy(release_schema()))
CHECKED = Draft4Validator.FORMAT_CHECKER


def faults(release: Mapping[str, Any]) -> list[str]:
    validator = Draft4Validator(RELEASE, format_checker=CHECKED)
    return [*_told(validator, release), *_empty(release), *_loose_ends(release)]


def package_faults(package: Mapping[str, Any]) -> list[str]:
    """The package as a whole; of its releases too."""
    known = Registry().with_resource(RELEASE["id"], Resource(RELEASE, DRAFT4))
    schema = closed(json.loads(PACKAGE.read_text("utf-8")))
    return list(_told(Draft4Validator(schema, registry=known, format_checker=CHECKED), package))


def _told(validator: Draft4Validator, document: Mapping[str, Any]) -> Iterator[str]:
    for error in validator.iter_errors(document):
        yield f"{'.'.join(map(str, error.path))}: {error.message}"


def _empty(value: Any, place: str = "release") -> Iterator[str]:
    """The standard wants what is not known left out."""
    if value in (None, "", [], {}):
        yield f"{place} is empty"
    for key, inner in value.items() if isinstance(value, dict) else ():
        yield from _empty(inner, f"{place}.{key}")
    for inner in value if isinstance(value, list) else ():
        yield from _empty(inner, place)


def _loose_ends(release: Mapping[str, Any]) -> Iterator[str]:
    """References that lead nowhere, and parties that are named twice."""
    parties = [party["id"] for party in release["parties"]]
    named = [release["buyer"]["id"]]
    named += [each["id"] for award in release.get("awards", ()) for each in award["suppliers"]]
    awards = {award["id"] for award in release.get("awards", ())}
    if len(set(parties)) != len(parties) or set(named) != set(parties):
        yield "parties"
    if {each["awardID"] for each in release.get("contracts", ())} - awards:
        yield "awardID"
    if "#" in release["id"]:
        yield "id"
