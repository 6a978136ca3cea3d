"""Links of published content are asked for, a few at a time, and what came is kept by number, version and place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from prongsai.monitoring.condition.answers import (
    AGAIN_AFTER_NOTHING,
    Answer,
    Standing,
    answered_by_us,
    is_offline,
    standing_after,
)
from prongsai.monitoring.condition.fetching import Asker
from prongsai.monitoring.condition.outline import outline_of
from prongsai.monitoring.condition.states import Flaw, Outcome
from prongsai.monitoring.condition.targets import own_path
from prongsai.monitoring.models import Defect, LinkCheck
from prongsai.publication.recalls.fetching import hear
from prongsai.record.models import Item
from prongsai.record.queries import editions

LINKS_AT_A_TIME = 100
HOSTS_AT_A_TIME, ADDRESSES_OF_A_HOST = 10, 3
MOST_WITNESSES = 2


@dataclass(frozen=True)
class Plan:
    """What is asked for next: by path of our own portal, and by address of others, the links (their keys) that say so.

    `witnesses` opened well lately: when nobody else answers, they tell whether it is we who cannot get out.
    """

    own: Mapping[str, Sequence[int]] = field(default_factory=dict)
    others: Mapping[str, Sequence[int]] = field(default_factory=dict)
    witnesses: Sequence[str] = ()


@dataclass(frozen=True)
class Heard:
    """None for what cannot be concluded now."""

    links: Sequence[int]
    answer: Answer | None


def next_plan(*, at: datetime, asks_others: bool) -> Plan:
    """What is due; empty when nothing is."""
    due = LinkCheck.objects.filter(next_try_at__lte=at).order_by("next_try_at", "pk")
    if not asks_others:
        due = due.filter(is_own=True)
    own: dict[str, list[int]] = {}
    others: dict[str, list[int]] = {}
    for link, address in addresses_of(due[:LINKS_AT_A_TIME]).items():
        path = own_path(address)
        if path is not None:
            own.setdefault(path, []).append(link)
        else:
            others.setdefault(address, []).append(link)
    few = _few_of_each(others)
    return Plan(own, few, _witnesses(few) if few else ())


@transaction.atomic
def leave_others() -> None:
    """Where links to other sites are asked for no more, nothing is said of them either."""
    others = LinkCheck.objects.filter(is_own=False).exclude(outcome="")
    for row in others:
        Defect.objects.filter(**_of_link(row)).delete()
    others.update(outcome="", failures=0, failed_date=None)


def addresses_of(rows: Iterable[LinkCheck]) -> dict[int, str]:
    """By key, read from the editions; what is of none in use is left out."""
    chosen = list(rows)
    items = {
        (each.number, each.version): each.edition_hash
        for each in Item.objects.listed().filter(number__in={row.number for row in chosen})
    }
    documents = editions(items.values())
    outlines = {
        key: outline_of(documents[sha256]) for key, sha256 in items.items() if sha256 in documents
    }
    found = {}
    for row in chosen:
        outline = outlines.get((row.number, row.version))
        if outline is not None and row.place < len(outline.links):
            found[row.pk] = outline.links[row.place].address
    return found


def ask_all(plan: Plan, asker: Asker) -> list[Heard]:
    """Touches no database, and may take minutes."""
    own = zip(plan.own.values(), hear(settings.PORTAL_URL, plan.own), strict=True)
    heard = [Heard(links, answered_by_us(said.status)) for links, said in own]
    answers = _ask_others(plan.others, asker)
    is_out = not is_offline(answers.values()) or _is_out(plan.witnesses, asker)
    for address, links in plan.others.items():
        heard.append(Heard(links, answers[address] if is_out else None))
    return heard


def _ask_others(addresses: Iterable[str], asker: Asker) -> dict[str, Answer]:
    """One after the other. A host that is silent, or asks to be left alone, is asked for nothing more this time."""
    said_of_host: dict[str, Answer] = {}
    answers: dict[str, Answer] = {}
    for address in addresses:
        host = _host(address)
        if host in said_of_host:
            answers[address] = said_of_host[host]
            continue
        asker.pause()
        answer = answers[address] = asker.ask(address)
        if answer.outcome == Outcome.SILENT or answer.wait is not None or answer.status == 429:
            said_of_host[host] = answer
    return answers


def _is_out(witnesses: Iterable[str], asker: Asker) -> bool:
    return any(asker.ask(each).outcome != Outcome.SILENT for each in witnesses)


@transaction.atomic
def keep_answers(*, heard: Iterable[Heard], at: datetime) -> None:
    for each in heard:
        for row in LinkCheck.objects.filter(pk__in=each.links):
            _keep(row, each.answer, at)


def _keep(row: LinkCheck, answer: Answer | None, at: datetime) -> None:
    if answer is None:
        row.next_try_at = at + AGAIN_AFTER_NOTHING
        row.save(update_fields=["next_try_at"])
        return
    before = Standing(row.outcome, row.failures, row.failed_date, row.next_try_at)
    after = standing_after(answer, before, is_own=row.is_own, at=at, on=localdate(at))
    for name, value in vars(after).items():
        setattr(row, name, value)
    row.save()
    if after.is_broken:
        since = {"unit_code": row.unit_code, "at": at}
        Defect.objects.get_or_create(**_of_link(row), defaults=since)
    else:
        Defect.objects.filter(**_of_link(row)).delete()


def _of_link(row: LinkCheck) -> dict[str, Any]:
    edition = {"number": row.number, "version": row.version}
    return edition | {"place": row.place, "flaw": Flaw.LINK_BROKEN}


def _few_of_each(others: Mapping[str, Sequence[int]]) -> dict[str, Sequence[int]]:
    hosts: dict[str, int] = {}
    few = {}
    for address, links in others.items():
        host = _host(address)
        if host not in hosts and len(hosts) >= HOSTS_AT_A_TIME:
            continue
        if hosts.setdefault(host, 0) < ADDRESSES_OF_A_HOST:
            hosts[host] += 1
            few[address] = links
    return few


def _witnesses(few: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    well = LinkCheck.objects.filter(is_own=False, outcome=Outcome.WELL).order_by("-next_try_at")
    asked = {_host(address) for address in few}
    found = dict.fromkeys(addresses_of(well[:LINKS_AT_A_TIME]).values())
    return tuple(each for each in found if _host(each) not in asked)[:MOST_WITNESSES]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
