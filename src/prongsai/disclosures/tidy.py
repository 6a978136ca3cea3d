"""What people typed, made fit to be kept: nothing invisible, no markup but the allowed, within limits."""

from collections.abc import Collection
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.body import clean_body
from prongsai.disclosures.content import Content, ContentFile, Signatory
from prongsai.disclosures.labels import label_of
from prongsai.thai.normalise import display_text

# The longest text of each field, in code points.
LIMITS = {
    "title": 500,
    "title_en": 500,
    "summary": 2_000,
    "body": 300_000,
    "period": 100,
    "source": 500,
}
LONGEST_DETAIL = 5_000
LONGEST_NAME = 300
MOST_SIGNATORIES = 20


def line(text: str) -> str:
    """One line: line breaks and runs of spaces become a space."""
    return " ".join(display_text(text).split())


def lines(text: str) -> str:
    """Paragraphs keep their breaks; spaces at the ends of lines go."""
    return "\n".join(part.rstrip() for part in display_text(text).strip().split("\n"))


def tidy(content: Content, files: Collection[ContentFile]) -> Content:
    """Images in the body stay only when they are among `files`. Tidying again changes nothing."""
    # The editor may show a file that was detached in another window meanwhile.
    images = {file.sha256 for file in files if file.media_type.startswith("image/")}
    details = {key: lines(value) for key, value in content.details.items()}
    return replace(
        content,
        title=line(content.title),
        title_en=line(content.title_en),
        summary=lines(content.summary),
        body=clean_body(content.body, images=images),
        period=line(content.period),
        source=lines(content.source),
        official=replace(
            content.official,
            number=line(content.official.number),
            signatories=tuple(filter(None, map(_signatory, content.official.signatories))),
        ),
        details={key: value for key, value in details.items() if value},
        obligations=tuple(sorted(set(content.obligations))),
    )


def _signatory(signatory: Signatory) -> Signatory | None:
    """Without a name there is nobody."""
    name = line(signatory.name)
    return Signatory(name, line(signatory.post), line(signatory.acting)) if name else None


def too_long(content: Content) -> list[object]:
    """A sentence for each text beyond its limit."""
    lengths = [(name, len(getattr(content, name)), most) for name, most in LIMITS.items()]
    lengths += [
        (f"details.{key}", len(text), LONGEST_DETAIL) for key, text in content.details.items()
    ]
    signatories = content.official.signatories
    words = [len(text) for each in signatories for text in (each.name, each.post, each.acting)]
    lengths.append(("official.signatories", max(words, default=0), LONGEST_NAME))
    sentences: list[object] = [
        format_lazy(_TOO_LONG, label=label_of(content.kind, name), length=length, most=most)
        for name, length, most in lengths
        if length > most
    ]
    if len(signatories) > MOST_SIGNATORIES:
        sentences.append(format_lazy(_TOO_MANY, most=MOST_SIGNATORIES))
    return sentences


_TOO_LONG = _("“{label}” ยาว {length} ตัวอักษร รับได้ไม่เกิน {most} โปรดย่อให้สั้นลง หรือแนบเป็นไฟล์")
_TOO_MANY = _("มีผู้ลงนามเกิน {most} คน โปรดใส่เฉพาะผู้ลงนามในเอกสาร")
