"""Kill -9 of portal, office and worker while the whole product runs, of the servers' own workers, and of all."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prongsai.config.supervisor import port_is_free
from tests.attacks.installation import Installation
from tests.product import Product, status, wait_until_it_answers
from tests.resilience.ledger import assert_each_was_published_once, ledger

KILLS = 8
NAMES = ("worker", "portal", "office")


@pytest.fixture
def product(installation: Installation) -> Iterator[Product]:
    running = Product(data=installation.data)
    yield running
    running.stop()


def wait_for(what: str, is_so: object, seconds: float = 45.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(is_so) and is_so():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {seconds:g} s")


def parent_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("PPid:")).split()[1])


def servers(product: Product, name: str) -> list[int]:
    """Only the process that the supervisor started, not the workers that it started in turn."""
    assert product.process
    return [pid for pid in product.pids(name) if parent_of(pid) == product.process.pid]


def workers(product: Product, name: str) -> list[int]:
    return sorted(set(product.pids(name)) - set(servers(product, name)))


def answers(product: Product) -> bool:
    return {status(address) for address in (product.portal, f"{product.office}/office/")} == {200}


def test_killing_everything_in_turn_loses_and_doubles_nothing(
    installation: Installation, product: Product
) -> None:
    points = random.Random(2569)  # noqa: S311 -- the same points in every run
    refs = installation.approve(4)
    product.start()

    for number in range(KILLS):
        if number % 4 == 3:
            refs += installation.approve(2)
        time.sleep(points.uniform(0, 0.5))
        product.kill(NAMES[number % 3])

    wait_for("both sites", lambda: answers(product))
    wait_for(
        "every publication", lambda: set(ledger(installation).states.values()) == {"published"}
    )
    product.stop()
    assert_each_was_published_once(installation, refs)


def test_a_server_killed_alone_leaves_no_orphan_that_answers_in_its_place(
    product: Product,
) -> None:
    product.start()
    (server,), orphans = servers(product, "portal"), workers(product, "portal")
    assert orphans

    os.kill(server, signal.SIGKILL)

    wait_for("the end of its workers", lambda: not set(orphans) & set(workers(product, "portal")))
    wait_until_it_answers(f"{product.portal}/healthz")
    assert servers(product, "portal") != [server]


def test_a_server_s_own_worker_is_replaced(product: Product) -> None:
    product.start()
    for name, address in (("portal", product.portal), ("office", f"{product.office}/office/")):
        (server,), before = servers(product, name), workers(product, name)

        for pid in before:
            os.kill(pid, signal.SIGKILL)

        wait_until_it_answers(address)
        assert not set(workers(product, name)) & set(before)
        assert len(servers(product, name)) == 1
        assert server


def test_a_supervisor_killed_outright_takes_everything_along_and_frees_the_ports(
    installation: Installation, product: Product
) -> None:
    refs = installation.approve(2)
    product.start()
    everything = [pid for name in NAMES for pid in product.pids(name)]
    assert product.process

    product.process.kill()
    product.process.wait()

    wait_for("the end of all", lambda: not any(Path(f"/proc/{pid}").exists() for pid in everything))
    assert port_is_free("127.0.0.1", product.portal_port)
    assert port_is_free("127.0.0.1", product.office_port)
    product.start()
    wait_for("both", lambda: set(ledger(installation).states.values()) == {"published"})
    product.stop()
    assert_each_was_published_once(installation, refs)
