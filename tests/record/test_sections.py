import pytest

from prongsai.record.rules import SLUG
from prongsai.record.sections import Section, section, section_slugs, sections


def test_there_are_the_nine_sections_of_the_founding_document_in_its_order() -> None:
    assert [(each.clause, each.slug) for each in sections()] == [
        ("2.1.1", "basic"),
        ("2.1.2", "laws"),
        ("2.1.3", "procurement"),
        ("2.1.4", "news"),
        ("2.1.5", "services"),
        ("2.1.6", "forms"),
        ("2.1.7", "links"),
        ("2.1.8", "knowledge"),
        ("2.1.9", "other"),
    ]


@pytest.mark.parametrize("each", sections(), ids=lambda each: each.slug)
def test_a_section_speaks_both_languages(each: Section) -> None:
    assert each.title() == each.title_th != each.title_en == each.title("en")
    assert each.lead("th") == each.lead_th != each.lead_en == each.lead("en")
    assert SLUG.fullmatch(each.slug)


def test_a_section_is_found_by_its_slug() -> None:
    assert section("procurement") == sections()[2]
    assert section("gossip") is None
    assert section_slugs() == {each.slug for each in sections()}
