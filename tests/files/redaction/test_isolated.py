"""A redaction in its own process: why it cannot be made is told, and its process lives on to tell it."""

from pathlib import Path

import pytest

from prongsai.files import rules
from prongsai.files.confined import BROKEN
from prongsai.files.redaction.isolated import MakingFailed, RedactionMaker
from prongsai.files.redaction.questions import Cover, Question


def test_a_table_that_is_written_wrongly_is_said_to_be_broken(tmp_path: Path) -> None:
    source = tmp_path / "table.xlsx"
    source.write_bytes(b"no table")
    question = Question(source, rules.XLSX, tmp_path / "out.xlsx", covers=(Cover(0, 1, 1),))

    with pytest.raises(MakingFailed) as failed:
        RedactionMaker().make(question, print)

    assert failed.value.reason == BROKEN
