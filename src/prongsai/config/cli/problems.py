"""How a command says what went wrong."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from prongsai.config.folders import DATA


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
        sentence = f"{error.filename} cannot be used: {error.strerror}"
        return CommandProblem(sentence + _about_the_data_folder(Path(str(error.filename))))
    return CommandProblem(lines[0])


def _about_the_data_folder(path: Path) -> str:
    """What to do where the data folder itself is the trouble, or what it would be made in; else nothing."""
    if path != DATA and path not in DATA.parents and DATA not in path.parents:
        return ""
    return f"; the data folder is {DATA}: make it writable for this user, or name another one with PRONGSAI_DATA"
