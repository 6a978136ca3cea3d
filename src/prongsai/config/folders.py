"""Where things lie on disk, and the secrets that are made there on the first run.

`PRONGSAI_DATA` names the data folder (default `./var`). Below it `office/` is private to the office and
the worker, `record/` and `notices/` are all that the portal may read (the worker writes the one, the office the
other), `secrets/` is read by the process that needs it.
"""

import os
import secrets
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("PRONGSAI_DATA", REPOSITORY / "var")).resolve()
OFFICE = DATA / "office"
RECORD = DATA / "record"
CASES = DATA / "cases"
NOTICES = DATA / "notices"
SECRETS = DATA / "secrets"
# The trail of acts as files, beside the database that holds it too.
TRAIL = DATA / "trail"
# Uploads lie here while they come in, and files while they are looked at; the worker clears up what was left.
INCOMING = OFFICE / "files" / "incoming"
BUILD = REPOSITORY / "build"


def make_folders() -> None:
    """Create the data folders; everything in them is for this system user only."""
    private = (OFFICE, RECORD, CASES, NOTICES, SECRETS, TRAIL, INCOMING.parent, INCOMING)
    for folder in (DATA, *private):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def secret(name: str) -> str:
    """The secret of that name (64 hexadecimal digits), made with mode 0600 when it is not there."""
    make_folders()
    path = SECRETS / name
    if not path.exists():
        _write_new(path, secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()


def _write_new(path: Path, text: str) -> None:
    """Write a file that no other process has made first, whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
