"""What all tests share: a throw-away PostgreSQL, and Chromium with the whole product running behind it."""

import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from playwright.sync_api import Browser, expect, sync_playwright

from tests.databases import (
    append_only_tables_can_be_emptied,  # noqa: F401 -- used by every test
    tables_in_memory,
)
from tests.postgres import Server, start_server
from tests.product import Product, migrated_folder, prepared_folder
from tests.templates import take_kept_engines  # noqa: F401 -- Django calls it

# A busy machine is not a wrong rule.
properties.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
properties.load_profile("any machine")
# As long as Playwright's own steps are waited for.
expect.set_options(timeout=30_000)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay to the end: they need not be looked through for garbage, now or while they run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that start the product first: at the end, every other process would wait for one of them."""
    starting = {
        item.path
        for item in items
        if {"prepared", "migrated"} & set(getattr(item, "fixturenames", ()))
    }
    items.sort(key=lambda item: item.path not in starting)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Asked for by pytest-django before it makes its databases."""
    with tables_in_memory(migrated_folder(shared_by_all_processes(tmp_path_factory))):
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL server that lives as long as this test process."""
    with tempfile.TemporaryDirectory(prefix="prongsai-postgres-") as folder:
        server: Server = start_server(Path(folder))
        yield server.url
        server.stop()


@pytest.fixture(autouse=True)
def thai_again() -> Iterator[None]:
    """A request in English leaves its language to the thread, and so to the next test."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What the office's process counts and keeps in its memory, wrong second factors among it."""
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test's tables begin anew, and so do the files that follow them."""
    settings.TRAIL_FOLDER = tmp_path_factory.getbasetemp() / "trail" / uuid4().hex
    settings.NOTICE_FILE = tmp_path_factory.getbasetemp() / "notices" / uuid4().hex / "live.json"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    # Playwright's loop runs in this very thread, where Django would refuse every question to PostgreSQL
    # that a later test asks.
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as environment:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=headless_chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
            ],
        )
        yield browser
        browser.close()


def headless_chromium() -> str:
    """Its shell without windows starts and opens pages for a quarter of the processor time; the engine is the same."""
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return found or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with empty databases, for a product that lives on another day; to copy."""
    return migrated_folder(shared_by_all_processes(tmp_path_factory))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration's chart and accounts, and nothing published; to copy."""
    return prepared_folder(shared_by_all_processes(tmp_path_factory))


def shared_by_all_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run: pytest-xdist gives each of its processes one below it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="module")
def product(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The product running on a copy of what was prepared."""
    running = Product(data=tmp_path_factory.mktemp("product") / "data")
    shutil.copytree(prepared, running.data)
    running.start()
    yield running
    running.stop()
