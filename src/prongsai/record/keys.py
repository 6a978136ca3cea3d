"""The log's signing key: made once, kept by the worker, known to all by its public half."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from prongsai.record.notes import Signer


class CannotSign(Exception):
    """The signing key is lost or belongs to another log."""


def log_signer() -> Signer:
    """The signer of this log; the first call makes its key (mode 0600). Raises CannotSign."""
    path, public, origin = _places()
    # Asked in this order, so that another process that makes both meanwhile is not taken for a loss.
    has_log = public.exists()
    if not path.exists():
        if has_log:
            raise CannotSign(
                f"The log's signing key {path} is missing, but the log has one. Bring the file back from the"
                " backup; with a new key nobody could follow the log any more."
            )
        _write_once(path, Signer.generate(origin).secret_text(), mode=0o600)
    signer = Signer.parse(path.read_text(encoding="utf-8"))
    if signer.name != origin:
        raise CannotSign(
            f"The signing key is of the log {signer.name}, the settings name {origin}. Set log_origin back:"
            " a log keeps its name for ever."
        )
    if not has_log:
        _write_once(public, f"{signer.verifier}\n", mode=0o644)
    return signer


def log_key() -> str:
    """The public key as clients read it (a vkey); empty before the first append."""
    public = Path(settings.LOG_VKEY_PATH)
    return public.read_text(encoding="utf-8").strip() if public.exists() else ""


def _places() -> tuple[Path, Path, str]:
    origin = settings.MUNICIPALITY["log_origin"]
    return Path(settings.LOG_KEY_PATH), Path(settings.LOG_VKEY_PATH), origin


def _write_once(path: Path, text: str, *, mode: int) -> None:
    """Write a file whole or not at all; whoever comes second leaves the first one's file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    # Unlike a rename, a link never replaces what another process has written first.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
