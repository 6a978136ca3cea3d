"""Each test has a file of notices of its own, and the line of posts to write and to agree."""

from pathlib import Path
from typing import Any

import pytest

from prongsai.organisation.actors import Actor
from tests.approval.factories import line


@pytest.fixture(autouse=True)
def notice_file(settings: Any, tmp_path: Path) -> Path:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    return Path(settings.NOTICE_FILE)


@pytest.fixture
def people(db: None) -> dict[str, Actor]:
    return line()
