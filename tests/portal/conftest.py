"""The portal over a record of the test's own, with the portal's settings where they matter."""

from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import clear_url_caches

from prongsai.config.settings import portal
from prongsai.portal import listings
from prongsai.portal.cache import PageCache
from prongsai.portal.choices import facets_at
from prongsai.portal.head import head_reader
from prongsai.portal.site import CachedSite
from tests.portal.visitor import Visitor
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name

SERVES_FILES = "whitenoise.middleware.WhiteNoiseMiddleware"


@pytest.fixture
def portal_settings(settings: Any, tmp_path: Path) -> Any:
    """The portal's addresses, middleware and templates; static files need not be collected."""
    facets_at.cache_clear()
    listings.neighbours.cache_clear()
    settings.ROOT_URLCONF = portal.ROOT_URLCONF
    settings.TEMPLATES = portal.TEMPLATES
    settings.MIDDLEWARE = [name for name in portal.MIDDLEWARE if name != SERVES_FILES]
    settings.PORTAL_URL = "https://www.tangjai.example"
    settings.SEARCH_ROOT = tmp_path / "search"
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    clear_url_caches()
    return settings


@pytest.fixture
def cache() -> PageCache:
    return PageCache()


@pytest.fixture
def citizen(data: Path, portal_settings: Any, cache: PageCache) -> Visitor:  # noqa: F811 -- a fixture
    """Asks the site as the server does, cache and all."""
    return Visitor(CachedSite(WSGIHandler(), head_reader(connections["record"]), cache))
