"""Acts that are refused: the refusal undoes the act and is itself remembered."""

from collections.abc import Iterable


class CannotAct(Exception):
    """Every reason at once, each a full sentence when printed; screens read `blockers`."""

    def __init__(self, blockers: Iterable[object]) -> None:
        self.blockers = tuple(blockers)
        super().__init__(" ".join(str(blocker) for blocker in self.blockers))


class HoldsNoPost(CannotAct):
    """The person holds no post, or not this one, on that day."""
