"""Which duties of the yearly lists ask for the report, by topics that survive every renumbering."""

from prongsai.monitoring.periods import basis_year
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import by_topic

# The measures, and the report that they were carried out (O42 and O43 of the founding document's year).
MEASURES, CARRIED_OUT = "integrity-measures", "integrity-measures-executed"


def duties_of_report(year: int) -> tuple[Obligation, ...]:
    """What a report on the fiscal year answers; before any list asks for that year, the newest that asks for another.

    What is bound to one list counts for the same topic in every other, also in one that comes later.
    """
    known = [each for each in by_topic(CARRIED_OUT) if each.instrument.assessment_year]
    exact = tuple(each for each in known if basis_year(each, _shown(each)) == year)
    return exact or tuple(sorted(known, key=_shown)[-1:])


def report_year(duty: Obligation) -> int | None:
    """The fiscal year of the report that helps with a duty: the one it reports on, or the one before new measures."""
    shown = duty.instrument.assessment_year
    topics = {duty.topic, *duty.also_topics}
    if shown is None or not topics & {MEASURES, CARRIED_OUT}:
        return None
    return basis_year(duty, shown) if CARRIED_OUT in topics else shown - 1


def _shown(duty: Obligation) -> int:
    """The year of the list."""
    return duty.instrument.assessment_year or 0
