"""A scanner that speaks as clamd does: one test compares it with the real one where that is installed."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The industry's harmless test virus, put together here so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"


@contextmanager
def scanner(socket_path: Path, *, most: int = 1024 * 1024) -> Iterator[str]:
    """Answers until it is left; streams longer than `most` bytes are refused as clamd refuses them."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(socket_path))
        server.listen()
        thread = threading.Thread(target=_answer_all, args=(server, most), daemon=True)
        thread.start()
        try:
            yield str(socket_path)
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


@contextmanager
def saying(socket_path: Path, answer: bytes, *, after: int = 1 << 20) -> Iterator[None]:
    """Something that listens there, answers one question with this when `after` bytes have come, and hangs up."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(socket_path))
        server.listen()
        thread = threading.Thread(target=_say, args=(server, answer, after), daemon=True)
        thread.start()
        try:
            yield
        finally:
            thread.join(5)


def _say(server: socket.socket, answer: bytes, after: int) -> None:
    line, _address = server.accept()
    with line:
        line.recv(after)
        line.sendall(answer)
        line.shutdown(socket.SHUT_WR)


def _answer_all(server: socket.socket, most: int) -> None:
    while True:
        try:
            line, _address = server.accept()
        except OSError:
            return
        with line:
            line.sendall(_verdict(line, most) + b"\0")
            # What is still on its way is let run out: to hang up now would take the answer back.
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass


def _verdict(line: socket.socket, most: int) -> bytes:
    command = _exactly(line, 6)
    if command == b"zPING\0":
        return b"PONG"
    assert command + _exactly(line, 4) == b"zINSTREAM\0"
    whole = b""
    while size := struct.unpack("!I", _exactly(line, 4))[0]:
        whole += _exactly(line, size)
        if len(whole) > most:
            return b"INSTREAM size limit exceeded. ERROR"
    return b"stream: Eicar-Test-Signature FOUND" if EICAR in whole else b"stream: OK"


def _exactly(line: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size and (piece := line.recv(size - len(got))):
        got += piece
    return got
