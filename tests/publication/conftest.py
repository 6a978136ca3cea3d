"""Files and blobs on real disks, a new place for each test."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from prongsai.organisation.actors import Actor
from tests.approval import factories


@pytest.fixture(autouse=True)
def shelves(tmp_path: Path, settings: Any) -> Path:
    """The office's files below `files`, the record's blobs below `blobs`, and a log key of their own."""
    for name, place in storages(tmp_path).items():
        setattr(settings, name, place)
    return tmp_path


def storages(folder: Path) -> dict[str, Any]:
    """The settings of that."""
    backend = "django.core.files.storage.FileSystemStorage"
    own = {
        name: {"BACKEND": backend, "OPTIONS": {"location": str(folder / name)}}
        for name in ("files", "blobs")
    }
    return {
        "STORAGES": settings.STORAGES | own,
        "LOG_KEY_PATH": folder / "secrets" / "log-key",
        "LOG_VKEY_PATH": folder / "log.vkey",
    }


@pytest.fixture
def people() -> dict[str, Actor]:
    return factories.line()
