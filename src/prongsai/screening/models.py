"""Screenings, findings and their decisions. None of these rows holds the personal data that was found."""

from typing import Self

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.models import Disclosure, Revision, WithheldPart
from prongsai.files.models import StoredFile
from prongsai.organisation.models import Person
from prongsai.screening.detectors import Detector, detector
from prongsai.screening.states import (
    CHANGES_CONTENT,
    LETS_STAND,
    MUST_BE_DECIDED,
    NEEDS_TWO_PEOPLE,
    REOPENS,
    UNDER_WAY,
    RedactionState,
    Severity,
    Verdict,
)

UNSAID = Q(newest_verdict__in=["", *REOPENS])
SAID_BY_ONE = Q(severity__in=NEEDS_TWO_PEOPLE, newest_verdict__in=LETS_STAND, is_confirmed=False)


class Screening(models.Model):
    """That one content was looked through by one version of the detectors. Rows are added, never changed."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="screenings")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="screenings")
    content_hash = models.CharField(max_length=64, db_index=True)
    rules_version = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "rules_version"], name="revision_is_screened_once_per_rules"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def decisive(self) -> Self:
        """Those that must be decided before the content goes on."""
        return self.filter(severity__in=MUST_BE_DECIDED)

    def with_verdict(self) -> Self:
        """`newest_verdict` is empty where nobody has decided yet; `is_confirmed` is that of the newest decision."""
        newest = FindingDecision.objects.filter(finding=OuterRef("pk")).order_by("-id")
        confirmed = Case(When(confirms__isnull=False, then=True), default=False)
        return self.annotate(
            newest_verdict=Coalesce(Subquery(newest.values("verdict")[:1]), Value("")),
            is_confirmed=Coalesce(
                Subquery(newest.annotate(has_second=confirmed).values("has_second")[:1]),
                Value(False),
                output_field=models.BooleanField(),
            ),
        )

    def undecided(self) -> Self:
        """Nobody has said anything that holds, or one person alone has let a blocked passage stand."""
        return self.with_verdict().filter(UNSAID | SAID_BY_ONE)

    def awaiting_first(self) -> Self:
        return self.with_verdict().filter(UNSAID)

    def awaiting_second(self) -> Self:
        """One person has let a blocked passage stand, and another has to agree."""
        return self.with_verdict().filter(SAID_BY_ONE)

    def promised(self) -> Self:
        """Decided to be removed or redacted, and still there."""
        return self.with_verdict().filter(newest_verdict__in=CHANGES_CONTENT)


class Finding(models.Model):
    """One passage that a detector noticed: where, why, masked. Rows are added, never changed."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="findings")
    detector = models.CharField(max_length=60)
    label = models.CharField(max_length=30, blank=True, default="")
    severity = models.CharField(max_length=10, choices=Severity)
    place = models.CharField(max_length=200)
    page = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    excerpt = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64, db_index=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.detector} {self.place}"

    @property
    def rule(self) -> Detector | None:
        """What the detector's line in the table says."""
        return detector(self.detector)

    @property
    def place_kind(self) -> str:
        """`file` of `file:main`, `detail` of `detail:fee`."""
        return self.place.partition(":")[0]

    @property
    def newest(self) -> "FindingDecision | None":
        """The last that was said, also when it took back what was said before. Prefetch `decisions` for a list."""
        return max(self.decisions.all(), key=lambda decision: decision.pk, default=None)

    @property
    def decision(self) -> "FindingDecision | None":
        """The newest, which counts; None where nobody has decided or it was taken back."""
        newest = self.newest
        return None if newest is None or newest.verdict in REOPENS else newest

    @property
    def awaits_second(self) -> bool:
        decision = self.decision
        return decision is not None and decision.needs_second


class FindingDecision(models.Model):
    """What a screener said of a finding, as holder of which post, and why. The newest row counts.

    Where two people are asked for, the row of the second repeats the verdict and `confirms` that of the first.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=20, choices=Verdict)
    legal_ground = models.CharField(max_length=300, blank=True, default="")
    # Beside the ground for disclosing: what allows the handling of the personal data in it.
    personal_basis = models.CharField(max_length=300, blank=True, default="")
    reason = models.TextField()
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="finding_decisions")
    post_title = models.CharField(max_length=200)
    acting_order = models.CharField(max_length=200, blank=True, default="")
    earlier = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", help_text=_("คำตัดสินเดิมที่นำมาใช้ซ้ำ")
    )
    confirms = models.ForeignKey("self", models.PROTECT, null=True, related_name="confirmations")
    # The entry in the register that was made with it.
    withheld = models.ForeignKey(WithheldPart, models.PROTECT, null=True, related_name="decisions")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(name="finding_decision_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="publishing_despite_a_finding_names_the_ground",
                condition=~Q(verdict=Verdict.LEGAL_GROUND) | ~Q(legal_ground=""),
            ),
            models.UniqueConstraint(
                fields=["confirms"],
                condition=Q(confirms__isnull=False),
                name="finding_decision_is_confirmed_once",
            ),
            models.CheckConstraint(
                name="only_what_lets_stand_is_confirmed",
                condition=Q(confirms=None) | Q(verdict__in=sorted(LETS_STAND)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.verdict}"

    @property
    def needs_second(self) -> bool:
        """One person has let a blocked passage stand. As a newest row it waits; a second person's needs none."""
        return (
            self.finding.severity in NEEDS_TWO_PEOPLE
            and self.verdict in LETS_STAND
            and self.confirms_id is None
        )


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def under_way(self) -> Self:
        """Drawn or made just now."""
        return self.filter(state__in=UNDER_WAY)

    def in_force(self) -> Self:
        """Verified, and its result not taken out again."""
        return self.filter(state=RedactionState.VERIFIED, undone_at=None)


class Redaction(models.Model):
    """One attempt to cover parts of the file in a slot. A draft changes; of what was asked for, only the outcome is
    added, and it stays when another attempt follows.

    `covers` say where, and never what stands there: shape of `redacting.covers.Mark.to_json`. `problems` are those of
    `files.redaction.problems`, masked; `accepted` are those of them that a person has looked at and let stand.
    """

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="redactions")
    slot = models.SlugField(max_length=60)
    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="redactions")
    covers = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=RedactionState, default=RedactionState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    # Who wanted the result, as holder of which post: it goes into the slot in their name.
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    post_code = models.CharField(max_length=60, blank=True, default="")
    post_title = models.CharField(max_length=200, blank=True, default="")
    capacity = models.CharField(max_length=20, blank=True, default="")
    acting_order = models.CharField(max_length=200, blank=True, default="")
    attempts = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    accepted = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)
    result = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # The same table as CSV, where it is a table.
    twin = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    # The original is private; from this day on it need not be kept.
    keep_original_until_date = models.DateField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RedactionQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "slot"],
                condition=Q(state__in=["draft", "making"]),
                name="slot_has_one_redaction_under_way",
            ),
            models.CheckConstraint(
                name="verified_redaction_has_a_result",
                condition=~Q(state=RedactionState.VERIFIED) | Q(result__isnull=False),
            ),
            models.CheckConstraint(
                name="failed_redaction_has_a_problem",
                condition=~Q(state=RedactionState.FAILED) | ~Q(problems=[]),
            ),
            models.CheckConstraint(
                name="redaction_that_was_asked_for_names_who_asked",
                condition=Q(asked_at=None, asked_by=None)
                | Q(asked_at__isnull=False, asked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="undone_redaction_names_who_undid_it",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot}: {self.original} {self.state}"


class CoverAnswer(models.Model):
    """What an officer said of a covered file when asked about the register: the entry that speaks of it, or why
    none need. Rows are added, never changed; the newest counts, and with an entry only while that is open.
    """

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="answers")
    part = models.ForeignKey(WithheldPart, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post_title = models.CharField(max_length=200)
    acting_order = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="covered_file_without_an_entry_has_a_reason",
                condition=Q(part__isnull=False) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.redaction_id}: {self.part_id or self.reason}"
