"""A disk that takes no more: the submission stays approved, the others go on, and it is tried again later."""

import resource
import subprocess
import sys

from prongsai.config.work import LONGEST_PAUSE, Retries
from tests.attacks.installation import ROOT, Installation
from tests.resilience.ledger import assert_each_was_published_once

LIMIT = 6_000_000
BIG = 8_000_000


def work_with_small_files(installation: Installation) -> subprocess.CompletedProcess[str]:
    """The worker's turn in a process whose files cannot grow beyond LIMIT bytes."""
    environment = installation.environment
    return subprocess.run(
        [sys.executable, "-m", "prongsai.config.cli.main", "tick"],
        env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT)),
    )  # fmt: skip


def test_what_cannot_be_stored_stays_approved_until_there_is_room(
    installation: Installation,
) -> None:
    big, small = installation.approve(2, "--size", str(BIG))

    done = work_with_small_files(installation)

    assert done.returncode == 0, done.stderr
    assert installation.states == {big: "approved", small: "published"}
    assert "File too large" in done.stderr
    assert not list((installation.data / "record" / "blobs").glob("*/.*"))
    assert installation.run("verify").returncode == 0

    installation.run("tick")

    assert_each_was_published_once(installation, [big, small])


def test_pauses_double_up_to_a_minute_and_end_with_success() -> None:
    retries = Retries()
    clock, pauses = 0.0, []

    for _attempt in range(8):
        pauses.append(retries.failed("ref", clock=clock))
        assert retries.is_waiting("ref", clock=clock + pauses[-1] - 0.01)
        clock += pauses[-1]
        assert not retries.is_waiting("ref", clock=clock)
    retries.forget("ref")

    assert pauses == [1, 2, 4, 8, 16, 32, LONGEST_PAUSE, LONGEST_PAUSE]
    assert not retries.is_waiting("ref", clock=0.0)
    assert retries.failed("ref", clock=0.0) == 1
