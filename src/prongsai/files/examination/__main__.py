"""Examines files, one after the other: `isolated` starts this. What nobody foresaw ends it, and is told its log."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prongsai.files import reading
from prongsai.files.confined import Answer, Tell
from prongsai.files.confinement import answer_all
from prongsai.files.examination import answers
from prongsai.files.examination.isolated import LOOK, READ
from prongsai.files.refusals import Refused
from prongsai.files.rules import Read

_LOOKS: dict[str, Callable[[Path, str], Read]] = {READ: reading.read, LOOK: reading.look_only}


def _answer(question: Any, _tell: Tell) -> Answer:
    if question["look"] not in _LOOKS:
        return answers.answer(question)
    try:
        read = _LOOKS[question["look"]](Path(question["path"]), question["name"])
    except Refused as refused:
        return {"refused": refused.reason, "values": dict(refused.values)}
    return {"read": read.to_json()}


if __name__ == "__main__":
    sys.exit(answer_all(_answer))
