"""Kill -9 of portal, office and worker while the whole product runs, of the servers' own workers, and of all."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from prongsai.config.supervisor import port_is_free
from tests.attacks.installation import Installation
from tests.product import Product, status, wait_until_it_answers
from tests.resilience.ledger import Ledger, assert_each_was_published_once
from tests.resilience.writer import Writer

# Each start of the product sees these die, in another order each time: 20 kills in all.
STARTS = 4
DYING = ("worker", "office", "portal", "worker", "office")
# Seconds until the blow, from when the victim is busy: the worker publishes one in some hundredths.
LONGEST = {"worker": 0.05, "office": 0.3, "portal": 0.3}
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
        time.sleep(0.01)
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


@contextmanager
def approving(installation: Installation) -> Iterator[list[str]]:
    """Approvers go on signing while everything else dies; the references of what they sent are known at the end."""
    process = installation.approve_on()
    refs: list[str] = []
    try:
        yield refs
    finally:
        refs += process.communicate(timeout=60)[0].split()
    assert process.returncode == 0


def entries(product: Product) -> int:
    return Installation(product.data).entries


def undone(product: Product) -> int:
    """How much is approved and not yet published."""
    return list(Installation(product.data).states.values()).count("approved")


def are_all_published(product: Product) -> bool:
    return set(Installation(product.data).states.values()) == {"published"}


def is_busy(product: Product, name: str, writer: Writer) -> Callable[[], bool]:
    """Whether that child has come so far in its work since, and has more to do."""
    published, saved = entries(product), len(writer.saved)
    return {
        "worker": lambda: entries(product) > published and undone(product) > 0,
        "office": lambda: len(writer.saved) > saved,
        "portal": lambda: status(f"{product.portal}/log/checkpoint") == 200,
    }[name]


def deaths(product: Product) -> dict[str, int]:
    """How often the supervisor found each child killed."""
    log = (product.data / "serve.log").read_text(encoding="utf-8")
    return {name: log.count(f"prongsai: {name} was killed by signal 9") for name in NAMES}


@pytest.fixture
def writer(product: Product) -> Writer:
    return Writer(product)


@contextmanager
def going_on(writer: Writer) -> Iterator[None]:
    with ThreadPoolExecutor(1) as pool:
        task = pool.submit(writer.go_on)
        try:
            yield
        finally:
            writer.stopping.set()
    task.result()


def test_twenty_kills_at_random_moments_lose_and_double_nothing(
    installation: Installation, product: Product, writer: Writer
) -> None:
    points = random.Random(2569)  # noqa: S311 -- the same points in every run
    left_undone = dict.fromkeys(NAMES, 0)
    product.start()
    writer.sign_in()

    with going_on(writer), approving(installation) as refs:
        for turn in range(STARTS):
            if turn:
                # A child that dies often waits ever longer; a new start forgets that.
                product.stop()
                product.start()
            for name in points.sample(DYING, len(DYING)):
                wait_for(f"work of the {name}", is_busy(product, name, writer))
                time.sleep(points.uniform(0, LONGEST[name]))
                product.kill(name)
                left_undone[name] += undone(product)
            killed = {name: (turn + 1) * DYING.count(name) for name in NAMES}
            wait_for("the supervisor's notice", lambda killed=killed: deaths(product) == killed)
    wait_for("every publication", lambda: are_all_published(product))
    product.stop()

    assert sum(deaths(product).values()) == 20
    assert left_undone["worker"] > 0
    assert_drafts_are_kept(assert_each_was_published_once(installation, refs), writer)


def assert_drafts_are_kept(held: Ledger, writer: Writer) -> None:
    """What was answered as saved is there as it was sent; of the rest each is there once, empty, or not at all."""
    drafts = dict(held.drafts)
    unanswered = {
        ref: (["", title], [""]) for ref, title in writer.begun.items() if ref not in writer.saved
    }

    assert writer.odd == []
    assert writer.cut
    assert len(drafts) == len(held.drafts)
    assert {ref: titles for ref, titles in drafts.items() if ref not in unanswered} == {
        ref: ["", title] for ref, title in writer.saved.items()
    }
    assert all(drafts[ref] in unanswered[ref] for ref in unanswered.keys() & drafts.keys())


@pytest.fixture(scope="module")
def standing(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """It runs, for tests that leave it running."""
    running = Product(data=tmp_path_factory.mktemp("standing") / "data")
    shutil.copytree(prepared, running.data)
    running.start()
    yield running
    running.stop()


def test_a_server_killed_alone_leaves_no_orphan_that_answers_in_its_place(
    standing: Product,
) -> None:
    (server,), orphans = servers(standing, "portal"), workers(standing, "portal")
    assert orphans

    os.kill(server, signal.SIGKILL)

    wait_for("the end of its workers", lambda: not set(orphans) & set(workers(standing, "portal")))
    wait_until_it_answers(f"{standing.portal}/healthz")
    assert servers(standing, "portal") != [server]


def test_a_server_s_own_worker_is_replaced(standing: Product) -> None:
    for name, address in (("portal", standing.portal), ("office", f"{standing.office}/office/")):
        (server,), before = servers(standing, name), workers(standing, name)

        for pid in before:
            os.kill(pid, signal.SIGKILL)

        wait_until_it_answers(address)
        assert not set(workers(standing, name)) & set(before)
        assert len(servers(standing, name)) == 1
        assert server


def test_a_supervisor_killed_outright_takes_everything_along_and_frees_the_ports(
    standing: Product,
) -> None:
    refs = Installation(standing.data).approve(2)
    everything = [pid for name in NAMES for pid in standing.pids(name)]
    assert standing.process

    standing.process.kill()
    standing.process.wait()

    wait_for("the end of all", lambda: not any(Path(f"/proc/{pid}").exists() for pid in everything))
    assert port_is_free("127.0.0.1", standing.portal_port)
    assert port_is_free("127.0.0.1", standing.office_port)
    standing.start()
    wait_for("both", lambda: are_all_published(standing))
    standing.stop()
    assert_each_was_published_once(Installation(standing.data), refs)
