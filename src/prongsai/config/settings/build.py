"""For building, not for serving: every app is installed, so that one run collects all static files and texts."""

from prongsai.config.settings.worker import *  # noqa: F403 -- settings are read by name
from prongsai.config.settings.worker import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "prongsai.portal"]
# What is collected is public, and whoever serves it may be another account than the one that installs.
FILE_UPLOAD_PERMISSIONS = 0o644
