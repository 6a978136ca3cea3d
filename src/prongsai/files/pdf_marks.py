"""What a PDF tells programs that read aloud: whether it is tagged, what it is called, in which language it is."""

from dataclasses import dataclass
from pathlib import Path

import pikepdf


@dataclass(frozen=True)
class PdfMarks:
    """As ISO 14289-1 (PDF/UA) asks for: 7.1 tags and title, 7.2 language."""

    is_tagged: bool
    has_title: bool
    has_language: bool


def pdf_marks(path: Path) -> PdfMarks:
    """Raises what pikepdf raises of a file that is none."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        marked = root.get("/MarkInfo", pikepdf.Dictionary())
        return PdfMarks(
            is_tagged="/StructTreeRoot" in root and bool(marked.get("/Marked", False)),
            has_title=_has_title(pdf),
            has_language=bool(str(root.get("/Lang", "")).strip()),
        )


def _has_title(pdf: pikepdf.Pdf) -> bool:
    if str(pdf.docinfo.get("/Title", "")).strip():
        return True
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return bool(str(metadata.get("dc:title") or "").strip())
