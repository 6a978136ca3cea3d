"""Runs the gate for an approved submission, named by its reference or by the number of its public item."""

import argparse
import json
import sys
from uuid import UUID

from django.utils import timezone, translation

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.config.cli.problems import CommandProblem
from prongsai.config.work import CANNOT_NOW
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Reason
from prongsai.publication.texts import sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name",
        metavar="NUMBER|REF",
        help="2569-00123, or the reference of a submission or disclosure",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the entry, or the reasons of a refusal, as JSON"
    )


def run(arguments: argparse.Namespace) -> int:
    submission = _submission(arguments.name)
    try:
        entry = publish(submission_ref=submission.ref, at=timezone.now())
    except CannotPublish as refusal:
        if arguments.json:
            sys.stdout.write(f"{json.dumps(_refused(refusal), ensure_ascii=False)}\n")
            return 1
        reasons = " ".join(_in_english(reason) for reason in refusal.reasons)
        raise CommandProblem(f"{arguments.name} was refused by the gate: {reasons}") from refusal
    except CANNOT_NOW as error:
        raise CommandProblem(f"{arguments.name} cannot be published now: {error}") from error
    shown = {
        "number": entry.number,
        "version": entry.version,
        "seq": entry.seq,
        "action": entry.action,
    }
    line = (
        json.dumps(shown)
        if arguments.json
        else f"{entry.action} {entry.number} version {entry.version} (#{entry.seq})"
    )
    sys.stdout.write(f"{line}\n")
    return 0


def _refused(refusal: CannotPublish) -> dict[str, list[dict[str, str]]]:
    return {
        "reasons": [
            {"code": reason.blocker.value, "about": reason.about, "sentence": _in_english(reason)}
            for reason in refusal.reasons
        ]
    }


def _in_english(reason: Reason) -> str:
    """One line: what it is about may be a finding's text, whose own line ends mean nothing here."""
    with translation.override("en"):
        return " ".join(sentence(reason).split())


def _submission(name: str) -> Submission:
    """The newest submission that the name stands for, an approved one first."""
    try:
        ref = UUID(name)
    except ValueError:
        found = Submission.objects.filter(disclosure__number=name)
    else:
        found = Submission.objects.filter(ref=ref) | Submission.objects.filter(disclosure__ref=ref)
    newest = (
        found.filter(state=SubmissionState.APPROVED).first()
        or found.order_by("-submitted_at").first()
    )
    if newest is None:
        raise CommandProblem(
            f"there is no submission for {name!r}; give a number such as 2569-00123 or a reference"
        )
    return newest
