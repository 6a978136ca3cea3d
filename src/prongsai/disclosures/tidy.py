"""What people typed, made fit to be kept: nothing invisible, no markup but the allowed, within limits."""

from collections.abc import Collection
from dataclasses import replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.body import clean_body
from prongsai.disclosures.content import Content, ContentFile, Signatory
from prongsai.thai.normalise import display_text

# The longest text of each field in code points, and what staff call the field.
LIMITS = {
    "title": (500, "ชื่อเรื่อง"),
    "title_en": (500, "ชื่อเรื่องภาษาอังกฤษ"),
    "summary": (2_000, "คำสรุป"),
    "body": (300_000, "เนื้อหา"),
    "period": (100, "งวดหรือช่วงเวลา"),
    "source": (500, "แหล่งที่มา"),
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
    lengths = [(label, len(getattr(content, key)), most) for key, (most, label) in LIMITS.items()]
    lengths += [
        (f"รายละเอียด {key}", len(text), LONGEST_DETAIL) for key, text in content.details.items()
    ]
    for signatory in content.official.signatories:
        whole = max(map(len, (signatory.name, signatory.post, signatory.acting)))
        lengths.append(("ผู้ลงนาม", whole, LONGEST_NAME))
    lengths.append(("จำนวนผู้ลงนาม", len(content.official.signatories), MOST_SIGNATORIES))
    sentence = _("{label}ยาว {length} เกินที่รับได้ ({most}) โปรดย่อให้สั้นลง หรือแนบเป็นไฟล์")
    return [
        format_lazy(sentence, label=label, length=length, most=most)
        for label, length, most in lengths
        if length > most
    ]
