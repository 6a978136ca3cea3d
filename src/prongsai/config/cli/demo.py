"""Loads the demonstration municipality: chart, accounts, more than sixty disclosures through the real gate, what was
seen of its duties twice a month, and work that waits on the desks.

Safe to run again: what is there stays, what is missing is added. Passwords are printed the first time only.
"""

import argparse
import shutil
import sys
from io import StringIO

from django.core.management import call_command
from django.db import transaction
from django.utils.timezone import localdate, localtime

from prongsai.config.cli.problems import CommandProblem
from prongsai.config.demonstration.loader import lay_out, load
from prongsai.config.demonstration.looks import evenings
from prongsai.config.demonstration.people import Account, give_passwords
from prongsai.config.demonstration.plan import DATA as CONTENT
from prongsai.config.demonstration.plan import events
from prongsai.config.demonstration.underway import works
from prongsai.config.folders import DATA, REPOSITORY
from prongsai.config.work import Rounds
from prongsai.organisation.models import Unit

MARK = DATA / "demonstration.loaded"
STRANGERS = "this data folder belongs to another municipality; name an empty one with PRONGSAI_DATA"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--chart-only",
        action="store_true",
        help="load the chart and accounts, no disclosures and no work",
    )


def run(arguments: argparse.Namespace) -> int:
    if Unit.objects.exists() and not Unit.objects.filter(code="tangjai").exists():
        raise CommandProblem(STRANGERS)
    _municipality()
    call_command("load_organisation", str(CONTENT / "organisation.toml"), stdout=StringIO())
    call_command("load_chains", stdout=StringIO())
    call_command("load_sections", stdout=StringIO())
    with transaction.atomic():  # whoever is stopped here has neither accounts nor lost passwords
        _show(give_passwords(on=localdate()))
    if not arguments.chart_only:
        chosen = events(until=localtime())
        looks = evenings(chosen[0].published, localtime()) if chosen else ()
        published = load(chosen, say=_say, looks=looks)
        rounds = Rounds()
        while rounds.turn():
            pass
        laid_out = lay_out(works(localtime()))
        _say(f"demonstration: {published} acts published, {laid_out} pieces of work on the desks")
    MARK.touch()
    return 0


def _municipality() -> None:
    if not (DATA / "municipality.toml").exists():
        shutil.copy(
            REPOSITORY / "src/prongsai/config/data/municipality.toml", DATA / "municipality.toml"
        )


def _show(accounts: list[Account]) -> None:
    if not accounts:
        return
    _say("accounts of the demonstration (passwords are shown this once):")
    for account in accounts:
        _say(f"  {account.username:<24} {account.password:<16} {account.post}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
