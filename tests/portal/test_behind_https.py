"""Behind a proxy that ends TLS every address that the site writes of its own is https, and the public one."""

import re
from typing import Any

from prongsai.office import slips
from prongsai.publication.papers import proofs
from tests.portal.ocds_cove import findings
from tests.portal.test_ocds_cove import edition, example
from tests.portal.visitor import Visitor
from tests.record.factories import corrected, file, observed, published

SITE = "https://www.tangjai.example"
# What a proxy adds, and what it should not hand on: a host that is not ours.
PROXY = {
    "x_forwarded_proto": "https",
    "x_forwarded_host": "strange.example",
    "host": "127.0.0.1:8000",
}
# Own addresses by another scheme, host or port than the public ones, or with a slash too many.
WRONG = re.compile(
    r"http://www[.]tangjai[.]example|127[.]0[.]0[.]1|localhost|strange[.]example|tangjai[.]example//"
)
WRITES = (
    "/",
    "/en/",
    "/sections/procurement/",
    "/p/{0}/",
    "/en/p/{0}/",
    "/p/{0}/v/1/",
    "/p/{0}/history/",
    "/p/{0}/proof/",
    "/p/{0}/ocds.json",
    "/open-data/procurement/ocds.json",
    "/open-data/procurement/records.json",
    "/feeds/latest.atom",
    "/feeds/latest.json",
    "/feeds/sections/procurement.atom",
    "/transparency/",
    "/transparency/ita-oit-2569/",
    "/transparency/ita-oit-2569/o2/",
    "/transparency/due.ics",
    "/transparency/oia/index/",
    "/transparency/oia/index.csv",
    "/notices/",
    "/notices/cap.atom",
    "/notices/current.json",
    "/api/v1/disclosures",
    "/api/v1/disclosures/{0}",
    "/api/v1/obligations",
    "/api/v1/entries",
    "/log/",
    "/log/entries/0/",
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
)
# Of these a reader elsewhere, a search engine or a feed reader must know where it came from.
WHOLE = ("/", "/p/{0}/", "/feeds/latest.atom", "/feeds/latest.json", "/sitemap.xml", "/robots.txt")


def test_every_address_of_its_own_is_https_and_public(citizen: Visitor) -> None:
    made = edition("winners", example("winners"))
    number = published(**made, files=[file()], obligations=["ita-oit-2569-o2"]).number
    corrected(number, **made)
    observed("ita-oit-2569-o2")
    answers: dict[str, Any] = {
        address: citizen.get(address.format(number), **PROXY) for address in WRITES
    }
    moved = citizen.get(f"/p/{number}", **PROXY)

    assert {address: each.status for address, each in answers.items() if each.status != 200} == {}
    told = {
        address: WRONG.findall(f"{each.headers}{each.text}") for address, each in answers.items()
    }
    assert {address: found for address, found in told.items() if found} == {}
    assert [address for address in WHOLE if f"{SITE}/" not in answers[address].text] == []
    assert findings(answers["/open-data/procurement/records.json"].json) == {}
    # A page's other address is said without a host, so the browser stays where it is.
    assert (moved.status, moved["location"]) == (301, f"/p/{number}/")


def test_what_leaves_by_mail_or_on_paper_names_the_public_address(settings: Any) -> None:
    settings.PORTAL_URL, settings.OFFICE_URL = SITE, "https://office.tangjai.example"

    assert proofs.public_address("2569-00001") == f"{SITE}/p/2569-00001/"
    assert slips.address_of("a").startswith("https://office.tangjai.example/office/")
