"""The record and its index in a folder of their own, for tests that need real processes on real files."""

from tests.record.process_settings import *  # noqa: F403 -- settings are read by name

INSTALLED_APPS = ["prongsai.record", "prongsai.discovery"]
