"""Looks of the cells of a workbook, read and written."""

from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.styles.fills import PatternFill

from prongsai.files.redaction.looks import Look, light

_SIDES = ("left", "right", "top", "bottom")


def excel_look(cell: ExcelCell) -> Look:
    alignment, font = cell.alignment, cell.font
    return Look(
        _lines(cell),
        alignment.horizontal if alignment else None,
        alignment.vertical if alignment else None,
        _ground(cell),
        bool(font and font.b),
        bool(alignment and alignment.wrap_text),
    )


def _lines(cell: ExcelCell) -> tuple[tuple[str, str], ...]:
    sides = [(name, getattr(cell.border, name, None)) for name in _SIDES]
    return tuple((name, side.style) for name, side in sides if side is not None and side.style)


def _ground(cell: ExcelCell) -> str:
    fill = cell.fill
    colour = fill.fgColor if getattr(fill, "fill_type", None) == "solid" else None
    return light(str(colour.rgb)[-6:]) if colour is not None and colour.type == "rgb" else ""


def dress(cell: ExcelCell, look: Look, number_format: str) -> None:
    cell.number_format = number_format
    if look.is_bold:
        cell.font = Font(bold=True)
    if look.horizontal or look.vertical or look.wraps:
        vertical = look.vertical or ("top" if look.wraps else None)
        cell.alignment = Alignment(look.horizontal, vertical, wrap_text=look.wraps)
    if look.lines:
        cell.border = Border(**{name: Side(style) for name, style in look.lines})
    if look.ground:
        cell.fill = PatternFill("solid", fgColor=f"FF{look.ground}")
