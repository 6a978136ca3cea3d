"""Recomputes the whole log: every leaf and root, the signatures, consistency with the last head seen, every file.

Without --url or --dir it checks this installation's own record. Exit status 1, and one line naming the first bad
entry, when anything is wrong.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from prongsai.config.folders import DATA
from prongsai.record.verifier import Report, verify_folder, verify_record, verify_url


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--url", help="a portal, such as https://www.example.go.th")
    what.add_argument(
        "--dir", type=Path, help="a mirror made by `prongsai export`, or a data folder"
    )
    parser.add_argument(
        "--key", default="", help="the log's public key, when it is known from elsewhere"
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    report = _report(arguments)
    if arguments.json:
        sys.stdout.write(f"{json.dumps(asdict(report))}\n")
    elif report.ok:
        sys.stdout.write(
            f"{report.log or 'empty log'}: {report.entries} entries, {report.editions} editions, "
            f"{report.recalled} recalled, {report.blobs} files: all as signed (root {report.root_hash})\n"
        )
    else:
        sys.stderr.write(f"prongsai verify: {report.first_problem}\n")
    return 0 if report.ok else 1


def _report(arguments: argparse.Namespace) -> Report:
    state = DATA / "verified"
    if arguments.url is not None:
        return verify_url(arguments.url, state=state, key=arguments.key)
    if arguments.dir:
        return verify_folder(arguments.dir, state=state, key=arguments.key)
    return verify_record(state=state, key=arguments.key)
