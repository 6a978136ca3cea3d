"""How a command says what went wrong."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


class CommandProblem(Exception):
    """What went wrong, in one line. `status` is the exit status: 1 for a problem found, 2 for bad usage."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def as_problem(error: Exception) -> CommandProblem:
    """For what an administrator can repair without us: a setting, a folder, a database that is not ready."""
    lines = str(error).splitlines() or [type(error).__name__]
    if isinstance(error, CommandProblem):
        return error
    if isinstance(error, ImproperlyConfigured):
        return CommandProblem(lines[0], status=2)
    if isinstance(error, DatabaseError):
        return CommandProblem(
            f"the database cannot be used: {lines[0]}; `prongsai migrate` makes what is missing"
        )
    if isinstance(error, OSError) and error.filename:
        return CommandProblem(f"{error.filename} cannot be used: {error.strerror}")
    return CommandProblem(lines[0])
