"""Items that were approved and published as one: what each edition says of the others, and how that is checked.

The statement names its members by keys and digests, in their order, and no words of theirs. Each digest is salted,
and the salt stands in its own member's edition alone: once a recall has erased that, nobody can guess its content
from what the others still say.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from prongsai.record.canonical import NotCanonical, canonical_json
from prongsai.record.editions import SALT_BYTES

# What an edition says beside the content that was approved.
BESIDE_CONTENT = frozenset(
    {
        *("schema", "action", "number", "version", "published_at", "first_published_at"),
        *("decided", "change", "bundle", "salt"),
    }
)
LONGEST_TITLE = 300
MOST_MEMBERS = 50


@dataclass(frozen=True)
class Bundled:
    """Of which bundle an edition is a member: its public id, title, hash, and the place (from 0) among how many."""

    id: str
    title: str
    hash: str
    place: int
    count: int

    def all_members(self) -> list["Bundled"]:
        return [replace(self, place=place) for place in range(self.count)]


def new_salt() -> str:
    return base64.b64encode(secrets.token_bytes(SALT_BYTES)).decode("ascii")


def digest(content: Mapping[str, Any], salt: str) -> str:
    """SHA-256 (hexadecimal) of a member's content with its salt; what stands beside the content is left out."""
    bare = {name: value for name, value in content.items() if name not in BESIDE_CONTENT}
    return _sha256({"content": bare, "salt": salt})


def statement(*, bundle_id: str, title: str, members: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What all members say of their bundle; `members` are pairs of key and digest."""
    rows = [{"key": key, "digest": each} for key, each in members]
    return {"id": bundle_id, "title": title, "members": rows}


def statement_hash(stated: Mapping[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the statement: what the decisions about the bundle are bound to."""
    return _sha256({name: stated[name] for name in ("id", "title", "members")})


def _sha256(value: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(value).encode("utf-8")).hexdigest()


def of_member(stated: Mapping[str, Any], *, key: str, salt: str) -> dict[str, Any]:
    """The `bundle` of a member's edition."""
    return {**stated, "hash": statement_hash(stated), "key": key, "salt": salt}


def bundled(document: Mapping[str, Any]) -> Bundled | None:
    """Of which bundle this edition is a member, all of it recomputed; None when it is of none.

    Raises ValueError with what is wrong.
    """
    said = document.get("bundle")
    if said is None:
        return None
    try:
        keys = [member["key"] for member in said["members"]]
        place = keys.index(said["key"])
        if statement_hash(said) != said["hash"]:
            raise ValueError("the hash of its bundle is not that of its members")
        if digest(document, said["salt"]) != said["members"][place]["digest"]:
            raise ValueError("its bundle was approved with another content")
        if len(set(keys)) < len(keys) or len(keys) > MOST_MEMBERS or not _is_titled(said):
            raise ValueError("what it says of its bundle is in no possible form")
    except (KeyError, TypeError, AttributeError, NotCanonical) as error:
        raise ValueError("what it says of its bundle is in no possible form") from error
    return Bundled(said["id"], said["title"], said["hash"], place, len(keys))


def _is_titled(said: Mapping[str, Any]) -> bool:
    texts = said["id"], said["title"]
    return (
        all(isinstance(each, str) and each.strip() for each in texts)
        and len(said["id"]) <= 36
        and len(said["title"]) <= LONGEST_TITLE
    )
