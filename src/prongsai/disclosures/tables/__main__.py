"""Makes the files of one table and examines them as those that come in: `isolated` starts this."""

import sys
from pathlib import Path
from typing import Any

from prongsai.disclosures.tables.catalogue import table_form
from prongsai.disclosures.tables.isolated import CHECKING, SETTING, made_path
from prongsai.disclosures.tables.making import file_name, files_of
from prongsai.disclosures.tables.table import Table
from prongsai.files import reading
from prongsai.files.confined import Answer, Tell
from prongsai.files.confinement import answer_all
from prongsai.files.refusals import Refused
from prongsai.letters.render import CannotSet


def _answer(question: Any, tell: Tell) -> Answer:
    table, target = Table.from_json(question["table"]), Path(question["target"])
    form = table_form(table.form)
    if form is None:
        raise ValueError(table.form)
    tell({"step": SETTING})
    try:
        made = files_of(form, table, body=question["body"])
    except CannotSet as why:
        return {"cannot": str(why)}
    tell({"step": CHECKING})
    read = {}
    for slot in sorted(made):
        path = made_path(target, slot)
        path.touch(mode=0o600)
        path.write_bytes(made.pop(slot))
        try:
            read[slot] = reading.read(path, file_name(form, table, slot)).to_json()
        except Refused as refused:
            return {"refused": str(refused)}
    return {"read": read}


if __name__ == "__main__":
    sys.exit(answer_all(_answer, broken=(OSError, ValueError)))
