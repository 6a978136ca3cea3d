"""Reads a document and proposes what it is: type, number, dates, signatories and more. Nothing is accepted or kept.

Each proposal says how sure it is, where it stands and what is doubted. Exit status 1 when the document cannot be
taken in.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection

from prongsai.config.cli.documents import read_document
from prongsai.disclosures.kinds import kinds
from prongsai.files.places import measure
from prongsai.files.rules import PageText
from prongsai.intake.proposals.propose import propose
from prongsai.intake.proposals.report import as_json, rows, warnings_json
from prongsai.intake.proposals.values import Proposals
from prongsai.obligations.queries import obligations, offered
from prongsai.organisation.models import Unit


@dataclass(frozen=True)
class _Reading:
    path: Path
    media_type: str
    pages: tuple[PageText, ...]
    proposals: Proposals


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a document")
    parser.add_argument("--json", action="store_true", help="print text and proposals as JSON")


def run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    read = read_document(path)
    proposals = propose(read.texts, units=_units(), obligations=offered())
    reading = _Reading(path, read.media_type, read.texts, proposals)
    if arguments.json:
        sys.stdout.write(f"{json.dumps(_report(reading), ensure_ascii=False)}\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _summary(reading))
    return 0


def _units() -> Sequence[Unit]:
    """Of the office, where there is one: the command also works before anything is set up."""
    if connection.vendor == "sqlite" and not _has_file():
        # Asking would make an empty database in its place.
        return ()
    try:
        return tuple(Unit.objects.all())
    except DatabaseError:
        return ()


def _has_file() -> bool:
    name = str(connection.settings_dict["NAME"])
    return ":memory:" in name or "mode=memory" in name or Path(name).exists()


def _report(reading: _Reading) -> dict[str, Any]:
    return {
        "file": reading.path.name,
        "media_type": reading.media_type,
        "sha256": measure(reading.path).sha256,
        "pages": [_page(page) for page in reading.pages],
        "proposals": as_json(reading.proposals),
        "warnings": warnings_json(reading.proposals),
    }


def _page(page: PageText) -> dict[str, Any]:
    """A page that nothing has read has the source `none` and no confidence at all."""
    unstated = 1.0 if page.source == "text" else 0.0
    confidence = page.confidence if page.confidence is not None else unstated
    return {
        "number": page.number,
        "text": page.text,
        "source": page.source,
        "confidence": confidence,
    }


def _summary(reading: _Reading) -> Iterator[str]:
    yield f"{reading.path.name} ({len(reading.pages)} หน้า)"
    for row in rows(reading.proposals, reading.pages, _names()):
        place = f", หน้า {row.page}" if row.page else ""
        yield f"{row.label}: {row.value or '—'} [{row.level_label}{place}]"
        yield from (f"    – {doubt}" for doubt in row.doubts)
    for warning in warnings_json(reading.proposals):
        yield f"คำเตือน: {warning}"


def _names() -> dict[str, str]:
    named = {kind.code: kind.title_th for kind in kinds()}
    return named | {
        each.key: f"{each.instrument.short_th} {each.label_th}" for each in obligations()
    }
