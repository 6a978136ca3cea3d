"""The only code that writes batches, arrivals and sketches."""

from prongsai.intake.actions.deciding import confirm, correct_with, decide_duplicate, discard, keep
from prongsai.intake.actions.handing_over import hand_over_batches
from prongsai.intake.actions.importing import import_file, import_row, keep_manifest
from prongsai.intake.actions.proposing import begin_proposing, propose_for, sketch_file
from prongsai.intake.actions.taking_in import open_batch, take_in

__all__ = [
    "begin_proposing",
    "confirm",
    "correct_with",
    "decide_duplicate",
    "discard",
    "hand_over_batches",
    "import_file",
    "import_row",
    "keep",
    "keep_manifest",
    "open_batch",
    "propose_for",
    "sketch_file",
    "take_in",
]
