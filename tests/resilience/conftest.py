"""An installation of a test's own, empty or with what waits for the gate."""

from tests.attacks.conftest import installation, waiting  # noqa: F401 -- fixtures, used by name
