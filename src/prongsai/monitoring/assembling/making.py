"""One pack in one act: every address is opened, every page pictured, and the three files are made of the same rows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from PIL import Image

from prongsai.letters.documents import Picture
from prongsai.monitoring.assembling.camera import Camera, CannotPicture
from prongsai.monitoring.packing import PackRow, pack_csv, pack_pdf, pack_xlsx
from prongsai.monitoring.probing import Visit, visits
from prongsai.thai.dates import format_datetime

FORMS = ("pdf", "xlsx", "csv")
# Of pages one after the other that gave no picture: then it is the browser that does not work.
MOST_FAILURES = 3
# A list of 43 items with a few papers each; the others are in the table with their addresses.
MOST_PICTURES = 200
_QUALITY = 80
CHECKING, PICTURING, SETTING = "checking", "picturing", "setting"


class Stopped(Exception):
    """Somebody called it off, or the worker stops."""


@dataclass(frozen=True)
class Order:
    """What is to be made, in plain values. `origin` is the portal's."""

    name: str
    heading: str
    body: str
    made_on: date
    origin: str
    rows: Sequence[PackRow]


@dataclass(frozen=True)
class Step:
    """How far it is: which of its three parts, and how many of how many."""

    name: str
    done: int
    of: int


@dataclass(frozen=True)
class Outcome:
    """`troubles` are visits that were not well; of `pages` there should be pictures, and there are so many."""

    troubles: tuple[Visit, ...]
    pages: int
    pictures: int


Tell = Callable[[Step], None]
Clock = Callable[[], datetime]


def make(order: Order, camera: Camera | None, target: Path, *, tell: Tell, clock: Clock) -> Outcome:
    """Writes the target whole or not at all. `tell` raises `Stopped`. Raises `CannotSet`, `OSError`."""
    visited = list(_checked(order, tell))
    troubles = tuple(each for each in visited if not each.is_well)
    pages = {path for row in order.rows for path in row.paths}
    there = [each.path for each in visited if each.status == 200]
    paths = [path for path in there if path in pages][:MOST_PICTURES]
    pictures = tuple(_pictured(order.origin, paths, camera, tell, clock)) if camera else ()
    tell(Step(SETTING, 0, 1))
    draft = target.with_suffix(".draft")
    try:
        _write(draft, order, troubles, pictures)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return Outcome(troubles, len(paths), len(pictures))


def _checked(order: Order, tell: Tell) -> Iterator[Visit]:
    paths = list(dict.fromkeys(path for row in order.rows for path in row.opened))
    for done, visit in enumerate(visits(order.origin, paths), start=1):
        tell(Step(CHECKING, done, len(paths)))
        yield visit


def _pictured(
    origin: str, paths: Sequence[str], camera: Camera, tell: Tell, clock: Clock
) -> Iterator[Picture]:
    failures = 0
    with camera.looking_at(origin):
        for done, path in enumerate(paths, start=1):
            tell(Step(PICTURING, done, len(paths)))
            at = clock()
            with suppress(CannotPicture, OSError):
                picture = _picture(camera.picture(path), f"{origin}{path}", at)
                failures = -1
                yield picture
            failures += 1
            if failures >= MOST_FAILURES:
                return


def _picture(png: bytes, address: str, at: datetime) -> Picture:
    """As small as it can be read. Raises `OSError` for what is no picture."""
    kept = BytesIO()
    with Image.open(BytesIO(png)) as taken:
        taken.convert("RGB").save(kept, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(kept.getvalue(), address, f"ภาพหน้าเว็บเมื่อ {format_datetime(at)}")


def _write(
    path: Path, order: Order, troubles: Sequence[Visit], pictures: tuple[Picture, ...]
) -> None:
    pdf = pack_pdf(
        order.rows,
        origin=order.origin,
        heading=order.heading,
        body=order.body,
        made_on=order.made_on,
        troubles=len(troubles),
        pictures=pictures,
    )
    made = {
        "pdf": pdf,
        "xlsx": pack_xlsx(order.rows, origin=order.origin),
        "csv": pack_csv(order.rows, origin=order.origin),
    }
    with ZipFile(path, "w", ZIP_STORED) as target:
        path.chmod(0o600)
        for form in FORMS:
            target.writestr(f"{order.name}.{form}", made[form])
