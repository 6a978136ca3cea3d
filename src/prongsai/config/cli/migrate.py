"""Brings the three databases to the current tables and triggers. Safe to run at any time."""

import argparse

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from prongsai.config.databases import APPS_ELSEWHERE
from prongsai.config.folders import make_folders
from prongsai.config.schemas import let_the_reader_read, make_schemas
from prongsai.config.stamps import mark_migrated


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="name each migration")


def run(arguments: argparse.Namespace) -> int:
    make_folders()
    make_schemas()
    for alias in settings.DATABASES:
        _migrate(alias, verbosity=int(arguments.verbose))
    let_the_reader_read()
    mark_migrated()
    return 0


def _migrate(alias: str, *, verbosity: int) -> None:
    """Walks through the office's many tables only for the office: in another database they make none."""
    if alias not in APPS_ELSEWHERE.values():
        call_command("migrate", database=alias, interactive=False, verbosity=verbosity)
        return
    # SQLite's file comes with the first connection.
    connections[alias].ensure_connection()
    for app, home in APPS_ELSEWHERE.items():
        if home == alias and apps.is_installed(f"prongsai.{app}"):
            call_command("migrate", app, database=alias, interactive=False, verbosity=verbosity)
