"""Whether a log is what it was signed to be: for a data folder, a mirror's folder, or a portal's address.

Nothing of the program that wrote the record is asked; leaves, roots, hashes and projections are computed anew
from what lies there. The answer names the first thing that is wrong.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from prongsai.record.agreement import projection_problems, table_problems
from prongsai.record.merkle import Frontier, leaf_hash
from prongsai.record.notes import SignedHead, Verifier, open_checkpoint
from prongsai.record.replay import Problem, Replay
from prongsai.record.sources import (
    DAMAGE,
    Database,
    MirrorFolder,
    Portal,
    Source,
    Unreadable,
    installed_source,
    sqlite_source,
)
from prongsai.record.tiles import HEIGHT, WIDTH, Tile


@dataclass(frozen=True)
class Report:
    """What was found. `first_problem` is one English line, None when all is well."""

    ok: bool
    log: str
    entries: int
    editions: int
    recalled: int
    blobs: int
    root_hash: str
    first_problem: str | None


def verify_folder(folder: Path, *, state: Path | None = None, key: str = "") -> Report:
    """A mirror's folder or a data folder.

    `state` is a folder where the last head seen is remembered, so that a rewritten log is noticed later;
    `key` is the log's public key if it is known from elsewhere.
    """
    if (folder / "log").is_dir():
        return _report(MirrorFolder(folder), state, key)
    if not (folder / "record" / "record.sqlite3").is_file():
        return _failure(f"{folder} is neither a mirror nor a data folder.")
    try:
        with sqlite_source(folder / "record") as source:
            return _report(source, state, key, extra=_database_problems)
    except Unreadable as problem:
        return _failure(str(problem))


def verify_url(url: str, *, state: Path | None = None, key: str = "") -> Report:
    """A portal, over http or https."""
    try:
        return _report(Portal(url), state, key)
    except Unreadable as problem:
        return _failure(str(problem))


def verify_record(*, state: Path | None = None, key: str = "") -> Report:
    """The record of this installation, whatever its database is."""
    with installed_source(Path(settings.LOG_VKEY_PATH).parent) as source:
        return _report(source, state, key, extra=_database_problems)


def _failure(problem: str) -> Report:
    return Report(False, "", 0, 0, 0, 0, "", _one_line(problem))


def _one_line(text: str) -> str:
    """Without line ends and control characters: parts of it come from whoever damaged or forged the log."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _report(
    source: Source,
    state: Path | None,
    key: str,
    extra: Callable[[Database], Iterator[str]] | None = None,
) -> Report:
    walk = _Walk(source, state, key)
    problem = None
    try:
        walk.run()
        if extra and isinstance(source, Database):
            problem = next(extra(source), None)
        # Only a log that is right as a whole is worth remembering.
        if problem is None:
            walk.remember()
    except (Problem, Unreadable) as found:
        problem = str(found)
    return Report(
        ok=problem is None,
        log=walk.origin,
        entries=walk.frontier.size,
        editions=walk.replay.editions,
        recalled=walk.replay.recalled,
        blobs=len(walk.replay.files),
        root_hash=walk.frontier.root.hex(),
        first_problem=None if problem is None else _one_line(problem),
    )


def _database_problems(source: Database) -> Iterator[str]:
    yield from table_problems(source.rows)
    yield from projection_problems(source.rows)


def _verifier(written: str) -> Verifier:
    try:
        return Verifier.parse(written)
    except ValueError as error:
        raise Problem(f"The log's public key: {error}") from error


def _opened(note: Any, verifier: Verifier, place: str) -> SignedHead:
    """The signed head in a note; a note that is none, or none of this key, is a Problem at its place."""
    try:
        return open_checkpoint(note, verifier)
    except DAMAGE as error:
        raise Problem(f"{place}: {error}") from error


class _Walk:
    """One way through a log, from the first entry to the last."""

    def __init__(self, source: Source, state: Path | None, key: str) -> None:
        self.source = source
        self.state = state
        self.key = key
        self.origin = ""
        self.note = ""
        self.frontier = Frontier()
        self.replay = Replay(source)
        self.heads: dict[int, SignedHead] = {}
        self.seen: SignedHead | None = None
        self.rows: dict[int, bytearray] = {}
        self.verifier: Verifier | None = None

    def run(self) -> None:
        self._open()
        self._go_on()
        # The office does not stop while somebody verifies: what is gone may have been recalled meanwhile, and
        # then the log has an entry that says so. Each round needs a new head, so there is an end.
        while self.replay.first_loss and self._has_grown():
            self._go_on()
        if self.replay.first_loss:
            raise Problem(str(self.replay.first_loss))
        self.replay.finish()

    def _go_on(self) -> None:
        """From where we stand to the newest signed head."""
        # A source begins anew each round; what has been added already is passed over.
        for leaf in islice(self.source.leaves(self.signed), self.frontier.size, None):
            self.replay.add(leaf)
            self._grow(leaf)
        self._end()

    def _open(self) -> None:
        """The key, and every head that it signed."""
        notes = list(self.source.notes())
        written = self.key or (self.source.vkey() or "")
        if not notes and not written:
            return
        self.verifier = _verifier(written)
        self.origin = self.verifier.name
        self._recall_last_visit(self.verifier)
        self._read_heads(notes, self.verifier)
        if self.seen and self.seen.size > self.signed:
            raise Problem(
                f"Entry {self.signed}: only {self.signed} entries are signed, but {self.seen.size} were seen"
                " before: the end of the log is gone."
            )

    def _read_heads(self, notes: list[tuple[str, Any]], verifier: Verifier) -> None:
        for place, note in notes:
            head = _opened(note, verifier, place)
            # The oldest come first, so the last note to stay is that of the newest head.
            self.heads[head.size], self.note = head, note

    def _has_grown(self) -> bool:
        """Look at the source as it is now."""
        before = self.signed
        self.source.renew()
        if self.verifier:
            self._read_heads(list(self.source.notes()), self.verifier)
        return self.signed > before

    def _recall_last_visit(self, verifier: Verifier) -> None:
        """The head that was seen last time is one more that this log must contain."""
        memory = self._memory()
        if memory is None or not memory.exists():
            return
        written = memory.read_text(encoding="utf-8", errors="replace")
        key, _, note = written.partition("\n")
        # Who rewrites a log can put another key beside it, but not into the memory of whoever looked before.
        if key != str(verifier):
            raise Problem(f"The log {self.origin} is signed by another key than last time.")
        self.seen = _opened(note, verifier, f"What was seen last time ({memory})")

    @property
    def signed(self) -> int:
        """How many entries the newest head covers."""
        return max(self.heads, default=0)

    def _memory(self) -> Path | None:
        name = hashlib.sha256(self.origin.encode("utf-8")).hexdigest()[:16]
        return self.state / f"{name}.seen" if self.state else None

    def _grow(self, leaf: bytes) -> None:
        for place, value in self.frontier.add(leaf_hash(leaf)).items():
            level, rest = divmod(place.level, HEIGHT)
            if not rest:
                self._collect(level, place.position, value)
        self._compare_heads()

    def _collect(self, level: int, position: int, value: bytes) -> None:
        """Gather the hashes of a tile; a full one is compared and forgotten."""
        row = self.rows.setdefault(level, bytearray())
        row += value
        if position % WIDTH == WIDTH - 1:
            self._compare_tile(Tile(level, position // WIDTH), bytes(row))
            row.clear()

    def _compare_tile(self, tile: Tile, computed: bytes) -> None:
        if self.source.tile(tile) != computed:
            # Told in entries, because nobody looks for a place among the hashes of a level.
            begin = tile.begin << HEIGHT * (tile.level or 0)
            raise Problem(
                f"The hashes from entry {begin} on ({tile.path}) do not follow from the entries."
            )

    def _compare_heads(self) -> None:
        """The tree as it stands now against the head of this size, and against the one seen last time."""
        size = self.frontier.size
        # Both, because who rewrites a log signs a new head of the same size as well.
        for head in (self.heads.get(size), self.seen):
            if head and head.size == size and head.root != self.frontier.root:
                since = " that was seen before" if head is self.seen else ""
                raise Problem(
                    f"Entry {max(size - 1, 0)} or one before it was changed: the log does not fit the"
                    f" signed head of {size} entries{since}."
                )

    def _end(self) -> None:
        size = self.frontier.size
        if size != self.signed:
            first = min(size, self.signed)
            raise Problem(f"Entry {first}: the log has {size} entries, {self.signed} are signed.")
        # Without a leaf nothing has compared yet, and an empty log has a root, too (RFC 6962, section 2.1).
        if size == 0:
            self._compare_heads()
        for level, row in self.rows.items():
            # What no full tile has taken: the growing tiles at the right edge, 32 bytes a hash.
            if row:
                width = len(row) // 32
                begin = (size >> HEIGHT * level) // WIDTH
                self._compare_tile(Tile(level, begin, width), bytes(row))

    def remember(self) -> None:
        memory = self._memory()
        if memory is None or not self.note:
            return
        memory.parent.mkdir(parents=True, exist_ok=True)
        verifier = self.key or (self.source.vkey() or "")
        memory.write_text(f"{Verifier.parse(verifier)}\n{self.note}", encoding="utf-8")
