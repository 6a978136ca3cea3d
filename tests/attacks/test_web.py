"""What can be done to the portal with addresses, hosts and headers alone."""

from pathlib import Path
from urllib.parse import quote

import pytest

from prongsai.organisation.actors import Actor
from prongsai.record.actions import CannotAppend
from prongsai.record.mirror import write_mirror
from prongsai.record.states import Refusal
from tests.attacks.public import make_public
from tests.portal.visitor import Answer, Visitor
from tests.publication import factories
from tests.record import factories as record

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
EVIL = "evil.example"
HASH = "a" * 64
SECRET = "สิ่งที่อยู่นอกคลัง"
CLIMBING = [
    "../outside", "..%2foutside", "%2e%2e/outside", "..\\outside", "....//outside", "/outside",
    "%00", "outside%00.txt", ".%252e/outside", "~/outside", "..;/outside", "\ud83d".encode("utf-8", "ignore").decode(),
]  # fmt: skip
ROOTS = [
    f"/files/{HASH}/", f"/files/{HASH}/x/../", "/log/tile/", "/log/tile/0/", "/log/tile/entries/",
    "/log/editions/", "/static/", "/p/", "/feeds/sections/", "/sections/", "/api/v1/disclosures/",
    "/en/", "/",
]  # fmt: skip


@pytest.fixture
def outside(data: Path) -> Path:
    """A file beside the folders that are served."""
    path = data / "outside"
    for place in (path, data / "record" / "outside", data / "record" / "blobs" / "outside"):
        place.write_text(SECRET, encoding="utf-8")
    return path


@pytest.mark.parametrize("root", ROOTS)
def test_no_address_climbs_out_of_its_folder(citizen: Visitor, outside: Path, root: str) -> None:
    answers = {tail: citizen.get(root + tail) for tail in CLIMBING}

    assert not [tail for tail, answer in answers.items() if SECRET in answer.text]
    assert {answer.status for answer in answers.values()} <= {200, 301, 302, 400, 404}
    assert not [
        tail
        for tail, answer in answers.items()
        if answer.status == 200 and tail not in ("", "%00") and "outside" in tail
    ]


@pytest.mark.parametrize(
    "path", [f"//{EVIL}/", f"//{EVIL}/sections", f"/%2f{EVIL}/x", f"/\\{EVIL}/x"]
)
def test_no_redirect_leads_to_another_host(citizen: Visitor, path: str) -> None:
    location = citizen.get(path)["location"]

    assert not location.startswith(("//", "http", "/\\")), location


FORGED = [
    {"host": EVIL},
    {"x_forwarded_host": EVIL},
    {"x_forwarded_proto": "javascript"},
    {"x_original_url": f"/{EVIL}"},
    {"x_rewrite_url": f"/{EVIL}"},
    {"x_http_method_override": "POST"},
    {"accept_language": "en,zh;q=0.9"},
    {"cookie": f"django_language=en; sessionid={EVIL}"},
    {"referer": f"https://{EVIL}/"},
    {"origin": f"https://{EVIL}"},
    {"user_agent": f"<script>{EVIL}</script>"},
    {"range": "bytes=0-5"},
    {"accept": "application/json"},
    {"if_none_match": "*"},
]


def shown(answer: Answer) -> tuple[int, str, str, str]:
    return answer.status, answer.text, answer["content-language"], answer["location"]


@pytest.mark.parametrize("forged", FORGED, ids=lambda each: next(iter(each)))
@pytest.mark.parametrize("address", ["/", "/en/", "/search?q=x", "/feeds/latest.atom", "/p"])
def test_headers_of_one_reader_do_not_change_the_page_of_the_next(
    citizen: Visitor, cache: object, forged: dict[str, str], address: str
) -> None:
    first = citizen.get(address, **({"host": "127.0.0.1"} | forged))
    second = citizen.get(address, host="127.0.0.1")
    third = citizen.get(address, host="127.0.0.1", x_nothing="")

    assert EVIL not in second.text + str(second.headers)
    assert shown(second) == shown(third)
    assert second.status != 400
    assert EVIL not in first["location"] + first.text


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=x&fbclid=1",
        f"next=//{EVIL}",
        f"q=<script>{EVIL}</script>&page=1",
        "page=999999999999999999999",
        "page=-1&page=2",
        "year=%00",
        "unit=" + "x" * 5000,
        quote("หน้า") + "=1",
        "&&&===",
        "%",
        "page=%F0%28%8C%28",
    ],
)
def test_queries_that_nobody_links_to_neither_break_nor_poison(
    citizen: Visitor, query: str
) -> None:
    plain = citizen.get("/sections/news/", host="127.0.0.1")
    odd = citizen.get(f"/sections/news/?{query}", host="127.0.0.1")

    assert odd.status in {200, 301, 302, 404}
    assert f"<script>{EVIL}" not in odd.text
    assert shown(citizen.get("/sections/news/", host="127.0.0.1")) == shown(plain)


def test_nothing_but_reading_is_answered(citizen: Visitor, people: dict[str, Actor]) -> None:
    public = make_public(people)

    for address in [*public.pages(), *public.lists()]:
        before = shown(citizen.get(address))
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            citizen.get(address, method=method)
            assert shown(citizen.get(address)) == before, (method, address)


HOSTILE = [
    "../../outside.txt", "/etc/cron.d/x", "..", ".", "a/b.txt", "a\\..\\b.txt", "x\x00.txt", "a\nb.txt",
    "", " ",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_record_takes_no_name_that_could_lead_a_mirror_astray(data: Path, name: str) -> None:
    with pytest.raises(CannotAppend) as raised:
        record.published(files=[record.file(name=name)])

    assert {reason.refusal for reason in raised.value.reasons} <= {
        Refusal.FIELD_MALFORMED,
        Refusal.FIELD_MISSING,
        Refusal.NOT_CANONICAL,
    }


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.txt", "a/../../b.txt", "CON.txt", "\u202egpj.txt"]
)
def test_a_hostile_upload_ends_inside_the_mirror(
    data: Path, people: dict[str, Actor], tmp_path: Path, name: str
) -> None:
    disclosure = factories.drafted(people, annex="x")
    upload = factories.upload(name, "เนื้อหา".encode())
    stored = factories.receive(upload=upload, by=people["officer"], at=factories.NOW)
    factories.attach(
        disclosure=disclosure, file=stored, slot="main", by=people["officer"], at=factories.NOW
    )
    submission = factories.approved(people, disclosure=disclosure)
    factories.publish(submission_ref=submission.ref, at=factories.LATER)
    folder = tmp_path / "deep" / "mirror"

    write_mirror(folder)

    (copy,) = (folder / "files" / stored.sha256).iterdir()
    assert copy.name == stored.name
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["mirror"]
