"""A disclosure on its way through screening."""

from typing import Any

from prongsai.disclosures.actions import attach
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.screening.actions import decide_finding, say_second_word, submit_for_screening
from prongsai.screening.models import Finding, FindingDecision, Screening
from tests.disclosures.factories import disclosure, stored_file
from tests.factories import NOW, actor

NATIONAL_ID = "1-2345-67890-12-1"
WITH_ID = f"<p>ผู้รับบัตร {NATIONAL_ID}</p>"


def screener() -> Actor:
    return actor(roles=["screener"])


def screened(*, by: Actor | None = None, body: str = WITH_ID, **changes: Any) -> Screening:
    """Written by `by`, submitted, and screened."""
    writer = by or actor()
    return submit(disclosure(by=writer, body=body, **changes), by=writer)


def submit(row: Disclosure, *, by: Actor | None = None) -> Screening:
    return submit_for_screening(disclosure=row, by=by or actor(), at=NOW)


def with_file(text: str = "ข้อความในไฟล์", **columns: Any) -> Disclosure:
    row = disclosure()
    attach(
        disclosure=row,
        file=stored_file(text=text, **columns),
        slot="main",
        label="",
        by=actor(),
        at=NOW,
    )
    return row


def decide(finding: Finding, verdict: str = "not_applicable", **changes: Any) -> FindingDecision:
    plain: dict[str, Any] = {"reason": "ตรวจแล้ว", "by": screener(), "at": NOW}
    return decide_finding(finding=finding, verdict=verdict, **(plain | changes))


def confirm(decision: FindingDecision, **changes: Any) -> FindingDecision:
    """By another screener, who agrees."""
    plain: dict[str, Any] = {"word": "confirm", "by": screener(), "at": NOW}
    return say_second_word(decision=decision, **(plain | changes))[0]


def agree(finding: Finding, verdict: str = "not_applicable", **changes: Any) -> FindingDecision:
    """Decided by one person, and confirmed by another where that is asked for; the row of the first."""
    made = decide(finding, verdict, **changes)
    if Finding.objects.get(pk=finding.pk).awaits_second:
        confirm(made)
    return made
