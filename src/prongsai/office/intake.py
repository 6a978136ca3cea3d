"""What the intake screens show: arrivals as rows to confirm, each with places, doubts and what is there already."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import EDITABLE_STAGES, Stage
from prongsai.files.queries import Progress
from prongsai.files.states import FileState
from prongsai.intake.forms import ArrivalForm, typed_in
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.noting import Note, Said, notes_in, warnings_in
from prongsai.intake.proposals.papers import paper_type
from prongsai.intake.proposals.report import LEVELS
from prongsai.intake.queries import Duplicate, duplicates_of, reading_progress, writable_units
from prongsai.intake.rules import Proposed, unsure_fields
from prongsai.intake.states import ArrivalState, DuplicateChoice
from prongsai.office.checking import has_pictures
from prongsai.office.desk import Desk
from prongsai.office.rights import batch_refusal, may
from prongsai.organisation.spoken import spoken
from prongsai.record.queries import item

# Which cell of the row holds which fields.
CELLS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("about", ("title", "kind", "section")),
    ("official", ("official_number", "typed_date", "signed_date", "in_force_date")),
    ("duties", ("unit", "fiscal_year", "period", "obligations", "another_obligation")),
    ("signatories", ("signatories",)),
)
MOST_DUPLICATES = 3
# Where a draft goes: for papers that came in together often the same.
PLACE = ("kind", "section")
SHOWN_ONLY = ("document_type", "urgency", "secrecy")


@dataclass(frozen=True)
class ShownNote:
    """A proposal beside its field: how sure in words and colour, where it stands, what is doubted."""

    note: Note
    address: str
    words: str = ""

    @property
    def level_label(self) -> str:
        return str(LEVELS[self.note.level])


@dataclass(frozen=True)
class Cell:
    name: str
    fields: Sequence[tuple[forms.BoundField, Sequence[ShownNote]]]


@dataclass(frozen=True)
class ShownDuplicate:
    """What is there already. `title` says no more than the reader may know; `address` is "" where they may not go."""

    is_identical: bool
    percent: int
    title: str
    address: str = ""
    correctable: str = ""


@dataclass(frozen=True)
class Row:
    """An arrival as the table shows it. `form` is None when there is nothing to fill in."""

    arrival: Arrival
    progress: str = ""
    percent: int = 0
    form: ArrivalForm | None = None
    cells: Sequence[Cell] = ()
    warnings: Sequence[Said] = ()
    duplicates: Sequence[ShownDuplicate] = ()
    more_duplicates: int = 0
    unsure: Sequence[str] = ()
    marks: Sequence[ShownNote] = ()

    @property
    def waits_for_choice(self) -> bool:
        return bool(self.duplicates) and self.arrival.duplicate_choice == DuplicateChoice.NONE

    @property
    def may_be_ticked(self) -> bool:
        return self.form is not None and not (self.unsure or self.warnings or self.waits_for_choice)


def units_at(desk: Desk) -> dict[str, str]:
    """Code -> name of the units for which this desk may bring files in."""
    return writable_units(roles=desk.roles, unit_codes=desk.writing_units)


def visible_batches(desk: Desk) -> QuerySet[Batch]:
    rows = Batch.objects.filter(unit__code__in=units_at(desk))
    return rows.select_related("unit", "created_by")


def form_of(arrival: Arrival, desk: Desk, data: QueryDict | None = None) -> ArrivalForm:
    return ArrivalForm(data, arrival=arrival, units=list(units_at(desk).items()))


def stored_form(arrival: Arrival, desk: Desk) -> ArrivalForm:
    """What stands in the row now, proposed or typed and kept, as if it were sent."""
    data = QueryDict(mutable=True)
    for bound in form_of(arrival, desk):
        value = bound.field.widget.format_value(bound.value())
        several = value if isinstance(value, list) else [value]
        data.setlist(bound.html_name, [str(one) for one in several if one is not None])
    return form_of(arrival, desk, data)


def typed_over(arrival: Arrival, desk: Desk, data: QueryDict) -> dict[str, Any]:
    """What a person typed in the row that is not what was proposed."""
    untouched = copy(arrival)
    untouched.given = {}
    typed = typed_in(form_of(arrival, desk, data), form_of(untouched, desk))
    # What somebody chose stays chosen, also where the machine had proposed the same.
    chosen = {name: said for name, said in arrival.given.items() if data.get(name) == said}
    return chosen | typed


def rows_of(
    arrivals: Sequence[Arrival], desk: Desk, refused: Mapping[int, ArrivalForm] | None = None
) -> list[Row]:
    """`refused` are forms that were sent and have errors, by the arrival's primary key."""
    waiting = [each for each in arrivals if each.is_proposed]
    duplicates = duplicates_of(waiting)
    progress = reading_progress(arrivals)
    return [
        _row(each, desk, duplicates.get(each.pk, []), (refused or {}).get(each.pk))
        if each.is_proposed
        else Row(
            each, words_of(each, progress[each.file.sha256]), progress[each.file.sha256].percent
        )
        for each in arrivals
    ]


def words_of(arrival: Arrival, progress: Progress) -> str:
    """How far the machine is, in words for those who see no bar."""
    if arrival.state != ArrivalState.READING:
        return ""
    if arrival.file.state != FileState.CLEAN:
        return _("รอตรวจไวรัส")
    if not progress.waiting:
        return _("กำลังหาข้อเสนอ")
    done = progress.read + progress.failed
    return ngettext(
        "อ่านแล้ว %(done)d จาก %(all)d หน้า", "อ่านแล้ว %(done)d จาก %(all)d หน้า", progress.asked
    ) % {"done": done, "all": progress.asked}


def _row(
    arrival: Arrival, desk: Desk, duplicates: Sequence[Duplicate], sent: ArrivalForm | None
) -> Row:
    form = sent or form_of(arrival, desk)
    notes = notes_in(arrival.proposals)
    return Row(
        arrival=arrival,
        form=form,
        cells=[_cell(form, arrival, name, names, notes) for name, names in CELLS],
        warnings=warnings_in(arrival.proposals),
        duplicates=[_shown(each, desk) for each in duplicates[:MOST_DUPLICATES]],
        more_duplicates=max(0, len(duplicates) - MOST_DUPLICATES),
        unsure=[str(form.fields[name].label) for name in unsure_in(arrival)],
        marks=[
            _note(arrival, note, _mark(note))
            for note in notes
            if note.field in SHOWN_ONLY and note.value
        ],
    )


def unsure_in(arrival: Arrival) -> list[str]:
    """Fields that somebody has to look at before this row may be confirmed with others."""
    proposed = [
        Proposed(note.field, note.level == "high", note.value is not None)
        for note in notes_in(arrival.proposals)
    ]
    return unsure_fields(proposed, typed=arrival.given)


def sure_among(arrivals: Iterable[Arrival]) -> list[Arrival]:
    """Those in which nobody has to look at anything. As many questions for one as for fifty."""
    rows = [each for each in arrivals if each.is_proposed]
    there = duplicates_of(rows)
    return [
        each
        for each in rows
        if not (unsure_in(each) or each.proposals.get("warnings"))
        and (each.duplicate_choice or not there[each.pk])
    ]


def unsure_of_place(arrivals: Iterable[Arrival]) -> dict[int, list[str]]:
    """By primary key the fields of `PLACE` that nobody has chosen yet; rows where both are sure are left out."""
    asked = {
        each.pk: [name for name in unsure_in(each) if name in PLACE]
        for each in arrivals
        if each.is_proposed
    }
    return {pk: names for pk, names in asked.items() if names}


def _mark(note: Note) -> str:
    """What is only shown, in words: the type of the paper, how urgent, how secret."""
    if note.field == "document_type":
        paper = paper_type(str(note.value))
        return spoken(paper.th, paper.en)
    return note.excerpt or str(note.value)


def _cell(
    form: ArrivalForm, arrival: Arrival, name: str, names: Sequence[str], notes: Sequence[Note]
) -> Cell:
    return Cell(
        name,
        [
            (
                form[each],
                [_note(arrival, note, _said(form, note)) for note in notes if note.field == each],
            )
            for each in names
        ],
    )


def _said(form: ArrivalForm, note: Note) -> str:
    """The value in words where the input would not show which of several it is."""
    if note.field == "signatories" and note.value:
        return str(note.value[0])
    if note.field == "obligations":
        return str(dict(form.fields["obligations"].choices).get(note.value, note.value))  # type: ignore[attr-defined]
    return ""


def _note(arrival: Arrival, note: Note, words: str) -> ShownNote:
    file = arrival.file
    if note.page and file.pages and has_pictures(file):
        place = {"file_id": file.pk, "number": note.page}
        return ShownNote(note, reverse("page_picture", kwargs=place), words)
    return ShownNote(note, reverse("file", kwargs={"file_id": file.pk}), words)


def _shown(found: Duplicate, desk: Desk) -> ShownDuplicate:
    percent = round(100 * found.wording)
    if found.disclosure is not None:
        return _shown_work(found.disclosure, desk, found.is_identical, percent)
    other = found.arrival
    if other is None or batch_refusal(desk, other.batch):
        unit = other.batch.unit.name if other else ""
        return ShownDuplicate(
            found.is_identical, percent, _("เอกสารนำเข้าของ%(unit)s") % {"unit": unit}
        )
    address = reverse("batch", kwargs={"ref": other.batch.ref}) + f"#arrival-{other.ref}"
    return ShownDuplicate(found.is_identical, percent, other.name, address)


def _shown_work(work: Disclosure, desk: Desk, is_identical: bool, percent: int) -> ShownDuplicate:
    if not may(desk, "see", work):
        unit = {"unit": work.unit.name}
        title = _public_title(work) or _("ฉบับร่างของ%(unit)s") % unit
        return ShownDuplicate(is_identical, percent, title)
    title = f"{work.number} {work}".strip()
    address = reverse("work", kwargs={"ref": work.ref})
    correctable = str(work.ref) if may_correct(desk, work) else ""
    return ShownDuplicate(is_identical, percent, title, address, correctable)


def _public_title(work: Disclosure) -> str:
    """As the record shows it: the office's own title may be that of a draft, or of what was recalled."""
    public = item(work.number) if work.number else None
    return f"{public.number} {public.title}".strip() if public else ""


def may_correct(desk: Desk, work: Disclosure) -> bool:
    """A published item at rest is opened for a new version; a draft takes the file as it is."""
    if work.stage == Stage.RESTING:
        return may(desk, "change_published", work)
    return work.stage in EDITABLE_STAGES and may(desk, "attach", work)
