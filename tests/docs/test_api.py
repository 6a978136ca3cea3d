"""`docs/reference/api.md` names every address of the portal; what it names answers, in the shape that it shows."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver

from prongsai.config.urls.portal import urlpatterns
from prongsai.disclosures.content import Content, Official, Signatory
from prongsai.disclosures.tables.public import table_document
from prongsai.disclosures.tables.table import Table
from prongsai.discovery.index import Indexer
from prongsai.notices.board import locked, put
from tests.notices.factories import bulletin
from tests.notices.factories import message as notice_message
from tests.notices.factories import public as notice
from tests.portal.visitor import Visitor
from tests.record.factories import (
    act,
    corrected,
    do,
    file,
    observed,
    part,
    published,
    recalled,
    withheld_part,
)
from tests.record.together import BUNDLE, together

PAGE = (Path(__file__).parents[2] / "docs/reference/api.md").read_text(encoding="utf-8")
ROUTES = re.findall(r"^\| `(/[^`?]*)[^`]*` \|", PAGE, re.MULTILINE)
EXAMPLES = dict(
    re.findall(r"^### `(/[^`?]*)[^`]*`\n.*?^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
)
PAPER = "ประกาศ.pdf"


def routes_of_the_code() -> set[str]:
    found = set()
    for entry in urlpatterns:
        inner = entry.url_patterns if isinstance(entry, URLResolver) else [entry]
        found |= {readable(each) for each in inner}
    return found


def readable(pattern: URLPattern) -> str:
    """`p/<number:number>/` as people write it: `/p/<number>/`."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+?)_?>", r"<\1>", str(pattern.pattern))


def written(paper: dict[str, Any]) -> dict[str, Any]:
    """An edition's content with all that the office writes, of a kind that has details."""
    signed = Official("ตจ 1/2569", signatories=(Signatory("นายหนึ่ง", "ปลัดเทศบาล"),))
    written = Content("news", "activities", "works", title="ปรับปรุงถนนเทศบาล 3", official=signed)
    names = {"section": {"top": "news", "slug": "activities", "title_th": "", "title_en": ""}}
    names |= {"unit": {"code": "works", "name_th": "ช่าง", "name_en": "", "phone": "", "email": ""}}
    place = {"key": "place", "label_th": "สถานที่", "label_en": "Place", "type": "text"}
    lists = {"files": [paper], "details": [place | {"value": "ลานกีฬา"}], "obligations": ["oia-7-4"]}
    return written.to_json() | names | lists | {"table": table()}


def table() -> dict[str, Any]:
    """With one column and one row of it."""
    whole = table_document(Table("skr1", ({"work": "ซ่อมถนน"},), False, 2570, "ตุลาคม 2569"))
    return whole | {"columns": whole["columns"][:1]}


@pytest.fixture
def parts(citizen: Visitor, settings: Any, tmp_path: Path) -> dict[str, str]:
    """A record with what the examples speak of; what stands for each part of an address."""
    together("แผนพัฒนา", "งบประมาณ")
    paper = file(b"%PDF-1.7 paper", name=PAPER)
    texts = {paper["sha256"]: [{"number": 1, "text": "ถนนเทศบาล", "source": "text"}]}
    entry = published(texts=texts, **written(paper))
    entry = corrected(entry.number, **written(paper))
    published(withheld=[withheld_part()])
    published(kind="procurement", table=table())
    failed = [{"check": "format", "number": "", "about": "xlsx"}]
    evidence = [{"number": entry.number, "version": 1}]
    observed("oia-7-1", "incomplete", part("incomplete", failed=failed, evidence=evidence))
    Indexer().follow()
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    lasting = notice_message(valid_until_at=datetime(2100, 1, 1, tzinfo=UTC))
    with locked(settings.NOTICE_FILE):
        put(settings.NOTICE_FILE, bulletin(notice("0123456789", lasting)).to_json())
    return {
        "notice_id": "0123456789",
        "bundle_id": BUNDLE,
        "number": entry.number,
        "version": "1",
        "slug": "news",
        "slot": "main",
        "seq": "1",
        "sha256": paper["sha256"],
        "name": PAPER,
        "hash": entry.edition_id,
        "path": "0/000.p/2",
        "instrument": "oia",
        "item": "7-1",
        "folder": "7-1",
    }


def address(route: str, parts: dict[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda found: parts[found[1]], route)


def shape(value: Any) -> Any:
    """The names in a JSON document; of a list its first row counts."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value else []
    return None


def test_every_address_is_documented_and_none_is_invented() -> None:
    assert set(ROUTES) == routes_of_the_code()
    assert len(ROUTES) == len(set(ROUTES))


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_documented_answers(
    citizen: Visitor,
    parts: dict[str, str],
    route: str,
) -> None:
    expected = 302 if route.endswith("/files/<slot>/") else 200
    assert citizen.get(address(route, parts)).status == expected


@pytest.mark.parametrize("route", EXAMPLES)
def test_an_example_has_the_shape_of_the_answer(
    citizen: Visitor,
    parts: dict[str, str],
    route: str,
) -> None:
    query = "?q=ถนน" if route.endswith("/search") else ""
    answer = citizen.get(address(route, parts) + query).json

    assert shape(json.loads(EXAMPLES[route])) == shape(answer)


def test_a_recalled_disclosure_answers_as_it_is_documented(citizen: Visitor) -> None:
    number = published().number
    recalled(number)
    answer = citizen.get(f"/api/v1/disclosures/{number}")
    example = re.findall(r"answers 410.*?^```json\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[0]

    assert answer.status == 410
    assert shape(json.loads(example)) == shape(answer.json)


def test_a_consolidated_item_leads_on(citizen: Visitor) -> None:
    there = published().number
    here = published().number
    do("consolidated", here, act(redirect_number=there))
    answer = citizen.get(f"/p/{here}/")

    assert (answer.status, answer["location"]) == (301, f"/p/{there}/")
