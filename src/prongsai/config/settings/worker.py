"""The worker and the command line: the office's apps, and the only connection that may append."""

import os

from prongsai.config.databases import databases
from prongsai.config.environment import one_of
from prongsai.config.folders import SECRETS
from prongsai.config.settings.office import *  # noqa: F403 -- settings are read by name

DATABASES = databases()
LOG_KEY_PATH = SECRETS / "log-key"
# Takes pictures of the portal's pages for packs of evidence; "off" for none. It shuts itself in, which root cannot do.
CHROMIUM = os.environ.get("PRONGSAI_CHROMIUM", "")
CHROMIUM_SANDBOX = one_of("PRONGSAI_CHROMIUM_SANDBOX", ("on", "off"), "on") == "on"
