"""Disclosures, their sections, and their immutable revisions."""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.grounds import Ground, ground
from prongsai.disclosures.states import EDITABLE_STAGES, KindCode, MakingProblem, Stage
from prongsai.files.models import CheckedText, StoredFile
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Unit
from prongsai.organisation.spoken import Spoken
from prongsai.record.states import Extent


class SectionQuerySet(models.QuerySet["Section"]):
    def in_use(self) -> Self:
        """Retired shelves keep their published items but take no new ones."""
        return self.filter(retired_at=None)

    def tops(self) -> Self:
        return self.filter(parent=None)


class Section(models.Model):
    """A shelf of the public site: nine tops from the founding document, and children that staff edit."""

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=False)
    title_th = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = SectionQuerySet.as_manager()
    title = Spoken()

    class Meta:
        ordering = ("position", "slug")
        constraints = [
            models.CheckConstraint(
                name="retired_section_names_who_retired_it",
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def top(self) -> "Section":
        """One of the nine: itself, or the one at the head of its branch."""
        return self.parent.top if self.parent else self


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def under_way(self) -> Self:
        """Work that somebody still has to move."""
        return self.exclude(stage__in=[Stage.RESTING, Stage.DISCARDED])

    def touched_by(self, person_id: int) -> Self:
        wrote = Revision.objects.filter(author_id=person_id).values("disclosure")
        return self.filter(Q(created_by=person_id) | Q(pk__in=wrote))


class Disclosure(models.Model):
    """A piece of work on one public item. It has no live flag: what the public sees is in the record."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=KindCode)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disclosures")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.WRITING)
    title = models.CharField(
        max_length=500, blank=True, default="", help_text=_("ชื่อเรื่องของฉบับร่างล่าสุด")
    )
    latest = models.ForeignKey(
        "Revision", models.PROTECT, null=True, related_name="+", help_text=_("ฉบับร่างล่าสุด")
    )
    # What the record shows now, or last showed; it moves only when the gate reports back.
    published_revision = models.ForeignKey("Revision", models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, blank=True, default="", db_index=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="disclosures")
    changed_at = models.DateTimeField()

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at",)
        indexes = [models.Index(fields=["stage", "-changed_at"])]

    def __str__(self) -> str:
        return self.title or f"({self.get_kind_display()})"

    @property
    def subject(self) -> str:
        """Its name in the trail of acts."""
        return f"disclosure:{self.ref}"

    @property
    def is_editable(self) -> bool:
        return self.stage in EDITABLE_STAGES


class Revision(models.Model):
    """The whole content at one save. Rows are added, never changed.

    `content` has the shape of `content.Content`.
    """

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="revisions")
    sequence = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64, db_index=True)
    note = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="revisions")

    class Meta:
        ordering = ("disclosure", "-sequence")
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "sequence"], name="revision_is_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} r{self.sequence}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Revisions are added, never changed.")
        super().save(*args, **kwargs)


class WorkingCopy(models.Model):
    """What somebody has typed since they opened the writing screen: autosaved, not a revision.

    One a person; a save deletes it.
    """

    disclosure = models.ForeignKey(Disclosure, models.CASCADE, related_name="working_copies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="working_copies")
    # Where the typing began: without it a conflict could not be seen after a lost connection.
    base = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    form = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "working copies"
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "person"], name="working_copy_is_personal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.person_id}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def present(self) -> Self:
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """A file in a named slot of the working disclosure. Revisions copy its name and hash, never this row."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    # Kinds name their slots in data/kinds.toml; the rest are numbered.
    slot = models.SlugField(max_length=60)
    label = models.CharField(max_length=300, blank=True, default="")
    # The accessible text that goes out with it; without one it is what the machine reads.
    checked_text = models.ForeignKey(CheckedText, models.PROTECT, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(
                name="removed_attachment_names_who_removed_it",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["disclosure", "slot"],
                condition=Q(removed_at=None),
                name="slot_holds_one_attachment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.file}"


class AskedFor(models.Model):
    """What the worker does later on somebody's behalf, who may have another post by then."""

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post_code = models.CharField(max_length=60)
    post_title = models.CharField(max_length=200)
    capacity = models.CharField(max_length=20, blank=True, default="")
    acting_order = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def asker(self) -> Actor:
        return Actor(
            person_id=self.asked_by_id,
            name=self.asked_by.full_name,
            post_code=self.post_code,
            post_title=self.post_title,
            capacity=self.capacity,
            acting_order=self.acting_order,
        )


class WaitingAttachment(AskedFor):
    """A file on its way into a slot that waits for the virus scanner, and on whose behalf it goes in.

    Settled when the file is attached or refused; then `refusal` says why it is not there.
    """

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="waiting_attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    slot = models.SlugField(max_length=60, blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    refusal = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "file"], name="file_waits_once")
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.file}"


class TableMakingQuerySet(models.QuerySet["TableMaking"]):
    def under_way(self) -> Self:
        """What the worker makes, longest asked for first; content that is locked takes no files."""
        return self.filter(problem="", disclosure__stage__in=EDITABLE_STAGES).order_by("asked_at")


class TableMaking(AskedFor):
    """The files of a work's table that are still to be made, and on whose behalf. Gone as soon as they are there.

    Whatever the table says when the worker begins is made; what it says when that is finished must be the same.
    """

    disclosure = models.OneToOneField(
        Disclosure, models.PROTECT, related_name="table_making", primary_key=True
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=20, choices=MakingProblem, blank=True, default="")
    # What exactly was wrong, where a reader can mend it.
    detail = models.TextField(blank=True, default="")

    objects = TableMakingQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.disclosure_id)


class WithheldPartQuerySet(models.QuerySet["WithheldPart"]):
    def present(self) -> Self:
        return self.filter(removed_at=None)

    def due_for_review(self, on: date) -> Self:
        return self.present().filter(review_date__lte=on)


class WithheldPart(models.Model):
    """A part of a work that the public does not see: in words that do not tell it, on what ground, by whose order.

    Revisions copy it, as they do attachments. A row is closed when the part is shown again, never deleted.
    """

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="withheld_parts")
    ref = models.UUIDField(default=uuid.uuid4, editable=False)
    extent = models.CharField(max_length=20, choices=Extent)
    part = models.CharField(max_length=300)
    ground = models.CharField(max_length=60, db_index=True)
    reason = models.CharField(max_length=1000)
    review_date = models.DateField(null=True)
    post_title = models.CharField(max_length=200)
    acting_order = models.CharField(max_length=200, blank=True, default="")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = WithheldPartQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="withheld_part_has_words_ground_and_reason",
                condition=~Q(part="") & ~Q(ground="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="closed_withheld_part_names_who_closed_it",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["disclosure", "ref"],
                condition=Q(removed_at=None),
                name="withheld_part_is_present_once",
            ),
        ]

    def __str__(self) -> str:
        return self.part

    @property
    def named_ground(self) -> Ground | None:
        return ground(self.ground)
