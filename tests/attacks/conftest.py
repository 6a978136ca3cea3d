"""Desks, a citizen, and shelves of the test's own. `installation` is a whole one for other processes."""

import shutil
from pathlib import Path

import pytest

from tests.attacks.installation import Installation, approved_folder
from tests.conftest import shared_by_all_processes
from tests.office.conftest import people, sit, town  # noqa: F401 -- fixtures, used by name
from tests.office.vouching import fake  # noqa: F401 -- as above
from tests.portal.conftest import cache, citizen, portal_settings  # noqa: F401 -- as above
from tests.publication.conftest import shelves  # noqa: F401 -- as above
from tests.record.conftest import data, migrated, tamper  # noqa: F401 -- as above


@pytest.fixture
def files(shelves: Path) -> Path:  # noqa: F811 -- the fixture above, asked for by name
    """The office's private files."""
    return shelves / "files"


@pytest.fixture(scope="session")
def looked_at(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A copy of what was prepared, for tests that leave it as it is."""
    copy = tmp_path_factory.mktemp("looked-at") / "data"
    shutil.copytree(prepared, copy)
    return Installation(copy)


@pytest.fixture
def installation(prepared: Path, tmp_path: Path) -> Installation:
    """A copy of what was prepared that a test may ruin."""
    copy = tmp_path / "data"
    shutil.copytree(prepared, copy)
    return Installation(copy)


@pytest.fixture
def waiting(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """One of these in which twelve submissions wait for the gate."""
    copy = tmp_path / "data"
    shutil.copytree(approved_folder(shared_by_all_processes(tmp_path_factory)), copy)
    return Installation(copy)
