"""Whether a proof that the log gives out holds, as RFC 9162 has its readers compute it."""

from collections.abc import Sequence

from prongsai.record.merkle import inclusion_steps, node_hash


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
