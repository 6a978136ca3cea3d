"""Makes redacted files in a process of its own, which may hang, crash or run out of memory without harm to others."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

from prongsai.files.confined import Answer, ConfinedFailed, Fresh
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


class RedactionMaker(Fresh):
    """One redaction at a time."""

    def __init__(
        self,
        *,
        memory: int = MEMORY,
        seconds: float = SECONDS,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.files.redaction"),
    ) -> None:
        super().__init__(command, memory=memory)
        self._seconds = seconds

    def make(self, question: Question, tell: Callable[[Step], None]) -> list[Problem]:
        """Writes the question's target, and says what speaks against letting it out. Raises `MakingFailed`."""
        pages = len({box.page for box in question.boxes})
        seconds = self._seconds + SECONDS_PER_PAGE * pages
        # What it puts down in between lies beside its target: killed, it cannot take that away itself.
        beside = {"TMPDIR": str(question.target.parent.absolute())}

        def tell_step(said: Answer) -> None:
            tell(Step(said["step"], said["done"], said["of"]))

        try:
            answer = self.ask(
                question.to_json(), seconds=seconds, tell=tell_step, environment=beside
            )
        except ConfinedFailed as failed:
            raise MakingFailed(failed.reason) from failed
        return [Problem(**one) for one in answer["problems"]]
