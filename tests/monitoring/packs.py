"""Signed lists of duties: the list of 2569 as if it were that of the year after it."""

from importlib.resources import files

from prongsai.record.notes import Signer

ISSUER = Signer.generate("province.example")
LIST = files("prongsai.obligations").joinpath("data/ita-oit-2569.toml").read_text("utf-8")
NEXT = LIST.replace("ita-oit-2569", "ita-oit-2570").replace(
    "assessment_year = 2569", "assessment_year = 2570"
)


def pack(text: str = NEXT, *, signer: Signer = ISSUER) -> bytes:
    return signer.sign(text).encode()


def edition(number: int, text: str = NEXT) -> str:
    return text.replace("assessment_year", f"edition = {number}\nassessment_year", 1)
