"""Refusals of this app's verbs; `blockers` carries every reason."""

from prongsai.organisation.refusals import CannotAct


class CannotSubmit(CannotAct):
    """Nothing was submitted; the content stays editable."""


class CannotDecide(CannotAct):
    """The submission stays where it was."""


class CannotStop(CannotAct):
    """The submission stays approved and will be published at its time."""


class CannotMoveTime(CannotAct):
    """The submission keeps the time that it has."""


class CannotTakeBack(CannotAct):
    """The submission stays under way."""


class CannotChangeChain(CannotAct):
    """The chains stay as they are."""


class CannotAcknowledge(CannotAct):
    """What was circulated still waits to be read."""


class CannotTakeOver(CannotAct):
    """The words stay as the author wrote them."""
