"""What shows anybody that a duty is met: where it stands, how one gets there, since when, with which files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from prongsai.organisation.spoken import spoken
from prongsai.record import queries
from prongsai.record.addresses import public_path
from prongsai.record.owed import Line, PartLine
from prongsai.record.pages import EditionPage
from prongsai.record.sections import section
from prongsai.thai.dates import BANGKOK, format_date

# News come by the hundred; the newest show that they come.
MOST = 40


@dataclass(frozen=True)
class Step:
    """One click on the way from the home page: what the link is called, and where it leads."""

    title: str
    path: str


@dataclass(frozen=True)
class Exhibit:
    """One published edition as evidence. `page` is None once a recall has erased it."""

    number: str
    version: int
    page: EditionPage | None

    def path(self, language: str) -> str:
        """Of the item; of the very version when a later one has taken its place."""
        if self.page is None or self.page.is_latest_version:
            return public_path("item", language, number=self.number)
        return public_path("version", language, number=self.number, version=self.version)

    def way(self, language: str) -> tuple[Step, ...]:
        """From the home page, click by click, as the site's own menus lead there."""
        steps = [Step(_("หน้าแรก"), public_path("home", language))]
        top = section(self.page.section.top) if self.page else None
        if top is not None:
            steps.append(Step(top.title(language), public_path("section", language, slug=top.slug)))
        title = self.page.title if self.page else self.number
        return (*steps, Step(title, self.path(language)))


def exhibits(line: Line) -> tuple[Exhibit, ...]:
    """Each edition that was used, once, the periods in their order."""
    used = dict.fromkeys(each for part in line.parts for each in part.evidence)
    return tuple(_exhibit(number, version) for number, version in list(used)[:MOST])


def _exhibit(number: str, version: int) -> Exhibit:
    return Exhibit(number, version, queries.page(number, version))


def explanation(line: Line, shown: Iterable[Exhibit]) -> str:
    """The text that goes beside the addresses in an assessor's form: what is there, since when, how to get there."""
    published = [_sentence(each, each.page) for each in shown if each.page is not None]
    said = [_said(part) for part in line.parts if part.statement]
    return "\n".join([_opening(line), *published, *said])


def _opening(line: Line) -> str:
    duty = line.duty
    return _("ข้อ %(clause)s %(label)s") % {
        "clause": spoken(duty.clause, duty.clause_en),
        "label": duty.label,
    }


def _sentence(exhibit: Exhibit, page: EditionPage) -> str:
    language = spoken("th", "en")
    way = " → ".join(step.title for step in exhibit.way(language))
    return _("“%(title)s” เลขทะเบียน %(number)s เผยแพร่ครั้งแรก %(first)s เข้าทาง %(way)s") % {
        "title": page.title,
        "number": exhibit.number,
        "first": _day(page.place.first_published_at),
        "way": way,
    }


def _said(part: PartLine) -> str:
    return _("%(period)s: มีถ้อยแถลง เลขทะเบียน %(number)s") % {
        "period": part.label or _("ปีนี้"),
        "number": part.statement,
    }


def _day(moment: datetime | None) -> str:
    """In Thailand; empty for an edition that is not published."""
    if moment is None:
        return ""
    day = moment.astimezone(BANGKOK).date()
    return spoken(format_date(day), f"{day.day} {day:%B %Y}")
