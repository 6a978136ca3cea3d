"""Makes drafts of the files that a manifest (CSV in UTF-8 or windows-874, or XLSX) names, a row a file.

The files lie beside the manifest, or in --folder. Look first with --dry-run: it writes nothing. A second run goes on
where the first one stopped: rows that were made are recognised by their file. A row is made whole or not at all.
Exit status 1 when a row is wrong.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation

from prongsai.config.cli.problems import CommandProblem
from prongsai.intake.manifests.checking import Checker
from prongsai.intake.manifests.folders import Folder
from prongsai.intake.manifests.reporting import HEADINGS, outcome_json, report_rows
from prongsai.intake.manifests.running import FolderFiles, Outcome, Run
from prongsai.intake.manifests.tables import opened
from prongsai.intake.queries import writable_units
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Unit
from prongsai.organisation.queries import actor_for, posts_held
from prongsai.organisation.refusals import CannotAct


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("manifest", metavar="MANIFEST", type=Path, help="a CSV or XLSX file")
    parser.add_argument("--dry-run", action="store_true", help="look at every row, write nothing")
    parser.add_argument(
        "--folder", type=Path, help="where the files are, if not beside the manifest"
    )
    parser.add_argument("--as", dest="username", metavar="USER", help="who imports; needed")
    parser.add_argument(
        "--post", metavar="CODE", help="the post they act in; their highest if left out"
    )
    parser.add_argument(
        "--unit", metavar="CODE", help="for rows that name none; the post's if left out"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="write a report of all rows as CSV"
    )
    parser.add_argument(
        "--json", action="store_true", help="print every row and the counts as JSON"
    )


def run(arguments: argparse.Namespace) -> int:
    manifest: Path = arguments.manifest
    if not manifest.is_file():
        raise CommandProblem(f"{manifest} is not a file; name a CSV or XLSX", status=2)
    folder = arguments.folder or manifest.parent
    if not folder.is_dir():
        raise CommandProblem(f"{folder} is not a folder", status=2)
    with translation.override("th"):
        importing = _run_of(arguments, folder)
        try:
            with opened(manifest, manifest.name) as lines:
                _told(importing.outcomes(lines), importing, arguments)
        except CannotAct as refusal:
            raise CommandProblem(" ".join(str(refusal).split())) from refusal
    return 1 if importing.counts["wrong"] else 0


def _run_of(arguments: argparse.Namespace, folder: Path) -> Run:
    by, units = _importer(arguments, timezone.localdate())
    unit = arguments.unit or _unit_of(by, units)
    if unit not in units:
        known = ", ".join(units) or "none"
        raise CommandProblem(f"{arguments.username} may not import for {unit!r}; units: {known}")
    return Run(
        checker=Checker(units=units, unit=unit),
        files=FolderFiles(Folder(folder)),
        by=by,
        at=timezone.now(),
        is_dry=arguments.dry_run,
        name=arguments.manifest.name,
    )


def _importer(arguments: argparse.Namespace, on: date) -> tuple[Actor, dict[str, str]]:
    """Who imports, and for which units they may; the same rule as in the office."""
    person = Person.objects.filter(username=arguments.username or "").first()
    if person is None:
        raise CommandProblem("name who imports with --as USER, as they sign in", status=2)
    try:
        actor = actor_for(person, post_code=arguments.post, on=on)
    except CannotAct as refusal:
        raise CommandProblem(str(refusal)) from refusal
    held = [each.post for each in posts_held(person, on) if each.post.code == actor.post_code]
    roles = {role.code for post in held for role in post.roles.all()}
    return actor, writable_units(roles=roles, unit_codes={post.unit.code for post in held})


def _unit_of(by: Actor, units: dict[str, str]) -> str:
    own = Unit.objects.filter(posts__code=by.post_code).values_list("code", flat=True).first()
    return own if own in units else next(iter(units), "")


def _told(outcomes: Iterable[Outcome], importing: Run, arguments: argparse.Namespace) -> None:
    with ExitStack() as open_files:
        if arguments.report:
            stream = open_files.enter_context(
                arguments.report.open("w", encoding="utf-8-sig", newline="")
            )
            outcomes = _reported(outcomes, csv.writer(stream))
        if arguments.json:
            rows = [outcome_json(each) for each in outcomes]
            report = {"rows": rows, "counts": dict(importing.counts)}
            sys.stdout.write(f"{json.dumps(report, ensure_ascii=False)}\n")
            return
        for outcome in outcomes:
            # Rows that are in order need no line each: of two thousand, nobody would see the wrong one.
            if outcome.status == "wrong":
                sys.stdout.writelines(_sentences(outcome))
    counted = ", ".join(f"{name} {number}" for name, number in sorted(importing.counts.items()))
    sys.stdout.write(f"{counted or 'no rows'}\n")


def _reported(outcomes: Iterable[Outcome], writer: Any) -> Iterator[Outcome]:
    writer.writerow([str(heading) for heading in HEADINGS])
    for outcome in outcomes:
        writer.writerows(report_rows(outcome))
        yield outcome


def _sentences(outcome: Outcome) -> Iterator[str]:
    for problem in outcome.problems:
        place = f"{problem.heading}: " if problem.heading else ""
        yield f"row {outcome.row}: {place}{' '.join(problem.sentence.split())}\n"
