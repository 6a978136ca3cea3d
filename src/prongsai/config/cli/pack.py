"""Makes signed lists of duties for others to adopt, and tries one against this installation."""

import argparse
import json
import os
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.config.cli.problems import CommandProblem
from prongsai.monitoring.rehearsing import Rehearsal, rehearse, years_to_rehearse
from prongsai.obligations.catalogue import Sheet, read_sheet
from prongsai.organisation.rows import BadFile
from prongsai.record.notes import BadNote, Signer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a list (TOML); with --new-key the key's file"
    )
    parser.add_argument("--year", type=int, help="rehearse over this fiscal year, Buddhist era")
    parser.add_argument("--json", action="store_true", help="print the rehearsal as JSON")
    parser.add_argument("--sign", metavar="KEY", type=Path, help="sign FILE with this private key")
    parser.add_argument("--out", metavar="PACK", type=Path, help="where the signed list goes")
    parser.add_argument("--new-key", metavar="NAME", help="write a new private key to FILE")


def run(arguments: argparse.Namespace) -> int:
    if arguments.new_key:
        return _make_key(arguments.file, arguments.new_key)
    if bool(arguments.sign) != bool(arguments.out):
        raise CommandProblem("signing needs both: --sign KEY and --out PACK", status=2)
    text = _text(arguments.file)
    sheet = _sheet(arguments.file, text)
    if arguments.sign:
        return _sign(text, sheet, arguments.sign, arguments.out)
    today = localdate(timezone.now())
    year = arguments.year or years_to_rehearse(sheet, on=today)[0]
    found = rehearse(sheet, year=year, on=today)
    sys.stdout.write(_as_json(found) if arguments.json else _as_text(found))
    return 0


def _make_key(path: Path, name: str) -> int:
    try:
        signer = Signer.generate(name)
    except BadNote as error:
        raise CommandProblem(str(error), status=2) from error
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise CommandProblem(f"{path} is there already; name a new file") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{signer.secret_text()}\n")
    sys.stdout.write(f"{signer.verifier}\n")
    return 0


def _sign(text: str, sheet: Sheet, key: Path, out: Path) -> int:
    try:
        signer = Signer.parse(_text(key))
    except BadNote as error:
        raise CommandProblem(f"{key}: {error}", status=2) from error
    out.write_text(signer.sign(text.rstrip("\n") + "\n"), encoding="utf-8")
    instrument = sheet.instrument
    sys.stdout.write(
        f"{instrument.key} edition {instrument.edition}, {len(sheet.obligations)} duties,"
        f" signed by {signer.name}\n"
    )
    return 0


def _as_json(found: Rehearsal) -> str:
    rows = [{"key": each.obligation.key, "result": each.result.value} for each in found.found]
    document = {
        "year": found.year,
        "municipality": settings.MUNICIPALITY["name_en"],
        "fulfilled": found.tally.fulfilled,
        "total": found.tally.total,
        "obligations": rows,
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def _as_text(found: Rehearsal) -> str:
    lines = [
        f"{each.result.value:<15} {each.obligation.key:<24} {each.obligation.label_th}"
        for each in found.found
    ]
    total = f"{found.year}: {found.tally.fulfilled} of {found.tally.total} would be met"
    return "\n".join([*lines, total, ""])


def _sheet(path: Path, text: str) -> Sheet:
    try:
        return read_sheet(path.name, text)
    except BadFile as error:
        raise CommandProblem(str(error), status=2) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandProblem(f"{path} is not UTF-8 text", status=2) from error
