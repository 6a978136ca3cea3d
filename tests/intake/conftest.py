"""Two officers of different units, and the shelves."""

import pytest

from prongsai.disclosures.actions import load_sections
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from tests.factories import NOW, actor, post, unit


@pytest.fixture
def officer(db: None) -> Actor:
    load_sections(by=Actor.system("test"), at=NOW)
    post("officer", unit=unit("plan", name_th="ฝ่ายแผน"), roles=[RoleCode.OFFICER])
    return actor("officer")


@pytest.fixture
def neighbour(db: None) -> Actor:
    post("neighbour", unit=unit("treasury", name_th="กองคลัง"), roles=[RoleCode.OFFICER])
    return actor("neighbour")
