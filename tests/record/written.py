"""Logs as a program would write them that breaks the rules."""

import json
from typing import Any

from prongsai.record.editions import edition_hash, leaf_data, seal, written_moment
from prongsai.record.replay import Problem, Replay
from tests.record.factories import later


class Written:
    """A log of these acts, as a source that can be read. An edition that is None was erased."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {}
        self.leaves: list[bytes] = []

    def add(
        self,
        action: str,
        document: dict[str, Any],
        *,
        hours: float = 0,
        number: str = "",
        version: int = 1,
        lost: bool = False,
    ) -> None:
        seq = len(self.leaves)
        started = sum(json.loads(leaf)["action"] == "published" for leaf in self.leaves)
        given = number or f"2569-{started + 1:05d}"
        at = later(hours=hours)
        own = {
            "action": action,
            "number": given,
            "version": version,
            "published_at": written_moment(at),
        }
        sealed = seal({**document, **own})
        hash_ = edition_hash(sealed.canonical)
        self.texts[hash_] = None if lost else sealed.canonical
        self.leaves.append(
            leaf_data(seq=seq, at=at, action=action, number=given, version=version, edition=hash_)
        )

    def edition(self, hash_: str) -> str | None:
        return self.texts[hash_]

    def problem(self) -> str:
        walk = Replay(self)  # type: ignore[arg-type]  # all of a source that a walk asks for
        try:
            for leaf in self.leaves:
                walk.add(leaf)
            walk.finish()
        except Problem as found:
            return str(found)
        return str(walk.first_loss or "")
