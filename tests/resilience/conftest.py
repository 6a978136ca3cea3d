"""An installation of a test's own, made once and copied."""

from tests.attacks.conftest import installation, prepared  # noqa: F401 -- fixtures, used by name
