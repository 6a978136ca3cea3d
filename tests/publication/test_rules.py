"""The gate's decision, as a table: one sound case, and every way to spoil it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.publication.rules import (
    Blocker,
    Case,
    Endorsement,
    FileFact,
    Reason,
    Step,
    publication_blockers,
)
from prongsai.publication.texts import SENTENCES

HEAD = Endorsement(step=0, post_code="head", person_id=2, content_hash="a")
DIRECTOR = Endorsement(step=1, post_code="director", person_id=3, content_hash="a")
FILE = FileFact(name="ประกาศ.pdf", promised="f", actual="f", is_clean=True)
SOUND = Case(
    is_approved=True,
    approved_hash="a",
    current_hash="a",
    steps=(Step(frozenset({"head"}), 1), Step(frozenset({"director"}), 1)),
    endorsements=(HEAD, DIRECTOR),
    contributors=frozenset({1}),
    screening_reasons=(),
    unspeakable_texts=(),
    missing_fields=(),
    files=(FILE,),
    is_due=True,
)


def test_a_sound_case_passes() -> None:
    assert publication_blockers(SOUND) == []


@pytest.mark.parametrize(
    ("spoiled", "reasons"),
    [
        ({"is_approved": False}, [Reason(Blocker.NOT_APPROVED)]),
        ({"is_due": False}, [Reason(Blocker.TOO_EARLY)]),
        ({"current_hash": "b"}, [Reason(Blocker.CONTENT_CHANGED)]),
        ({"endorsements": (HEAD,)}, [Reason(Blocker.STEP_INCOMPLETE, "2")]),
        (
            {"endorsements": (HEAD, replace(DIRECTOR, post_code="clerk"))},
            [Reason(Blocker.STEP_INCOMPLETE, "2")],
        ),
        (
            {"endorsements": (HEAD, replace(DIRECTOR, step=0))},
            [Reason(Blocker.STEP_INCOMPLETE, "2")],
        ),
        ({"steps": (), "endorsements": ()}, [Reason(Blocker.STEP_INCOMPLETE, "1")]),
        (
            {"endorsements": (HEAD, replace(DIRECTOR, content_hash="b"))},
            [Reason(Blocker.DECISIONS_ON_OTHER_CONTENT)],
        ),
        ({"contributors": frozenset({1, 3})}, [Reason(Blocker.APPROVER_CONTRIBUTED)]),
        (
            {"endorsements": (HEAD, replace(DIRECTOR, person_id=2))},
            [Reason(Blocker.PERSON_DECIDED_TWICE)],
        ),
        ({"screening_reasons": ("x",)}, [Reason(Blocker.OPEN_FINDINGS, "x")]),
        ({"unspeakable_texts": ("ล",)}, [Reason(Blocker.TEXT_UNSPEAKABLE, "ล")]),
        ({"missing_fields": ("y",)}, [Reason(Blocker.FIELDS_MISSING, "y")]),
        ({"files": (replace(FILE, actual=None),)}, [Reason(Blocker.FILE_MISSING, FILE.name)]),
        ({"files": (replace(FILE, actual="g"),)}, [Reason(Blocker.FILE_CHANGED, FILE.name)]),
        ({"files": (replace(FILE, is_clean=False),)}, [Reason(Blocker.FILE_NOT_CLEAN, FILE.name)]),
        (
            {"files": (replace(FILE, is_text_vouched=False),)},
            [Reason(Blocker.TEXT_NOT_VOUCHED, FILE.name)],
        ),
    ],
)
def test_each_spoiled_fact_is_its_own_reason(
    spoiled: dict[str, Any], reasons: list[Reason]
) -> None:
    assert publication_blockers(replace(SOUND, **spoiled)) == reasons


def test_all_reasons_are_given_at_once() -> None:
    case = replace(SOUND, is_approved=False, current_hash="b", missing_fields=("y",))

    assert [reason.blocker for reason in publication_blockers(case)] == [
        Blocker.NOT_APPROVED,
        Blocker.CONTENT_CHANGED,
        Blocker.FIELDS_MISSING,
    ]


def test_a_quorum_counts_posts_not_decisions() -> None:
    both = Step(frozenset({"head", "director"}), 2)
    again = replace(HEAD, person_id=9)

    reasons = publication_blockers(replace(SOUND, steps=(both,), endorsements=(HEAD, again)))

    assert reasons == [Reason(Blocker.STEP_INCOMPLETE, "1")]


@given(
    st.builds(
        replace,
        st.just(SOUND),
        contributors=st.frozensets(st.integers(1, 4)),
        current_hash=st.sampled_from("ab"),
        endorsements=st.lists(
            st.builds(
                Endorsement,
                step=st.integers(0, 1),
                post_code=st.sampled_from(["head", "director"]),
                person_id=st.integers(1, 4),
                content_hash=st.sampled_from("ab"),
            ),
            max_size=4,
        ).map(tuple),
    )
)
def test_whatever_passes_was_approved_as_it_is_by_people_who_did_not_write_it(case: Case) -> None:
    if publication_blockers(case):
        return
    people = {each.person_id for each in case.endorsements}
    assert case.current_hash == case.approved_hash
    assert not people & case.contributors
    assert len(people) == len(case.endorsements) >= len(case.steps)


def test_each_blocker_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Blocker)
