"""What monitoring remembers for itself; what it saw of each duty lies in the record's database for the public."""

from uuid import uuid4

from django.db import models

from prongsai.monitoring.assembling.states import PackProblem, PackState
from prongsai.monitoring.condition.states import Flaw, Outcome
from prongsai.monitoring.states import Rung
from prongsai.organisation.models import Person, Post


class Progress(models.Model):
    """How far one round of looking has come: the entry it has taken account of, and the day it was last done whole."""

    name = models.SlugField(max_length=40, unique=True)
    seq = models.BigIntegerField(default=-1)
    whole_date = models.DateField(null=True)
    # Over which catalogue and which settings it was done; another one is looked at anew.
    stamp = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.name}: {self.seq}"


class OfItem(models.Model):
    """Of one version of a published item, by its number; `place` counts what it is about in that edition.

    Never an address or a word: a recall must not have to look for what stays behind here. Rows go with the version.
    """

    number = models.CharField(max_length=20, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} v{self.version} #{self.place}"


class Probe(OfItem):
    """What an item's page (`place` 0) or one of its files (from 1) answered last; the home page has no number.

    `failures` says how often in a row it was not well.
    """

    status = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()
    failures = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "version", "place"], name="place_is_probed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{super().__str__()}: {self.status}"


class Defect(OfItem):
    """Something wrong with a version of an item, of the kind `flaw`: the link, picture, table or file at `place`.

    `unit_code` is of the unit that answers for the item; `at` is since when it is known.
    """

    flaw = models.CharField(max_length=30, choices=Flaw)
    unit_code = models.SlugField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["number", "version", "flaw", "place"], name="defect_is_told_once"
            )
        ]
        indexes = [models.Index(fields=["flaw", "unit_code"], name="defect_kind_unit")]


class LinkCheck(OfItem):
    """The link at `place` of an edition's outline: what asking for it came to, and when it is asked again.

    `is_own`: it leads to this portal. `failures` counts days in a row on which it did not open; `failed_date` is the
    newest of them (in Thailand).
    """

    unit_code = models.SlugField(max_length=40, db_index=False)
    is_own = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    failed_date = models.DateField(null=True)
    next_try_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number", "version", "place"], name="link_is_checked_once"
            )
        ]


class Uptime(models.Model):
    """Whether the home page answered at a time. Rows are added, never changed: they prove that the site was up."""

    at = models.DateTimeField(db_index=True)
    status = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.status}"


class Charge(models.Model):
    """Which post answers for a topic here, from then on. Rows are added; the newest counts."""

    topic = models.SlugField(max_length=80, db_index=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    charged_at = models.DateTimeField()
    charged_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.topic}: {self.post_id}"


class DataPack(models.Model):
    """A list of duties as its issuer signed it and it was received here. Rows are added, never changed."""

    instrument_key = models.SlugField(max_length=80, db_index=True)
    edition = models.PositiveIntegerField()
    # The signed note whole, so that anybody can check the signature again.
    note = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    signer = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.instrument_key} {self.edition}"


class Adoption(models.Model):
    """Which list holds for an instrument from then on; without a pack the system's own. The newest counts."""

    instrument_key = models.SlugField(max_length=80, db_index=True)
    pack = models.ForeignKey(DataPack, models.PROTECT, null=True, related_name="adoptions")
    reason = models.CharField(max_length=500, blank=True, default="")
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.instrument_key}: {self.pack_id or 0}"


class DutyReminder(models.Model):
    """That a post was told of one period of a duty, by which step of the ladder. Rows are added, never changed.

    `period` is the key of the period, `last_date` the day from which the steps count. `rung` is whom the step was
    meant for; `post_code` whom it went to, because somebody held that post.
    """

    obligation_key = models.CharField(max_length=80)
    year = models.PositiveIntegerField()
    period = models.CharField(max_length=20, blank=True, default="")
    last_date = models.DateField()
    step = models.CharField(max_length=20)
    rung = models.CharField(max_length=10, choices=Rung)
    post_code = models.SlugField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["obligation_key", "year", "period", "last_date", "step"],
                name="step_is_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_key} {self.year} {self.period}: {self.step}"


class EvidencePack(models.Model):
    """A pack for assessors that somebody asked for. What was asked stays; only how far it has come is written anew.

    `seq` is the record's head when it was last begun. `troubles` are addresses that were not well when it was made:
    of items by their number, of duties by their key, so that there is nothing in them that a recall would look for.
    The file lies among the worker's, for a day.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    instrument_key = models.SlugField(max_length=80, db_index=True)
    state = models.CharField(max_length=12, choices=PackState, default=PackState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    seq = models.BigIntegerField(default=-1)
    finished_at = models.DateTimeField(null=True)
    troubles = models.JSONField(default=list)
    pages = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=12, choices=PackProblem, blank=True, default="")

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["instrument_key"],
                condition=models.Q(state="asked"),
                name="instrument_has_one_pack_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument_key} {self.ref}"
