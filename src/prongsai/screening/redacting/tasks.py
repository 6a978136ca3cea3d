"""The worker's part: one redaction after the other, each in a process of its own."""

import json
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path

from django.utils import timezone

from prongsai.files import places
from prongsai.files.locating import Box
from prongsai.files.queries import path_of, text_pages
from prongsai.files.redaction.isolated import MakingFailed, RedactionMaker, Step
from prongsai.files.redaction.questions import Cover, Question, twin_of
from prongsai.files.redaction.rules import Problem
from prongsai.files.tasks import SlowTask
from prongsai.screening.models import Redaction
from prongsai.screening.redacting import making, queries
from prongsai.screening.redacting.covers import Mark, Picture, Span


def redaction_making(maker: RedactionMaker) -> SlowTask | None:
    """The redaction whose turn it is. What was begun and left by a worker that died is made again."""
    at = timezone.now()
    redaction = queries.next_to_make()
    if redaction is None or not making.begin(redaction=redaction, at=at):
        return None
    try:
        question = question_of(redaction)
    except FileNotFoundError:
        making.fail(redaction=redaction, kind="broken", at=at)
        return None
    return SlowTask(
        name=f"redact {redaction.pk}",
        run=partial(maker.make, question, partial(_tell, step_path(redaction))),
        done=partial(_made, redaction, question.target),
        failed=partial(_not_made, redaction, question.target),
    )


def question_of(redaction: Redaction) -> Question:
    places_marked = [Mark.from_json(said).place for said in redaction.covers]
    return Question(
        path=path_of(redaction.original),
        media_type=redaction.original.media_type,
        target=places.work_path(f"redaction-{redaction.pk}-{redaction.original_id}"),
        boxes=tuple(place for place in places_marked if isinstance(place, Box)),
        covers=tuple(place for place in places_marked if isinstance(place, Cover)),
        spans=tuple((place.start, place.end) for place in places_marked if isinstance(place, Span)),
        pages=tuple(text_pages(redaction.original)),
        pictures=tuple(place.number for place in places_marked if isinstance(place, Picture)),
        title=redaction.disclosure.title,
    )


def step_path(redaction: Redaction) -> Path:
    """Where the worker says how far it is, for the office to read."""
    return places.work_path(f"redaction-{redaction.pk}-{redaction.original_id}.step")


def step_of(redaction: Redaction) -> Step | None:
    """None while nobody has begun."""
    try:
        return Step(**json.loads(step_path(redaction).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        # Looked at in the very moment in which it is written or taken away.
        return None


def _tell(path: Path, step: Step) -> None:
    path.write_text(json.dumps(asdict(step)), "utf-8")


def _made(redaction: Redaction, target: Path, problems: list[Problem], at: datetime) -> None:
    try:
        making.finish(
            redaction=redaction, problems=problems, made=target, twin=twin_of(target), at=at
        )
    finally:
        _tidy(redaction, target)


def _not_made(redaction: Redaction, target: Path, error: Exception, at: datetime) -> None:
    reason = error.reason if isinstance(error, MakingFailed) else "broken"
    redaction.refresh_from_db()
    # A process that died may have been unlucky; the others would end the same way again.
    if reason != "ended" or redaction.attempts >= making.MOST_ATTEMPTS:
        making.fail(redaction=redaction, kind=reason, at=at)
    _tidy(redaction, target)


def _tidy(redaction: Redaction, target: Path) -> None:
    for path in (target, twin_of(target), step_path(redaction)):
        with suppress(FileNotFoundError):
            path.unlink()
