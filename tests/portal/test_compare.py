"""What changed between two versions, for people."""

import pytest

from prongsai.organisation.actors import Actor
from tests.attacks.public import PHRASE, make_public, recall
from tests.portal.visitor import Visitor
from tests.publication.conftest import people, shelves  # noqa: F401 -- fixtures, used by name

pytestmark = [pytest.mark.django_db(databases=["default"]), pytest.mark.usefixtures("shelves")]
People = dict[str, Actor]


def test_a_file_that_was_replaced_is_named_and_the_history_leads_here(
    citizen: Visitor,
    people: People,  # noqa: F811 -- the fixture above
) -> None:
    public = make_public(people)

    history = citizen.get(f"/p/{public.number}/history/").text
    answer = citizen.get(f"/p/{public.number}/compare/?to=2")

    assert f"/p/{public.number}/compare/?to=2" in history
    assert answer.status == 200
    assert "ฉบับที่ 1 เทียบกับฉบับที่ 2" in answer.text
    assert "เปลี่ยนไฟล์" in answer.text


@pytest.mark.parametrize("query", ["?from=9&to=x", "?from=1&to=1", "?view=odd", "?from=-1"])
def test_an_odd_choice_is_answered_with_versions_that_there_are(
    citizen: Visitor,
    people: People,  # noqa: F811 -- the fixture above
    query: str,
) -> None:
    public = make_public(people)

    assert citizen.get(f"/p/{public.number}/compare/{query}").status == 200
    assert citizen.get(f"/en/p/{public.number}/compare/{query}&view=inline").status == 200


def test_a_recalled_item_is_compared_no_more(
    citizen: Visitor,
    people: People,  # noqa: F811 -- the fixture above
) -> None:
    public = make_public(people)
    address = f"/p/{public.number}/compare/?from=1&to=2"
    assert citizen.get(address).status == 200

    recall(people, public)

    assert citizen.get(address).status == 410
    assert PHRASE not in citizen.get(address).text
    assert citizen.get("/p/2569-99999/compare/").status == 404
