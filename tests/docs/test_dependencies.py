"""`docs/dependencies.md` names every direct dependency, and nothing that is gone."""

import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")

# AGPL and GPL, not LGPL.
OURS_TOO = re.compile(r"Affero|\bA?GPL|(?<!Lesser )General Public License")


def listed(name: str) -> set[str]:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    names = (
        re.match(r"[A-Za-z0-9_.-]+", line) for line in lines if not line.startswith(("-", "#"))
    )
    return {match.group().lower() for match in names if match}


def licence(name: str) -> str:
    """What a package says of its own licence, in whichever field; nothing of one for another system."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    kinds = [kind for kind in told.get_all("Classifier", []) if kind.startswith("License")]
    return " ".join([told.get("License-Expression", ""), told.get("License", "")[:200], *kinds])


def table(heading: str) -> set[str]:
    part = PAGE.split(f"## {heading}")[1].split("\n## ")[0]
    return {row.lower() for row in re.findall(r"^\| ([^|]+?) \|", part, re.MULTILINE)} - {
        "package",
        "---",
    }


def test_each_runtime_package_has_its_reason() -> None:
    assert table("Runtime") == listed("base.in") | listed("postgres.in")


def test_each_package_of_the_front_end_has_its_reason() -> None:
    package = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    named = set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))

    assert table("Front end (npm; built once, served by ourselves)") == named


def test_each_tool_of_development_is_named() -> None:
    assert [name for name in sorted(listed("dev.in")) if name not in PAGE.lower()] == []


def test_no_package_of_the_runtime_asks_for_our_own_source() -> None:
    lock = (ROOT / "requirements/base.txt").read_text(encoding="utf-8")
    said = {name: licence(name) for name in re.findall(r"^([a-z0-9._-]+)==", lock, re.MULTILINE)}

    assert re.search(OURS_TOO, licence("libcoveocds"))
    assert [name for name, words in said.items() if re.search(OURS_TOO, words)] == []
