"""The lists of duties that hold here: where each comes from, and what a received one would change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.monitoring.data_packs import adopted, sheet_of
from prongsai.monitoring.models import Adoption, DataPack
from prongsai.obligations.catalogue import Instrument
from prongsai.obligations.queries import instruments, obligations, ours

# What an issuer changed in a duty, as staff call it.
FIELD_WORDS: dict[str, Promise] = {
    "topic": _("หัวเรื่อง"),
    "also_topics": _("หัวเรื่อง"),
    "indicator": _("ตัวชี้วัดย่อย"),
    "clause": _("เลขข้อ"),
    "clause_en": _("เลขข้อ"),
    "label_th": _("ชื่อข้อ"),
    "label_en": _("ชื่อข้อ"),
    "demand_th": _("สิ่งที่ต้องแสดง"),
    "seed_clause": _("ข้อของประกาศ"),
    "period": _("รอบเวลา"),
    "part": _("รอบเวลา"),
    "year_offset": _("ปีที่ถาม"),
    "sections": _("หมวด"),
    "source": _("แหล่งที่มา"),
    "confidence": _("ความมั่นใจในถ้อยคำ"),
    "owner": _("ตำแหน่งที่รับผิดชอบ"),
    "due": _("กำหนดเวลา"),
    "formats": _("ชนิดไฟล์"),
    "checks": _("สิ่งที่ระบบตรวจ"),
    "review_days": _("รอบทบทวน"),
    "components": _("องค์ประกอบ"),
}


@dataclass(frozen=True)
class Standing:
    """One list that holds. `pack` is None for one of the system's or of a file that somebody laid in the folder."""

    instrument: Instrument
    duties: int
    pack: DataPack | None
    is_ours: bool


def standing_lists() -> list[Standing]:
    """Yearly lists first, the newest at the top."""
    packs = adopted()
    known = {sheet.instrument for sheet in ours()}
    counts: dict[str, int] = {}
    for each in obligations():
        counts[each.instrument.key] = counts.get(each.instrument.key, 0) + 1
    rows = [
        Standing(one, counts[one.key], packs.get(one.key), one in known) for one in instruments()
    ]
    return sorted(rows, key=lambda row: -(row.instrument.assessment_year or 0))


@dataclass(frozen=True)
class Waiting:
    """A list that was received, by the name that its issuer gave it."""

    pack: DataPack
    instrument: Instrument


def waiting_packs() -> list[Waiting]:
    """Received and not adopted, or of a list that was given up again; the newest first.

    Earlier ones of a list that holds stand on its own page.
    """
    holding = Q(instrument_key__in=[one.key for one in instruments()])
    packs = DataPack.objects.exclude(holding & Q(adoptions__isnull=False)).order_by("-pk")
    return [Waiting(pack, sheet_of(pack).instrument) for pack in packs.distinct()]


def our_lists() -> frozenset[str]:
    """Keys of what comes with the system."""
    return frozenset(sheet.instrument.key for sheet in ours())


def decisions(instrument_key: str) -> list[Adoption]:
    """The newest first."""
    rows = Adoption.objects.filter(instrument_key=instrument_key)
    return list(rows.select_related("pack", "adopted_by").order_by("-pk"))


def choices(instrument_key: str) -> list[DataPack]:
    """Every pack of the instrument, the newest first."""
    return list(DataPack.objects.filter(instrument_key=instrument_key).order_by("-edition", "-pk"))


def in_words(fields: Iterable[str]) -> str:
    """Each thing that changed once."""
    return ", ".join(dict.fromkeys(str(FIELD_WORDS[name]) for name in fields))
