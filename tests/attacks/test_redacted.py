"""After a redacted file is published, no byte that the portal serves says what was covered."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import quote, urljoin, urlsplit

import docx
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from prongsai.disclosures.models import Disclosure
from prongsai.discovery.index import Indexer
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.files.redaction.seeking import squeezed
from prongsai.files.tasks import page_reading
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.screening.models import Redaction
from prongsai.screening.redacting.actions import answer_cover
from prongsai.screening.states import RedactionState
from tests.approval.factories import approved, draft
from tests.factories import NOW
from tests.files.samples import typst_pdf
from tests.portal.visitor import Visitor
from tests.publication.factories import LATER
from tests.screening.redacting.factories import (
    LINE,
    NUMBER,
    OTHER,
    PERSON,
    made,
    welfare_book,
    with_upload,
)

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]
DIGITS = NUMBER.replace("-", "")
SECRETS = (NUMBER, DIGITS, PERSON, PERSON.replace(" ", ""))
LINK = re.compile(r"""(?:href|src|<loc>|<id>|"url":|"href":)\s*=?\s*["']?([^"'<>\s]+)""")


def letter() -> bytes:
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(LINE)
    document.add_paragraph("ข้อความที่ประชาชนอ่านได้")
    document.save(target)
    return target.getvalue()


def scan() -> bytes:
    """A page without a text layer, as a scanner makes it."""
    document = pdfium.PdfDocument(typst_pdf(f"{LINE}\n{OTHER}"))
    page = document[0]
    bitmap = page.render(scale=200 / 72)
    picture: Image.Image = bitmap.to_pil().convert("L")
    page.close()
    document.close()
    target = io.BytesIO()
    picture.save(target, "PDF", resolution=200)
    return target.getvalue()


# Each with a phrase that is not covered: a search that finds nothing at all would prove nothing.
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "บัญชี.pdf": (lambda: typst_pdf(LINE, OTHER), "น้ำประปา"),
    "สแกน.pdf": (scan, "หมู่บ้าน"),
    "เบี้ย.xlsx": (welfare_book, "มาลี"),
    "หนังสือ.docx": (letter, "ประชาชนอ่านได้"),
}


def read_scans() -> None:
    """What the worker does with pages that no text layer tells."""
    with IsolatedReader() as reader:
        while task := page_reading(reader):
            task.done(task.run(), NOW)


def public(people: People, name: str, content: bytes) -> Disclosure:
    """Redacted, approved by the whole chain, and gone through the gate."""
    by = people["officer"]
    row, _original = with_upload(by, name, content, draft(by))
    read_scans()
    redaction = made(row, by, NUMBER, PERSON)
    assert redaction.state == RedactionState.VERIFIED, redaction.problems
    read_scans()
    answer_cover(disclosure=row, slot="main", reason="ปิดเฉพาะข้อมูลส่วนบุคคล", by=by, at=NOW)
    publish(submission_ref=approved(people, disclosure=row).ref, at=LATER)
    Indexer().follow()
    row.refresh_from_db()
    return row


def everything(citizen: Visitor) -> dict[str, bytes]:
    """Whatever can be reached by following links, and the searches for what was covered."""
    searches = [
        f"{way}?q={quote(word)}" for way in ("/search", "/api/v1/search") for word in SECRETS
    ]
    begun = ["/", "/en/", "/sitemap.xml", "/feeds/latest.atom", "/feeds/latest.json", "/log/"]
    waiting = [*begun, "/api/v1/disclosures", "/api/v1/entries", "/log/checkpoint", *searches]
    asked: set[str] = set()
    found: dict[str, bytes] = {}
    while waiting:
        address = waiting.pop()
        if address in asked:
            continue
        asked.add(address)
        answer = citizen.get(address)
        if answer.status < 400:
            found[address] = answer.body
            waiting += links(address, answer["location"], answer.body)
    return found


def links(address: str, location: str, body: bytes) -> Iterator[str]:
    said = LINK.findall(unescape(body.decode("utf-8", "replace"))) if body[:4] != b"%PDF" else []
    for link in [location, *said]:
        parts = urlsplit(urljoin(f"http://127.0.0.1:8000{address}", link))
        is_ours = parts.hostname in ("127.0.0.1", "localhost", "testserver")
        # Pages with filters are many, and say what those without say.
        if link and is_ours and not parts.path.startswith("/static/") and not parts.query:
            yield parts.path


def unpacked(body: bytes) -> Iterator[bytes]:
    """The bytes, and those that are packed in them."""
    yield body
    # Packed bytes are unpacked below.
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    if body.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(body)) as pdf:
            for one in pdf.objects:
                yield one.unparse(resolved=True)
                if isinstance(one, pikepdf.Stream):
                    yield from (one.read_raw_bytes(), one.get_stream_buffer() and one.read_bytes(
                        pikepdf.StreamDecodeLevel.generalized
                    ))  # fmt: skip
        document = pdfium.PdfDocument(body)
        for page in document:
            texts = page.get_textpage()
            yield str(texts.get_text_range()).encode()
            texts.close()
            page.close()
        document.close()


def says(body: bytes, secret: str) -> bool:
    """As letters of any encoding, as entities, or with tags, spaces and hyphens between."""
    forms = [secret.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "cp874")]
    if any(form in body for form in forms):
        return True
    return squeezed(secret) in letters_of(body)


@lru_cache(maxsize=1000)
def letters_of(body: bytes) -> str:
    """Kept, because each secret is sought in all bytes, and most bytes are served at several addresses."""
    return squeezed(unescape(re.sub(r"<[^>]*>", "", body.decode("utf-8", "replace"))))


@pytest.mark.parametrize("name", FILES)
def test_no_byte_that_is_served_says_what_was_covered(
    citizen: Visitor, people: People, name: str
) -> None:
    content, harmless = FILES[name]
    row = public(people, name, content())

    served = everything(citizen)

    files = [address for address in served if re.match(r"/files/[0-9a-f]{64}/", address)]
    assert any(f"/p/{row.number}/" in address for address in served)
    silent = [
        one for one in files if not any(says(part, harmless) for part in unpacked(served[one]))
    ]
    assert silent == []
    assert len(files) >= 2, "the file and its text"
    guilty = {
        (address, secret)
        for address, body in served.items()
        for part in unpacked(body)
        for secret in SECRETS
        # A page that searches for the word repeats the question.
        if says(part, secret) and "?q=" not in address
    }
    assert guilty == set()
    for secret in SECRETS:
        assert citizen.get(f"/api/v1/search?q={quote(secret)}").json["results"] == []


def test_the_original_is_nowhere_in_public(citizen: Visitor, people: People) -> None:
    """Neither by its hash nor by its name."""
    row = public(people, "บัญชี.pdf", FILES["บัญชี.pdf"][0]())
    original = Redaction.objects.get().original

    served = everything(citizen)

    assert citizen.get(f"/files/{original.sha256}/{quote(original.name)}").status == 404
    assert not [address for address, body in served.items() if original.sha256.encode() in body], (
        row
    )
