"""Brings the three databases to the current tables and triggers. Safe to run at any time."""

import argparse

from django.conf import settings
from django.core.management import call_command

from prongsai.config.folders import make_folders
from prongsai.config.schemas import let_the_reader_read, make_schemas
from prongsai.config.stamps import mark_migrated


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--verbose", action="store_true", help="name each migration")


def run(arguments: argparse.Namespace) -> int:
    make_folders()
    make_schemas()
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=int(arguments.verbose))
    let_the_reader_read()
    mark_migrated()
    return 0
