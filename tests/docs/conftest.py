"""The reference of the read API is compared with the portal itself."""

from tests.portal.conftest import (  # noqa: F401 -- fixtures, used by name
    cache,
    citizen,
    data,
    migrated,
    portal_settings,
)
