"""The yearly report as values: every number of a fiscal year, made anew from the record and the trail each time."""

from datetime import date

from django.utils.translation import override

from prongsai.monitoring.reporting.clauses import Counted, clauses
from prongsai.monitoring.reporting.decided import (
    decision_figures,
    finding_figures,
    findings,
    notice_figures,
    notices,
)
from prongsai.monitoring.reporting.figures import Report, Span
from prongsai.monitoring.reporting.published import (
    duration_figures,
    published,
    section_figures,
    statement_counts,
    statement_figures,
    unit_figures,
)
from prongsai.monitoring.reporting.standing import (
    change_figures,
    check_figures,
    coverage_figures,
    months_up,
    overdue_figures,
    standing,
    uptime_figures,
)


def yearly_report(year: int, *, on: date) -> Report:
    """Of a fiscal year (Buddhist era) until its end or until `on`. Raises `ValueError` before it has begun."""
    span = Span.told(year, on=on)
    with override("th"):
        found = Counted(
            span=span,
            published=published(span),
            statements=statement_counts(span),
            findings=findings(span),
            notices=notices(span),
            standing=standing(span),
            months=months_up(span),
        )
        return Report(
            span,
            clauses(found),
            (
                section_figures(span, found.published),
                unit_figures(span, found.published),
                duration_figures(span),
                decision_figures(span),
                finding_figures(span, found.findings),
                notice_figures(span, found.notices),
                statement_figures(span, found.statements),
                coverage_figures(span, found.standing),
                uptime_figures(span, found.months),
                change_figures(found.standing),
                overdue_figures(span, found.standing),
                check_figures(found.standing),
            ),
        )
