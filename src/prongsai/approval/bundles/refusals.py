"""Refusals of the verbs about bundles; `blockers` carries every reason."""

from prongsai.organisation.refusals import CannotAct


class CannotArrange(CannotAct):
    """The bundle stays as it was."""


class CannotSend(CannotAct):
    """Nothing of the bundle was submitted; all its members stay editable."""


class CannotDecideBundle(CannotAct):
    """The bundle stays where it was, and so does every member."""
