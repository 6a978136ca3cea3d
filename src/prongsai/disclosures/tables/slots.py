"""Where the files lie that the office makes of a table. Nobody else puts anything there, or takes it away."""

from collections.abc import Mapping
from typing import Any

XLSX_SLOT, CSV_SLOT, PDF_SLOT = "table-xlsx", "table-csv", "table-pdf"
# What is printed of a body; a body that is changed loses it.
BODY_SLOT = "body-pdf"
BODY_TWIN = (BODY_SLOT, "เนื้อหาสำหรับพิมพ์ (PDF)", "The text for print (PDF)")
# slot, Thai and English label
TWIN_SLOTS = (
    (PDF_SLOT, "ตารางสำหรับพิมพ์ (PDF)", "The table for print (PDF)"),
    (XLSX_SLOT, "ตารางสำหรับคำนวณ (XLSX)", "The table as a spreadsheet (XLSX)"),
    (CSV_SLOT, "ตารางสำหรับเครื่องอ่าน (CSV)", "The table for programs (CSV)"),
)
MADE_SLOTS = frozenset(slot for slot, _th, _en in TWIN_SLOTS)


def lacks_files(content_json: Mapping[str, Any]) -> bool:
    """Whether there is a table of which the worker has not made the files yet."""
    slots = {file["slot"] for file in content_json.get("files", ())}
    return bool(content_json.get("table")) and not slots >= MADE_SLOTS
