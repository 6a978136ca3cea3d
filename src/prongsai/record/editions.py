"""What is hashed: an edition with its salt, and the leaf that an entry leaves in the log."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from prongsai.record.canonical import canonical_json

# As many as the hash has: with fewer, the salt would be the easier thing to guess.
SALT_BYTES = 32


@dataclass(frozen=True)
class Sealed:
    """A document as the record keeps it: canonical JSON and its SHA-256 in hexadecimal."""

    hash: str
    canonical: str


def seal(document: dict[str, Any]) -> Sealed:
    """The document with a salt of its own.

    The salt is what makes a recall final: once the text is gone, nobody can guess a short content and
    confirm it against the hash that stays in the log.
    """
    salt = base64.b64encode(secrets.token_bytes(SALT_BYTES)).decode("ascii")
    canonical = canonical_json({**document, "salt": salt})
    return Sealed(edition_hash(canonical), canonical)


def edition_hash(canonical: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def leaf_data(
    *, seq: int, at: datetime, action: str, number: str, version: int, edition: str
) -> bytes:
    """What the log's leaf of an entry says, in canonical JSON. It names nobody."""
    leaf = {
        "seq": seq,
        "at": written_moment(at),
        "action": str(action),
        "number": number,
        "version": version,
        "edition": edition,
    }
    return canonical_json(leaf).encode("utf-8")


def written_moment(at: datetime) -> str:
    """UTC with microseconds: `2026-11-23T03:00:00.000000Z`. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("A moment in the record needs its time zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_utc(value: datetime | str) -> datetime:
    """A time as a bare cursor gives it: SQLite has no zones and holds UTC, as text or already read."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
