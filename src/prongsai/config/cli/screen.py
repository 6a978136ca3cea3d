"""Screens a document, or a collection of lines, for what may not go out. Personal data is masked in what is printed.

Exit status 1 when a finding blocks publication, or when the document cannot be taken in.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from prongsai.config.cli.documents import read_document
from prongsai.config.cli.problems import CommandProblem
from prongsai.screening.report import has_block, report_on_line, report_on_pages


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a document, or JSON lines with --lines"
    )
    parser.add_argument("--lines", action="store_true", help='FILE holds one {"id", "text"} a line')
    parser.add_argument(
        "--json", action="store_true", help="print the findings as JSON, one report a line"
    )


def run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    if arguments.lines and not path.is_file():
        raise CommandProblem(f"{path} is not a file; name a document", status=2)
    blocks = False
    for report in _line_reports(path) if arguments.lines else [_document_report(path)]:
        blocks = blocks or has_block(report)
        if arguments.json:
            sys.stdout.write(f"{json.dumps(report, ensure_ascii=False)}\n")
        else:
            sys.stdout.writelines(_sentences(report))
    return 1 if blocks else 0


def _document_report(path: Path) -> dict[str, Any]:
    return report_on_pages(path.name, read_document(path).texts)


def _line_reports(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield report_on_line(json.loads(line.decode("utf-8")))
            except (ValueError, KeyError, TypeError) as error:
                message = f'{path.name} line {number} is not {{"id", "text"}} in JSON'
                raise CommandProblem(message, status=2) from error


def _sentences(report: dict[str, Any]) -> Iterator[str]:
    name = report.get("file", report.get("id"))
    for each in report["findings"]:
        place = f"page {each['page']} {each['start']}–{each['end']}"
        yield f"{name} {place}: {each['severity']} {each['detector']} {each['excerpt']}\n"
    if not report["findings"]:
        yield f"{name}: nothing found\n"
