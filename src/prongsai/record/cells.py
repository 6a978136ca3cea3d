"""Cells of a CSV file as a spreadsheet may safely read them."""

# A cell that begins so is run as a formula by spreadsheets; the mark before it keeps it a text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
TEXT_MARK = "'"
# Before the first heading: without it, spreadsheets on Thai Windows read UTF-8 as windows-874.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def harmless(text: str) -> str:
    """For a spreadsheet that reads a CSV: never a formula."""
    return f"{TEXT_MARK}{text}" if text.startswith(FORMULA_STARTS) else text
