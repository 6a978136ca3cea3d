"""Breadcrumbs: pairs of a title and a path, from the section down."""

from django.utils.translation import gettext

from prongsai.obligations.catalogue import Instrument
from prongsai.record.addresses import public_path
from prongsai.record.pages import EditionPage
from prongsai.record.sections import section

Trail = list[tuple[str, str]]


def section_trail(page: EditionPage, language: str, *, with_item: bool = False) -> Trail:
    """The way to an item; with the item itself for the pages below it."""
    trail = _sections(page, language)
    if with_item:
        trail.append((page.number, public_path("item", language, number=page.number)))
    return trail


def _sections(page: EditionPage, language: str) -> Trail:
    top = section(page.section.top)
    if top is None:
        return []
    return [(top.title(language), public_path("section", language, slug=top.slug))]


def log_trail(title: str, language: str) -> Trail:
    return [(title, public_path("log", language))]


def transparency_trail(language: str, law: Instrument | None = None) -> Trail:
    """The way to a law or list on the board, and with it to one of its duties."""
    trail = [(gettext("เทศบาลเผยแพร่ครบหรือยัง"), public_path("transparency", language))]
    if law is not None:
        trail.append((law.short, public_path("instrument", language, instrument=law.key)))
    return trail


def item_trail(number: str, language: str) -> Trail:
    """The way to something below an item, when the item's page is not at hand."""
    return [(number, public_path("item", language, number=number))]


def index_trail(language: str, law: Instrument | None) -> Trail:
    """The way to one folder of the index."""
    return [
        *transparency_trail(language, law),
        (gettext("ดัชนีข้อมูลข่าวสาร"), public_path("index", language)),
    ]
