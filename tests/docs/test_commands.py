"""`docs/reference/commands.md` says what `prongsai --help` says."""

import argparse
import importlib
import re
from pathlib import Path

import pytest

from prongsai.config.cli.main import COMMANDS, module_of

PAGE = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text(encoding="utf-8")
ROWS = {
    name: (options, text)
    for name, options, text in re.findall(
        r"^\| `([a-z]+)` \| (.*?) ?\| (.+) \|$", PAGE, re.MULTILINE
    )
}


def test_every_command_has_its_row() -> None:
    assert set(ROWS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_row_names_the_options_and_the_help(name: str) -> None:
    module = importlib.import_module(f"prongsai.config.cli.{module_of(name)}")
    parser = argparse.ArgumentParser(add_help=False)
    module.add_arguments(parser)
    options = {word for action in parser._actions for word in action.option_strings}

    assert set(re.findall(r"`(--[a-z-]+)`", ROWS[name][0])) == options
    assert ROWS[name][1] == COMMANDS[name].help
