"""Refusals of this app's verbs; `blockers` carries every reason."""

from prongsai.organisation.refusals import CannotAct


class CannotWrite(CannotAct):
    """Nothing was saved or sent; what was typed stays in the form."""


class CannotDecide(CannotAct):
    """What the public sees has not changed."""


class CannotReview(CannotAct):
    """The notice still waits for its review."""
