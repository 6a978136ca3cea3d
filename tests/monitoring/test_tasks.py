"""The worker's lane that opens addresses: now and then, not at once, and what it saw is kept."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from prongsai.monitoring import tasks
from prongsai.monitoring.models import Probe, Uptime
from tests.monitoring.doors import portal_that_knows
from tests.monitoring.sites import closed_port

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def record(data: Path) -> Path:
    return data


def test_a_portal_that_starts_with_the_worker_is_given_a_moment() -> None:
    assert tasks.Probing()() is None


def test_the_home_page_is_opened_and_then_left_for_a_while(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SECONDS_BETWEEN_LOOKS", 0.0)
    lane = tasks.Probing()
    with portal_that_knows({"/"}) as settings.PORTAL_URL:
        task = lane()
        assert task is not None
        task.done(task.run(), AT)
    assert [row.status for row in Uptime.objects.all()] == [200]
    Probe.objects.update(at=datetime.now(UTC))
    assert lane() is None


def test_a_portal_that_is_down_answers_nobody(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SECONDS_BETWEEN_LOOKS", 0.0)
    settings.PORTAL_URL = f"http://127.0.0.1:{closed_port()}"
    task = tasks.Probing()()
    assert task is not None
    task.done(task.run(), AT)
    assert [(row.status, row.failures) for row in Probe.objects.all()] == [(0, 1)]


def test_what_went_wrong_on_the_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "SECONDS_BETWEEN_LOOKS", 0.0)
    task = tasks.Probing()()
    assert task is not None
    task.failed(OSError("no way out"), AT)
    assert not Probe.objects.exists()
    assert tasks.Probing()() is not None
