"""Kill -9 of portal, office and worker while the whole product runs, of the servers' own workers, and of all."""

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from prongsai.config.supervisor import port_is_free
from tests.attacks.installation import Installation
from tests.product import Product, status, wait_until_it_answers
from tests.resilience.ledger import Ledger, assert_each_was_published_once, ledger
from tests.resilience.writer import Writer

# Approved by one process of the approvers.
AT_ONCE = 3
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


class Approvals:
    """Approvers who go on signing while everything else dies."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.refs: list[str] = []
        self.stopping = threading.Event()

    def go_on(self) -> None:
        while not self.stopping.is_set():
            self.refs += self.installation.approve(AT_ONCE)


def count(database: Path, question: str) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {question}").fetchone()[0])


def entries(product: Product) -> int:
    return count(product.data / "record" / "record.sqlite3", "record_entry")


def waiting(product: Product) -> int:
    """How much is approved and not yet published."""
    question = "approval_submission WHERE state = 'approved'"
    return count(product.data / "office" / "office.sqlite3", question)


def is_busy(product: Product, name: str, writer: Writer) -> Callable[[], bool]:
    """Whether that child has come so far in its work since, and has more to do."""
    published, saved = entries(product), len(writer.saved)
    return {
        "worker": lambda: entries(product) > published and waiting(product) > 0,
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


@pytest.fixture
def approvals(installation: Installation) -> Approvals:
    return Approvals(installation)


@contextmanager
def going_on(*people: Writer | Approvals) -> Iterator[None]:
    with ThreadPoolExecutor(len(people)) as pool:
        tasks = [pool.submit(each.go_on) for each in people]
        try:
            yield
        finally:
            for each in people:
                each.stopping.set()
    for task in tasks:
        task.result()


def test_twenty_kills_at_random_moments_lose_and_double_nothing(
    installation: Installation, product: Product, writer: Writer, approvals: Approvals
) -> None:
    points = random.Random(2569)  # noqa: S311 -- the same points in every run
    left_undone = dict.fromkeys(NAMES, 0)
    product.start()
    writer.sign_in()

    with going_on(writer, approvals):
        for turn in range(STARTS):
            if turn:
                # A child that dies often waits ever longer; a new start forgets that.
                product.stop()
                product.start()
            for name in points.sample(DYING, len(DYING)):
                wait_for(f"work of the {name}", is_busy(product, name, writer))
                time.sleep(points.uniform(0, LONGEST[name]))
                product.kill(name)
                left_undone[name] += waiting(product)
            killed = {name: (turn + 1) * DYING.count(name) for name in NAMES}
            wait_for("the supervisor's notice", lambda killed=killed: deaths(product) == killed)
    wait_for(
        "every publication", lambda: set(ledger(installation).states.values()) == {"published"}
    )
    product.stop()

    assert sum(deaths(product).values()) == 20
    assert left_undone["worker"] > 0
    assert_drafts_are_kept(assert_each_was_published_once(installation, approvals.refs), writer)


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
