import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "script" / "fonts"
STYLES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "script").mkdir()
    shutil.copy(SCRIPT, tmp_path / "script" / "fonts")
    return tmp_path


def run(checkout: Path) -> subprocess.CompletedProcess[str]:
    script = checkout / "script" / "fonts"
    return subprocess.run([sys.executable, script], capture_output=True, text=True)


def test_fonts_and_their_licence_are_copied_from_the_package(checkout: Path) -> None:
    package = checkout / "frontend" / "node_modules" / "@expo-google-fonts" / "sarabun"
    for style in STYLES:
        (package / style).mkdir(parents=True)
        (package / style / f"Sarabun_{style}.ttf").write_text(style, "utf-8")
    (package / "LICENSE_FONT").write_text("OFL", "utf-8")

    assert run(checkout).returncode == 0

    copied = {path.name for path in (checkout / "build" / "fonts").iterdir()}
    assert copied == {"LICENSE_FONT", *(f"Sarabun_{style}.ttf" for style in STYLES)}


def test_a_missing_package_says_what_to_run_first(checkout: Path) -> None:
    finished = run(checkout)

    assert finished.returncode == 1
    assert "run script/frontend first" in finished.stderr
    assert not (checkout / "build").exists()
