"""Files that really came in, and forms as a browser would send them."""

from io import BytesIO
from typing import Any

from django.test import Client
from django.urls import reverse

from prongsai.disclosures.actions import attach
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.organisation.actors import Actor
from tests.factories import NOW


def upload(name: str = "notice.txt", data: bytes = b"one line\n") -> BytesIO:
    stream = BytesIO(data)
    stream.name = name
    return stream


def attached(disclosure: Disclosure, by: Actor, **words: Any) -> StoredFile:
    """A clean text file in the main slot."""
    stored = receive(upload=upload(**words), by=by, at=NOW)
    attach(disclosure=disclosure, file=stored, slot="main", by=by, at=NOW)
    return stored


def body(answer: Any) -> bytes:
    """The bytes of a file that was answered."""
    data = b"".join(answer.streaming_content)
    answer.close()
    return data


def typed(disclosure: Disclosure, **changes: Any) -> dict[str, Any]:
    """The writing form as it opens, with these fields typed over."""
    disclosure.refresh_from_db()
    latest = disclosure.latest
    assert latest is not None
    plain = {
        "base_sequence": latest.sequence,
        "title": latest.content["title"],
        "summary": latest.content["summary"],
        "body": latest.content["body"],
        "section": latest.content["section"],
        "unit": latest.content["unit"],
        "fiscal_year": latest.content["fiscal_year"] or "",
        "source": latest.content["source"],
    }
    return plain | changes


def save(client: Client, disclosure: Disclosure, **changes: Any) -> int:
    """Post the writing form; the answer's status."""
    address = reverse("write", kwargs={"ref": disclosure.ref})
    return client.post(address, typed(disclosure, **changes)).status_code
