"""Pictures that stand in an office document: redrawn from their pixels alone, or given way to a black one."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from django.utils.translation import gettext as _
from PIL import Image

from prongsai.files import images, rules
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.seeing.embedded import picture_names

_TYPES = {".png": rules.PNG, ".jpg": rules.JPEG, ".jpeg": rules.JPEG}
# Whatever the frame is, the black fills it.
_BLACK = (64, 64)


def covered_names(archive: ZipFile, numbers: Sequence[int]) -> Mapping[str, str]:
    """The entries of the pictures of these numbers (from 1), and of the same bytes elsewhere, with their new names."""
    names = picture_names(archive)
    wanted = [names[number - 1] for number in numbers if 1 <= number <= len(names)]
    hashes = {_hash(archive, name) for name in wanted}
    return {
        name: f"{PurePosixPath(name).parent}/covered{place}.png"
        for place, name in enumerate(names, start=1)
        if name in wanted or _hash(archive, name) in hashes
    }


def _hash(archive: ZipFile, name: str) -> bytes:
    return hashlib.sha256(archive.read(name)).digest()


def left_pictures(path: Path, target: Path, numbers: Sequence[int]) -> Iterator[str]:
    """The entries of the result that hold the bytes of a covered picture."""
    with ZipFile(path) as before, ZipFile(target) as after:
        gone = {_hash(before, name) for name in covered_names(before, numbers)}
        yield from (name for name in after.namelist() if _hash(after, name) in gone)


def black_picture() -> bytes:
    made = BytesIO()
    Image.new("L", _BLACK, 0).save(made, "PNG")
    return made.getvalue()


def redrawn(picture: bytes, name: str) -> bytes:
    """The pixels alone: a photograph may tell where it was taken. Raises `CannotRedact`."""
    media_type = _TYPES.get(PurePosixPath(name).suffix.lower())
    if media_type is None:
        raise CannotRedact(
            _(
                "ปกปิดในเอกสารนี้โดยตรงไม่ได้ เพราะมีภาพชนิดที่ตรวจข้างในไม่ได้ "
                "โปรดเลือกปิดทับภาพนั้นด้วย หรือบันทึกเป็น PDF แล้วปกปิดใน PDF"
            )
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "picture"
        path.write_bytes(picture)
        images.redraw(path, media_type)
        return path.read_bytes()
