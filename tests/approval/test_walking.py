"""How a submission walks: alternates, posts that decide early, vacant posts, and remands to a named step."""

import pytest

from prongsai.approval.chains import Step
from prongsai.approval.states import Passing, Verdict
from prongsai.approval.walking import (
    Said,
    Turn,
    could_speak,
    effective,
    is_step_complete,
    passed_steps,
    place_of,
    seats_now,
    turn,
)

HEAD, DIRECTOR, CLERK = Step(("head",)), Step(("director",)), Step(("clerk",))
MAYOR = Step(("mayor", "deputy-mayor"), alternates=(("mayor", "deputy-mayor"),), pulls_up=True)
LINE = (HEAD, DIRECTOR, CLERK, MAYOR)
UP = {"head": ("director", "clerk"), "director": ("clerk", "mayor")}
SOFT = (
    *(Step((post,), stand_ins=((post, above),)) for post, above in UP.items()),
    CLERK,
)


def said(*words: tuple[int, str, str]) -> list[Said]:
    """(step, post, verdict) in order, each by a person of their own."""
    return [Said(n, step, post, n, verdict) for n, (step, post, verdict) in enumerate(words)]


def pulled(step: int, post: str, from_step: int) -> Said:
    return Said(90, step, post, 90, Verdict.ENDORSE, Passing.PULLED_UP, from_step)


E = Verdict.ENDORSE


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ([], 0),
        ([(0, "head", E)], 1),
        ([(0, "head", E), (1, "director", E), (2, "clerk", E)], 3),
        ([(0, "head", E), (1, "director", E), (2, "clerk", E), (3, "deputy-mayor", E)], 4),
        ([(0, "head", E), (1, "director", Verdict.REMAND_ONE_STEP)], 0),
        ([(0, "head", E), (1, "director", Verdict.REMAND_TO_START)], 0),
        # Said by somebody who is not of the step: it fills no seat.
        ([(0, "director", E)], 0),
    ],
)
def test_where_it_stands_follows_from_what_was_said(
    words: list[tuple[int, str, str]], place: int
) -> None:
    assert place_of(LINE, said(*words)) == place


def test_a_remand_to_a_named_step_asks_from_there_anew() -> None:
    words = said((0, "head", E), (1, "director", E), (2, "clerk", E))
    back = Said(9, 3, "mayor", 9, Verdict.REMAND_TO_STEP, to_step=1)
    assert place_of(LINE, [*words, back]) == 1
    assert [each.post for each in effective([*words, back])] == ["head"]


def test_a_post_that_pulls_up_passes_over_the_steps_between() -> None:
    words = [*said((0, "head", E)), pulled(3, "mayor", 1)]
    assert passed_steps(words) == {1, 2}
    assert place_of(LINE, words) == 4


def test_a_remand_of_whoever_pulled_up_asks_the_passed_steps_again() -> None:
    line = (HEAD, DIRECTOR, Step(("clerk",), pulls_up=True), Step(("mayor",)))
    words = [pulled(2, "clerk", 0)]
    assert place_of(line, words) == 3
    back = Said(91, 3, "mayor", 91, Verdict.REMAND_ONE_STEP)
    assert place_of(line, [*words, back]) == 0


def test_a_post_and_its_alternate_fill_one_seat() -> None:
    both = Step(("a", "b", "c"), quorum=2, alternates=(("b", "c"),))
    assert both.seats == ("a", "b")
    assert not is_step_complete(both, 0, said((0, "b", E), (0, "c", E)))
    assert is_step_complete(both, 0, said((0, "a", E), (0, "c", E)))


EVERYBODY = {"head", "director", "clerk", "mayor", "deputy-mayor"}


@pytest.mark.parametrize(
    ("steps", "at_step", "post", "held", "found"),
    [
        (LINE, 0, "head", EVERYBODY, Turn(0)),
        (LINE, 0, "director", EVERYBODY, None),
        (LINE, 1, "head", EVERYBODY, None),
        (LINE, 0, "mayor", EVERYBODY, Turn(3, passing=Passing.PULLED_UP)),
        (LINE, 0, "deputy-mayor", EVERYBODY, Turn(3, passing=Passing.PULLED_UP)),
        (LINE, 3, "deputy-mayor", EVERYBODY, Turn(3)),
        # The head's post is vacant: the director, who is asked next anyway, speaks once, as director.
        (SOFT, 0, "director", EVERYBODY - {"head"}, Turn(1, passing=Passing.VACANT)),
        (SOFT, 0, "clerk", EVERYBODY - {"head"}, None),
        (SOFT, 0, "clerk", EVERYBODY - {"head", "director"}, Turn(2, passing=Passing.VACANT)),
        # The mayor is on no step of this line, and steps in for the director alone.
        (SOFT, 1, "mayor", EVERYBODY - {"director", "clerk"}, Turn(1, for_post="director")),
        (SOFT, 1, "mayor", EVERYBODY, None),
        (SOFT, 0, "mayor", EVERYBODY - {"head"}, None),
    ],
)
def test_who_may_speak_and_as_what(
    steps: tuple[Step, ...], at_step: int, post: str, held: set[str], found: Turn | None
) -> None:
    assert turn(steps, at_step, post, held.__contains__) == found


def test_a_door_opens_for_whoever_could_speak_on_some_day() -> None:
    assert could_speak(LINE, 0) == {"head", "mayor", "deputy-mayor"}
    assert could_speak(SOFT, 0) == {"head", "director", "clerk"}


def test_seats_name_who_can_fill_them_today() -> None:
    assert seats_now(SOFT, 1, {"mayor"}.__contains__) == {"director": {"director", "mayor"}}
    assert seats_now(LINE, 3, set().__contains__) == {"mayor": {"mayor", "deputy-mayor"}}


@pytest.mark.parametrize("step", [HEAD, MAYOR, *SOFT, Step(("a",), days=3)])
def test_a_step_comes_back_from_json_as_it_was(step: Step) -> None:
    assert Step.from_json(step.to_json()) == step
