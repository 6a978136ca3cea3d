"""Why content may not change, in sentences for the person who tried."""

from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content
from prongsai.disclosures.merge import Merge
from prongsai.organisation.refusals import CannotAct


class CannotSave(CannotAct):
    """The content stays as it was."""


class CannotMove(CannotAct):
    """The work stays in its stage."""


class CannotShelve(CannotAct):
    """The sections stay as they were."""


@dataclass(frozen=True)
class Versions:
    """The three contents of a conflict, and the proposal that joins them."""

    base: Content
    theirs: Content
    yours: Content
    merge: Merge


class EditConflict(CannotSave):
    """Somebody else saved in between: `sequence` is their revision, `versions` all that was typed."""

    def __init__(self, *, sequence: int, author: str, versions: Versions) -> None:
        self.sequence = sequence
        self.author = author
        self.versions = versions
        sentence = _(
            "ยังบันทึกไม่ได้: {author} บันทึกเรื่องนี้ไปก่อนแล้วระหว่างที่ท่านเขียน "
            "ข้อความของท่านยังอยู่ครบ โปรดเทียบสองฉบับแล้วเลือกว่าจะใช้ข้อความใด"
        )
        super().__init__([format_lazy(sentence, author=author)])
