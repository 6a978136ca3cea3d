"""Long work over files, cut into tasks: what needs the database is done before and after, never meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from prongsai.files import actions, places, queries
from prongsai.files.models import PageReading
from prongsai.files.recognition.isolated import GAVE_WAY, IsolatedReader, PageFailed
from prongsai.files.recognition.printed import Recognised


def _ask_again(_error: Exception, _at: datetime) -> None:
    """Nothing is kept, and what was to be done is due as before."""


@dataclass(frozen=True)
class SlowTask:
    """`run` takes long, touches no database and may be called in any thread; then one of the others is called.

    `failed` gets what `run` raised. Both are called with the time at which they are.
    """

    name: str
    run: Callable[[], Any]
    done: Callable[[Any, datetime], None]
    failed: Callable[[Exception, datetime], None] = _ask_again


class TaskSource(Protocol):
    """Asked for the next task, again and again; None while there is nothing to do."""

    def __call__(self) -> SlowTask | None: ...


def page_reading(reader: IsolatedReader) -> SlowTask | None:
    """The page whose turn it is."""
    page = queries.next_to_read()
    if page is None:
        return None
    actions.begin_reading(page=page)
    path = places.path_of(page.sha256)
    return SlowTask(
        name=f"read page {page.number} of {page.sha256[:12]}",
        run=partial(reader.page, path, page.media_type, page.number, looks_only=page.looks_only),
        done=partial(_read, page),
        failed=partial(_not_read, page),
    )


def _read(page: PageReading, found: Recognised, at: datetime) -> None:
    actions.finish_reading(
        page=page,
        text=found.text,
        confidence=found.confidence,
        words=found.words,
        sights=found.sights,
        at=at,
    )


def _not_read(page: PageReading, error: Exception, at: datetime) -> None:
    if isinstance(error, PageFailed) and error.reason == GAVE_WAY:
        actions.put_back(page=page)
        return
    problem = error.reason if isinstance(error, PageFailed) else type(error).__name__
    actions.fail_reading(page=page, problem=problem, at=at)
