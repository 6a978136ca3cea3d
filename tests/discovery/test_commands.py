from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from prongsai.discovery import folders
from prongsai.discovery.folders import writer_lock
from prongsai.discovery.index import Indexer
from prongsai.discovery.queries import search
from tests.record.factories import published


def test_the_index_is_made_again_by_one_command(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะ")
    out = StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == "1 items\n"
    assert search("ขยะ").total == 1


def test_the_command_says_that_another_process_is_writing(
    indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "PATIENCE", 0.1)
    with writer_lock(indexer.root), pytest.raises(CommandError, match="another process"):
        call_command("rebuild_search")
