"""What lib-cove, the standard's own reviewer, finds in a package; without a network."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

from prongsai.portal.ocds.packages import release_schema

SCHEMAS = Path(__file__).parent / "ocds"
DRAFT = "http://json-schema.org/draft-04/schema#"
TOP = "standard-1__1__5/"
# All that it calls a fault; what it only counts, and codes of open lists, are none.
FAULTS = (
    "validation_errors",
    "additional_fields",
    "additional_closed_codelist_values",
    "additional_checks",
    "conformance_errors",
    "deprecated_fields",
    "structure_warnings",
    "json_deref_error",
)


def findings(package: Mapping[str, Any]) -> dict[str, Any]:
    """By the reviewer's own names; empty when it finds nothing."""
    config = LibCoveOCDSConfig({"standard_zip": _standard(), "context": "api"})
    # It works on the package in its hands: give it one of its own.
    told = ocds_json_output(json_data=json.loads(json.dumps(package)), lib_cove_ocds_config=config)
    if (told["version_used"], told["count"] > 0) != ("1.1", True):
        return told
    return {name: told[name] for name in FAULTS if told.get(name)}


@cache
def _standard() -> bytes:
    """The archive that it would fetch; its first name is the folder of all others."""
    schemas = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    # No versioned release goes out, and its schema would be fetched.
    del schemas["record-package-schema.json"]["definitions"]["record"]["properties"][
        "versionedRelease"
    ]
    schemas["versioned-release-validation-schema.json"] = {"$schema": DRAFT}
    schemas["release-schema.json"] = release_schema()
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr(TOP, "")
        for name, schema in schemas.items():
            archive.writestr(f"{TOP}schema/{name}", json.dumps(schema))
        for name, codes in dict(_codelists(release_schema())).items():
            archive.writestr(f"{TOP}schema/codelists/{name}", "\n".join(["Code", *codes, ""]))
    return packed.getvalue()


def _codelists(schema: Any) -> Iterator[tuple[str, list[str]]]:
    """A closed list's codes stand beside its name; an open one's do not."""
    if not isinstance(schema, Mapping):
        return
    if "codelist" in schema:
        codes = schema.get("enum") or schema.get("items", {}).get("enum", [])
        yield schema["codelist"], [code for code in codes if code]
    for inner in schema.values():
        yield from _codelists(inner)
