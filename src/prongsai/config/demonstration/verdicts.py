"""How the screener of the demonstration decides findings: a verdict, a reason and a ground for each detector."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from itertools import compress

from django.utils.timezone import localdate

from prongsai.config.demonstration.plan import DATA, Row, screening_moments
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.screening.actions import decide_finding, say_second_word
from prongsai.screening.queries import findings
from prongsai.screening.states import LETS_STAND, NEEDS_TWO_PEOPLE, SecondWord

A_LITTLE = timedelta(seconds=20)


class CannotLetStand(Exception):
    """The data hold what no screener would let out. `detector` and `title` say what and where."""

    def __init__(self, detector: str, title: str) -> None:
        self.detector, self.title = detector, title
        super().__init__(
            f"the demonstration cannot publish “{title}”: nobody lets a finding of {detector} stand;"
            " take the passage out of data/disclosures"
        )


@cache
def verdicts() -> dict[str, Row]:
    """By detector. What is not in the table stops the load."""
    table: dict[str, Row] = tomllib.loads((DATA / "verdicts.toml").read_text(encoding="utf-8"))
    return table


def decide_findings(disclosure: Disclosure, *, sent: datetime, by: Actor, second: Actor) -> None:
    """Each open finding at its own minute, after `sent`, as one reads down the list; `second` reads what is blocked."""
    disclosure.refresh_from_db()
    if disclosure.latest is None:
        return
    found = list(findings(disclosure.latest, on=localdate(sent)).decisive())
    moments = screening_moments(sent, findings=len(found))
    is_open = [finding.decision is None for finding in found]
    for finding, at in compress(zip(found, moments, strict=True), is_open):
        row = verdicts().get(finding.detector)
        if row is None:
            raise CannotLetStand(finding.detector, disclosure.title)
        made = decide_finding(
            finding=finding,
            verdict=row["verdict"],
            reason=row["reason"],
            legal_ground=row.get("legal_ground", ""),
            by=by,
            at=at,
        )
        if finding.severity in NEEDS_TWO_PEOPLE and made.verdict in LETS_STAND:
            say_second_word(decision=made, word=SecondWord.CONFIRM, by=second, at=at + A_LITTLE)
