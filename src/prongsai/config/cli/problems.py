"""How a command says what went wrong."""


class CommandProblem(Exception):
    """What went wrong, in one line. `status` is the exit status: 1 for a problem found, 2 for bad usage."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status
