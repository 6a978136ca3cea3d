"""Where Tesseract's trained data lie. They are not in the repository: `script/ocr-data` brings them."""

import os
from pathlib import Path

ENVIRONMENT_VARIABLE = "PRONGSAI_TESSDATA"
THAI, ENGLISH = "tha", "eng"

_BUILT = Path(__file__).resolve().parents[4] / "build" / "tessdata"


class MissingTrainedData(RuntimeError):
    """Says where the data were sought and which command brings them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(
            f"Pages cannot be read by machine: {file} does not exist. "
            f"Run script/setup, or name the data's folder in {ENVIRONMENT_VARIABLE}."
        )


def trained_directory() -> Path:
    """The folder with what Tesseract knows of Thai and English; raises `MissingTrainedData`."""
    folder = Path(os.environ.get(ENVIRONMENT_VARIABLE) or _BUILT)
    for language in (THAI, ENGLISH):
        file = folder / f"{language}.traineddata"
        if not file.is_file():
            raise MissingTrainedData(file)
    return folder
