"""Help on every screen: the ? leads to the chapter that speaks of it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, reverse

from prongsai.config.urls.office import office
from prongsai.office.chapters import BY_MODULE, BY_NAME, OTHERWISE, address_of, chapter_of
from prongsai.office.guides import as_html, chapters
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def patterns(entries: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns)
        else:
            yield entry


OURS = [
    each
    for each in patterns(office)
    if each.callback.__module__.startswith("prongsai.office.views.")
]


def test_every_screen_of_the_office_has_a_chapter_of_its_own() -> None:
    without = {
        each.callback.__module__
        for each in OURS
        if each.callback.__module__.rpartition(".")[2] not in BY_MODULE
    }
    assert without == set()


@pytest.mark.parametrize("place", sorted({*BY_MODULE.values(), *BY_NAME.values(), OTHERWISE}))
def test_a_chapter_is_there_under_its_heading(place: tuple[str, str]) -> None:
    guide, heading = place
    assert heading in [each.title for each in chapters(guide)]


@pytest.mark.parametrize("name", ["inbox", "disclosures", "start", "dashboard", "account", "help"])
def test_a_page_links_to_its_chapter(sit: SignIn, name: str) -> None:
    answer = sit("officer").get(reverse(name))
    expected = address_of(chapter_of(name, answer.resolver_match.func))
    assert f'<a class="office-ask" href="{expected}"' in answer.content.decode()


@pytest.mark.parametrize("guide", ["officer", "approver", "administrator"])
def test_a_guide_is_read_in_the_office(sit: SignIn, guide: str) -> None:
    answer = sit("officer").get(reverse("guide", kwargs={"guide": guide}))
    text = answer.content.decode()
    assert all(f'id="{each.key}"' in text for each in chapters(guide))
    assert "**" not in text


def test_a_file_that_is_no_guide_is_not_shown(sit: SignIn) -> None:
    assert sit("officer").get("/office/help/developer/").status_code == 404


def test_a_guide_is_written_as_html_and_nothing_in_it_runs() -> None:
    text = "1. One `a<b`\n   goes on\n   - deeper\n2. Two **bold**\n"
    text += "\n| a | b |\n|---|---|\n| 1 | <script> |\n\nEnd [here](x.md)"
    assert as_html(text) == (
        "<ol><li>One <code>a&lt;b</code> goes on<ul><li>deeper</li></ul></li>"
        "<li>Two <strong>bold</strong></li></ol>"
        '<div class="desk-scroll" tabindex="0" role="group" aria-label="ตาราง"><table class="ds-table">'
        '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'
        "<tbody><tr><td>1</td><td>&lt;script&gt;</td></tr></tbody></table></div>"
        "<p>End here</p>"
    )
