"""Proof of publication, and the certificate of how long something was posted."""

from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure
from prongsai.letters.documents import Certificate, Field, Table
from prongsai.publication.papers.memorandums import title_of, unit_line
from prongsai.publication.papers.phrases import phrase
from prongsai.publication.papers.signing import appointed, head_of, municipality, webmaster
from prongsai.record.addresses import public_path
from prongsai.record.models import Entry
from prongsai.record.posting import Event, Posting, Stay, posting
from prongsai.record.queries import history
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.thai.dates import format_date, format_datetime


def proof(submission: Submission, *, number: str) -> Certificate:
    """What went through the gate, where, when, as which version and entry, and the hashes to check it by.

    Raises `Entry.DoesNotExist` before publication.
    """
    entry = Entry.objects.get(seq=-1 if submission.entry_seq is None else submission.entry_seq)
    on = localdate(entry.at)
    mark = phrase("form.publisher.mark", moment=format_datetime(entry.at))
    return Certificate(
        heading=phrase("proof.heading"),
        issuing_body=municipality(),
        number="",
        subject=title_of(submission),
        given_on=on,
        signatory=appointed(webmaster(on), mark=mark),
        paragraphs=(phrase("proof.text", body=municipality(), action=Action(entry.action).label),),
        fields=_of_the_entry(submission, entry, number),
        after=_of_the_files(submission),
        closing=phrase("proof.how"),
        address=public_address(entry.number),
        address_words=phrase("proof.scan"),
        has_garuda=False,
    )


def public_address(number: str) -> str:
    return f"{settings.PORTAL_URL}{public_path('item', number=number)}"


def _of_the_entry(submission: Submission, entry: Entry, number: str) -> tuple[Field, ...]:
    return (
        Field(phrase("proof.subject"), title_of(submission)),
        Field(phrase("proof.unit"), unit_line(submission.disclosure.unit)),
        Field(
            phrase("proof.number"),
            phrase("proof.number.version", number=entry.number, version=entry.version),
        ),
        Field(phrase("proof.action"), str(Action(entry.action).label)),
        Field(phrase("proof.moment"), format_datetime(entry.at)),
        Field(phrase("proof.seq"), str(entry.seq)),
        *(
            (Field(phrase("form.reference"), phrase("proof.reference", number=number)),)
            if number
            else ()
        ),
        Field(phrase("proof.edition_hash"), entry.edition_id, is_code=True),
        Field(phrase("proof.leaf_hash"), entry.leaf_hash, is_code=True),
    )


def _of_the_files(submission: Submission) -> tuple[Field, ...]:
    if submission.action not in CONTENT_ACTIONS:
        return ()
    return tuple(
        Field(
            phrase("proof.file", position=position, name=each["label"] or each["name"]),
            each["sha256"],
            is_code=True,
        )
        for position, each in enumerate(submission.revision.content["files"], start=1)
    )


def posting_of(disclosure: Disclosure, *, on: date) -> Posting | None:
    """None for what the public never saw."""
    events = [Event(each.action, each.at) for each in reversed(history(disclosure.number))]
    published = disclosure.published_revision
    minimum = (published.content["minimum_posting_days"] if published else None) or 0
    return posting(events, minimum=minimum, on=on)


def certificate(disclosure: Disclosure, posted: Posting, *, number: str, on: date) -> Certificate:
    """To be signed by the head of the responsible unit."""
    published = disclosure.published_revision
    return Certificate(
        heading=phrase("certificate.heading"),
        issuing_body=municipality(),
        number=number,
        subject=disclosure.title,
        given_on=on,
        signatory=appointed(head_of(disclosure.unit, on)),
        paragraphs=(
            phrase(
                "certificate.text",
                body=municipality(),
                number=disclosure.number,
                title=published.content["title"] if published else disclosure.title,
                address=public_address(disclosure.number),
            ),
        ),
        fields=_of_the_posting(posted),
        tables=_interruptions(posted),
        closing="\n".join(_findings(posted)),
        address=public_address(disclosure.number),
        address_words=phrase("proof.scan"),
    )


def _of_the_posting(posted: Posting) -> tuple[Field, ...]:
    return (
        Field(phrase("certificate.from"), format_date(posted.from_date)),
        Field(phrase("certificate.to"), format_date(posted.to_date)),
        Field(phrase("certificate.days"), phrase("certificate.days.count", count=posted.days)),
        Field(
            phrase("certificate.full_days"),
            phrase("certificate.days.count", count=posted.full_days),
        ),
    )


def _findings(posted: Posting) -> tuple[str, ...]:
    broken = len(posted.interruptions)
    met = "certificate.met" if posted.is_met else "certificate.not_met"
    return (
        phrase("certificate.standing" if posted.is_standing else "certificate.ended"),
        phrase("certificate.broken", count=broken) if broken else phrase("certificate.unbroken"),
        phrase(met, minimum=posted.minimum) if posted.minimum else phrase("certificate.no_minimum"),
    )


def _interruptions(posted: Posting) -> tuple[Table, ...]:
    rows = tuple(
        (str(position), _ended(stay), format_datetime(back))
        for position, (stay, back) in enumerate(posted.interruptions, start=1)
    )
    columns = ("number", "stopped", "resumed")
    header = tuple(phrase(f"certificate.interruption.{column}") for column in columns)
    return (Table(header, rows, phrase("certificate.interruptions")),) if rows else ()


def _ended(stay: Stay) -> str:
    ended: datetime | None = stay.ended_at
    return f"{format_datetime(ended)} ({Action(stay.ended_by).label})" if ended else ""
