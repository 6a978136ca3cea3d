"""Files and blobs on real disks, a new place for each test."""

from pathlib import Path
from typing import Any

import pytest

from prongsai.organisation.actors import Actor
from tests.approval import factories


@pytest.fixture(autouse=True)
def shelves(tmp_path: Path, settings: Any) -> Path:
    """The office's files below `files`, the record's blobs below `blobs`, and a log key of their own."""
    backend = "django.core.files.storage.FileSystemStorage"
    own = {
        name: {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path / name)}}
        for name in ("files", "blobs")
    }
    settings.STORAGES = settings.STORAGES | own
    settings.LOG_KEY_PATH = tmp_path / "secrets" / "log-key"
    settings.LOG_VKEY_PATH = tmp_path / "log.vkey"
    return tmp_path


@pytest.fixture
def people() -> dict[str, Actor]:
    return factories.line()
