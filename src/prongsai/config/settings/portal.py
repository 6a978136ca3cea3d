"""The public site: reads the record, and nothing of the office is installed or reachable."""

import secrets

from prongsai.config.databases import databases
from prongsai.config.settings.base import *  # noqa: F403 -- settings are read by name
from prongsai.config.settings.base import templates

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "csp",
    "prongsai.obligations",
    "prongsai.record",
    "prongsai.discovery",
    "prongsai.portal",
]
# Django wants one. Nothing is signed here, so it lives as long as the process and no file holds it.
SECRET_KEY = secrets.token_hex(32)
# No `default`: whoever asks for an office table here gets an error, not data.
DATABASES = databases(without=("default", "cases"), read_only=("record",))
ROOT_URLCONF = "prongsai.config.urls.portal"
WSGI_APPLICATION = "prongsai.config.wsgi_portal.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = templates("prongsai.portal.context.site")
LOCALE_PATHS: list[str] = []
