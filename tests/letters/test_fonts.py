from pathlib import Path

import pytest

from prongsai.letters.fonts import ENVIRONMENT_VARIABLE, REGULAR, MissingFonts, font_directory


def test_the_fonts_lie_where_set_up_put_them() -> None:
    assert (font_directory() / REGULAR).is_file()


def test_a_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / REGULAR).touch()
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))

    assert font_directory() == tmp_path


def test_missing_fonts_say_which_command_brings_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))

    with pytest.raises(MissingFonts, match="script/setup") as missing:
        font_directory()

    assert missing.value.folder == tmp_path
