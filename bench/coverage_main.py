"""A throw-away record whose items answer the duties of a year, and the time that looking at them takes."""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django must be set up first
from django.db import connections, transaction  # noqa: E402 -- as above

from prongsai.monitoring.actions import look  # noqa: E402 -- as above
from prongsai.obligations.queries import obligations  # noqa: E402 -- as above
from prongsai.record import inspection  # noqa: E402 -- as above
from prongsai.record.actions import append  # noqa: E402 -- as above
from prongsai.record.models import Binding, Edition, Item  # noqa: E402 -- as above
from prongsai.record.triggers import RECORD, gate_open  # noqa: E402 -- as above
from tests.record.factories import content  # noqa: E402 -- as above

YEAR, DUTIES, CHUNK = 2569, 43, 5_000
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
MONTHS = ("ตุลาคม 2568", "พฤศจิกายน 2568", "ธันวาคม 2568", "มกราคม 2569", "กุมภาพันธ์ 2569")
BODY = (
    "<p>เทศบาลดำเนินการตามแผนงานประจำปีงบประมาณ 2569 ใช้งบประมาณรวม 1,250,000 บาท และพบปัญหาอุปสรรคบางประการ</p>"
    * 8
)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench/coverage", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(words)
    call_command("migrate", verbosity=0)
    call_command("migrate", "record", database="record", verbosity=0)
    keys = [each.key for each in obligations(year=YEAR)][:DUTIES]
    _fill(arguments.items, keys)
    report = {
        "items": arguments.items,
        "duties": len(keys),
        "everything_s": _timed(lambda: look(at=AT)),
        "one_publication_s": _one_publication(keys[0]),
        "nothing_new_s": _timed(lambda: look(at=AT)),
        "index_documents": sum(len(each.documents) for each in inspection.folders()),
        "index_s": _timed(inspection.folders),
        "index_folder_s": _timed(lambda: inspection.folder("9-3")),
        "index_csv_s": _timed(_index_csv),
    }
    shown = (
        json.dumps(report) if arguments.json else "\n".join(f"{k}: {v}" for k, v in report.items())
    )
    sys.stdout.write(f"{shown}\n")
    return 0


def _timed(act: Callable[[], Any]) -> float:
    begun = time.monotonic()
    act()
    return round(time.monotonic() - begun, 3)


def _one_publication(key: str) -> float:
    """From the record's head having moved to the observation being kept."""
    document = content(obligations=[key], fiscal_year=YEAR, title=f"ฉบับใหม่ {YEAR}", body=BODY)
    append(action="published", number=None, document=document, key="bench", at=AT)
    return _timed(lambda: look(at=AT))


def _index_csv() -> str:
    return inspection.index_csv(inspection.folders(), origin="https://bench", made_on=AT.date())


def _fill(count: int, keys: list[str]) -> None:
    """Past the log, which is not looked at: a hundred thousand signatures would take longer than the bench."""
    with transaction.atomic(using=RECORD), gate_open(connections[RECORD]):
        for first in range(0, count, CHUNK):
            rows = list(_rows(range(first, min(first + CHUNK, count)), keys))
            Edition.objects.bulk_create(edition for edition, _item, _binding in rows)
            Item.objects.bulk_create(item for _edition, item, _binding in rows)
            Binding.objects.bulk_create(binding for _edition, _item, binding in rows)


def _rows(numbers: range, keys: list[str]) -> Iterator[tuple[Edition, Item, Binding]]:
    for place in numbers:
        number, key = f"2569-{place:06}", keys[place % len(keys)]
        title = f"รายงานเรื่องที่ {place} ปี {YEAR}"
        document = content(
            title=title, body=BODY, obligations=[key], fiscal_year=YEAR, period=MONTHS[place % 5]
        )
        canonical = json.dumps(document, ensure_ascii=False)
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        item = Item(
            number=number, state="current", version=1, edition_hash=hashed, seq=0, kind="information",
            top_section="basic", section="basic", unit_code="clerk", unit_name_th="สำนักปลัด", title=title,
            fiscal_year=YEAR, first_published_at=AT, updated_at=AT, major_updated_at=AT,
        )  # fmt: skip
        yield (
            Edition(hash=hashed, number=number, canonical=canonical),
            item,
            Binding(number=number, obligation_key=key),
        )
