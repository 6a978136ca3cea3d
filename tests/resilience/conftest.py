"""An installation of a test's own."""

from tests.attacks.conftest import installation  # noqa: F401 -- a fixture, used by name
