"""What all processes share. Each process adds its own apps, databases and addresses."""

import logging
import os
import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from prongsai.config.environment import one_of, vkeys
from prongsai.config.folders import BUILD, DATA, NOTICES, OFFICE, RECORD, REPOSITORY

DEBUG = False
ALLOWED_HOSTS = os.environ.get("PRONGSAI_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
# Paths are set behind these as they stand, so a slash at the end would stand twice.
PORTAL_URL = os.environ.get(
    "PORTAL_URL", f"http://127.0.0.1:{os.environ.get('PORTAL_PORT', '8000')}"
).rstrip("/")
OFFICE_URL = os.environ.get(
    "OFFICE_URL", f"http://127.0.0.1:{os.environ.get('OFFICE_PORT', '8001')}"
).rstrip("/")

_municipality = DATA / "municipality.toml"
if not _municipality.exists():
    _municipality = REPOSITORY / "src/prongsai/config/data/municipality.toml"
try:
    MUNICIPALITY: dict[str, Any] = tomllib.loads(_municipality.read_text(encoding="utf-8"))
except ValueError as error:
    raise ImproperlyConfigured(f"{_municipality} is not TOML in UTF-8: {error}") from error

# A municipality's own words for screening; without the folder the built-in lists are all.
SCREENING_WORDS = Path(os.environ.get("PRONGSAI_SCREENING_DATA", DATA / "screening"))
if "PRONGSAI_SCREENING_DATA" in os.environ and not SCREENING_WORDS.is_dir():
    raise ImproperlyConfigured(f"PRONGSAI_SCREENING_DATA must be a folder, not {SCREENING_WORDS}")

# Duties that the municipality adds to ours, or lists that it keeps in place of ours; the folder need not be there.
OBLIGATIONS_FOLDER = Path(os.environ.get("PRONGSAI_OBLIGATIONS", DATA / "obligations"))
if "PRONGSAI_OBLIGATIONS" in os.environ and not OBLIGATIONS_FOLDER.is_dir():
    raise ImproperlyConfigured(f"PRONGSAI_OBLIGATIONS must be a folder, not {OBLIGATIONS_FOLDER}")

# Public keys (vkeys) of those whose signed lists of duties may be adopted in the office.
PACK_KEYS = vkeys("PRONGSAI_PACK_KEYS")

# Grounds of law that the municipality adds to ours, or words in its own way.
GROUNDS_FILE = DATA / "grounds.toml"
# Days on which this municipality is closed beside the national ones, and its own rules for emergency notices.
HOLIDAYS_FILE = DATA / "holidays.toml"
NOTICE_POLICY_FILE = DATA / "notices.toml"
# When it wants whom to be told of what must be published.
REMINDERS_FILE = DATA / "reminders.toml"

# A municipality's own words for its papers; what it does not name stays ours.
PAPER_TEXTS_FILE = Path(os.environ.get("PRONGSAI_PAPER_TEXTS", DATA / "paper_texts.toml"))
if "PRONGSAI_PAPER_TEXTS" in os.environ and not PAPER_TEXTS_FILE.is_file():
    raise ImproperlyConfigured(f"PRONGSAI_PAPER_TEXTS must be a file, not {PAPER_TEXTS_FILE}")

# Whether the links of published content to other sites are opened now and then.
LINK_CHECKS = one_of("PRONGSAI_LINK_CHECKS", ("on", "off"), "on") == "on"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", "ไทย"), ("en", "English")]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["prongsai.config.databases.Router"]
AUTH_USER_MODEL = "organisation.Person"

# The record's blobs are public bytes in waiting; the office's files never leave the office folder.
BLOB_ROOT = RECORD / "blobs"
FILE_ROOT = OFFICE / "files"
SEARCH_ROOT = RECORD / "search"
# Which unit answers for one that has ended: the worker writes it, the portal shows it.
SUCCESSORS_FILE = RECORD / "successors.json"
LOG_VKEY_PATH = RECORD / "log.vkey"
# The one file of emergency notices: the office writes it at the tap, the portal reads it at each request.
NOTICE_FILE = NOTICES / "live.json"

STATIC_URL = "/static/"
STATIC_ROOT = BUILD / "static"
STATICFILES_DIRS = [BUILD / "frontend"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILE_ROOT)},
    },
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILE_ROOT)},
    },
    "blobs": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(BLOB_ROOT)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

_log_level = one_of("PRONGSAI_LOG_LEVEL", tuple(logging.getLevelNamesMapping()), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"pikepdf": {"level": "WARNING"}},  # it greets everybody who imports it
    "root": {"handlers": ["stderr"], "level": _log_level},
}


def templates(*context_processors: str) -> list[dict[str, Any]]:
    """Django's template engine with these context processors beside the request's own."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    *context_processors,
                ],
            },
        }
    ]
