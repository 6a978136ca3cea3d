"""Cells of a CSV file as a spreadsheet may safely read them."""

# A cell that begins so is run as a formula by spreadsheets, in full-width letters by some of Asia; the mark before it
# keeps it a text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
TEXT_MARK = "'"
# Before the first heading: without it, spreadsheets on Thai Windows read UTF-8 as windows-874.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def harmless(text: str) -> str:
    """For a spreadsheet that reads a CSV: never a formula."""
    return f"{TEXT_MARK}{text}" if text.startswith(FORMULA_STARTS) else text
