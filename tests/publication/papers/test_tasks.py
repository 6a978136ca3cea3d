"""The worker's part: every paper that is due is made, one after the other, whatever happens to one of them."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval.models import Submission
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import expire, publish
from prongsai.publication.models import IssuedNumber, Paper
from prongsai.publication.papers.queries import certificate_due
from prongsai.publication.papers.states import PaperKind
from prongsai.publication.papers.tasks import PaperMaking
from tests.approval.factories import approved
from tests.factories import NOW
from tests.publication.factories import LATER, drafted, published, ready

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the worker takes for now; seconds between two looks do not pass."""
    now = [LATER]
    monkeypatch.setattr("prongsai.publication.papers.tasks.timezone.now", lambda: now[0])
    monkeypatch.setattr("prongsai.publication.papers.tasks.SECONDS_BETWEEN_LOOKS", -1.0)
    monkeypatch.setattr("prongsai.publication.papers.tasks.SECONDS_BETWEEN_CERTIFICATES", -1.0)
    return now


def work(making: PaperMaking) -> list[str]:
    """Until there is nothing to do; the names of what was done, in order."""
    names = []
    while task := making():
        names.append(task.name)
        try:
            pdf = task.run()
        except ValueError as error:
            task.failed(error, LATER)
        else:
            task.done(pdf, LATER)
    return names


def test_every_paper_of_a_publication_is_made(people: People, clock: list[Any]) -> None:
    submission = ready(people)
    publish(submission_ref=submission.ref, at=LATER)

    made = work(PaperMaking())

    assert made == [
        f"make {kind}:{submission.ref}" for kind in ("memorandum", "request_form", "proof")
    ]
    assert work(PaperMaking()) == []
    assert Paper.objects.count() == 3


def test_a_worker_that_died_in_between_leaves_nothing_undone(
    people: People, clock: list[Any]
) -> None:
    submission = ready(people)
    first = PaperMaking()()
    assert first is not None
    first.run()

    # It died before it kept anything; the number stays the paper's own.
    work(PaperMaking())

    assert Paper.objects.get(submission=submission).number == "1/2569"


def test_a_paper_that_cannot_be_set_stops_no_other(people: People, clock: list[Any]) -> None:
    bad = approved(people, disclosure=drafted(people, title="ยินดี 😀"))
    good = approved(people, disclosure=drafted(people, title="ยินดี"))

    work(PaperMaking())

    assert list(Paper.objects.values_list("submission", flat=True)) == [good.pk]
    assert bad.pk != good.pk


def test_rows_that_cannot_be_read_stop_no_other(people: People, clock: list[Any]) -> None:
    bad, good = ready(people), approved(people, disclosure=drafted(people, title="อีกเรื่อง"))
    steps = [{"posts": []}, *bad.steps]
    Submission.objects.filter(pk=bad.pk).update(steps=[{}, *steps], action="nonsense")

    work(PaperMaking())

    assert list(Paper.objects.values_list("submission", flat=True)) == [good.pk]


def test_the_time_that_was_promised_is_certified_when_it_is_over(
    people: People, clock: list[Any]
) -> None:
    disclosure, entry = published(people, minimum_posting_days=3)
    work(PaperMaking())
    assert not Paper.objects.filter(kind=PaperKind.POSTING_CERTIFICATE).exists()

    assert certificate_due(at=LATER + timedelta(days=3)) is None
    clock[0] = LATER + timedelta(days=4)
    assert certificate_due(at=clock[0]) == disclosure
    work(PaperMaking())

    paper = Paper.objects.get(kind=PaperKind.POSTING_CERTIFICATE)
    assert paper.disclosure == disclosure
    assert certificate_due(at=clock[0]) is None
    assert entry.at == LATER


def test_what_promised_no_time_is_not_certified_by_itself(people: People) -> None:
    published(people, minimum_posting_days=None)

    assert certificate_due(at=NOW + timedelta(days=20)) is None


def test_what_ended_before_its_time_is_not_certified_by_itself(people: People) -> None:
    disclosure, _entry = published(people, minimum_posting_days=10)
    expire(disclosure=disclosure, at=LATER + timedelta(days=2))

    assert certificate_due(at=LATER + timedelta(days=12)) is None


def test_a_certificate_that_cannot_be_set_stops_no_other_and_uses_one_number_only(
    people: People, clock: list[Any]
) -> None:
    published(people, title="ยินดี 😀", minimum_posting_days=3)
    good, _entry = published(people, title="ยินดี", minimum_posting_days=3)
    for days in (3, 4, 5):
        clock[0] = LATER + timedelta(days=days)
        # As after a restart: it knows nothing of what could not be made.
        work(PaperMaking())

    assert good.papers.filter(kind=PaperKind.POSTING_CERTIFICATE).count() == 1
    issued = IssuedNumber.objects.filter(key__startswith=f"{PaperKind.POSTING_CERTIFICATE}:")
    # One of them waits for the day when somebody has taken the sign out of the title.
    assert issued.count() == 2
