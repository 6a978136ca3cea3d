"""Starts a PostgreSQL server of our own in a folder: a real one, on loopback, gone with the tests."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


def programs() -> Path:
    """The folder of `initdb` and `postgres`: the newest that Debian installed, else the PATH's."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if installed:
        return installed[-1].parent
    found = shutil.which("initdb")
    if not found:
        raise FileNotFoundError(
            "initdb: run script/setup --for-tests as root, or install postgresql"
        )
    return Path(found).parent


def start_server(data: Path, *, durable: bool = False) -> Server:
    """A server over an empty folder that lies where every account may go (not under pytest's own).

    `durable` for measuring: it waits for its disk as one in use does.
    """
    binaries, port = programs(), free_port()
    account = unprivileged(data)
    subprocess.run(
        [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            "prongsai",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ],
        check=True,
        capture_output=True,
        **account,
    )
    process = subprocess.Popen(
        [
            binaries / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-k",
            "",
            "-c",
            f"fsync={'on' if durable else 'off'}",
            "-c",
            "listen_addresses=127.0.0.1",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **account,
    )
    url = f"postgresql://prongsai@127.0.0.1:{port}/postgres"
    wait_for(url)
    return Server(url=url, process=process)


def unprivileged(data: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as `nobody`, who is given the folder."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(data, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, seconds: float = 30.0) -> None:
    """Until it takes connections: an open port alone may still be starting up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"PostgreSQL did not answer at {url} within {seconds:g} s")
