"""Nothing that is in use is an orphan: from the home page, links alone lead to every item and to every file of it."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urljoin

from prongsai.record.models import Item, PublishedFile
from prongsai.record.states import Action
from tests.portal.visitor import Visitor
from tests.record.factories import (
    act,
    corrected,
    do,
    file,
    published,
    stated,
    withdrawn,
)

LINK = re.compile(r'href="([^"#]+)"')
ENDED = {"code": "ended", "name_th": "กองที่ยุบแล้ว", "name_en": "", "phone": "", "email": ""}
RETIRED = {"top": "laws", "slug": "retired", "title_th": "หมวดย่อยที่เลิกใช้", "title_en": ""}


def links(citizen: Visitor, address: str) -> Iterator[str]:
    answer = citizen.get(address)
    assert answer.status == 200, address
    return (urljoin(address, unescape(found)) for found in LINK.findall(answer.text))


def walked(citizen: Visitor) -> tuple[set[str], set[str]]:
    """Numbers and paths of files that one gets to by the site's own menus and lists, without searching."""
    seen: set[str] = set()
    waiting, files = ["/"], set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        for link in links(citizen, address):
            if re.fullmatch(r"/sections/[^/]+/(\?page=\d+)?|/p/[0-9-]+/", link):
                waiting.append(link)
            elif re.fullmatch(r"/files/[0-9a-f]{64}/[^/]+", link):
                files.add(unquote(link))
    return {each.split("/")[2] for each in seen if each.startswith("/p/")}, files


def lay_out() -> None:
    """Wherever an item could be lost: far back in a section, in one that was retired, of a unit that ended."""
    for place in range(45):
        published(title=f"ข่าวที่ {place}")
    published(section=RETIRED, files=[file(name="ผัง.pdf"), file(b"%PDF-1.7 more", slot="more")])
    published(unit=ENDED, kind="dataset")
    moved = published(files=[file(b"%PDF-1.7 old")]).number
    corrected(moved, section=RETIRED, files=[file(b"%PDF-1.7 new")])
    do(Action.STATEMENT, None, stated())
    withdrawn(published(title="ยกเลิกแล้ว").number)
    target = published(title="ที่รวมไว้").number
    do(Action.CONSOLIDATED, published(title="รวมแล้ว").number, act(redirect_number=target))


def test_from_the_home_page_links_lead_to_every_item_in_use_and_to_its_files(
    citizen: Visitor,
) -> None:
    lay_out()
    current = {each.number: each.version for each in Item.objects.listed()}
    numbers, files = walked(citizen)
    assert len(current) == 50
    assert set(current) <= numbers
    assert {
        f"/files/{each.sha256}/{each.name}"
        for each in PublishedFile.objects.all()
        if current.get(each.number) == each.version
    } <= files
