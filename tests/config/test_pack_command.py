"""`prongsai pack`: lists of duties are rehearsed, and signed so that others can adopt them."""

import json
import stat
from importlib.resources import files
from pathlib import Path

import pytest

from prongsai.record.notes import Verifier
from tests.config.conftest import Command

pytestmark = pytest.mark.django_db(databases=["default", "record"])
LIST = str(files("prongsai.obligations").joinpath("data/ita-oit-2569.toml"))


def test_a_signed_list_is_opened_with_the_key_that_was_printed(
    prongsai: Command, tmp_path: Path
) -> None:
    key, out = tmp_path / "key", tmp_path / "list.pack"
    vkey = prongsai("pack", str(key), "--new-key", "province.example").out
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    ended = prongsai("pack", LIST, "--sign", str(key), "--out", str(out))
    assert ended.out == "ita-oit-2569 edition 1, 26 duties, signed by province.example\n"
    assert Verifier.parse(vkey).open(out.read_text("utf-8")) == Path(LIST).read_text("utf-8")


def test_a_list_is_rehearsed_over_the_year_before_it(prongsai: Command) -> None:
    ended = prongsai("pack", LIST, "--json")
    found = json.loads(ended.out)
    assert (found["year"], found["total"], found["fulfilled"]) == (2568, 26, 0)
    assert prongsai("pack", LIST, "--year", "2569").out.endswith("2569: 0 of 26 would be met\n")


def test_what_cannot_be_done_is_one_line(prongsai: Command, tmp_path: Path) -> None:
    key, broken = tmp_path / "key", tmp_path / "broken.toml"
    prongsai("pack", str(key), "--new-key", "province.example")
    broken.write_text("[[obligations", "utf-8")
    cases = [
        (prongsai("pack", str(key), "--new-key", "province.example"), 1, "is there already"),
        (prongsai("pack", str(tmp_path / "new"), "--new-key", "a b"), 2, "neither spaces"),
        (prongsai("pack", LIST, "--sign", str(key)), 2, "signing needs both"),
        (prongsai("pack", LIST, "--sign", LIST, "--out", str(broken)), 2, "ita-oit-2569.toml"),
        (prongsai("pack", str(broken)), 2, "broken.toml"),
        (prongsai("pack", str(tmp_path / "none")), 1, "none"),
    ]
    for ended, status, told in cases:
        assert (ended.status, ended.out) == (status, "")
        assert told in ended.line
