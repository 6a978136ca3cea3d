"""What is known of a stored file, and its bytes."""

import hashlib
from io import BufferedReader

from prongsai.files import places
from prongsai.files.models import StoredFile
from prongsai.files.rules import PageText
from prongsai.files.states import FileState


def open_bytes(stored: StoredFile) -> BufferedReader:
    """The private bytes. FileNotFoundError when the file was refused or is gone."""
    if stored.state != FileState.CLEAN:
        raise FileNotFoundError(stored.name)
    return places.open_place(stored.sha256)


def actual_sha256(stored: StoredFile) -> str:
    """The hash of what lies on disk now, which is empty when nothing does."""
    try:
        with open_bytes(stored) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def text_pages(stored: StoredFile) -> list[PageText]:
    """What the file says, page by page (sheet by sheet), as it was read when it came in."""
    return [PageText.from_json(page) for page in stored.text]
