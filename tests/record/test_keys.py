from pathlib import Path
from typing import Any

import pytest

from prongsai.record.keys import CannotSign, log_key, log_signer
from prongsai.record.notes import Signer, Verifier


@pytest.fixture
def places(tmp_path: Path, settings: Any) -> tuple[Path, Path]:
    settings.LOG_KEY_PATH = tmp_path / "secrets" / "log-key"
    settings.LOG_VKEY_PATH = tmp_path / "record" / "log.vkey"
    return settings.LOG_KEY_PATH, settings.LOG_VKEY_PATH


def test_the_first_call_makes_the_key_and_tells_its_public_half(places: tuple[Path, Path]) -> None:
    private, public = places
    assert log_key() == ""

    signer = log_signer()

    assert signer.name == "tangjai.example/log"
    assert Verifier.parse(log_key()) == signer.verifier
    assert private.read_text().startswith("PRIVATE+KEY+")
    assert "PRIVATE" not in public.read_text()


def test_only_the_owner_reads_the_private_key(places: tuple[Path, Path]) -> None:
    log_signer()

    assert places[0].stat().st_mode & 0o777 == 0o600
    assert places[0].parent.stat().st_mode & 0o077 == 0
    assert [each.name for each in places[0].parent.iterdir()] == ["log-key"]


def test_the_key_stays_the_same(places: tuple[Path, Path]) -> None:
    assert log_signer().verifier == log_signer().verifier


def test_a_lost_key_is_not_replaced(places: tuple[Path, Path]) -> None:
    log_signer()
    places[0].unlink()

    with pytest.raises(CannotSign, match="backup"):
        log_signer()
    assert not places[0].exists()


def test_a_lost_public_half_is_written_again(places: tuple[Path, Path]) -> None:
    signer = log_signer()
    places[1].unlink()

    assert log_signer().verifier == signer.verifier
    assert log_key() == str(signer.verifier)


def test_a_log_keeps_its_name(places: tuple[Path, Path], settings: Any) -> None:
    log_signer()
    settings.MUNICIPALITY = {**settings.MUNICIPALITY, "log_origin": "other.example/log"}

    with pytest.raises(CannotSign, match=r"of the log tangjai\.example/log"):
        log_signer()


def test_when_two_make_the_key_at_once_both_use_the_first(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    private, _public = places
    private.parent.mkdir(parents=True)
    first = Signer.generate("tangjai.example/log")
    real = Path.hardlink_to

    def late(self: Path, target: Path) -> None:
        """The other process is faster by a moment."""
        if self == private and not self.exists():
            private.write_text(first.secret_text())
        real(self, target)

    monkeypatch.setattr(Path, "hardlink_to", late)

    assert log_signer().verifier == first.verifier
    assert [each.name for each in private.parent.iterdir()] == ["log-key"]
