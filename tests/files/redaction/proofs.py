"""The result of covering something, and what a naive search finds in it."""

import re
import zlib
from pathlib import Path

import pikepdf

from prongsai.files import pdf_pages, rules
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.verifying import verify_redaction
from tests.files.redaction.samples import NUMBER, PERSON, boxes_over, written

SECRETS = (NUMBER, PERSON)


def redacted(tmp_path: Path, content: bytes, *secrets: str) -> Path:
    """The result of covering these (or the usual ones) wherever they stand."""
    source = written(tmp_path / "source.pdf", content)
    target = tmp_path / "result.pdf"
    redact_pdf(source, target, boxes_over(source, *(secrets or SECRETS)))
    return target


def everything_in(path: Path) -> bytes:
    """The file and all its streams, unpacked by a naive search that trusts no index."""
    raw = path.read_bytes()
    unpacked = [raw]
    for found in re.finditer(rb"stream\r?\n", raw):
        try:
            unpacked.append(zlib.decompressobj().decompress(raw[found.end() :]))
        except zlib.error:
            continue
    with pikepdf.open(path) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        unpacked += [one.read_raw_bytes() for one in streams]
        unpacked += [str(one).encode() for one in pdf.objects]
    return b"\n".join(unpacked)


def spellings(secret: str) -> list[bytes]:
    forms = [secret.encode(form) for form in ("utf-8", "utf-16-be", "utf-16-le", "cp874")]
    return (
        forms
        + [form.hex().encode() for form in forms]
        + [form.hex().upper().encode() for form in forms]
    )


def assert_gone(path: Path, *secrets: str) -> None:
    inside = everything_in(path)
    for secret in secrets:
        assert not [form for form in spellings(secret) if form in inside]
    assert verify_redaction(secrets, path, rules.PDF) == []


def text_of(path: Path) -> list[str]:
    return [page.text for page in pdf_pages.read_pages(path)]
