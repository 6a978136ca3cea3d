"""Run as a program over a data folder: everything that is under way is endorsed by whoever's turn it is."""

from datetime import UTC, datetime

import django

django.setup()

from prongsai.approval.actions import decide  # noqa: E402 -- Django must be set up first
from prongsai.approval.models import Submission  # noqa: E402
from prongsai.approval.states import SubmissionState  # noqa: E402
from prongsai.organisation.models import Appointment  # noqa: E402
from prongsai.organisation.queries import actor_for  # noqa: E402


def endorse(sent: Submission) -> None:
    now = datetime.now(UTC)
    code = sent.steps[sent.step]["posts"][0]
    person = Appointment.objects.held(on=now.date()).filter(post__code=code)[0].person
    decide(
        submission=sent, verdict="endorse", content_hash_seen=sent.content_hash,
        by=actor_for(person, post_code=code, on=now.date()), at=now,
    )  # fmt: skip


def main() -> None:
    for sent in Submission.objects.filter(state=SubmissionState.UNDER_WAY):
        while sent.state == SubmissionState.UNDER_WAY:
            endorse(sent)


if __name__ == "__main__":
    main()
