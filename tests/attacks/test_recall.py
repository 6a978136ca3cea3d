"""After a recall nothing that a citizen can ask for says it any more: no page, no copy, no trick of HTTP."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from prongsai.organisation.actors import Actor
from prongsai.record.verifier import verify_record
from tests.attacks.public import FILE_NAME, PHRASE, make_public, recall, tags
from tests.portal.visitor import Visitor
from tests.publication import factories

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]


def says_it(citizen: Visitor, address: str, **headers: str) -> bool:
    return PHRASE in citizen.get(address, **headers).text


def test_before_a_recall_every_address_answers_and_the_lists_say_it(
    citizen: Visitor, people: People
) -> None:
    """Else the tests below would prove nothing."""
    public = make_public(people)

    answers = {address: citizen.get(address).status for address in public.pages()}
    silent = [address for address in public.lists() if not says_it(citizen, address)]

    assert set(answers.values()) <= {200, 302}, answers
    assert set(silent) <= {"/sitemap.xml", "/api/v1/sections", "/log/", "/api/v1/entries"}


def test_no_page_says_it_any_more(citizen: Visitor, people: People) -> None:
    public = make_public(people)
    tags(citizen, public.pages())

    recall(people, public)

    answers = {address: citizen.get(address) for address in public.pages()}
    assert not [address for address, answer in answers.items() if PHRASE in answer.text]
    # The bytes are nobody's any more; whatever has the number in its address says that it was recalled.
    is_file = "/files/" + public.sha256
    assert {address: answer.status for address, answer in answers.items()} == {
        address: 404 if is_file in address else 410 for address in answers
    }
    tombstones = {
        address: re.findall("<h1[^>]*>(.*?)</h1>", answer.text)
        for address, answer in answers.items()
        if f"/p/{public.number}/" in address
    }
    assert len(tombstones) == 12
    assert tombstones == {
        address: [
            "This item has been recalled" if address.startswith("/en/") else "รายการนี้ถูกเรียกคืนแล้ว"
        ]
        for address in tombstones
    }


def test_no_list_feed_or_search_says_it_any_more(citizen: Visitor, people: People) -> None:
    public = make_public(people)
    tags(citizen, public.lists())

    recall(people, public)

    assert not [
        address
        for address in public.lists()
        if PHRASE
        in citizen.get(address).text.replace(f"?q={PHRASE}", "").replace(f"“{PHRASE}”", "")
        and "search" not in address
    ]
    assert citizen.get(f"/api/v1/search?q={PHRASE}").json["results"] == []
    assert f"/p/{public.number}/" not in citizen.get(f"/search?q={PHRASE}").text
    assert public.number not in citizen.get("/sitemap.xml").text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_browser_that_kept_a_copy_is_not_told_that_it_is_still_good(
    citizen: Visitor, people: People, method: str
) -> None:
    public = make_public(people)
    kept = tags(citizen, public.pages())

    recall(people, public)

    confirmed = [
        address
        for address, tag in kept.items()
        if tag and citizen.get(address, method=method, if_none_match=tag).status == 304
    ]
    assert confirmed == []


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"range": "bytes=0-10"}),
        ("GET", {"range": "bytes=-10"}),
        ("HEAD", {}),
        ("GET", {"if_none_match": "*"}),
        ("GET", {"if_modified_since": "Mon, 23 Nov 2026 00:00:00 GMT"}),
        ("GET", {"cache_control": "only-if-cached"}),
    ],
)
def test_the_file_is_gone_for_every_way_of_asking(
    citizen: Visitor, people: People, method: str, headers: dict[str, str]
) -> None:
    public = make_public(people)
    address = f"/files/{public.sha256}/{FILE_NAME}"
    assert citizen.get(address, method=method, **headers).status in {200, 206, 304}

    recall(people, public)

    assert citizen.get(address, method=method, **headers).status in {404, 410}
    assert citizen.get(f"{address}/text", method=method).status in {404, 410}


def test_no_byte_of_it_is_left_in_the_record_s_folder(
    citizen: Visitor, people: People, data: Path
) -> None:
    public = make_public(people)
    folders = [data / "record", Path(django_settings.SEARCH_ROOT)]
    assert holders(folders)

    recall(people, public)

    assert holders(folders) == []
    assert verify_record(state=data / "seen").ok


def holders(folders: list[Path]) -> list[str]:
    """Files in which the phrase stands as text."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    needles = [PHRASE.encode(), PHRASE.encode("unicode-escape")]
    return [str(path) for path in found if any(needle in path.read_bytes() for needle in needles)]


def test_bytes_that_another_item_publishes_as_well_stay_for_that_one(
    citizen: Visitor, people: People
) -> None:
    public = make_public(people)
    _other, entry = factories.published(people, annex=f"ในไฟล์: {PHRASE}")

    recall(people, public)

    assert citizen.get(f"/p/{public.number}/").status == 410
    assert citizen.get(f"/p/{entry.number}/files/main/").status == 302
    assert says_it(citizen, f"/files/{public.sha256}/{FILE_NAME}")


def test_the_tombstone_names_the_ground_and_nothing_else(citizen: Visitor, people: People) -> None:
    public = make_public(people)

    recall(people, public)

    page = citizen.get(f"/p/{public.number}/").text
    assert "ข้อมูลส่วนบุคคล" in page
    assert "มีฉบับใหม่แทน" in page
    assert PHRASE not in page
