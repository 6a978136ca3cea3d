"""Decisions about appointments, and how an act is chained to the one before it."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import rfc8785

GENESIS = "0" * 64


class ChainedAct(NamedTuple):
    """An act as it lies in the table: `fields` are all columns but the two hashes."""

    id: int
    fields: Mapping[str, Any]
    previous_hash: str
    hash: str


def act_hash(fields: Mapping[str, Any], previous_hash: str) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785) of an act's columns and the hash before it."""
    return hashlib.sha256(rfc8785.dumps({**fields, "previous_hash": previous_hash})).hexdigest()


def first_broken_act(acts: Iterable[ChainedAct]) -> int | None:
    """The id of the first act, oldest first, that was changed or follows a gap; None when whole.

    The chain cannot tell that its newest acts were cut off.
    """
    expected = GENESIS
    for act in acts:
        if act.previous_hash != expected or act.hash != act_hash(act.fields, expected):
            return act.id
        expected = act.hash
    return None
