"""How the screener of the demonstration decides findings: a verdict, a reason and a ground for each detector."""

import tomllib
from datetime import datetime
from functools import cache
from itertools import compress

from prongsai.config.demonstration.plan import DATA, Row, screening_moments
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.screening.actions import decide_finding
from prongsai.screening.queries import findings


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


def decide_findings(disclosure: Disclosure, *, sent: datetime, by: Actor) -> None:
    """Each open finding at its own minute, after `sent`, as one reads down the list."""
    disclosure.refresh_from_db()
    if disclosure.latest is None:
        return
    found = list(findings(disclosure.latest).decisive())
    moments = screening_moments(sent, findings=len(found))
    is_open = [finding.decision is None for finding in found]
    for finding, at in compress(zip(found, moments, strict=True), is_open):
        row = verdicts().get(finding.detector)
        if row is None:
            raise CannotLetStand(finding.detector, disclosure.title)
        decide_finding(
            finding=finding,
            verdict=row["verdict"],
            reason=row["reason"],
            legal_ground=row.get("legal_ground", ""),
            by=by,
            at=at,
        )
