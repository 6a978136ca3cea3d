"""The reference page of the duties, made from the data files; a test compares the two."""

from collections.abc import Iterable

from prongsai.obligations.catalogue import Due, Obligation, Sheet
from prongsai.obligations.queries import ours
from prongsai.obligations.states import Confidence, DueRule, Period

_HEAD = """# Duties to publish

Made from `src/prongsai/obligations/data/*.toml` by
`python -m prongsai.obligations.reference > docs/reference/obligations.md`.
The words are our own, never the text of a law. How sure they are:

| mark | meaning |
|---|---|
| S | the point itself was seen in the source named |
| S2 | seen second-hand: on another body's page, in a repository, in news |
| P | partly seen, the rest from memory |
| M | from memory only: compare with the Gazette or the manual before relying on it |
| I | inferred |

Only S counts as verified; staff are told so beside every other duty. Of the yearly lists none is verified: no manual
of the assessors was read, and names were seen at other bodies. Posts that owe something are those of the
demonstration's chart. Days for review, components and the words by which a machine sees them are ours, not the law's.
The day in the yearly lists is the last on which answers were taken in 2564 and 2565; for other years it was not seen.
The 30 working days of the procurement plan are from memory. Where no due date stands, a duty of a month or a quarter
is late once that time is over. `links_answer` is asked where what is owed lies behind a link (a form, an account, a
channel): there a link that leads nowhere counts like a page that does not open. That assessors count so was not seen;
it is from memory for the yearly lists, and ours for the rest.
The score of a yearly list is the mean of the items in each part of an indicator, then of the parts, then of the
indicators. Which items are in which part is from memory, and inferred for 2569; a file of one's own corrects it.

## A file

One instrument a file: `[instrument]`, then `[[obligations]]`, and below an obligation `[[obligations.components]]`.
The JSON Schema is `src/prongsai/obligations/data/schema.json`, made from the tables by which files are read
(`python -m prongsai.obligations.schema`). A file is taken whole or not at all.

A municipality puts files of the same form into `obligations/` of the data folder, or into the folder that
`PRONGSAI_OBLIGATIONS` names. An instrument with a new `key` stands beside ours; one of ours is replaced by a file with
the same or a higher `edition`, and one without obligations takes it away. A change holds within a second, without a
restart. A broken file leaves what it said before; `prongsai check` and the log tell why. How to write one is in the
administrator's guide. A signed list (`prongsai pack --sign`) that was adopted in the office lies there as
`pack-<instrument>.toml`; the office writes that file, so nobody edits it by hand.

## How many, and how sure

| instrument | edition | duties | S | S2 | P | M | I |
|---|---|---|---|---|---|---|---|
"""
_TABLE_HEAD = """
| key | clause | what | period | due | owner | asks for | sure | source |
|---|---|---|---|---|---|---|---|---|
"""
_INDICATORS_HEAD = """
| indicator | what | items | sure | source |
|---|---|---|---|---|
"""
_PERIODS = {
    Period.KEPT_CURRENT: "kept current",
    Period.MONTHLY: "each month",
    Period.QUARTERLY: "each quarter",
    Period.HALF_YEAR: "each half year",
    Period.FISCAL_YEAR: "each fiscal year",
    Period.ON_EVENT: "on event",
}
_DUE = {
    DueRule.NONE: "–",
    DueRule.DAYS_AFTER_PERIOD: "{0.days} days after the period",
    DueRule.WORKING_DAYS_AFTER_PERIOD: "{0.days} working days after the period",
    DueRule.WORKING_DAYS_AFTER_EVENT: "{0.days} working days after the event",
    DueRule.DATE_IN_YEAR: "{0.day}/{0.month} of the year",
}


def page() -> str:
    found = ours()
    counted = "".join(_count(each) for each in found)
    return f"{_HEAD}{counted}{''.join(_chapter(each) for each in found)}"


def _count(sheet: Sheet) -> str:
    marks = [each.confidence for each in sheet.obligations]
    numbers = [str(marks.count(mark) or "–") for mark in Confidence]
    head = [sheet.instrument.short_en, str(sheet.instrument.edition), str(len(marks))]
    return _row([*head, *numbers])


def _chapter(sheet: Sheet) -> str:
    instrument = sheet.instrument
    after = f" Followed by `{instrument.succeeded_by}`." if instrument.succeeded_by else ""
    rows = "".join(_line(each) for each in sheet.obligations)
    return (
        f"\n## {instrument.name_en}\n\n`{instrument.key}` · {instrument.name_th}.{after}\n"
        f"{''.join(_indicators(sheet))}{_TABLE_HEAD}{rows}"
    )


def _indicators(sheet: Sheet) -> Iterable[str]:
    """With the items that are in each; last those of which nobody knows it."""
    listed = sheet.instrument.indicators
    if not listed:
        return
    yield _INDICATORS_HEAD
    for each in listed:
        name = f"**{each.label_en}** {each.label_th}"
        clauses = _in_it(sheet, each.key) if each.whole else "its parts"
        yield _row([each.key, name, clauses, each.confidence, each.source])
    if unknown := _in_it(sheet, ""):
        yield _row(["–", "not known", unknown, "–", "–"])


def _in_it(sheet: Sheet, key: str) -> str:
    return ", ".join(each.clause for each in sheet.obligations if each.indicator == key)


def _line(duty: Obligation) -> str:
    what = f"**{duty.label_en}** {duty.label_th}. {duty.demand_th}"
    return _row(
        [
            f"`{duty.key}`",
            duty.clause_en or duty.clause,
            what,
            _period(duty),
            _due(duty.due),
            f"`{duty.owner}`" if duty.owner else "–",
            "; ".join(_asks(duty)) or "–",
            duty.confidence,
            duty.source,
        ]
    )


def _period(duty: Obligation) -> str:
    words = [_PERIODS[duty.period]]
    words += ["of the year before"] if duty.year_offset else []
    words += ["October to March only"] if duty.part else []
    return ", ".join(words)


def _due(due: Due) -> str:
    return _DUE[due.rule].format(due)


def _asks(duty: Obligation) -> Iterable[str]:
    yield from (each.label_en for each in duty.components)
    if duty.formats:
        yield f"files: {', '.join(duty.formats)}"
    if duty.checks:
        yield f"checks: {', '.join(duty.checks)}"
    if duty.review_days:
        yield f"review every {duty.review_days} days"
    if duty.also_topics:
        yield f"takes in: {', '.join(duty.also_topics)}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '–') for cell in cells)} |\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 -- printing the page is what it does
