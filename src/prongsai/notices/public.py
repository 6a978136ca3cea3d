"""What the public sees of notices: plain values, and how they lie in the file between office and portal.

The portal imports this module, `board` and `cap`, and nothing else of the app.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from prongsai.thai.dates import BANGKOK

SCHEMA = "prongsai-notices-1"
EXPIRED, RECALLED = "expired", "recalled"
END = "end"


class BadBulletin(ValueError):
    """The file is not one of ours, or not whole."""


@dataclass(frozen=True)
class Text:
    """The words of a notice. Of the sixth field, until when, see `Message.valid_until_at`."""

    headline: str
    happened: str
    to_do: str
    contact: str
    area: str
    source: str = ""
    headline_en: str = ""
    to_do_en: str = ""
    category: str = "Safety"
    severity: str = "Severe"
    urgency: str = "Immediate"
    certainty: str = "Observed"


# What stands in the place of all words of a notice that was recalled.
RECALLED_TEXT = Text(
    headline="ประกาศนี้ถูกเรียกคืนแล้ว",
    happened="",
    to_do="",
    contact="",
    area="",
    headline_en="This notice has been recalled",
    category="Other",
    severity="Unknown",
    urgency="Unknown",
    certainty="Unknown",
)


@dataclass(frozen=True)
class Message:
    """One thing that was told: the alert, an update, a renewal, or the end.

    `reason` is for the end alone; `post` and `acting` say who agreed, never by name.
    """

    version: int
    kind: str
    sent_at: datetime
    valid_until_at: datetime
    text: Text
    reason: str = ""
    post: str = ""
    acting: str = ""


@dataclass(frozen=True)
class PublicNotice:
    """`id` is its name in addresses; `number` its place in the record, empty until the worker has been there.

    `messages` oldest first, never empty. `ended_at` and `end_cause` are empty while nobody has ended it; whether its
    time is over is asked of the clock.
    """

    id: str
    is_drill: bool
    unit_th: str
    unit_en: str
    messages: tuple[Message, ...]
    number: str = ""
    ended_at: datetime | None = None
    end_cause: str = ""

    @property
    def last(self) -> Message:
        return self.messages[-1]

    @property
    def text(self) -> Text:
        return self.last.text

    @property
    def first_at(self) -> datetime:
        return self.messages[0].sent_at

    @property
    def valid_until_at(self) -> datetime:
        return self.last.valid_until_at

    def is_live(self, at: datetime) -> bool:
        """By the reader's own clock: no process need do anything for a notice to be over."""
        return self.ended_at is None and at < self.valid_until_at

    def over_at(self) -> datetime:
        """When it ended, or would by itself."""
        return self.ended_at or self.valid_until_at

    def over_cause(self) -> str:
        return self.end_cause or EXPIRED

    @property
    def is_recalled(self) -> bool:
        return self.end_cause == RECALLED


@dataclass(frozen=True)
class Bulletin:
    """The whole file. `sequence` grows with each thing that is told."""

    sequence: int
    posted_at: datetime | None
    notices: tuple[PublicNotice, ...]

    def to_json(self) -> bytes:
        content = {"schema": SCHEMA} | asdict(self)
        return json.dumps(content, ensure_ascii=False, default=_written).encode("utf-8")

    def live(self, at: datetime) -> tuple[PublicNotice, ...]:
        """Real ones first, the most severe first, then the newest."""
        found = [each for each in self.notices if each.is_live(at)]
        return tuple(sorted(found, key=_urgency))

    def over(self, at: datetime) -> tuple[PublicNotice, ...]:
        """Newest end first."""
        found = [each for each in self.notices if not each.is_live(at)]
        return tuple(sorted(found, key=PublicNotice.over_at, reverse=True))

    def find(self, id_: str) -> PublicNotice | None:
        return next((each for each in self.notices if each.id == id_), None)


NOTHING = Bulletin(0, None, ())
_SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")


def _urgency(notice: PublicNotice) -> tuple[bool, int, float]:
    severity = notice.text.severity
    rank = _SEVERITIES.index(severity) if severity in _SEVERITIES else len(_SEVERITIES)
    return notice.is_drill, rank, -notice.last.sent_at.timestamp()


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in the file of notices.")


_NOT_OURS = (ValueError, TypeError, AttributeError, RecursionError)
_NAME = re.compile(r"[0-9a-f]{10}")


def read_bulletin(content: bytes) -> Bulletin:
    """Raises `BadBulletin`: what is not wholly as it should be is not shown at all."""
    try:
        values = json.loads(content)
        if values["schema"] != SCHEMA:
            raise BadBulletin(f"the schema is {values['schema']!r}")
        return Bulletin(
            sequence=int(values["sequence"]),
            posted_at=_moment(values["posted_at"]),
            notices=tuple(_notice(each) for each in values["notices"]),
        )
    except (LookupError, ArithmeticError, *_NOT_OURS) as error:
        raise BadBulletin(f"{type(error).__name__}: {error}") from error


def _notice(values: Mapping[str, Any]) -> PublicNotice:
    messages = tuple(_message(each) for each in values["messages"])
    if not messages or type(values["is_drill"]) is not bool:
        raise BadBulletin("a notice says nothing, or not whether it is a drill")
    if not _NAME.fullmatch(values["id"]):
        raise BadBulletin(f"{values['id']!r} is no name of a notice")
    return PublicNotice(
        **_texts(PublicNotice, values),
        is_drill=values["is_drill"],
        messages=messages,
        ended_at=_moment(values["ended_at"]),
    )


def _message(values: Mapping[str, Any]) -> Message:
    return Message(
        **_texts(Message, values),
        version=int(values["version"]),
        sent_at=_needed(values["sent_at"]),
        valid_until_at=_needed(values["valid_until_at"]),
        text=Text(**_texts(Text, values["text"])),
    )


def _texts(made: Any, values: Mapping[str, Any]) -> dict[str, str]:
    """The fields of that class that are texts. A file of a later version may have more."""
    names = [field.name for field in fields(made) if field.type in (str, "str")]
    if not all(isinstance(values[name], str) for name in names):
        raise BadBulletin(f"a text of {made.__name__} is no text")
    return {name: values[name] for name in names}


def _moment(value: Any) -> datetime | None:
    return None if value is None else _needed(value)


def _needed(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise BadBulletin(f"{value!r} has no time zone")
    # Every page shows it in our own time: one that cannot be shown would take all pages down.
    return moment.astimezone(BANGKOK)
