"""The `prongsai` command: one module of this package for each subcommand.

A module has `HELP` (one line), `SETTINGS` (the settings module it runs under, or None for none),
`add_arguments(parser)` and `run(arguments) -> int`. Exit status: 0, 1 (problems were found), 2 (bad usage).
"""

import argparse
import importlib
import os
import sys
from types import ModuleType

import django

from prongsai.config.cli.problems import CommandProblem

COMMANDS = (
    "serve",
    "demo",
    "screen",
    "publish",
    "verify",
    "export",
    "check",
    "work",
    "tick",
    "migrate",
)


def main(argv: list[str] | None = None) -> int:
    """Run one command line. Known mistakes end as one clear line on standard error."""
    words = sys.argv[1:] if argv is None else argv
    parser = _parser(words)
    arguments = parser.parse_args(words)
    module: ModuleType = arguments.module
    if module.SETTINGS:
        os.environ["DJANGO_SETTINGS_MODULE"] = module.SETTINGS
        django.setup()
    try:
        status: int = module.run(arguments)
    except CommandProblem as problem:
        sys.stderr.write(f"prongsai {arguments.command}: {problem}\n")
        return problem.status
    except KeyboardInterrupt:
        return 130
    return status


def _parser(words: list[str]) -> argparse.ArgumentParser:
    """The whole table of commands; only the module that is asked for is loaded, so that each starts fast."""
    parser = argparse.ArgumentParser(
        prog="prongsai", description="Disclosure platform for Thai local government."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    named = words[0] if words else ""
    for name in COMMANDS if named not in COMMANDS else (named,):
        module = importlib.import_module(f"prongsai.config.cli.{name}")
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__)
        command.set_defaults(module=module)
        module.add_arguments(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
