"""Files as they came in, kept privately."""

import uuid

from django.db import models
from django.db.models import Q

from prongsai.files.states import FileState
from prongsai.organisation.models import Person


class StoredFile(models.Model):
    """One upload. The bytes lie in private storage under their SHA-256 and are never replaced."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.RECEIVED)
    refusal = models.TextField(blank=True, default="")
    text = models.JSONField(default=list)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="files")

    class Meta:
        ordering = ("-received_at",)
        constraints = [
            models.CheckConstraint(
                name="refused_file_has_a_reason",
                condition=~Q(state=FileState.REFUSED) | ~Q(refusal=""),
            )
        ]

    def __str__(self) -> str:
        return self.name
