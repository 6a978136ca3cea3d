"""Going through the entries once more by the record's own rules, with nothing but their leaves and editions."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from prongsai.record.bundles import MOST_MEMBERS, Bundled, bundled
from prongsai.record.canonical import is_canonical
from prongsai.record.editions import edition_hash
from prongsai.record.rules import FILE_NAME, SHA256, text_at, value_at
from prongsai.record.sources import Source, Unreadable
from prongsai.record.states import (
    BUNDLED_ACTIONS,
    CONTENT_ACTIONS,
    MAY_FOLLOW,
    STARTING_ACTIONS,
    STATE_AFTER,
    Action,
    ItemState,
)

NUMBER = re.compile(r"(?P<year>[0-9]{4})-(?P<running>[0-9]{5,15})")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


class Problem(Exception):
    """What is wrong, in one English line that names the entry."""


@dataclass(frozen=True)
class Leaf:
    """What a leaf says, checked for its form."""

    seq: int
    at: str
    action: Action
    number: str
    version: int
    edition: str

    def __str__(self) -> str:
        return f"Entry {self.seq} ({self.action} {self.number} version {self.version})"


@dataclass(frozen=True)
class Loss:
    """Something of an entry that is not there, which only a later recall of its number excuses."""

    leaf: Leaf
    what: str

    def __str__(self) -> str:
        return f"{self.leaf}: {self.what}"


@dataclass
class _Thread:
    """What the entries of one number have come to so far."""

    state: ItemState
    version: int
    readable: list[Leaf] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


@dataclass(frozen=True)
class _Run:
    """The entries of one bundle, which stand one after the other and were made at one moment."""

    bundle: Bundled
    begin: int
    at: str

    def holds(self, leaf: Leaf) -> bool:
        """Whether a leaf within it is what the bundle says of the member in that place."""
        return leaf.at == self.at and self.bundle.is_entered_as(
            leaf.action, leaf.number, leaf.version, place=leaf.seq - self.begin
        )

    @property
    def end(self) -> int:
        return self.begin + self.bundle.count


class Replay:
    """Takes leaves in their order; raises Problem at the first that breaks a rule."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.threads: dict[str, _Thread] = {}
        self.files: set[tuple[str, str]] = set()
        self.editions = self.recalled = self.size = 0
        self.last_at = ""
        self.last_number = ""
        self.run: _Run | None = None
        # The entries just before that cannot be read: members of a bundle may be among them.
        self.unread: list[Leaf] = []

    def add(self, raw: bytes) -> None:
        leaf = _leaf(raw, self.size)
        self.size += 1
        # All moments are written in one form and in UTC, so that text compares as time does.
        if leaf.at < self.last_at:
            raise Problem(f"{leaf} is older than the entry before it.")
        self.last_at = leaf.at
        thread = self._started(leaf) if leaf.action in STARTING_ACTIONS else self._continued(leaf)
        thread.state, thread.version = STATE_AFTER[leaf.action], leaf.version
        try:
            self._edition(leaf, thread)
        except Unreadable as error:
            raise Problem(f"{leaf}: {error}") from error

    @property
    def first_loss(self) -> Loss | None:
        """Editions and files may be missing only when their number was recalled later."""
        losses = [loss for thread in self.threads.values() for loss in thread.losses]
        return min(losses, key=lambda loss: loss.leaf.seq, default=None)

    def _started(self, leaf: Leaf) -> _Thread:
        """Numbers run without a gap within a year, and years never go back."""
        year, running = _number_parts(leaf.number)
        last_year, last_running = _number_parts(self.last_number) if self.last_number else (0, 0)
        expected = last_running + 1 if year == last_year else 1
        if leaf.number in self.threads or year < last_year or running != expected:
            raise Problem(
                f"{leaf}: its number does not continue {self.last_number or 'an empty log'}."
            )
        if leaf.version != 1:
            raise Problem(f"{leaf}: a first edition has version 1.")
        self.last_number = leaf.number
        self.threads[leaf.number] = _Thread(ItemState.CURRENT, 1)
        return self.threads[leaf.number]

    def _continued(self, leaf: Leaf) -> _Thread:
        thread = self.threads.get(leaf.number)
        if thread is None:
            raise Problem(f"{leaf}: there is no such number before it.")
        if leaf.action not in MAY_FOLLOW[thread.state]:
            raise Problem(f"{leaf} may not follow: the item was {thread.state.value}.")
        # True counts as one: only an act with content makes a version.
        if leaf.version != thread.version + (leaf.action in CONTENT_ACTIONS):
            raise Problem(f"{leaf} does not continue version {thread.version}.")
        return thread

    def _edition(self, leaf: Leaf, thread: _Thread) -> None:
        text = self.source.edition(leaf.edition)
        if leaf.action == Action.RECALLED:
            self._recall(leaf, thread)
        # Whether that is right shows only at the end: a later recall excuses it.
        if text is None:
            loss = Loss(leaf, "its edition is missing, and no later entry recalls it.")
            thread.losses.append(loss)
            self._bundle(leaf, None)
            return
        thread.readable.append(leaf)
        self.editions += 1
        if edition_hash(text) != leaf.edition:
            raise Problem(f"{leaf}: its edition was changed.")
        document = _document(text, leaf)
        self._bundle(leaf, document)
        if leaf.action in CONTENT_ACTIONS:
            self._files(document, leaf, thread)

    def finish(self) -> None:
        """Raises Problem when the log ends in the middle of a bundle."""
        if self.run and self.size < self.run.end:
            raise Problem(f"Entry {self.size - 1}: the log ends in the middle of a bundle.")

    def _bundle(self, leaf: Leaf, document: dict[str, Any] | None) -> None:
        """Members that a recall has erased still have their places among the others."""
        if self.run and leaf.seq >= self.run.end:
            self.run, self.unread = None, []
        self._in_its_place(leaf, document)
        is_lost = document is None and leaf.action in BUNDLED_ACTIONS
        self.unread = [*self.unread, leaf][-MOST_MEMBERS:] if is_lost else []

    def _in_its_place(self, leaf: Leaf, document: dict[str, Any] | None) -> None:
        """Raises Problem for a stranger among the members of a bundle, and for a member elsewhere."""
        found = _bundled(leaf, document)
        if document is not None and found is None and self.run:
            raise Problem(f"{leaf} stands between the members of a bundle.")
        if found:
            self._member(leaf, found)
        if self.run and not self.run.holds(leaf):
            raise Problem(f"{leaf} was not made together with the other members of its bundle.")

    def _member(self, leaf: Leaf, found: Bundled) -> None:
        begin = leaf.seq - found.place
        if self.run is None:
            run = _Run(found, begin, leaf.at)
            before = [each for each in self.unread if each.seq >= begin]
            if len(before) < found.place or not all(map(run.holds, before)):
                raise Problem(f"{leaf}: its bundle was not published as a whole.")
            self.run = run
        elif (self.run.bundle.hash, self.run.begin) != (found.hash, begin):
            raise Problem(f"{leaf} is a member of another bundle than the entry before it.")

    def _recall(self, leaf: Leaf, thread: _Thread) -> None:
        # Asked again: a recall while we were reading erases what could still be read a minute ago.
        for earlier in thread.readable:
            if self.source.edition(earlier.edition) is not None:
                raise Problem(
                    f"{earlier} was recalled by entry {leaf.seq}, but its text is still there."
                )
        thread.losses.clear()
        self.recalled += 1

    def _files(self, document: dict[str, Any], leaf: Leaf, thread: _Thread) -> None:
        files = document.get("files") or []
        for file in files if isinstance(files, list) else [files]:
            sha256, name = text_at(file, "sha256"), text_at(file, "name")
            size = value_at(file, "size")
            if not (SHA256.fullmatch(sha256) and FILE_NAME.fullmatch(name) and type(size) is int):
                raise Problem(f"{leaf} names a file in no possible way.")
            # Versions share files; each is read once.
            if (sha256, name) in self.files:
                continue
            actual = self.source.file_sha256(sha256, name, size)
            if actual is None:
                thread.losses.append(Loss(leaf, f"its file {name} is missing."))
            elif actual != sha256:
                raise Problem(f"{leaf}: its file {name} was changed.")
            else:
                self.files.add((sha256, name))


def _leaf(raw: bytes, seq: int) -> Leaf:
    """Raises Problem unless the bytes are the canonical leaf of that entry."""
    try:
        text = raw.decode("utf-8")
        values = json.loads(text) if is_canonical(text) else {}
        leaf = Leaf(**{**values, "action": Action(values["action"])})
    except (ValueError, TypeError, KeyError) as error:
        raise Problem(f"Entry {seq} is not the leaf of an entry.") from error
    if leaf.seq != seq:
        raise Problem(
            f"Entry {seq} stands where entry {leaf.seq} says it is: entries were moved or removed."
        )
    forms = (
        NUMBER.fullmatch(str(leaf.number)),
        MOMENT.fullmatch(str(leaf.at)),
        SHA256.fullmatch(str(leaf.edition)),
    )
    if not all(forms) or type(leaf.version) is not int:
        raise Problem(f"Entry {seq} is not the leaf of an entry.")
    return leaf


def _bundled(leaf: Leaf, document: dict[str, Any] | None) -> Bundled | None:
    """Of which bundle a first edition is; a recall only says again of which one the item was."""
    if document is None or leaf.action == Action.RECALLED:
        return None
    try:
        return bundled(document)
    except ValueError as error:
        raise Problem(f"{leaf}: {error}.") from error


def _number_parts(number: str) -> tuple[int, int]:
    year, _, running = number.partition("-")
    return int(year), int(running)


def _document(text: str, leaf: Leaf) -> dict[str, Any]:
    """The edition's document; it must say of itself what the leaf says."""
    if not is_canonical(text):
        raise Problem(f"{leaf}: its edition is not canonical JSON.")
    document = json.loads(text)
    said = tuple(
        value_at(document, name) for name in ("action", "number", "version", "published_at")
    )
    if said != (leaf.action.value, leaf.number, leaf.version, leaf.at):
        raise Problem(f"{leaf}: its edition speaks of another entry.")
    return dict(document)
