"""Questions about what is being written."""

from prongsai.disclosures.models import Attachment, Disclosure, Revision, WorkingCopy


def contributors_since_last_publication(disclosure: Disclosure) -> set[int]:
    """Ids of the persons who wrote, attached or removed anything since what is public was written.

    Before the first publication that is everybody. Work that was undone again counts too.
    """
    published = disclosure.published_revision
    revisions = Revision.objects.filter(disclosure=disclosure)
    attachments = Attachment.objects.filter(disclosure=disclosure)
    removed = attachments.exclude(removed_by=None)
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
