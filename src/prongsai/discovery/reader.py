"""The index as it stands, for those who search: follows the writer's commits without being told."""

import json
import logging
import threading
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Self

import tantivy

from prongsai.discovery.folders import Signature, current, signature
from prongsai.discovery.schema import MARK, MARK_NUMBER, NUMBER, SCHEMA, open_index
from prongsai.thai.words import WORD_LIST

logger = logging.getLogger(__name__)
# Counted up when analysis or fields change, so that an index of before is made again.
FORMAT = 2


@cache
def index_format() -> str:
    """What an index must have been made with: a new word list cuts other words."""
    return f"{FORMAT}-{sha256(WORD_LIST.read_bytes()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Mark:
    """How far the index has followed which record. `is_purge_due` while words of a recall are on the disk."""

    seq: int = -1
    leaf_hash: str = ""
    format: str = ""
    is_purge_due: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(**json.loads(text))

    def written(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class View:
    """One state of the index: a searcher and the mark that was committed with it."""

    searcher: tantivy.Searcher
    mark: Mark


class Reader:
    """Safe to share between threads. Opens nothing until it is asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._signature: Signature | None = None
        self._folder: Path | None = None
        self._index: tantivy.Index | None = None
        self._view: View | None = None

    def view(self) -> View | None:
        """The newest state; None while there is no index."""
        if self._view is None or signature(self.root) != self._signature:
            with self._lock:
                self._follow()
        return self._view

    def indexed_seq(self) -> int:
        """The last entry of the record that search knows; -1 when none."""
        view = self.view()
        return view.mark.seq if view else -1

    def _follow(self) -> None:
        # Taken before the index is opened, so that a commit in between is noticed by the next question.
        seen = signature(self.root)
        if self._view is not None and seen == self._signature:
            return
        try:
            self._open()
        except (OSError, ValueError) as error:
            # A new generation may have come between two looks, or the files are damaged: the writer repairs.
            logger.warning("the search index in %s cannot be read: %s", self.root, error)
            self._index = self._view = None
        self._signature = seen

    def _open(self) -> None:
        folder = current(self.root)
        if folder is None:
            self._index = self._view = None
            return
        if self._index is None or folder != self._folder:
            self._index, self._folder = open_index(folder), folder
        self._index.reload()
        searcher = self._index.searcher()
        self._view = View(searcher, read_mark(searcher))


def read_mark(searcher: tantivy.Searcher) -> Mark:
    query = tantivy.Query.term_query(SCHEMA, NUMBER, MARK_NUMBER, "basic")
    for _score, address in searcher.search(query, 1).hits:
        text = searcher.doc(address).get_first(MARK)
        return Mark.read(str(text))
    return Mark()
