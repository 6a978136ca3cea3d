"""What all tests share: a throw-away PostgreSQL, and Chromium with the whole product running behind it."""

from collections.abc import Iterator

import pytest

from tests.databases import append_only_tables_can_be_emptied  # noqa: F401 -- used by every test
from tests.postgres import Server, start_server


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server that lives as long as this test process."""
    server: Server = start_server(tmp_path_factory.mktemp("postgres"))
    yield server.url
    server.stop()
