"""The record alone in a folder of its own, for tests that need real processes on real files."""

import os
from pathlib import Path

from prongsai.config.databases import databases
from prongsai.config.settings.base import *  # noqa: F403 -- settings are read by name

_folder = Path(os.environ["PRONGSAI_DATA"])
INSTALLED_APPS = ["prongsai.record"]
DATABASES = databases(without=("default", "cases"))
LOG_KEY_PATH = _folder / "secrets" / "log-key"
