"""For what a chain is: of several that fit, the most particular is walked; plain values in, plain answers out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

TREES = ("section", "unit")
FIELDS = ("kind", *TREES)


@dataclass(frozen=True)
class Scope:
    """What a chain is for; "" is everything. A section or unit stands for all that lies in it."""

    urgency: str
    action: str = ""
    kind: str = ""
    section: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Trees:
    """Child -> parent, of sections and of units."""

    section: Mapping[str, str] = field(default_factory=dict)
    unit: Mapping[str, str] = field(default_factory=dict)

    def line(self, name: str, value: str) -> tuple[str, ...]:
        """The value, what it lies in, and so on up; a kind lies in nothing."""
        parents = getattr(self, name, {})
        line: list[str] = []
        while value and value not in line:
            line.append(value)
            value = parents.get(value, "")
        return tuple(line)


@dataclass(frozen=True)
class Doubt:
    """Two chains between which nothing decides."""

    first: str
    second: str


def covers(wide: Scope, narrow: Scope, trees: Trees) -> bool:
    """Whether everything that `narrow` is for, `wide` is for too."""
    is_of_act = wide.action in ("", narrow.action) and wide.urgency == narrow.urgency
    return is_of_act and all(
        getattr(wide, name) in ("", *trees.line(name, getattr(narrow, name))) for name in FIELDS
    )


def chosen(scopes: Mapping[str, Scope], wanted: Scope, trees: Trees) -> list[str]:
    """The codes of the most particular chains that fit: one, none, or several in doubt.

    A chain for one act goes before any that is for all, whatever else they say.
    """
    fitting = {code: scope for code, scope in scopes.items() if covers(scope, wanted, trees)}
    of_the_act = {code: scope for code, scope in fitting.items() if scope.action}
    rivals = of_the_act or fitting
    return [
        code
        for code, scope in rivals.items()
        if not any(_is_narrower(other, scope, trees) for other in rivals.values())
    ]


def _is_narrower(one: Scope, other: Scope, trees: Trees) -> bool:
    return one != other and covers(other, one, trees)


def doubts(scopes: Mapping[str, Scope], trees: Trees) -> list[Doubt]:
    """Pairs that could both be walked for the same work, with no third chain that says which."""
    return [
        Doubt(first, second)
        for (first, one), (second, other) in combinations(sorted(scopes.items()), 2)
        if _is_doubtful(one, other, scopes.values(), trees)
    ]


def _is_doubtful(one: Scope, other: Scope, scopes: Iterable[Scope], trees: Trees) -> bool:
    if one.action != other.action or one.urgency != other.urgency:
        return False
    if one == other:
        return True
    if covers(one, other, trees) or covers(other, one, trees):
        return False
    shared = _shared(one, other, trees)
    return shared is not None and shared not in scopes


def _shared(one: Scope, other: Scope, trees: Trees) -> Scope | None:
    """What both are for; None when that is nothing."""
    narrower: dict[str, str] = {}
    for name in FIELDS:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine in ("", *trees.line(name, theirs)):
            narrower[name] = theirs
        elif theirs in ("", *trees.line(name, mine)):
            narrower[name] = mine
        else:
            return None
    return replace(one, **narrower)


def gaps(
    scopes: Mapping[str, Scope],
    trees: Trees,
    *,
    kinds: Sequence[str],
    acts: Sequence[str],
    urgencies: Sequence[str],
) -> list[Scope]:
    """What no chain is for, wherever in the municipality it is written."""
    wanted = (
        Scope(urgency=urgency, action=act, kind=kind)
        for kind, act, urgency in product(kinds, acts, urgencies)
    )
    return [each for each in wanted if not chosen(scopes, each, trees)]
