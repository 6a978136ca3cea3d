"""Desks, a citizen, and shelves of the test's own. `folder` is a whole installation for other processes."""

import shutil
from pathlib import Path

import pytest

from tests.attacks.installation import Installation
from tests.office.conftest import people, sit  # noqa: F401 -- fixtures, used by name
from tests.portal.conftest import cache, citizen, portal_settings  # noqa: F401 -- as above
from tests.publication.conftest import shelves  # noqa: F401 -- as above
from tests.record.conftest import data, migrated, tamper  # noqa: F401 -- as above


@pytest.fixture
def files(shelves: Path) -> Path:  # noqa: F811 -- the fixture above, asked for by name
    """The office's private files."""
    return shelves / "files"


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
