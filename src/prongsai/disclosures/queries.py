"""Questions about what is being written."""

from typing import Any

from django.db.models import QuerySet

from prongsai.disclosures.compare import Change, changes, field_text
from prongsai.disclosures.content import Content
from prongsai.disclosures.edition import content_document
from prongsai.disclosures.labels import label_of
from prongsai.disclosures.models import (
    Attachment,
    Disclosure,
    Revision,
    Section,
    WaitingAttachment,
    WorkingCopy,
)
from prongsai.files.models import StoredFile
from prongsai.files.states import ON_THE_WAY
from prongsai.obligations.queries import obligation
from prongsai.organisation.models import Unit
from prongsai.organisation.spoken import spoken


def contributors_since_last_publication(disclosure: Disclosure) -> set[int]:
    """Ids of the persons who wrote, attached or removed anything since what is public was written.

    Before the first publication that is everybody. Work that was undone again counts too.
    """
    published = disclosure.published_revision
    revisions = Revision.objects.filter(disclosure=disclosure)
    attachments = Attachment.objects.filter(disclosure=disclosure)
    removed = attachments.exclude(removed_by=None)
    # By sequence, not by time: a revision saved in the same second as the published one is later too.
    if published is not None:
        revisions = revisions.filter(sequence__gt=published.sequence)
        attachments = attachments.filter(added_at__gt=published.at)
        removed = removed.filter(removed_at__gt=published.at)
    writers = set(revisions.values_list("author_id", flat=True))
    adders = set(attachments.values_list("added_by_id", flat=True))
    removers = {person for person in removed.values_list("removed_by_id", flat=True) if person}
    starter = {disclosure.created_by_id} if published is None else set()
    return writers | adders | removers | starter


def working_copy(disclosure: Disclosure, person_id: int) -> WorkingCopy | None:
    """What this person typed since their last save, if they left without saving."""
    return disclosure.working_copies.filter(person_id=person_id).select_related("base").first()


def compare(old: Revision, new: Revision) -> list[Change]:
    """What changed from one revision to the other, field by field."""
    return compare_contents(Content.from_json(old.content), Content.from_json(new.content))


def compare_contents(old: Content, new: Content) -> list[Change]:
    """The same for contents that are not saved, such as the two sides of a conflict."""
    return changes(old.to_json(), new.to_json(), _names(old, new))


def _names(*contents: Content) -> dict[str, str]:
    """Titles of the sections, units and obligations that the contents speak of."""
    sections = Section.objects.filter(slug__in={content.section for content in contents})
    units = Unit.objects.filter(code__in={content.unit for content in contents})
    bound = {key for content in contents for key in content.obligations}
    known = [found for key in bound if (found := obligation(key)) is not None]
    return (
        {each.key: each.named for each in known}
        | {unit.code: spoken(unit.name_th, unit.name_en) for unit in units}
        | {section.slug: spoken(section.title_th, section.title_en) for section in sections}
    )


def field_label(kind: str, name: str) -> str:
    """What staff call a field of a merge or a comparison, such as `details.budget`."""
    return label_of(kind, name)


def field_words(kind: str, name: str, value: Any) -> str:
    """A field's value from a content's JSON as people read it."""
    unnamed = Content(
        kind=kind,
        section=value if name == "section" else "",
        unit=value if name == "unit" else "",
        obligations=tuple(value or ()) if name == "obligations" else (),
    )
    return field_text(kind, name, value, _names(unnamed))


def edition_document_preview(content: Content) -> dict[str, Any]:
    """The document that this content would become; what only the gate knows is empty."""
    return content_document(content) | {
        "schema": "prongsai-edition-1",
        "action": "published",
        "number": "",
        "version": 1,
        "change": {"significance": "major", "note": ""},
        "decided": [],
        "published_at": None,
    }


def waiting_attachments(disclosure: Disclosure) -> list[WaitingAttachment]:
    """Files that wait for the virus scanner, and those that it or the slot has refused in the last act of waiting."""
    rows = disclosure.waiting_attachments.select_related("file")
    return [row for row in rows if row.settled_at is None or row.refusal]


def files_that_arrived() -> QuerySet[StoredFile]:
    """Files that no longer wait for the virus scanner, and have not yet gone where they were to go."""
    waiting = WaitingAttachment.objects.filter(settled_at=None).values("file")
    return StoredFile.objects.filter(pk__in=waiting).exclude(state__in=ON_THE_WAY)
