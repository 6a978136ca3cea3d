"""Files as they came in, kept privately; what was read of their pages; and the text that people vouch for."""

import uuid

from django.db import models
from django.db.models import Q

from prongsai.files.states import Derivation, FileState, ReadingState
from prongsai.organisation.models import Person


class StoredFile(models.Model):
    """One upload, or what was made from one. The bytes lie in private storage under their SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.RECEIVED)
    refusal = models.TextField(blank=True, default="")
    text = models.JSONField(default=list)
    # What was taken out on the way in, such as a position in a photograph: keys of `refusals.NOTES`.
    notes = models.JSONField(default=list)
    # Where it is evidence, the picture is also kept as it came, with its position and camera; never shown.
    keeps_original = models.BooleanField(default=False)
    original_sha256 = models.CharField(max_length=64, blank=True, default="")
    derived_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="derivatives", db_index=True
    )
    derivation = models.CharField(max_length=12, choices=Derivation, blank=True, default="")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="files")

    class Meta:
        ordering = ("-received_at",)
        constraints = [
            models.CheckConstraint(
                name="refused_file_has_a_reason",
                condition=~Q(state=FileState.REFUSED) | ~Q(refusal=""),
            ),
            models.CheckConstraint(
                name="derived_file_says_from_what_and_how",
                condition=Q(derived_from=None, derivation="")
                | (Q(derived_from__isnull=False) & ~Q(derivation="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_original(self) -> bool:
        """Whether what came is kept beside what may be shown."""
        return bool(self.original_sha256)


class PageReading(models.Model):
    """One page that has no text layer, and what the machine read of it. Of the same bytes once.

    A page that `looks_only` is read by its text layer, and the machine looks at its pictures. `words` and `sights` are
    lists in the order of `rules.Word`'s and `rules.Sight`'s fields. Rows that wait are the machine's list of work.
    """

    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=150)
    number = models.PositiveIntegerField()
    looks_only = models.BooleanField(default=False)
    # Pages are read in this order, whosever they are: a long scan keeps nobody's single page waiting.
    turn = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.WAITING)
    text = models.TextField(blank=True, default="")
    confidence = models.FloatField(null=True)
    words = models.JSONField(default=list)
    sights = models.JSONField(default=list)
    problem = models.CharField(max_length=200, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sha256", "number")
        constraints = [
            models.UniqueConstraint(fields=["sha256", "number"], name="page_is_read_once")
        ]
        indexes = [models.Index(fields=["state", "turn", "asked_at"], name="reading_next")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.number}"


class CheckedText(models.Model):
    """A file's text that a person compared with its pages and vouches for. Rows are added, never changed.

    `pages` are of the shape of `rules.PageText.to_json`, `text_sha256` is the hash of their canonical JSON.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="checked_texts")
    pages = models.JSONField()
    text_sha256 = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="checked_texts")
    post_title = models.CharField(max_length=200)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.file_id} {self.text_sha256[:12]}"


class PageDraft(models.Model):
    """What a person has typed of a page while they compare it with its picture: saved by itself, not vouched for.

    `is_same` when they have said that the text is what the page shows. The rows go once they vouch for the whole.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="page_drafts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="page_drafts")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    is_same = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("file", "number")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "person", "number"], name="page_draft_is_personal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.number}"
