"""A record of the test's own beside the office's tables."""

from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures, used by name
