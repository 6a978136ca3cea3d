"""The `prongsai` command: one module of this package for each subcommand.

A module has `add_arguments(parser)` and `run(arguments) -> int`. Exit status: 0, 1 (problems were found), 2 (bad
usage).
"""

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from keyword import iskeyword
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from prongsai.config.cli.problems import CommandProblem, as_problem
from prongsai.config.starting import loading

SETTINGS = "prongsai.config.settings."


@dataclass(frozen=True)
class Command:
    """What it is for, and the rights that it runs with: a settings module, or none of Django at all."""

    help: str
    settings: str = ""


COMMANDS = {
    "serve": Command("serve portal, office and worker until Ctrl-C"),
    "demo": Command("load the demonstration municipality", "worker"),
    "read": Command("read a document and propose what it is", "office"),
    "screen": Command("screen a document for what may not go out", "office"),
    "import": Command("make drafts of the files that a manifest names", "office"),
    "publish": Command("run the gate for an approved submission", "worker"),
    "verify": Command(
        "verify the log of this installation, of a mirror folder or of a portal", "portal"
    ),
    "coverage": Command("say what is owed in a year and whether the public has it", "office"),
    "report": Command("print every number of a fiscal year’s report", "office"),
    "pack": Command("sign lists of duties for others, or rehearse one here", "office"),
    "export": Command("write a static mirror of the public record", "portal"),
    "rebuild": Command("make what is shown again from the entries of the record", "worker"),
    "check": Command("check this installation", "worker"),
    "work": Command("publish what is due and index it, until stopped", "worker"),
    "tick": Command("do once what is due now", "worker"),
    "migrate": Command("create or update the databases", "worker"),
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the words in one line, as every other problem is said."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command line. Known mistakes end as one clear line on standard error."""
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = _parser(words).parse_args(words)
        status: int = arguments.run(arguments)
    except KeyboardInterrupt:
        # 128 and the number of SIGINT, as shells count.
        return 130
    except (CommandProblem, ImproperlyConfigured, DatabaseError, OSError) as error:
        problem = as_problem(error)
        sys.stderr.write(f"prongsai {words[0]}: {problem}\n")
        return problem.status
    return status


def _parser(words: list[str]) -> argparse.ArgumentParser:
    """The whole table of commands; only the one that is asked for is loaded, so that each starts fast."""
    parser = Parser(prog="prongsai", description="Disclosure platform for Thai local government.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.help)
        if name == next(iter(words), ""):
            _load(name, own)
    return parser


def module_of(name: str) -> str:
    """The module of a command; one whose name is a word of Python's has an underscore after it."""
    return f"{name}_" if iskeyword(name) else name


def _load(name: str, parser: argparse.ArgumentParser) -> None:
    """Settings come first: the modules of most commands import models."""
    with loading():
        if COMMANDS[name].settings:
            os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS + COMMANDS[name].settings
            django.setup()
        module = importlib.import_module(f"prongsai.config.cli.{module_of(name)}")
    parser.description = module.__doc__
    parser.set_defaults(run=module.run)
    module.add_arguments(parser)


if __name__ == "__main__":
    sys.exit(main())
