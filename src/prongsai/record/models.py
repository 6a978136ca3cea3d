"""The public record: what was appended, and what follows from it.

`Edition`, `Entry`, `Node` and `Checkpoint` are the truth and refuse change by triggers (`triggers.py`).
`Item`, `Version`, `PublishedFile`, `Binding`, `Withholding`, `Bundling` and `Said` are projections: `rebuild` makes
them again.
`FileText` is read from files when they come in and kept for as long as a file is public.
`Observation` is what monitoring saw of the record, and `UptimeDay` how often the site answered it, for the public's
board.
"""

from datetime import datetime
from typing import Self

from django.db import models

from prongsai.record.sections import section_slugs
from prongsai.record.states import Action, Extent, ItemState, Says, Significance


class Edition(models.Model):
    """Canonical JSON (RFC 8785) with a random salt.

    A recall may erase the text once; nothing else changes it.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    number = models.CharField(max_length=20, db_index=True)
    canonical = models.TextField(null=True)  # noqa: DJ001 -- null is "erased by a recall", which "" is not

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"


class Entry(models.Model):
    """One act of the gate, and one leaf of the log. Rows are added, never changed."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=20, choices=Action)
    number = models.CharField(max_length=20, db_index=True)
    version = models.PositiveIntegerField()
    edition = models.OneToOneField(
        Edition, models.PROTECT, related_name="entry", db_column="edition_hash"
    )
    leaf_hash = models.CharField(max_length=64, unique=True)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ("seq",)
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"#{self.seq} {self.action} {self.number} v{self.version}"


class Node(models.Model):
    """The hash of a complete subtree: `index` counts subtrees of 2**level leaves from the left."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="node_has_one_place")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The signed head of the log after an append: a C2SP checkpoint as a signed note."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root_hash = models.CharField(max_length=64)
    note = models.TextField()

    class Meta:
        ordering = ("size",)

    def __str__(self) -> str:
        return f"{self.size}"


class ItemQuerySet(models.QuerySet["Item"]):
    def listed(self) -> Self:
        """What lists, feeds and search may show: only what is in use."""
        return self.filter(state=ItemState.CURRENT)

    def in_section(self, slug: str) -> Self:
        """In a top section with all that is below it, or in one section below a top one."""
        if slug in section_slugs():
            return self.filter(top_section=slug)
        return self.filter(section=slug)


class Item(models.Model):
    """What a number stands for now: the current edition in columns that lists filter and sort by."""

    number = models.CharField(max_length=20, primary_key=True)
    state = models.CharField(max_length=20, choices=ItemState)
    version = models.PositiveIntegerField()
    edition_hash = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=20)
    top_section = models.SlugField(max_length=60, db_index=False)
    section = models.SlugField(max_length=60, db_index=False)
    unit_code = models.SlugField(max_length=40, db_index=False)
    unit_name_th = models.CharField(max_length=200)
    unit_name_en = models.CharField(max_length=200, blank=True, default="")
    title = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    fiscal_year = models.PositiveIntegerField(null=True)
    file_count = models.PositiveIntegerField(default=0)
    first_published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    major_updated_at = models.DateTimeField()
    redirect_number = models.CharField(max_length=20, blank=True, default="")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("-major_updated_at", "-number")
        # Each list in its own order: counting a million rows took 43 ms with the right index, 696 ms without.
        indexes = [
            models.Index(fields=["state", "-major_updated_at", "-number"], name="item_newest"),
            models.Index(
                fields=["state", "top_section", "-major_updated_at", "-number"],
                name="item_top_newest",
            ),
            models.Index(
                fields=["state", "section", "-major_updated_at", "-number"],
                name="item_section_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Version(models.Model):
    """One readable version of an item: which entry made it, and the public note about the change."""

    number = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    edition_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    significance = models.CharField(max_length=10, choices=Significance, default=Significance.MAJOR)
    note = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("number", "version")
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="version_is_numbered_once")
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"


class PublishedFile(models.Model):
    """That a version of an item refers to a file: the only thing that makes the file's bytes public."""

    number = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    slot = models.SlugField(max_length=60, db_index=False)
    position = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    label = models.CharField(max_length=300, blank=True, default="")
    media_type = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("number", "version", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "version", "slot"], name="slot_holds_one_file"
            )
        ]

    def __str__(self) -> str:
        return self.name


class FileText(models.Model):
    """The text read from a file that is public now: a list of pages, each `{"number", "text", "source"}`."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    pages = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.sha256


class Binding(models.Model):
    """That a current item answers an obligation, by its stable key."""

    number = models.CharField(max_length=20)
    obligation_key = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "obligation_key"], name="obligation_is_bound_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.obligation_key}"


class Withholding(models.Model):
    """That a current item does not show a part of itself: how much, on what ground, since when, until when at most.

    What the part is, its item's page says in words; the register holds no words of editions.
    """

    number = models.CharField(max_length=20)
    position = models.PositiveIntegerField()
    extent = models.CharField(max_length=20, choices=Extent)
    ground = models.CharField(max_length=60, db_index=True)
    law_th = models.CharField(max_length=300)
    law_en = models.CharField(max_length=300, blank=True, default="")
    label_th = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300, blank=True, default="")
    decided_date = models.DateField()
    review_date = models.DateField(null=True)

    class Meta:
        ordering = ("-decided_date", "-number", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "position"], name="withholding_is_listed_once"
            )
        ]
        indexes = [
            models.Index(fields=["-decided_date", "-number", "position"], name="withholding_newest")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.ground}"


class Bundling(models.Model):
    """That an edition was published together with others; `place` counts from 0.

    `at` is the moment of all members. `title` is that of the bundle, "" once the item was recalled.
    """

    number = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    bundle = models.CharField(max_length=36, db_index=True)
    title = models.CharField(max_length=300, blank=True, default="")
    place = models.PositiveIntegerField()

    class Meta:
        ordering = ("bundle", "place")
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="edition_is_in_one_bundle")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.bundle}"


class Said(models.Model):
    """That a statement in use says something of a duty; one row for each, and one without a duty where none is bound.

    `at` is when it was first said: correcting its words says nothing anew. `first_date` and `last_date` are those of
    its period, where the words are understood, else of its year; `review_date` is until when it is meant to hold.
    """

    number = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    says = models.CharField(max_length=30, choices=Says)
    obligation_key = models.CharField(max_length=80, blank=True, default="", db_index=True)
    fiscal_year = models.PositiveIntegerField(null=True)
    period = models.CharField(max_length=200, blank=True, default="")
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    about_number = models.CharField(max_length=20, blank=True, default="", db_index=True)
    about_version = models.PositiveIntegerField(null=True)
    review_date = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-number", "position")
        verbose_name_plural = "said"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "obligation_key"], name="statement_speaks_once_of_a_duty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.says} {self.obligation_key}"


class Erasure(models.Model):
    """A recall whose bytes may still lie on the disk. The row goes when they are gone.

    `files` are the SHA-256 of the files that the item referred to.
    """

    number = models.CharField(max_length=20, primary_key=True)
    files = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.number


class ObservationQuerySet(models.QuerySet["Observation"]):
    def standing(self, *, at: datetime | None = None) -> Self:
        """Of each duty and year the newest, or what was the newest at that moment."""
        seen = self if at is None else self.filter(at__lte=at)
        newest = seen.values("obligation_key", "year").annotate(newest=models.Max("pk"))
        return self.filter(pk__in=newest.values("newest"))


class Observation(models.Model):
    """What looking at one duty of one year came to, from `at` on. Rows are added when that changes, never changed.

    `result` is a value of `obligations.results.Result`, `year` the fiscal year (Buddhist era) in which the duty must
    be shown. `parts` says it for each period, without a word of an edition: `{"key", "first", "last", "due", "result",
    "failed": [{"check", "number", "about"}], "passed": [check], "evidence": [{"number", "version", "review"}],
    "statement"}`; `review` is the last day on which it must be looked at again, for what is kept current.
    """

    at = models.DateTimeField()
    obligation_key = models.CharField(max_length=80)
    year = models.PositiveIntegerField()
    result = models.CharField(max_length=20)
    due_date = models.DateField(null=True)
    # Who owes it, as the post was called then.
    post_code = models.CharField(max_length=60, blank=True, default="")
    post_th = models.CharField(max_length=200, blank=True, default="")
    post_en = models.CharField(max_length=200, blank=True, default="")
    unit_code = models.CharField(max_length=40, blank=True, default="")
    parts = models.JSONField(default=list)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(fields=["obligation_key", "year", "-id"], name="observation_newest"),
            models.Index(fields=["year", "at"], name="observation_year_at"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_key} {self.year}: {self.result}"

    @property
    def numbers(self) -> frozenset[str]:
        """Of the items that were found to answer the duty."""
        return frozenset(used["number"] for part in self.parts for used in part.get("evidence", ()))


class UptimeDay(models.Model):
    """How often the home page was asked for on a day in Thailand, and how often it answered well within two seconds.

    Rows are added when the day is over, never changed; a day without a row was not watched.
    """

    on_date = models.DateField(unique=True)
    checks = models.PositiveIntegerField()
    well = models.PositiveIntegerField()

    class Meta:
        ordering = ("on_date",)
        constraints = [
            models.CheckConstraint(
                name="day_was_watched_and_is_no_better_than_that",
                condition=models.Q(checks__gt=0, well__lte=models.F("checks")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.on_date}: {self.well}/{self.checks}"
