import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from prongsai.obligations.states import Confidence
from prongsai.organisation.rows import BadFile
from prongsai.publication.papers.phrases import phrase, use_own_texts

OURS = tomllib.loads(
    files("prongsai.publication").joinpath("data/paper_texts.toml").read_text("utf-8")
)["texts"]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "paper_texts.toml"
    use_own_texts(tmp_path / "none.toml")


def write(path: Path, key: str, text: str) -> None:
    path.write_text(f'[[texts]]\nkey = "{key}"\ntext = "{text}"\n', "utf-8")


def test_every_text_says_where_it_comes_from() -> None:
    assert [row["key"] for row in OURS if not row["source"]] == []
    assert {row["confidence"] for row in OURS} <= set(Confidence.values)


def test_a_text_is_filled_with_its_words() -> None:
    assert phrase("certificate.met", minimum=15) == "ระยะเวลาที่เผยแพร่ครบตามที่กำหนดไว้ไม่น้อยกว่า 15 วัน"


def test_the_municipality_says_it_in_its_own_words(own: Path) -> None:
    write(own, "endorsement.final", "อนุมัติ")

    use_own_texts(own)

    assert phrase("endorsement.final") == "อนุมัติ"
    assert phrase("endorsement.forward").startswith("เพื่อโปรดพิจารณา")


def test_without_a_file_of_its_own_the_words_are_ours(own: Path) -> None:
    use_own_texts(own)

    assert phrase("endorsement.final") == "อนุญาตตามที่เสนอ"


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("endorsement.fnal", "อนุมัติ", "ไม่รู้จัก “endorsement.fnal”"),
        ("endorsement.final", "อนุมัติ {title}", "ใช้ {title} ไม่ได้ ใช้ได้คือ ไม่มี"),
        ("certificate.met", "{minimum.real}", "ใช้ {minimum.real} ไม่ได้ ใช้ได้คือ {minimum}"),
        ("certificate.met", "{minimum:>999999}", "ไม่ได้"),
        ("certificate.met", "{0}", "ใช้ {0} ไม่ได้"),
        ("certificate.met", "ครบ {minimum วัน", "วงเล็บปีกกาไม่ครบคู่"),
    ],
)
def test_a_text_that_could_not_be_filled_is_refused(
    own: Path, key: str, text: str, why: str
) -> None:
    write(own, key, text)

    with pytest.raises(BadFile, match=r"paper_texts\.toml") as refused:
        use_own_texts(own)

    assert why in str(refused.value)
