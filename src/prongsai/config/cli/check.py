"""Checks this installation: settings, tables and triggers, the trail of acts, and what waits too long."""

import argparse
import json
import sys
from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.approval.states import SubmissionState
from prongsai.config.schemas import reader_may_change
from prongsai.files.antivirus import answers
from prongsai.files.recognition.trained import MissingTrainedData, trained_directory
from prongsai.monitoring.data_packs import unlaid
from prongsai.notices.board import read
from prongsai.notices.public import BadBulletin
from prongsai.notices.queries import overdue_reviews, sequence
from prongsai.obligations.queries import problems as duty_problems
from prongsai.office.health import WEEK, late_files, late_publications
from prongsai.office.identity import provider_failure
from prongsai.office.states import Failure
from prongsai.organisation import append_only
from prongsai.organisation.actions import mirror_acts
from prongsai.organisation.comparing import mirror_problems
from prongsai.organisation.models import Act
from prongsai.organisation.queries import first_broken_act
from prongsai.organisation.states import Outcome
from prongsai.record.triggers import missing_triggers


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(arguments: argparse.Namespace) -> int:
    found = _problems()
    if arguments.json:
        sys.stdout.write(f"{json.dumps({'problems': found}, ensure_ascii=False)}\n")
    for problem in [] if arguments.json else found:
        sys.stderr.write(f"prongsai check: {problem}\n")
    return 1 if found else 0


def _problems() -> list[str]:
    messages = checks.run_checks(databases=["default", "record"])
    found = [f"{message.id}: {message.msg}" for message in messages if message.is_serious()]
    found += [
        f"the record's trigger {name} is missing; run `prongsai migrate`"
        for name in missing_triggers()
    ]
    found += [
        f"the office's trigger {name} is missing; run `prongsai migrate`"
        for name in append_only.missing_triggers("default")
    ]
    if reader_may_change():
        found.append(
            "PRONGSAI_DATABASE_READER may do more than read the record; give it SELECT only"
        )
    broken = first_broken_act()
    if broken is not None:
        found.append(f"the trail of acts is broken at {broken}; compare it with a backup")
    mirror_acts()
    found += mirror_problems(settings.TRAIL_FOLDER, at=timezone.now())
    found += [
        f"submission {each.ref} is {SubmissionState(each.state)} and late; is the worker running?"
        for each in late_publications(at=timezone.now())
    ]
    found += [f"{settings.OBLIGATIONS_FOLDER}: {problem}" for problem in duty_problems()]
    found += [
        f"{path} is not the list that was adopted in the office; the worker puts it right if it may write there"
        for path in unlaid()
    ]
    return [*found, *_file_problems(), *_notice_problems(), *_door_problems()]


def _door_problems() -> Iterator[str]:
    """What keeps people from coming in, or the trail from knowing from where."""
    yield from _proxy_problems()
    provider = settings.IDENTITY_PROVIDER
    if provider is None:
        return
    failure = provider_failure()
    if failure == Failure.REFUSED:
        yield f"the identity provider at {provider.issuer} describes itself as another; nobody signs in by it"
    elif failure:
        yield (
            f"the identity provider at {provider.issuer} does not answer as it should; "
            "people sign in with their passwords meanwhile"
        )


def _proxy_problems() -> Iterator[str]:
    """Where everybody seems to sit at the same place, the trail and the lock-out are of little use."""
    since = timezone.now() - WEEK
    came = Act.objects.filter(
        verb="office.sign_in",
        outcome=Outcome.DONE,
        at__gt=since,
        details__unnamed_proxy=True,
    )
    newest = came.order_by("-id").first()
    if newest:
        address = newest.details["address"]
        yield (
            f"people sign in through a proxy at {address} that PRONGSAI_TRUSTED_PROXIES does not name; "
            "the trail knows its address instead of theirs"
        )


def _file_problems() -> Iterator[str]:
    """What keeps files from becoming usable, or their pages from being read."""
    try:
        trained_directory()
    except MissingTrainedData as error:
        yield str(error)
    scanner = settings.VIRUS_SCANNER
    if scanner and not answers(scanner):
        yield f"the virus scanner at {scanner} does not answer; files wait until it does"
    late = late_files(at=timezone.now()).count()
    if late:
        yield f"{late} files wait to be looked at; are the virus scanner and the worker running?"


def _notice_problems() -> Iterator[str]:
    """What keeps a notice from the public, or a look back from being taken."""
    try:
        told = read(settings.NOTICE_FILE).sequence
    except FileNotFoundError:
        told = 0
    except (OSError, BadBulletin) as error:
        yield f"the file of emergency notices cannot be read ({error})"
        told = -1
    if told != sequence():
        yield f"{settings.NOTICE_FILE} does not say what the office holds; is the worker running?"
    late = overdue_reviews(on=localdate()).count()
    if late:
        yield f"{late} emergency notices have not been looked back at in time"
