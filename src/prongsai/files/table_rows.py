"""How large a table may be whose rows somebody asks for, and why there may be none."""

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 40_000
# Of all cells: a workbook may hold a long text once and show it in every cell.
MOST_TEXT = 50_000_000
NO_TABLE, NO_SHEET, TOO_LONG, BROKEN_CSV = "no_table", "no_sheet", "too_long", "broken_csv"
HIDDEN = "hidden"
Cells = list[str]


class UnreadableTable(Exception):
    """Why there are no rows: one of the words above."""
