"""Vectors: the examples of Go's sumdb/note and of c2sp.org/signed-note."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.record.notes import BadNote, SignedHead, Signer, Verifier, open_checkpoint

NEUMANN = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
NEUMANN_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo"
    " Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SIGNER = Signer("tangjai.example/log", bytes(range(32)))
OTHER = Signer("tangjai.example/log", bytes(range(1, 33)))
STRANGER = Signer("stranger.example", bytes(range(32)))
HEAD = SignedHead("tangjai.example/log", 3, bytes(32))


def test_the_note_of_the_go_library_is_signed_to_the_byte() -> None:
    signer = Signer.parse(NEUMANN)

    assert signer.sign(NEUMANN_TEXT) == f"{NEUMANN_TEXT}\n— PeterNeumann {NEUMANN_SIGNATURE}\n"
    assert signer.secret_text() == NEUMANN


def test_the_note_of_the_specification_opens_with_its_key() -> None:
    verifier = Verifier.parse(C2SP_KEY)

    assert verifier.open(C2SP_NOTE) == "This is an example message.\n"
    assert str(verifier) == C2SP_KEY


def test_a_new_key_signs_what_its_public_half_opens() -> None:
    signer = Signer.generate("tangjai.example/log")
    verifier = Verifier.parse(str(signer.verifier))

    assert open_checkpoint(signer.sign(HEAD.text()), verifier) == HEAD
    assert Signer.parse(signer.secret_text()).verifier == signer.verifier


@given(st.binary(min_size=1, max_size=80))
def test_no_change_of_a_signed_text_goes_unnoticed(change: bytes) -> None:
    text = base64.b64encode(change).decode() + "\n"
    note = SIGNER.sign(HEAD.text()).replace(HEAD.text(), text)

    with pytest.raises(BadNote):
        SIGNER.verifier.open(note)


def test_signatures_of_others_are_passed_over() -> None:
    own = SIGNER.sign(HEAD.text())
    text, _, signature = own.partition("\n\n")
    other_name = STRANGER.sign(HEAD.text()).partition("\n\n")[2]
    other_key = OTHER.sign(HEAD.text()).partition("\n\n")[2]

    note = f"{text}\n\nnot a signature\n{other_name}{other_key}{signature}"

    assert SIGNER.verifier.open(note) == HEAD.text()


def test_a_note_that_only_others_signed_is_refused() -> None:
    with pytest.raises(BadNote, match="not signed by tangjai"):
        SIGNER.verifier.open(STRANGER.sign(HEAD.text()))


def test_the_same_name_with_another_key_is_refused() -> None:
    with pytest.raises(BadNote, match="not signed by"):
        SIGNER.verifier.open(OTHER.sign(HEAD.text()))


def test_a_signature_of_another_text_under_the_right_key_is_refused() -> None:
    borrowed = SIGNER.sign("another text\n").partition("\n\n")[2]

    with pytest.raises(BadNote, match="does not fit"):
        SIGNER.verifier.open(f"{HEAD.text()}\n{borrowed}")


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("", id="nothing"),
        pytest.param("text without signature\n", id="no empty line"),
        pytest.param("x\n\n— tangjai.example/log !!!\n", id="not base64"),
        pytest.param("x\n\n— tangjai.example/log กขค\n", id="not ASCII"),
        pytest.param("x\n\n— tangjai.example/log\n", id="no signature"),
        pytest.param("x" * 70_000 + "\n\n— a b\n", id="far too long"),
    ],
)
def test_what_is_no_note_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        SIGNER.verifier.open(note)


@pytest.mark.parametrize(
    "vkey",
    [
        pytest.param("", id="nothing"),
        pytest.param("example.com/foo", id="only a name"),
        pytest.param(C2SP_KEY.replace("530d903a", "530d903b"), id="a wrong id"),
        pytest.param(C2SP_KEY.replace("example", "exemple"), id="another name"),
        pytest.param(
            "foo+530d903a+AjJ5GubnqECkYWTJBHhkJtXngh3YspoA1hyucq/dTaQ=", id="another kind"
        ),
        pytest.param("foo+00000000+AQ==", id="too short"),
        pytest.param("foo+00000000+!", id="not base64"),
    ],
)
def test_what_is_no_key_is_refused(vkey: str) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(vkey)


def test_a_private_key_whose_id_is_not_its_own_is_refused() -> None:
    with pytest.raises(BadNote, match="short id"):
        Signer.parse(NEUMANN.replace("c74f20a3", "c74f20a4"))


@pytest.mark.parametrize("name", ["", "two words", "with+plus", "line\nbreak", "no\u00a0break"])
def test_a_name_that_would_break_a_note_is_refused(name: str) -> None:
    with pytest.raises(BadNote, match="name"):
        Signer(name, bytes(32))


def test_a_checkpoint_has_three_lines_and_may_have_more() -> None:
    assert HEAD.text() == f"tangjai.example/log\n3\n{'A' * 43}=\n"
    assert SignedHead.parse(f"{HEAD.text()}an extension\n") == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\n01\nAA==\n",
        "a\n-1\nAA==\n",
        "a\n1e3\nAA==\n",
        f"a\n{'9' * 19}\nAA==\n",
        "a\n1\n?\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        SignedHead.parse(text)


def test_a_checkpoint_of_another_log_is_refused_even_when_it_is_signed() -> None:
    note = SIGNER.sign(SignedHead("another.example/log", 3, bytes(32)).text())

    with pytest.raises(BadNote, match=r"of the log another\.example/log"):
        open_checkpoint(note, SIGNER.verifier)
