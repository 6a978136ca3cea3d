"""The command line as a function of its words, and shelves of the test's own for what it writes."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from prongsai.config.cli.main import main
from tests.publication.conftest import people, shelves  # noqa: F401 -- fixtures, used by name


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said; `line` is the only line on standard error."""

    status: int
    out: str
    err: str

    @property
    def line(self) -> str:
        assert self.err.count("\n") == 1, self.err
        return self.err.removesuffix("\n")


Command = Callable[..., Ended]


@pytest.fixture
def prongsai(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> Command:
    # Each command chooses its settings in the environment, which the next test must not inherit.
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])

    def run(*words: object) -> Ended:
        capsys.readouterr()
        try:
            status: Any = main([str(word) for word in words])
        except SystemExit as ended:
            status = ended.code
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run
