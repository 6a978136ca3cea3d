"""Editions that were approved and published as one: what each says of the others, and how that is checked.

A member begins an item, or corrects one: then the statement says which edition it was written upon. It names its
members by keys and digests, in their order, and no words of theirs. Each digest is salted, and the salt stands in
its own member's edition alone: once a recall has erased that, nobody can guess its content from what the others
still say.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from prongsai.record.canonical import NotCanonical, canonical_json
from prongsai.record.editions import SALT_BYTES
from prongsai.record.states import Action

# What an edition says beside the content that was approved.
BESIDE_CONTENT = frozenset(
    {
        *("schema", "action", "number", "version", "published_at", "first_published_at"),
        *("decided", "change", "bundle", "salt"),
    }
)
LONGEST_TITLE = 300
MOST_MEMBERS = 50


class Base(NamedTuple):
    """The edition on which a correction was written, and which it follows."""

    number: str
    version: int


class Member(NamedTuple):
    """What a statement says of one member; `base` is None for the first edition of an item."""

    key: str
    digest: str
    base: Base | None = None


@dataclass(frozen=True)
class Bundled:
    """Of which bundle an edition is a member: its public id, title, hash, and the place (from 0) among all.

    `bases` are those of all members, in their order.
    """

    id: str
    title: str
    hash: str
    place: int
    bases: tuple[Base | None, ...]

    @property
    def count(self) -> int:
        return len(self.bases)

    def all_members(self) -> list["Bundled"]:
        return [replace(self, place=place) for place in range(self.count)]

    def is_entered_as(self, action: str, number: str, version: int, *, place: int) -> bool:
        """Whether an entry is what its bundle says of the member in that place."""
        base = self.bases[place]
        if base is None:
            return action == Action.PUBLISHED
        return action == Action.CORRECTED and (number, version) == (base.number, base.version + 1)


def new_salt() -> str:
    return base64.b64encode(secrets.token_bytes(SALT_BYTES)).decode("ascii")


def digest(content: Mapping[str, Any], salt: str, base: Base | None = None) -> str:
    """SHA-256 (hexadecimal) of a member's content with its salt; what stands beside the content is left out.

    Of a correction, the note that says what was changed is part of it.
    """
    beside = BESIDE_CONTENT - {"change"} if base else BESIDE_CONTENT
    bare = {name: value for name, value in content.items() if name not in beside}
    return _sha256({"content": bare, "salt": salt})


def statement(*, bundle_id: str, title: str, members: Sequence[Member]) -> dict[str, Any]:
    """What all members say of their bundle."""
    return {"id": bundle_id, "title": title, "members": [_row(each) for each in members]}


def _row(member: Member) -> dict[str, Any]:
    said = {"key": member.key, "digest": member.digest}
    return {**said, "corrects": member.base._asdict()} if member.base else said


def bases(stated: Mapping[str, Any]) -> list[Base | None]:
    """Of all members of a statement, in their order. Raises what a statement in no possible form raises."""
    return [Base(**row["corrects"]) if "corrects" in row else None for row in stated["members"]]


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
        place, written_on = keys.index(said["key"]), bases(said)
        if statement_hash(said) != said["hash"]:
            raise ValueError("the hash of its bundle is not that of its members")
        if digest(document, said["salt"], written_on[place]) != said["members"][place]["digest"]:
            raise ValueError("its bundle was approved with another content")
        if len(keys) > MOST_MEMBERS or not (_is_titled(said) and _is_each_once(keys, written_on)):
            raise ValueError("what it says of its bundle is in no possible form")
    except (KeyError, TypeError, AttributeError, NotCanonical) as error:
        raise ValueError("what it says of its bundle is in no possible form") from error
    return Bundled(said["id"], said["title"], said["hash"], place, tuple(written_on))


def _is_each_once(keys: Sequence[str], written_on: Sequence[Base | None]) -> bool:
    """No member stands twice, and no item is corrected by two of them."""
    numbers = [base.number for base in written_on if base]
    is_written = all(type(base.version) is int for base in written_on if base)
    return is_written and len(set(keys)) == len(keys) and len(set(numbers)) == len(numbers)


def _is_titled(said: Mapping[str, Any]) -> bool:
    texts = said["id"], said["title"]
    return (
        all(isinstance(each, str) and each.strip() for each in texts)
        and len(said["id"]) <= 36
        and len(said["title"]) <= LONGEST_TITLE
    )
