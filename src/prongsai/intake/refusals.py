"""Why something that came in stays as it is, in sentences for the person who tried."""

from prongsai.organisation.refusals import CannotAct


class CannotTakeIn(CannotAct):
    """Nothing came in."""


class CannotConfirm(CannotAct):
    """The arrival stays as it was, and no draft was made."""


class CannotImport(CannotAct):
    """No row of the manifest was imported."""
