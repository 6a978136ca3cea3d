"""Questions whose answer does not change while one page is read: who holds which post today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Nothing that is asked within may write what a question marked `asked_once` is about."""
    before = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(before)


def asked_once(question: Callable[P, list[T]]) -> Callable[P, list[T]]:
    """Within `reading` the database is asked only the first time; elsewhere always."""

    @wraps(question)
    def ask(*args: P.args, **named: P.kwargs) -> list[T]:
        answers = _ANSWERS.get()
        if answers is None:
            return question(*args, **named)
        key = (question, args, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = question(*args, **named)
        return list(answers[key])

    return ask
