"""Every text has its English, and both are completed with the same words."""

from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.utils import translation

from tests.conventions.english import CATALOGUES, ROOT, catalogue, english, places


def choices(app: str) -> list[type[TextChoices]]:
    states = import_module(f"prongsai.{app}.states")
    tables = [each for each in vars(states).values() if isinstance(each, type)]
    own = [each for each in tables if each.__module__.startswith(states.__name__)]
    return [each for each in own if issubclass(each, TextChoices)]


APPS = [app for app in CATALOGUES if any(Path(ROOT, app).glob("states*"))]
TABLES = [(app, table) for app in APPS for table in choices(app)]


@pytest.mark.parametrize("app", CATALOGUES)
def test_no_text_of_a_catalogue_is_left_without_english(app: str) -> None:
    said = {
        each.id: [each.string] if isinstance(each.id, str) else each.string
        for each in catalogue(app)
    }
    assert [text for text, words in said.items() if text and not all(words)] == []


@pytest.mark.parametrize("app", CATALOGUES)
def test_english_is_completed_with_the_same_words_as_thai(app: str) -> None:
    single = [each for each in catalogue(app) if isinstance(each.id, str) and "{%" not in each.id]
    assert [each.id for each in single if places(each.id) != places(str(each.string))] == []


@pytest.mark.parametrize(("app", "table"), TABLES, ids=lambda each: getattr(each, "__name__", each))
def test_every_label_that_staff_read_has_english(app: str, table: type[TextChoices]) -> None:
    with translation.override("th"):
        labels = [str(each.label) for each in table]
    thai = [label for label in labels if any("ก" <= letter <= "ฮ" for letter in label)]
    assert [label for label in thai if not english(app, label)] == []
