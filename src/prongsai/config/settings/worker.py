"""The worker and the command line: the office's apps, and the only connection that may append."""

from prongsai.config.databases import databases
from prongsai.config.folders import SECRETS
from prongsai.config.settings.office import *  # noqa: F403 -- settings are read by name

DATABASES = databases()
LOG_KEY_PATH = SECRETS / "log-key"
