"""Something public with a phrase in every place that a citizen can read, and every address that leads to it."""

import hashlib
from dataclasses import dataclass

from prongsai.discovery.index import Indexer
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.record.addresses import public_path
from prongsai.record.models import Edition, Entry
from prongsai.record.states import Action
from tests.approval.factories import approved
from tests.portal.visitor import Visitor
from tests.publication import factories
from tests.publication.factories import LATER

PHRASE = "กระต่ายหมายจันทร์เจ็ดสี"
FILE_NAME = "หลักเกณฑ์.txt"
People = dict[str, Actor]


@dataclass(frozen=True)
class Public:
    """Two versions; the file belongs to the second alone."""

    number: str
    sha256: str
    editions: tuple[str, ...]

    def pages(self) -> list[str]:
        """What is about this item only."""
        own = {"number": self.number}
        file = {"sha256": self.sha256, "name": FILE_NAME}
        pages = [
            public_path(name, language=language, **own, **more)
            for language in ("th", "en")
            for name, more in (
                ("item", {}),
                ("history", {}),
                ("proof", {}),
                ("version", {"version": "1"}),
                ("version", {"version": "2"}),
                ("slot", {"slot": "main"}),
            )
        ]
        pages += [public_path("file", **file), public_path("file_text", **file)]
        pages += [public_path("api_item", **own)]
        return pages + [public_path("log_edition", hash=each) for each in self.editions]

    def lists(self) -> list[str]:
        """Where it stands among others."""
        named = ["home", "feed_atom", "feed_json", "sitemap", "api_sections", "log"]
        found = [public_path(name) for name in named]
        found += [public_path("section", slug="news"), public_path("feed_section", slug="news")]
        found += [
            public_path("section", language="en", slug="news"),
            public_path("home", language="en"),
        ]
        found += [f"{public_path(name)}?q={PHRASE}" for name in ("search", "api_search")]
        return [*found, "/api/v1/disclosures", "/api/v1/entries"]


def make_public(people: People) -> Public:
    """Published without a file, corrected with one; the phrase stands in title, summary, body, and file."""
    texts = {"title": f"เรื่อง{PHRASE}", "summary": PHRASE, "body": f"<p>{PHRASE}</p>"}
    disclosure, entry = factories.published(people, annex="ฉบับแรก", **texts)
    officer = people["officer"]
    factories.begin_correction(disclosure=disclosure, by=officer, at=LATER)
    stored = factories.give_file(disclosure, officer, f"ในไฟล์: {PHRASE}")
    submission = approved(
        people, disclosure=disclosure, action=Action.CORRECTED, change_note=PHRASE, at=LATER
    )
    publish(submission_ref=submission.ref, at=LATER)
    Indexer().follow()
    editions = Edition.objects.filter(number=entry.number).values_list("hash", flat=True)
    return Public(entry.number, stored.sha256, tuple(editions))


def recall(people: People, public: Public) -> Entry:
    """Through the chain and the gate, and then what the worker does next."""
    disclosure = factories.Disclosure.objects.get(number=public.number)
    submission = factories.act(people, disclosure, Action.RECALLED, recall_reason="personal_data")
    entry = publish(submission_ref=submission.ref, at=LATER)
    Indexer().follow()
    return entry


def tags(citizen: Visitor, addresses: list[str]) -> dict[str, str]:
    """The validators that a browser keeps of these addresses; asking also warms the cache."""
    return {address: citizen.get(address)["etag"] for address in addresses}


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
