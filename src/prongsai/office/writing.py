"""What the writing screen shows: the form in sections, files in their slots, and the picture of unsaved content."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prongsai.approval.models import Decision, Submission, Suggestion
from prongsai.approval.queries import submissions_of
from prongsai.approval.queries.inbox import SENT_BACK
from prongsai.disclosures.content import Content
from prongsai.disclosures.forms import WritingForm, retyped
from prongsai.disclosures.kinds import Slot, kind_of, missing_fields
from prongsai.disclosures.models import Disclosure, WorkingCopy
from prongsai.disclosures.queries import edition_document_preview, working_copy
from prongsai.disclosures.refusals import EditConflict
from prongsai.files.rules import EXTENSIONS, MEBIBYTE
from prongsai.office.attached import attached_files, is_busy, mark_of, on_their_way
from prongsai.office.findings import ShownFinding, shown_findings
from prongsai.office.inbox import last_word
from prongsai.office.merging import differences, with_theirs
from prongsai.office.table_files import coming_files
from prongsai.office.whole import whole
from prongsai.record.pages import EditionPage, edition_page
from prongsai.screening.models import Screening
from prongsai.screening.redacting.queries import can_be_redacted, in_force

# A note on the writing screen, not a list: the screening page shows all.
MOST_REMOVALS = 50


@dataclass(frozen=True)
class FormSection:
    """A part of the form under its own heading. A closed one opens by itself when it holds something."""

    key: str
    title: Promise
    lead: Promise
    fields: Sequence[BoundField]
    is_open: bool = True


@dataclass(frozen=True)
class SlotChoice:
    slug: str
    label: str
    is_taken: bool


@dataclass(frozen=True)
class SentBack:
    """Why the work is with its writer again: who decided so, what the gate or a stop said, and what has to go."""

    decision: Decision | None
    refusal: str
    removals: Sequence[ShownFinding]
    suggestion: Suggestion | None = None


# key, heading, help, names of the fields, always open
SECTIONS: Sequence[tuple[str, Promise, Promise, tuple[str, ...], bool]] = (
    (
        "about",
        _("เรื่อง"),
        _("ชื่อและคำสรุปคือสิ่งที่ประชาชนเห็นก่อนและใช้ค้นหา เขียนด้วยคำที่ประชาชนใช้"),
        ("title", "summary", "section", "unit", "title_en"),
        True,
    ),
    ("body", _("เนื้อหา"), _("ข้อความเต็มของเรื่อง ใช้หัวข้อช่วยแบ่งเมื่อยาว"), ("body",), True),
    (
        "time",
        _("ช่วงเวลาและที่มา"),
        _("ช่วยให้ประชาชนรู้ว่าข้อมูลเป็นของปีใดและมาจากไหน"),
        ("fiscal_year", "period", "as_of_date", "source"),
        True,
    ),
    (
        "official",
        _("เอกสารทางการ"),
        _("กรอกเมื่อเรื่องนี้เป็นประกาศ คำสั่ง หรือหนังสือที่มีเลขที่และผู้ลงนาม"),
        ("official_number", "typed_date", "signed_date", "in_force_date"),
        False,
    ),
    (
        "care",
        _("การดูแลหลังเผยแพร่"),
        _("กำหนดวันทบทวนหรือวันสิ้นสุด หากกฎหมายกำหนดเวลาติดประกาศ ให้ใส่จำนวนวันขั้นต่ำ"),
        ("review_date", "expires_date", "minimum_posting_days"),
        False,
    ),
)


def form_sections(form: WritingForm) -> list[FormSection]:
    """The common sections, with the kind's own details after the body."""
    common = [
        _section(form, key, title, lead, names, is_open)
        for key, title, lead, names, is_open in SECTIONS
    ]
    own = list(form.details)
    if not own:
        return common
    title, lead = _("รายละเอียดของประเภทนี้"), _("ข้อมูลที่ประเภทนี้ต้องมีเพื่อให้ค้นและเทียบกันได้")
    return [*common[:2], FormSection("details", title, lead, own), *common[2:]]


def _section(
    form: WritingForm, key: str, title: Promise, lead: Promise, names: Iterable[str], is_open: bool
) -> FormSection:
    fields = [form[name] for name in names]
    is_open = is_open or any(field.value() or field.errors for field in fields)
    return FormSection(key, title, lead, fields, is_open)


def base_content(disclosure: Disclosure) -> Content:
    """The newest revision, which has the files that are attached now."""
    if disclosure.latest is None:
        return Content(kind=disclosure.kind, section="", unit=disclosure.unit.code)
    return Content.from_json(disclosure.latest.content)


def sequence_of(disclosure: Disclosure) -> int:
    return disclosure.latest.sequence if disclosure.latest else 0


def opened(disclosure: Disclosure, copy: WorkingCopy | None) -> dict[str, Any]:
    """The screen as it opens: with the newest revision, or with what this person had typed."""
    base = base_content(disclosure)
    if copy is None:
        return screen(disclosure, WritingForm(base=base), sequence_of(disclosure))
    typed_at = copy.base.sequence if copy.base else sequence_of(disclosure)
    return screen(disclosure, WritingForm(retyped(copy.form), base=base), typed_at)


def returned(disclosure: Disclosure, form: WritingForm, data: QueryDict) -> dict[str, Any]:
    """The screen with what was typed, after it could not be saved."""
    return screen(disclosure, form, whole(data.get("base_sequence")))


def conflicted(disclosure: Disclosure, conflict: EditConflict) -> dict[str, Any]:
    """The screen with both people's changes joined; where both changed one field, yours stands and theirs is shown."""
    merged = Content.from_json(conflict.versions.merge.merged)
    shown = screen(disclosure, WritingForm(base=merged), conflict.sequence)
    return shown | {"conflict": conflict, "differences": differences(conflict)}


def screen(disclosure: Disclosure, form: WritingForm, base_sequence: int) -> dict[str, Any]:
    """Everything that `writing/write.html` takes."""
    return files_panel(disclosure) | {
        "form": form,
        "kind": form.kind,
        "sections": form_sections(form),
        "chosen_obligations": set(form["obligations"].value() or ()),
        "base_sequence": base_sequence,
        "missing": missing_fields(base_content(disclosure).to_json()),
        "sent_back": sent_back(disclosure),
    }


def sent_back(disclosure: Disclosure) -> SentBack | None:
    """Stands until the work is sent again, whatever is saved meanwhile; None when nobody sent it back."""
    removals = _removals(disclosure)
    last = submissions_of(disclosure).first()
    if last is None or last.state not in SENT_BACK:
        return SentBack(None, "", removals) if removals else None
    decision = None if last.refusal else last_word(last)
    return SentBack(decision, last.refusal, removals, suggestion_of(last))


def suggestion_of(submission: Submission) -> Suggestion | None:
    """The words that were corrected when it was sent back."""
    return Suggestion.objects.filter(decision__submission=submission).last()


def _removals(disclosure: Disclosure) -> list[ShownFinding]:
    """What the screeners want out, by the newest screening."""
    newest = Screening.objects.filter(disclosure=disclosure).select_related("revision").first()
    if newest is None:
        return []
    asked = newest.findings.promised().prefetch_related("decisions__person", "decisions__confirms")
    return shown_findings(disclosure, newest.revision, asked[:MOST_REMOVALS])


def unsaved_copy(disclosure: Disclosure, person_id: int) -> WorkingCopy | None:
    return working_copy(disclosure, person_id)


def chosen_content(disclosure: Disclosure, form: WritingForm, data: QueryDict) -> Content:
    """What was typed; after a conflict, with their text wherever that was chosen."""
    theirs = disclosure.revisions.filter(sequence=whole(data.get("base_sequence"))).first()
    chosen = [name.removeprefix("use_") for name, value in data.items() if value == "theirs"]
    content: Content = form.content()
    return with_theirs(content, theirs.content, chosen) if theirs and chosen else content


def files_panel(disclosure: Disclosure) -> dict[str, Any]:
    """Everything that `writing/files.html` takes."""
    kind = kind_of(disclosure.kind)
    files, coming = attached_files(disclosure), on_their_way(disclosure)
    made = coming_files(disclosure)
    taken = {each.attachment.slot for each in files}
    return {
        "disclosure": disclosure,
        "attached": files,
        "coming": coming,
        "coming_files": made,
        "mark": mark_of(files, coming, made),
        "is_busy": is_busy(files, coming, made),
        "slots": [SlotChoice(slot.slug, _label(slot), slot.slug in taken) for slot in kind.slots],
        "redacted": in_force(disclosure),
        "redactable": {each.attachment.slot: can_be_redacted(each.file) for each in files},
        "limit_mb": settings.MAX_UPLOAD_BYTES // MEBIBYTE,
        "limit_bytes": f"{settings.MAX_UPLOAD_BYTES}",
        "accept": ",".join(ending for group in EXTENSIONS.values() for ending in group),
    }


def _label(slot: Slot) -> str:
    return slot.label_en if get_language() == "en" else slot.label_th


def preview_page(content: Content) -> EditionPage:
    """The page that citizens would see if this content were published as it is."""
    return edition_page(edition_document_preview(content))
