"""Writes a static mirror of the log, its editions and files, which `prongsai verify --dir` checks without us."""

import argparse
import json
import sys
from pathlib import Path

from prongsai.config.cli.problems import CommandProblem
from prongsai.record.mirror import write_mirror


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="an empty folder, or an earlier mirror"
    )
    parser.add_argument("--json", action="store_true", help="print what was mirrored as JSON")


def run(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    if folder.exists() and not folder.is_dir():
        raise CommandProblem(f"{folder} is a file; name a folder", status=2)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "log").is_dir():
        raise CommandProblem(
            f"{folder} holds something else; name an empty folder or an earlier mirror", status=2
        )
    size = write_mirror(folder)
    if arguments.json:
        sys.stdout.write(f"{json.dumps({'entries': size, 'folder': str(folder)})}\n")
    else:
        sys.stdout.write(f"{size} entries mirrored in {folder}\n")
    return 0
