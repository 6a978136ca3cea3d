"""A notice in the Common Alerting Protocol 1.2 (OASIS, ITU-T X.1303): plain values in, XML out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from prongsai.notices.public import END, Message, PublicNotice, Text
from prongsai.thai.dates import BANGKOK

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml; charset=utf-8"
KINDS = {"alert": "Alert", "update": "Update", "renewal": "Update", END: "Cancel"}
DRILL = "[ฝึกซ้อม] "
DRILL_EN = "[DRILL] "
DRILL_NOTE = "การฝึกซ้อม ไม่ใช่เหตุจริง / This is a drill. Nothing has happened."


@dataclass(frozen=True)
class Sender:
    """Who speaks: an address of e-mail as its sign, names in both languages, and the page of a notice."""

    code: str
    email: str
    name_th: str
    name_en: str
    origin: str


def moment(at: datetime) -> str:
    """The protocol wants seconds and an offset, and knows no Z."""
    return at.astimezone(BANGKOK).isoformat(timespec="seconds")


def identifier(notice: PublicNotice, message: Message, sender: Sender) -> str:
    """Of one message, for ever; without the signs that the protocol forbids in it."""
    last = END if message.kind == END else str(message.version)
    return f"{sender.code}-{notice.id}-{last}"


def cap_xml(notice: PublicNotice, sender: Sender) -> bytes:
    """The last message of the notice, with references to all before it."""
    message = notice.last
    alert = ET.Element("alert", xmlns=NAMESPACE)
    for name, text in _head(notice, message, sender):
        ET.SubElement(alert, name).text = text
    for language in _languages(message):
        info = ET.SubElement(alert, "info")
        for name, text in _info(notice, message, sender, language):
            ET.SubElement(info, name).text = text
        ET.SubElement(ET.SubElement(info, "area"), "areaDesc").text = message.text.area
    return bytes(ET.tostring(alert, encoding="utf-8", xml_declaration=True))


def _head(notice: PublicNotice, message: Message, sender: Sender) -> Iterator[tuple[str, str]]:
    yield "identifier", identifier(notice, message, sender)
    yield "sender", sender.email
    yield "sent", moment(message.sent_at)
    yield "status", "Exercise" if notice.is_drill else "Actual"
    yield "msgType", KINDS[message.kind]
    if message.text.source:
        yield "source", message.text.source
    yield "scope", "Public"
    note = DRILL_NOTE if notice.is_drill else message.reason
    if note:
        yield "note", note
    earlier = [
        f"{sender.email},{identifier(notice, each, sender)},{moment(each.sent_at)}"
        for each in notice.messages[:-1]
    ]
    if earlier:
        yield "references", " ".join(earlier)
    yield "incidents", f"{sender.code}-{notice.id}"


def _languages(message: Message) -> tuple[str, ...]:
    return ("th-TH", "en-US") if message.text.headline_en else ("th-TH",)


def _info(
    notice: PublicNotice, message: Message, sender: Sender, language: str
) -> Iterator[tuple[str, str]]:
    """In the order of the schema."""
    text, is_english, is_over = message.text, language == "en-US", message.kind == END
    headline, to_do = _words(text, is_english=is_english)
    drill = (DRILL_EN if is_english else DRILL) if notice.is_drill else ""
    yield "language", language
    yield "category", text.category
    yield "event", headline
    if is_over:
        yield "responseType", "AllClear"
    yield "urgency", "Past" if is_over else text.urgency
    yield "severity", text.severity
    yield "certainty", text.certainty
    yield "onset", moment(notice.first_at)
    yield "expires", moment(message.valid_until_at)
    yield "senderName", sender.name_en if is_english else sender.name_th
    yield "headline", drill + headline
    yield "description", drill + (message.reason or text.happened)
    if not is_over:
        yield "instruction", drill + to_do
    yield "web", f"{sender.origin}/notices/{notice.id}/"
    yield "contact", text.contact


def _words(text: Text, *, is_english: bool) -> tuple[str, str]:
    """The headline, and what to do; Thai where nobody wrote it in English."""
    if is_english:
        return text.headline_en, text.to_do_en or text.to_do
    return text.headline, text.to_do
