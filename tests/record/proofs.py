"""Whether a proof that the log gives out holds, as RFC 9162 has its readers compute it."""

from collections.abc import Sequence

from prongsai.record.merkle import consistency_steps, inclusion_steps, node_hash


def is_included(*, leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf hash to this root."""
    if not 0 <= index < size:
        return False
    steps = inclusion_steps(index, size)
    if len(steps) != len(path):
        return False
    reached = leaf
    for step, sibling in zip(reversed(steps), path, strict=True):
        reached = (
            node_hash(reached, sibling) if step.sibling_is_right else node_hash(sibling, reached)
        )
    return reached == root


def is_consistent(
    *, old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether the path shows that the tree of `new` leaves begins with the tree of `old` leaves."""
    if not 0 < old <= new:
        return False
    steps = consistency_steps(old, new)
    if len(steps) != len(path):
        return False
    # A power of two that ends a left edge is itself a node of the new tree and is not sent.
    is_sent = bool(old & (old - 1)) and old != new
    turns = list(zip(reversed(steps), path, strict=True))
    if is_sent:
        turns, reached_old = turns[1:], path[0]
    else:
        reached_old = old_root
    reached_new = reached_old
    for step, sibling in turns:
        if step.sibling_is_right:
            reached_new = node_hash(reached_new, sibling)
        else:
            reached_old = node_hash(sibling, reached_old)
            reached_new = node_hash(sibling, reached_new)
    return (reached_old, reached_new) == (old_root, new_root)
