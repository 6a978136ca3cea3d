"""Makes redacted files in a process of its own, which may hang, crash or run out of memory without harm to others."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from prongsai.files.confined import Answer, Confined, ConfinedFailed
from prongsai.files.redaction.questions import Question
from prongsai.files.redaction.rules import Problem

MEMORY = 1000 * 1024 * 1024
SECONDS, SECONDS_PER_PAGE = 300.0, 60.0


class MakingFailed(ConfinedFailed):
    """No outcome. It has `ended` when the process died or was stopped."""


@dataclass(frozen=True)
class Step:
    """How far it is: `covering` or `checking`, and how many of how many pages were looked at."""

    name: str
    done: int = 0
    of: int = 0


class RedactionMaker:
    """One redaction at a time, each in a fresh process, which is nice."""

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        seconds: float = SECONDS,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.files.redaction"),
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._command = command
        self._confined: Confined | None = None

    def make(self, question: Question, tell: Callable[[Step], None]) -> list[Problem]:
        """Writes the question's target, and says what speaks against letting it out. Raises `MakingFailed`."""
        pages = len({box.page for box in question.boxes})
        seconds = self._seconds + SECONDS_PER_PAGE * pages
        # What it puts down in between lies beside its target: killed, it cannot take that away itself.
        beside = {"TMPDIR": str(question.target.parent.absolute())}
        confined = Confined(self._command, memory=self._memory, most=1, environment=beside)
        self._confined = confined

        def tell_step(said: Answer) -> None:
            tell(Step(said["step"], said["done"], said["of"]))

        try:
            answer = confined.ask(question.to_json(), seconds=seconds, tell=tell_step)
        except ConfinedFailed as failed:
            raise MakingFailed(failed.reason) from failed
        finally:
            self._confined = None
            confined.close()
        return [Problem(**one) for one in answer["problems"]]

    def abort(self) -> None:
        """Ends what is under way, from another thread: it fails as `ended`."""
        confined = self._confined
        if confined:
            confined.abort()

    @property
    def resident(self) -> int:
        """Bytes of memory that the redaction under way holds now."""
        confined = self._confined
        return confined.resident if confined else 0
