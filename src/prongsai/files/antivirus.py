"""Asks a ClamAV daemon whether bytes hold a virus.

Source of the conversation: the INSTREAM command in clamd's manual; each piece is preceded by its length in
four bytes, and one of length zero ends the stream.
"""

import socket
import struct
from pathlib import Path

_CLEAN = "stream: OK"
_CHUNK = 64 * 1024
_PATIENCE = 60.0
_LONGEST_ANSWER = 4096


class ScannerUnavailable(Exception):
    """The scanner is set up and did not answer: what it should have looked at has to wait."""


def virus_in(path: Path, *, scanner: str) -> str:
    """The name of what was found in the file; empty when there is nothing. Raises ScannerUnavailable.

    `scanner` is the path of clamd's socket.
    """
    try:
        answer = _conversation(path, scanner)
    except OSError as error:
        raise ScannerUnavailable(str(error)) from error
    if answer == _CLEAN:
        return ""
    verdict = answer.removeprefix("stream: ").strip()
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")
    # Such as a stream longer than StreamMaxLength: not looked at is not clean.
    raise ScannerUnavailable(verdict or "no answer")


def answers(scanner: str) -> bool:
    """Whether a daemon listens at this socket and is ready."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(_PATIENCE)
            line.connect(scanner)
            line.sendall(b"zPING\0")
            return _answer(line) == "PONG"
    except OSError:
        return False


def _conversation(path: Path, scanner: str) -> str:
    with socket.socket(socket.AF_UNIX) as line, path.open("rb") as stream:
        line.settimeout(_PATIENCE)
        line.connect(scanner)
        line.sendall(b"zINSTREAM\0")
        try:
            while chunk := stream.read(_CHUNK):
                line.sendall(struct.pack("!I", len(chunk)) + chunk)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            # It hangs up on what is too long for it, and says so before.
            answer = _answer(line)
            # Of what it has not got to the end, it cannot say that.
            return "" if answer == _CLEAN else answer
        return _answer(line)


def _answer(line: socket.socket) -> str:
    answer = b""
    while len(answer) < _LONGEST_ANSWER and (piece := line.recv(_LONGEST_ANSWER)):
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace")
