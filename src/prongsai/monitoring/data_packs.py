"""Lists of duties that somebody else wrote and signed: opened, and laid where every process reads lists."""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.monitoring.models import Adoption, DataPack
from prongsai.obligations.catalogue import Sheet, read_sheet
from prongsai.obligations.queries import look_again, shelf_refusal
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.organisation.rows import BadFile
from prongsai.record.notes import BadNote, Verifier

# The longest list of ours has 52 kB.
LONGEST_PACK = 1_048_576


class Unfit(TextChoices):
    """Why a pack is not taken."""

    TOO_LONG = "too_long", _("ไฟล์ใหญ่เกิน 1 MB ชุดข้อมูลรายการเป็นไฟล์ข้อความ โปรดเลือกไฟล์ใหม่")
    NOT_TEXT = (
        "not_text",
        _("ไฟล์ไม่ใช่ข้อความ UTF-8 โปรดใช้ไฟล์ที่ได้จากผู้ออกชุดข้อมูลโดยไม่เปิดแก้"),
    )
    NO_KEYS = (
        "no_keys",
        _("ยังไม่ได้ตั้งกุญแจของผู้ออกชุดข้อมูลที่เชื่อถือ โปรดแจ้งผู้ดูแลระบบให้ตั้ง PRONGSAI_PACK_KEYS แล้วลองใหม่"),
    )
    NOT_SIGNED = (
        "not_signed",
        _(
            "ลายเซ็นของไฟล์ไม่ตรงกับกุญแจที่เชื่อถือ ไฟล์อาจถูกแก้หรือมาจากผู้อื่น โปรดขอไฟล์ใหม่จากผู้ออกชุดข้อมูล ({detail})"
        ),
    )
    BAD_LIST = "bad_list", _("อ่านรายการในไฟล์ไม่ได้ โปรดแจ้งผู้ออกชุดข้อมูล: {detail}")
    NO_DUTIES = "no_duties", _("ไฟล์ไม่มีข้อที่ต้องเผยแพร่เลย โปรดแจ้งผู้ออกชุดข้อมูล")
    CANNOT_STAND = "cannot_stand", _("ยังใช้รายการนี้ไม่ได้: {detail}")
    NO_REASON = "no_reason", _("ยังไม่ได้บอกเหตุผลที่กลับไปใช้รายการก่อน โปรดเขียนเหตุผลแล้วลองใหม่")
    STANDS_ALREADY = "stands_already", _("รายการนี้ใช้อยู่แล้ว ไม่ต้องทำอะไร")


class CannotAdopt(CannotAct):
    """The list that held before holds."""


@dataclass(frozen=True)
class Opened:
    """A pack whose signature fits: who signed it, its text (TOML), and what that says."""

    signer: str
    text: str
    sheet: Sheet


def opened(raw: bytes) -> Opened:
    """Raises `CannotAdopt` for what no trusted key signed, and for what is no list."""
    note = _text(raw)
    signer, text = _signed(note, [Verifier.parse(key) for key in settings.PACK_KEYS])
    sheet = _sheet(text)
    if not sheet.obligations:
        raise CannotAdopt([Blocker(Unfit.NO_DUTIES)])
    return Opened(signer, text, sheet)


def text_of(pack: DataPack) -> str:
    """Its list (TOML); the signature was checked when it came in."""
    return pack.note.rpartition("\n\n")[0] + "\n"


def sheet_of(pack: DataPack) -> Sheet:
    return read_sheet(file_name(pack.instrument_key), text_of(pack))


def file_name(instrument_key: str) -> str:
    """Under which an adopted list lies in the folder of the municipality's own lists."""
    return f"pack-{instrument_key}.toml"


def refuse_unfit(sheet: Sheet) -> None:
    """Raises `CannotAdopt` for what would not stand beside the other lists."""
    why = shelf_refusal(file_name(sheet.instrument.key), sheet)
    if why:
        raise CannotAdopt([Blocker(Unfit.CANNOT_STAND, why)])


def adopted() -> dict[str, DataPack | None]:
    """By instrument, the newest decision; None where one went back to the list that the system brings."""
    rows = Adoption.objects.select_related("pack").order_by("pk")
    return {row.instrument_key: row.pack for row in rows}


def lay_out() -> int:
    """Make the folder say what was decided; answers how many files it changed. Raises OSError.

    Safe to be done at any time by any process: a file is replaced whole or not at all.
    """
    wanted = unlaid()
    for path, text in wanted.items():
        _lay(path, text)
    if wanted:
        look_again()
    return len(wanted)


def unlaid() -> dict[Path, bytes | None]:
    """Files of the folder that do not say what was decided, and what they should say; None for one that should be gone.

    Raises OSError.
    """
    folder = Path(settings.OBLIGATIONS_FOLDER)
    texts = {
        folder / file_name(key): text_of(pack).encode() if pack else None
        for key, pack in adopted().items()
    }
    return {
        path: text
        for path, text in texts.items()
        if text != (path.read_bytes() if path.exists() else None)
    }


def _lay(path: Path, text: bytes | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        draft.write_bytes(text)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _text(raw: bytes) -> str:
    if len(raw) > LONGEST_PACK:
        raise CannotAdopt([Blocker(Unfit.TOO_LONG)])
    try:
        # Programs that open and save a file on the way change the ends of its lines, and put a mark before it.
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CannotAdopt([Blocker(Unfit.NOT_TEXT)]) from error
    # Behind the signed text anything may stand; of this sign PostgreSQL keeps none.
    if "\0" in text:
        raise CannotAdopt([Blocker(Unfit.NOT_TEXT)])
    return text


def _signed(note: str, trusted: Iterable[Verifier]) -> tuple[str, str]:
    """Name of the first trusted key that signed the note, and the signed text."""
    why: list[str] = []
    for verifier in trusted:
        try:
            return verifier.name, verifier.open(note, longest=LONGEST_PACK)
        except BadNote as error:
            why.append(str(error))
    if not why:
        raise CannotAdopt([Blocker(Unfit.NO_KEYS)])
    raise CannotAdopt([Blocker(Unfit.NOT_SIGNED, " ".join(dict.fromkeys(why)))])


def _sheet(text: str) -> Sheet:
    try:
        return read_sheet("ชุดข้อมูล", text)
    except BadFile as error:
        raise CannotAdopt([Blocker(Unfit.BAD_LIST, str(error))]) from error
