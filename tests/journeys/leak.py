"""Run as a program over a prepared data folder: a leaked list in three versions, and two twins with its file.

Prints the addresses that carry them, as JSON.
"""

import io
import json
import sys
from datetime import UTC, datetime

import django

django.setup()

from prongsai.approval.actions import submit  # noqa: E402 -- Django must be set up first
from prongsai.approval.states import SubmissionState  # noqa: E402
from prongsai.disclosures.actions import attach, begin_correction, save, start  # noqa: E402
from prongsai.disclosures.content import Content  # noqa: E402
from prongsai.disclosures.models import Disclosure  # noqa: E402
from prongsai.files.actions import receive  # noqa: E402
from prongsai.organisation.actors import Actor  # noqa: E402
from prongsai.organisation.models import Person  # noqa: E402
from prongsai.organisation.queries import actor_for, posts_held  # noqa: E402
from prongsai.publication.actions import publish  # noqa: E402
from prongsai.publication.recalls.addresses import carried_at  # noqa: E402
from prongsai.screening.actions import screen  # noqa: E402
from tests.journeys.signing import endorse  # noqa: E402

WORDS = "บัญชีรายชื่อที่ไม่ควรเผยแพร่เลขชุดกระต่ายหมายจันทร์"


def now() -> datetime:
    return datetime.now(UTC)


def officer() -> Actor:
    person = Person.objects.get(username="officer")
    today = now().date()
    code = next(
        one.post.code for one in posts_held(person, today) if one.post.roles.filter(code="officer")
    )
    return actor_for(person, post_code=code, on=today)


def written(by: Actor, title: str) -> Disclosure:
    unit = Person.objects.get(pk=by.person_id).appointments.first().post.unit  # type: ignore[union-attr]  # they hold one
    work = start(kind="news", unit=unit, by=by, at=now())
    work.refresh_from_db()
    stored = receive(upload=uploaded(), by=by, at=now())
    attach(disclosure=work, file=stored, slot="main", by=by, at=now())
    retitle(work, by, title)
    return work


def uploaded() -> io.BytesIO:
    stream = io.BytesIO(WORDS.encode())
    stream.name = "บัญชี.txt"
    return stream


def retitle(work: Disclosure, by: Actor, title: str) -> None:
    work.refresh_from_db()
    latest = work.latest
    assert latest is not None
    wanted = Content.from_json(
        {**latest.content, "title": title, "summary": WORDS, "section": "news"}
    )
    save(disclosure=work, content=wanted, base_sequence=latest.sequence, by=by, at=now())


def published(work: Disclosure, by: Actor, action: str) -> None:
    screen(disclosure=work, by=by, at=now())
    work.refresh_from_db()
    sent = submit(disclosure=work, action=action, change_note="แก้ชื่อ", by=by, at=now())
    while sent.state == SubmissionState.UNDER_WAY:
        endorse(sent)
    publish(submission_ref=sent.ref, at=now())
    work.refresh_from_db()


def main() -> None:
    by = officer()
    works = [written(by, f"{WORDS} ฉบับ {n}") for n in range(3)]
    for work in works:
        published(work, by, "published")
    for version in (2, 3):
        begin_correction(disclosure=works[0], by=by, at=now())
        retitle(works[0], by, f"{WORDS} แก้ครั้งที่ {version}")
        published(works[0], by, "corrected")
    addresses = {each.address for work in works for each in carried_at(work.number)}
    found = {
        "words": WORDS,
        "numbers": [work.number for work in works],
        "addresses": sorted(address for address in addresses if "?q=" not in address),
    }
    sys.stdout.write(json.dumps(found))


main()
