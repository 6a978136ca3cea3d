"""Kill -9 of whatever looks through an upload: the office answers everybody, and refuses that one file."""

import http.client
import json
import os
import signal
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from tests.attacks.installation import Installation
from tests.files import samples
from tests.files.killing import killing
from tests.product import Product, command_lines, status
from tests.resilience.test_kill_processes import wait_for
from tests.resilience.writer import CSRF, Writer

EDGE = "edge-of-a-part"


@pytest.fixture
def product(installation: Installation) -> Iterator[Product]:
    running = Product(data=installation.data)
    running.start()
    yield running
    running.stop()


@dataclass
class Sender(Writer):
    """An officer who sends files."""

    def start(self) -> str:
        """The reference of a new draft."""
        ref = str(uuid.uuid4())
        assert (
            self._post("/office/disclosures/new/", ref=ref, kind="news", unit="dissemination")
            == 302
        )
        return ref

    def attach(self, ref: str, name: str, content: bytes) -> dict[str, Any]:
        """What the office says became of the file."""
        fields = {"csrfmiddlewaretoken": self.cookies[CSRF], "slot": ""}
        parts = [part(f'name="{field}"', said.encode()) for field, said in fields.items()]
        parts.append(part(f'name="files"; filename="{name}"', content))
        connection = http.client.HTTPConnection("127.0.0.1", self.product.office_port, timeout=60)
        connection.request(
            "POST",
            f"/office/disclosures/{ref}/files/attach/",
            b"".join(parts) + f"--{EDGE}--\r\n".encode(),
            {
                "Content-Type": f"multipart/form-data; boundary={EDGE}",
                "Accept": "application/json",
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            },
        )
        [taken] = json.loads(connection.getresponse().read())["taken"]
        connection.close()
        return dict(taken)


def part(described: str, content: bytes) -> bytes:
    return (
        f"--{EDGE}\r\nContent-Disposition: form-data; {described}\r\n\r\n".encode()
        + content
        + b"\r\n"
    )


def examining(product: Product) -> list[int]:
    return [
        pid
        for pid, line in command_lines()
        if "prongsai.files.examination" in line and product.owns(pid)
    ]


def kept(product: Product) -> int:
    return sum(path.is_file() for path in (product.data / "office" / "files").rglob("*"))


def test_a_killed_examination_costs_one_file_and_the_office_nothing(product: Product) -> None:
    sender = Sender(product)
    sender.sign_in()
    ref, before = sender.start(), kept(product)
    wait_for("whatever looks through files", lambda: examining(product))
    [process] = examining(product)
    os.kill(process, signal.SIGSTOP)

    with ThreadPoolExecutor(1) as pool:
        upload = pool.submit(sender.attach, ref, "ระเบิด.pdf", samples.pdf())
        wait_for("the upload", lambda: kept(product) > before)
        answers = [status(f"{product.office}/office/accounts/login/") for _ in range(5)]
        assert (answers, upload.done()) == ([200] * 5, False)
        with killing(lambda: examining(product)):
            refused = upload.result()

    assert "หยุดกลางคันขณะอ่านไฟล์นี้" in refused["refusal"]
    assert kept(product) == before
    assert sender.attach(ref, "ปกติ.pdf", samples.pdf())["slot"]
    assert (kept(product), process in examining(product)) == (before + 1, False)
