import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.record.canonical import NotCanonical, canonical_json, is_canonical

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_the_example_of_the_rfc_is_written_as_the_rfc_writes_it() -> None:
    # RFC 8785, section 3.2.2 and 3.2.3.
    document = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '\u20ac$\u000f\u000aA\'B"\\\\"/',
        "literals": [None, True, False],
    }

    assert canonical_json(document) == (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_thai_stays_readable_and_keys_are_sorted() -> None:
    assert canonical_json({"ข": "๒", "ก": "๑"}) == '{"ก":"๑","ข":"๒"}'


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"a": float("nan")}, id="not a number"),
        pytest.param({"a": float("inf")}, id="infinity"),
        pytest.param({"a": 2**53}, id="an integer that JavaScript cannot hold"),
        pytest.param({"a": "\ud800"}, id="half a character"),
        pytest.param({"\udfff": 1}, id="half a character as a key"),
        pytest.param({"a": object()}, id="an object"),
        pytest.param({1: "a"}, id="a key that is no text"),
    ],
)
def test_what_json_cannot_say_the_same_everywhere_is_refused(document: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(document)


@given(VALUES)
def test_canonical_text_says_the_same_and_is_recognised(document: object) -> None:
    text = canonical_json(document)

    assert json.loads(text) == document
    assert is_canonical(text)


@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', '{"b":1,"a":2}', '{"a":1.0}', '{"a":"\\u0e01"}', "{", "", "[" * 100_000],
)
def test_any_other_way_to_write_it_is_not_canonical(text: str) -> None:
    assert not is_canonical(text)
