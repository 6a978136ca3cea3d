"""Desks, a citizen, and shelves of the test's own. `folder` is a whole installation for other processes."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.installation import Installation
from tests.office.conftest import people, sit  # noqa: F401 -- fixtures, used by name
from tests.portal.conftest import cache, citizen, portal_settings  # noqa: F401 -- as above
from tests.record.conftest import data, migrated, tamper  # noqa: F401 -- as above


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """The office's private files."""
    place = tmp_path / "files"
    backend = "django.core.files.storage.FileSystemStorage"
    row = {"BACKEND": backend, "OPTIONS": {"location": str(place)}}
    settings.STORAGES = settings.STORAGES | {"files": row}
    return place


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The chart and accounts of the demonstration, and nothing published; to copy."""
    made = Installation(tmp_path_factory.mktemp("prepared"))
    made.run("migrate")
    made.run("demo", "--chart-only")
    return made


@pytest.fixture
def installation(prepared: Installation, tmp_path: Path) -> Installation:
    """A copy that a test may ruin."""
    copy = tmp_path / "data"
    shutil.copytree(prepared.data, copy)
    return Installation(copy)
