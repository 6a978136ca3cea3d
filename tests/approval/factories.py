"""A small municipality with a full line of approvers, and submissions at every point of their way."""

from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from prongsai.approval import actions
from prongsai.approval.chains import read_chains
from prongsai.approval.models import Submission
from prongsai.approval.queries.chains import known
from prongsai.approval.states import Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.screening.actions import screen
from tests.databases import Remembered
from tests.disclosures import factories as disclosures
from tests.factories import NOW, actor, post, unit

LINE = ("head", "director", "deputy-clerk", "clerk", "mayor")


def chart() -> None:
    """City, division `academic` and its section `plan`, posts from officer to mayor, and the chains."""
    city = unit("city", level=UnitLevel.MUNICIPALITY)
    division = unit("academic", parent=city, name_th="กองวิชาการ")
    section = unit("plan", level=UnitLevel.SECTION, parent=division, name_th="ฝ่ายแผน")
    post("officer", unit=section, rank=7, roles=[RoleCode.OFFICER], title_th="เจ้าหน้าที่")
    post("head", unit=section, rank=5, roles=[RoleCode.APPROVER], title_th="หัวหน้าฝ่าย")
    post("director", unit=division, rank=4, roles=[RoleCode.APPROVER], title_th="ผู้อำนวยการกอง")
    post("deputy-clerk", unit=city, rank=3, roles=[RoleCode.APPROVER], title_th="รองปลัด")
    post("clerk", unit=city, rank=2, roles=[RoleCode.APPROVER], title_th="ปลัด")
    post("mayor", unit=city, rank=1, roles=[RoleCode.APPROVER], title_th="นายก")
    load()


def load() -> None:
    text = files("prongsai.approval").joinpath("data/chains.toml").read_text("utf-8")
    chains = read_chains(text, name="chains.toml", known=known())
    actions.load_chains(chains=chains, by=Actor.system("test"), at=NOW)


def _line() -> dict[str, Actor]:
    chart()
    return {code: actor(code) for code in ("officer", *LINE)}


# The chart with one person in each post, by post code. Hundreds of tests begin with it.
line = Remembered(_line)


def draft(by: Actor, kind: str = "news", **changes: Any) -> Disclosure:
    """A complete disclosure of the section, written by this officer."""
    return disclosures.disclosure(kind, by=by, **changes)


def submitted(people: dict[str, Actor], *, kind: str = "news", **wishes: Any) -> Submission:
    """A first publication on its way; `wishes` go to `submit`."""
    by = people["officer"]
    disclosure = wishes.pop("disclosure", None) or draft(by, kind)
    wishes = {"action": "published", "at": NOW} | wishes
    screen(disclosure=disclosure, by=by, at=NOW)
    return actions.submit(disclosure=disclosure, by=by, **wishes)


def endorse(submission: Submission, by: Actor, *, at: datetime = NOW) -> None:
    """By somebody who has the present page open."""
    actions.decide(
        submission=submission,
        verdict=Verdict.ENDORSE,
        content_hash_seen=submission.content_hash,
        by=by,
        at=at,
    )


def approved(people: dict[str, Actor], **wishes: Any) -> Submission:
    """Endorsed by every post of its chain, one minute apart."""
    submission = submitted(people, **wishes)
    for minute, step in enumerate(submission.steps, start=1):
        endorse(submission, people[step["posts"][0]], at=NOW + timedelta(minutes=minute))
    return submission
