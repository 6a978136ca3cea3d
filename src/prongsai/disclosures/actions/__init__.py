"""The only code that writes disclosures, sections, attachments and working copies."""

from prongsai.disclosures.actions.attaching import arrange, attach, detach, relabel, rename
from prongsai.disclosures.actions.awaiting import attach_what_waited, attach_when_clean
from prongsai.disclosures.actions.binding import bind_duty
from prongsai.disclosures.actions.handing_over import hand_over
from prongsai.disclosures.actions.moving import (
    begin_correction,
    discard,
    move_stage,
    record_publication,
    resume,
)
from prongsai.disclosures.actions.printing import print_body
from prongsai.disclosures.actions.shelving import (
    add_section,
    load_sections,
    move_section,
    rename_section,
    retire_section,
)
from prongsai.disclosures.actions.stating import make_review, make_statement
from prongsai.disclosures.actions.table_files import ask_for_files
from prongsai.disclosures.actions.tabling import drop_table, set_table
from prongsai.disclosures.actions.vouching import bind_checked_text, unbind_checked_text
from prongsai.disclosures.actions.withholding import Withholding, show_again, withhold
from prongsai.disclosures.actions.writing import autosave, forget_working_copy, save, start

__all__ = [
    "Withholding",
    "add_section",
    "arrange",
    "ask_for_files",
    "attach",
    "attach_what_waited",
    "attach_when_clean",
    "autosave",
    "begin_correction",
    "bind_checked_text",
    "bind_duty",
    "detach",
    "discard",
    "drop_table",
    "forget_working_copy",
    "hand_over",
    "load_sections",
    "make_review",
    "make_statement",
    "move_section",
    "move_stage",
    "print_body",
    "record_publication",
    "relabel",
    "rename",
    "rename_section",
    "resume",
    "retire_section",
    "save",
    "set_table",
    "show_again",
    "start",
    "unbind_checked_text",
    "withhold",
]
