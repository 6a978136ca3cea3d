"""What is different between two editions of an instrument, or between two years' lists. Plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.states import Fate

# The same duty keeps its key, and its instrument is another value with each edition.
_NO_WORDING = frozenset({"key", "instrument"})
# Of another year's list the number is another by nature (`Fate` tells it), and so is where it was seen.
_YEARLY = frozenset(
    {"clause", "clause_en", "topic", "also_topics", "indicator", "source", "confidence"}
)


@dataclass(frozen=True)
class Reworded:
    """One duty before and after; `fields` are the names of what is not the same."""

    old: Obligation
    new: Obligation
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """Between two editions, by key. What is bound to a removed key stays bound, and counts for nothing there."""

    added: tuple[Obligation, ...]
    removed: tuple[Obligation, ...]
    reworded: tuple[Reworded, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.reworded)


@dataclass(frozen=True)
class Succession:
    """Duties of one list and those of another that took them over. `reworded` is for one that follows one."""

    fate: Fate
    old: tuple[Obligation, ...]
    new: tuple[Obligation, ...]
    reworded: tuple[str, ...] = ()


def changes(old: Iterable[Obligation], new: Iterable[Obligation]) -> Changes:
    """Each in the order of its own side."""
    before = {each.key: each for each in old}
    after = {each.key: each for each in new}
    both = [(each, after[key]) for key, each in before.items() if key in after]
    found = [Reworded(*pair, differing(*pair)) for pair in both]
    return Changes(
        added=tuple(each for key, each in after.items() if key not in before),
        removed=tuple(each for key, each in before.items() if key not in after),
        reworded=tuple(each for each in found if each.fields),
    )


def differing(old: Obligation, new: Obligation) -> tuple[str, ...]:
    """The names of the fields that are not the same, in the order in which a file has them."""
    names = (field.name for field in fields(Obligation) if field.name not in _NO_WORDING)
    return tuple(name for name in names if getattr(old, name) != getattr(new, name))


def successions(old: Sequence[Obligation], new: Sequence[Obligation]) -> tuple[Succession, ...]:
    """By topic: what became of each of `old`, in its order, and then what is new."""
    left = list(old)
    found: list[Succession] = []
    while left:
        before, after = _related([left[0]], old, new)
        found.append(_succession(before, after))
        left = [each for each in left if each not in before]
    taken = {each for one in found for each in one.new}
    more = (Succession(Fate.NEW, (), (each,)) for each in new if each not in taken)
    return (*found, *more)


def _related(
    before: Sequence[Obligation], old: Sequence[Obligation], new: Sequence[Obligation]
) -> tuple[tuple[Obligation, ...], tuple[Obligation, ...]]:
    """Everything on both sides that hangs together by topics with `before`."""
    after = _sharing(before, new)
    wider = _sharing(after, old) or tuple(before)
    return (wider, after) if len(wider) == len(before) else _related(wider, old, new)


def _sharing(some: Iterable[Obligation], among: Sequence[Obligation]) -> tuple[Obligation, ...]:
    topics = {topic for each in some for topic in _topics(each)}
    return tuple(each for each in among if topics & _topics(each))


def _topics(obligation: Obligation) -> frozenset[str]:
    return frozenset({obligation.topic, *obligation.also_topics})


def _succession(before: tuple[Obligation, ...], after: tuple[Obligation, ...]) -> Succession:
    if len(before) == len(after) == 1:
        fate = Fate.KEPT if before[0].clause == after[0].clause else Fate.RENUMBERED
        names = differing(before[0], after[0])
        return Succession(fate, before, after, tuple(name for name in names if name not in _YEARLY))
    return Succession(_fate(len(before), len(after)), before, after)


def _fate(before: int, after: int) -> Fate:
    if after == 0:
        return Fate.DROPPED
    if after == 1:
        return Fate.MERGED
    return Fate.SPLIT if before == 1 else Fate.REARRANGED
