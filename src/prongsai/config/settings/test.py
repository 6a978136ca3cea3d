"""Tests: every app installed, three real SQLite databases in a folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

# A folder that was there before stays: it may be somebody's own.
if "PRONGSAI_DATA" not in os.environ:
    os.environ["PRONGSAI_DATA"] = tempfile.mkdtemp(prefix="prongsai-test-")
    atexit.register(shutil.rmtree, os.environ["PRONGSAI_DATA"], ignore_errors=True)

from prongsai.config.settings.worker import *  # noqa: F403 -- the data folder must be set first
from prongsai.config.settings.worker import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "prongsai.portal"]
# Django takes each for built upon `default`: tests of one of the others alone could then not be run.
for _database in DATABASES.values():  # noqa: F405
    _database["TEST"] = {"DEPENDENCIES": []}
# Argon2 is slow on purpose, and tests sign in again and again.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# Each test's client begins with middleware of its own, which would look through all static files.
WHITENOISE_AUTOREFRESH = True
# Wall time: other tests run beside, and what is refused for slowness is tested with a limit of its own.
EXAMINATION_SECONDS = 120
