"""A private shelf for each test: processes that test beside each other share the data folder."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, settings: Any) -> Path:
    place = tmp_path / "files"
    backend = "django.core.files.storage.FileSystemStorage"
    options = {"location": str(place)}
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}
    return place
