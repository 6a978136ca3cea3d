"""Run as a program over a prepared data folder: a unit with some public items and many more works.

`python -m tests.journeys.merged 60` prints the numbers of what is public, as JSON.
"""

import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import transaction  # noqa: E402 -- Django must be set up first

from prongsai.approval.actions import submit  # noqa: E402 -- as above
from prongsai.config.demonstration.loader import holder  # noqa: E402
from prongsai.disclosures.actions import save, start  # noqa: E402
from prongsai.disclosures.content import Content  # noqa: E402
from prongsai.disclosures.models import Disclosure  # noqa: E402
from prongsai.organisation.models import Unit  # noqa: E402
from prongsai.publication.actions import publish  # noqa: E402
from prongsai.screening.actions import screen  # noqa: E402
from tests.attacks.approved import endorse  # noqa: E402

UNIT, PUBLIC = "construction", 2
TITLE = "งานควบคุมการก่อสร้าง เรื่องที่"


def written(place: int, at: datetime) -> Disclosure:
    by = holder(f"officer-{UNIT}", at=at)
    work = start(kind="news", unit=Unit.objects.get(code=UNIT), by=by, at=at)
    content = Content(
        kind="news",
        section="news",
        unit=UNIT,
        title=f"{TITLE} {place}",
        summary="แจ้งประชาชน",
        body="<p>รายละเอียด</p>",
    )
    save(disclosure=work, content=content, base_sequence=1, by=by, at=at)
    work.refresh_from_db()
    return work


def published(place: int, at: datetime) -> str:
    work, by = written(place, at), holder(f"officer-{UNIT}", at=at)
    screen(disclosure=work, by=by, at=at)
    work.refresh_from_db()
    sent = submit(disclosure=work, action="published", by=by, at=at)
    endorse(sent)
    return publish(submission_ref=sent.ref, at=datetime.now(UTC)).number


def main(count: int) -> None:
    at = datetime.now(UTC)
    numbers = [published(place, at) for place in range(PUBLIC)]
    with transaction.atomic():
        for place in range(PUBLIC, count):
            written(place, at)
    sys.stdout.write(json.dumps(numbers))


if __name__ == "__main__":
    main(int(sys.argv[1]))
