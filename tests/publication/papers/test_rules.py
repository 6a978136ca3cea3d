from datetime import UTC, date, datetime

import pytest

from prongsai.approval.states import SubmissionState
from prongsai.publication.papers.rules import complete_papers, document_number, drafted_papers
from prongsai.publication.papers.states import PaperKind
from prongsai.record.posting import Event, posting

MEMO, FORM, PROOF = PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM, PaperKind.PROOF


def at(day: int, hour: int = 3) -> datetime:
    """Of November 2026, in UTC: from 17 o'clock on it is the next day in Thailand."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def on(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("state", "complete", "drafted"),
    [
        (SubmissionState.UNDER_WAY, (), (MEMO, FORM)),
        (SubmissionState.APPROVED, (MEMO,), (FORM,)),
        (SubmissionState.PUBLISHED, (MEMO, FORM, PROOF), ()),
        (SubmissionState.REMANDED, (MEMO,), ()),
        (SubmissionState.RECALLED, (MEMO,), ()),
        (SubmissionState.REFUSED, (MEMO,), ()),
        (SubmissionState.STOPPED, (MEMO,), ()),
    ],
)
def test_a_paper_is_complete_when_nobody_will_add_to_it(
    state: str, complete: tuple[PaperKind, ...], drafted: tuple[PaperKind, ...]
) -> None:
    assert (complete_papers(state), drafted_papers(state)) == (complete, drafted)


@pytest.mark.parametrize(("prefix", "number"), [("ตง 52001", "ตง 52001/7"), ("", "7/2569")])
def test_a_number_without_letters_says_its_year(prefix: str, number: str) -> None:
    assert document_number(prefix, 7, on(23)) == number


def test_what_was_never_public_was_not_posted() -> None:
    assert posting([], minimum=0, on=on(23)) is None
    assert posting([Event("published", at(24))], minimum=0, on=on(23)) is None


def test_a_duty_of_two_days_is_met_when_two_full_days_are_over() -> None:
    posted = posting([Event("published", at(1))], minimum=2, on=on(3))

    assert posted is not None
    assert (posted.from_date, posted.to_date, posted.days) == (on(1), on(3), 3)
    assert posted.is_standing
    assert not posted.is_met
    assert posted.interruptions == ()
    later = posting([Event("published", at(1))], minimum=2, on=on(4))
    assert later is not None
    assert later.is_met


def test_a_day_begins_at_midnight_in_thailand() -> None:
    posted = posting([Event("published", at(1, hour=18))], minimum=0, on=on(3))

    assert posted is not None
    assert (posted.from_date, posted.days) == (on(2), 2)


def test_days_in_between_do_not_count() -> None:
    events = [
        Event("published", at(1)),
        Event("withdrawn", at(3)),
        Event("restored", at(10)),
        Event("corrected", at(11)),
        Event("expired", at(12)),
    ]

    posted = posting(events, minimum=7, on=on(20))

    assert posted is not None
    assert (posted.from_date, posted.to_date, posted.days) == (on(1), on(12), 6)
    assert not posted.is_standing
    assert not posted.is_met
    [(stay, back)] = posted.interruptions
    assert (stay.ended_at, stay.ended_by, back) == (at(3), "withdrawn", at(10))


def test_a_day_of_two_stays_counts_once() -> None:
    events = [
        Event("published", at(1, 1)),
        Event("withdrawn", at(1, 3)),
        Event("restored", at(1, 5)),
    ]

    posted = posting(events, minimum=0, on=on(1))

    assert posted is not None
    assert (posted.days, len(posted.interruptions)) == (1, 1)


def test_what_happens_after_the_day_is_not_known_on_it() -> None:
    events = [Event("published", at(1)), Event("withdrawn", at(5))]

    posted = posting(events, minimum=0, on=on(3))

    assert posted is not None
    assert posted.is_standing
