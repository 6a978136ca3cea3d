"""Several files dropped at once: each comes in by itself, so that one refusal spoils nothing else."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import INPUT
from prongsai.files.rules import EXTENSIONS, MEBIBYTE
from prongsai.intake.actions import take_in
from prongsai.intake.actions.taking_in import Upload
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.queries import writable_units
from prongsai.office.desk import Desk
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.refusals import CannotAct
from prongsai.thai.filenames import safe_file_name


@dataclass(frozen=True)
class Dropped:
    """What became of one file: where it stands now, or why it did not come in."""

    name: str
    arrival: str = ""
    refusal: str = ""
    is_known: bool = False
    batch: str = ""

    @classmethod
    def of(cls, arrival: Arrival, *, is_known: bool) -> Self:
        address = reverse("batch", kwargs={"ref": arrival.batch.ref})
        return cls(arrival.name, str(arrival.ref), arrival.file.refusal, is_known, address)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class DropForm(forms.Form):
    """For which unit the files come in, and into which batch; the files themselves are taken one by one."""

    batch = forms.UUIDField(widget=forms.HiddenInput())
    unit = forms.ModelChoiceField(
        label=_("หน่วยงานเจ้าของเรื่อง"),
        queryset=Unit.objects.none(),
        empty_label=None,
        to_field_name="code",
        widget=forms.Select(attrs=INPUT),
    )


def drop_form(
    desk: Desk, ref: UUID | None, data: QueryDict | None = None, unit: str = ""
) -> dict[str, Any]:
    """The form and what the page says beside it."""
    own = desk.chosen.post.unit.code if desk.chosen else ""
    form = DropForm(data, initial={"batch": ref, "unit": unit or own})
    units = writable_units(roles=desk.roles, unit_codes=desk.writing_units)
    form.fields["unit"].queryset = Unit.objects.filter(code__in=units)  # type: ignore[attr-defined]
    accept = ",".join(sorted({each for group in EXTENSIONS.values() for each in group}))
    limit = settings.MAX_UPLOAD_BYTES
    return {
        "form": form,
        "accept": accept,
        "limit_mb": limit // MEBIBYTE,
        "limit_bytes": f"{limit}",
    }


def take_all_in(
    uploads: Iterable[Upload], *, batch: Batch, by: Actor, at: datetime
) -> list[Dropped]:
    return [_take(upload, batch=batch, by=by, at=at) for upload in uploads]


def _take(upload: Upload, *, batch: Batch, by: Actor, at: datetime) -> Dropped:
    try:
        arrival = take_in(batch=batch, upload=upload, by=by, at=at)
    except CannotAct as refusal:
        return Dropped(safe_file_name(upload.name or ""), refusal=str(refusal))
    return Dropped.of(arrival, is_known=arrival.arrived_at != at)
