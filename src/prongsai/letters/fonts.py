"""Where the letters' typeface lies. Fonts are not in the repository: `script/fonts` brings them."""

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "PRONGSAI_FONTS"
REGULAR = "Sarabun_400Regular.ttf"

_BUILT = Path(__file__).resolve().parents[3] / "build" / "fonts"


class MissingFonts(RuntimeError):
    """Says where the fonts were sought and which command brings them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"Letters cannot be set: {folder / REGULAR} does not exist. "
            f"Run script/setup, or name the fonts' folder in {ENVIRONMENT_VARIABLE}."
        )


def font_directory() -> Path:
    """The folder with Sarabun; raises `MissingFonts`."""
    folder = Path(os.environ.get(ENVIRONMENT_VARIABLE) or _BUILT)
    if not (folder / REGULAR).is_file():
        raise MissingFonts(folder)
    return folder
