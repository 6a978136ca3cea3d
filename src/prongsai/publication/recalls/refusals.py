"""Refusals of recalls; `blockers` carries every reason."""

from prongsai.organisation.refusals import CannotAct


class CannotRecord(CannotAct):
    """The incident stays as it was."""


class CannotRecallSet(CannotAct):
    """No set was made, or it stays undecided."""
