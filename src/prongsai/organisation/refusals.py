"""Acts that are refused: the refusal undoes the act and is itself remembered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol


class Sentence(Protocol):
    """A member of an app's TextChoices: its label is the reason, with `{detail}` where needed."""

    @property
    def label(self) -> Any: ...


@dataclass(frozen=True)
class Blocker:
    """One reason why an act cannot be done, printed in the reader's language."""

    code: Sentence
    detail: str = ""

    def __str__(self) -> str:
        # Formatted after translation, so that both languages fill the same sentence. Braces in `detail`
        # (a name that somebody typed) are not formatted again.
        return str(self.code.label).format(detail=self.detail)


class CannotAct(Exception):
    """Every reason at once, each a full sentence when printed; screens read `blockers`."""

    def __init__(self, blockers: Iterable[object]) -> None:
        self.blockers = tuple(blockers)
        super().__init__(" ".join(str(blocker) for blocker in self.blockers))


class HoldsNoPost(CannotAct):
    """The person holds no post, or not this one, on that day."""


class CannotAppoint(CannotAct):
    """The appointment is neither made nor ended."""


class CannotReorganise(CannotAct):
    """Nothing of the change was made."""
