"""The line of approvers, and a work of theirs that waits for its time."""

from datetime import timedelta

import pytest

from prongsai.approval.models import Submission
from prongsai.organisation.actors import Actor
from tests.approval import factories
from tests.factories import NOW


@pytest.fixture
def people() -> dict[str, Actor]:
    return factories.line()


@pytest.fixture
def scheduled(people: dict[str, Actor]) -> Submission:
    """Approved by head and director; the gate opens six hours after the officer sent it."""
    return factories.approved(people, publish_after=NOW + timedelta(hours=6))
