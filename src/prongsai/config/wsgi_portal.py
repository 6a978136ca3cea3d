"""The portal's entry point: static files, then finished pages, then Django."""

import os
import re

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings.portal")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

_django = get_wsgi_application()

from django.db import connections  # noqa: E402 -- the apps must be ready
from whitenoise import WhiteNoise  # noqa: E402 -- as above

from prongsai.config.environment import whole_number  # noqa: E402 -- as above
from prongsai.config.lifeline import die_with_server  # noqa: E402 -- as above
from prongsai.portal.cache import PageCache  # noqa: E402 -- as above
from prongsai.portal.head import head_reader  # noqa: E402 -- as above
from prongsai.portal.notices import with_notices  # noqa: E402 -- as above
from prongsai.portal.owed import with_days  # noqa: E402 -- as above
from prongsai.portal.site import CachedSite  # noqa: E402 -- as above
from prongsai.portal.units import with_successors  # noqa: E402 -- as above

# Set it to 0 to measure, or when memory is short; each worker has its own.
CACHE_BYTES = whole_number("PRONGSAI_PAGE_CACHE_MB", 64) * 1024 * 1024
# Django's manifest storage puts twelve digits of the content's hash into each name.
HASHED_NAME = re.compile(r"^.+\.[0-9a-f]{12}\..+$")

die_with_server()
application = WhiteNoise(
    CachedSite(
        _django,
        with_days(with_successors(with_notices(head_reader(connections["record"])))),
        PageCache(CACHE_BYTES),
    ),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=lambda path, url: HASHED_NAME.match(url),
)
