"""What each of the people does all day: read, look things up, write at drafts, sign. And what came of it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from bench.office_browser import Browser, Fields, Log, Page, form_fields

REF = "[0-9a-f-]{36}"
THINK = (1.0, 4.0)
WORDS = ("ถนน", "งบประมาณ", "ลอยกระทง", "รายงานผล", "เรื่องที่ 12", "ปลัด")
PATIENCE = 5


@dataclass
class Written:
    """`saves` are (work, mark) that the office said it has kept; `told` counts conflicts that somebody was told of."""

    saves: list[tuple[str, str]] = field(default_factory=list)
    signed: list[tuple[str, str]] = field(default_factory=list)
    told: int = 0
    given_up: int = 0


@dataclass
class Colleague:
    """One person. `shared` are drafts at which somebody else writes as well."""

    who: str
    origin: str
    log: Log
    shared: tuple[str, ...]
    seed: int
    written: Written = field(default_factory=Written)
    links: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browser = Browser(self.who, self.origin, self.log)
        self.chance = random.Random(self.seed)  # noqa: S311 -- repeatable, not secret
        self.marks = 0

    def work_until(self, end: float) -> None:
        """`end` on the monotonic clock; the act that was begun before it is finished."""
        self._think()
        self._inbox()
        while time.monotonic() < end:
            self._think()
            acts = self._acts()
            act = self.chance.choices([each for each, _weight in acts], [each[1] for each in acts])
            act[0]()

    def _acts(self) -> list[tuple[Callable[[], None], int]]:
        acts = [(self._inbox, 4), (self._dashboard, 2), (self._list, 2), (self._search, 2)]
        acts += [(self._one, 3), (self._published, 1), (self._schedule, 1)]
        if self.links.get("write"):
            acts.append((self._write_own, 3))
        if self.shared:
            acts.append((self._write_shared, 4 * len(self.shared)))
        if self.links.get("decide"):
            acts.append((self._decide, 4))
        return acts

    def _think(self) -> None:
        time.sleep(self.chance.uniform(*THINK))

    def _inbox(self) -> None:
        page = self.browser.get("inbox", "/office/")
        self.links["write"] = page.links(f"/office/disclosures/{REF}/write/")
        self.links["decide"] = page.links(f"/office/submissions/{REF}/")

    def _dashboard(self) -> None:
        self.browser.get("dashboard", "/office/dashboard/")

    def _list(self) -> None:
        number = self.chance.choice((1, 1, 2, 3))
        page = self.browser.get("list", f"/office/disclosures/?page={number}")
        self.links["works"] = page.links(f"/office/disclosures/{REF}/")

    def _search(self) -> None:
        self.browser.get("search", f"/office/search?q={quote(self.chance.choice(WORDS))}")

    def _one(self) -> None:
        works = self.links.get("works")
        if works:
            self.browser.get("one work", self.chance.choice(works))

    def _published(self) -> None:
        self.browser.get("published", "/office/published/")

    def _schedule(self) -> None:
        self.browser.get("schedule", "/office/schedule/")

    def _write_own(self) -> None:
        self._write(self.chance.choice(self.links["write"]))

    def _write_shared(self) -> None:
        self._write(f"/office/disclosures/{self.chance.choice(self.shared)}/write/")

    def _write(self, path: str) -> None:
        """Add a mark to the text; whoever is told that somebody else was quicker reads again and writes again."""
        self.marks += 1
        mark = f"[{self.who} {self.marks}]"
        for _try in range(PATIENCE):
            fields = form_fields(self.browser.get("edit", path).text, "base_sequence")
            if not fields:
                return
            self._think()
            answer = self.browser.post("save", path, with_mark(fields, mark))
            if answer.status == 302:
                self.written.saves.append((path.split("/")[3], mark))
                return
            if answer.status != 409:
                return
            self.written.told += 1
            self._think()
        self.written.given_up += 1

    def _decide(self) -> None:
        path = self.links["decide"].pop(0)
        page = self.browser.get("decide", path)
        fields = form_fields(page.text, "content_hash")
        if not fields:
            return
        self._think()
        answer = self.browser.post("sign", path, [*fields, ("verdict", "endorse")])
        if is_signed(answer):
            self.written.signed.append((self.who, path.split("/")[3]))


def with_mark(fields: Fields, mark: str) -> Fields:
    return [(name, f"{text}<p>{mark}</p>" if name == "body" else text) for name, text in fields]


def is_signed(answer: Page) -> bool:
    """Whoever could not sign is sent back to the submission, who signed to the inbox."""
    return answer.status == 302 and answer.location == "/office/"
