"""The only code that writes disclosures, sections, attachments and working copies."""

from prongsai.disclosures.actions.attaching import arrange, attach, detach, relabel
from prongsai.disclosures.actions.moving import (
    begin_correction,
    discard,
    move_stage,
    record_publication,
    resume,
)
from prongsai.disclosures.actions.writing import autosave, forget_working_copy, save, start

__all__ = [
    "arrange",
    "attach",
    "autosave",
    "begin_correction",
    "detach",
    "discard",
    "forget_working_copy",
    "move_stage",
    "record_publication",
    "relabel",
    "resume",
    "save",
    "start",
]
