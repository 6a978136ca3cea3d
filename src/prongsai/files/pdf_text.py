"""The text layer of PDF pages, with Thai vowels and tones where the reader expects them.

PDFium reads any font, but where marks carry an `ActualText` (all that Typst and Chromium write, and much
of Word) it repeats or splits clusters: measured 2 to 19 % of characters wrong on Thai pages. Those pages are
read here in the order in which they were written; PDFium reads the others.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

import pikepdf
from pikepdf import Matrix

from prongsai.files.pdf_fonts import Font, Glyph, GlyphNames, NoText, read_font
from prongsai.thai.lost_marks import LOST, mend_lost_marks

# In letter sizes: a wider gap is a space, a larger step across is a new line.
_GAP, _LINE = 0.25, 0.45
_DEEPEST_FORM = 8
# In usual steps from a line to the next one.
_APART, _FEWEST_STEPS = 1.3, 4
_MARKS = re.compile(f"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f{LOST}]+")
_PLAIN_MATRIX = Matrix()


@dataclass
class _State:
    """The part of the graphics state that moves text."""

    ctm: Matrix = _PLAIN_MATRIX
    font: Font | None = None
    size: float = 0.0
    character_gap: float = 0.0
    word_gap: float = 0.0
    leading: float = 0.0
    stretch: float = 1.0

    def copy(self) -> "_State":
        return _State(**vars(self))


@dataclass
class _Span:
    """Marked content with a replacement text, which is written once, at its first glyph."""

    text: str | None
    is_written: bool = False


@dataclass
class _Pen:
    """Where the last glyph ended: along the line, across it, and the size of the letter."""

    along: float = 0.0
    across: float = 0.0
    em: float = 0.0

    def further(self, by: float) -> "_Pen":
        return _Pen(self.along + by, self.across, self.em)


@dataclass
class _Walker:
    state: _State = field(default_factory=_State)
    saved: list[_State] = field(default_factory=list)
    text_matrix: Matrix = _PLAIN_MATRIX
    line_matrix: Matrix = _PLAIN_MATRIX
    spans: list[_Span] = field(default_factory=list)
    said: str = ""
    said_by: int = -1
    pen: _Pen | None = None
    pieces: list[str] = field(default_factory=list)
    # Of pieces that begin lines: which, and how far down the page from the line before.
    steps: list[tuple[int, float]] = field(default_factory=list)
    fonts: dict[object, Font] = field(default_factory=dict)
    resources: list[pikepdf.Object] = field(default_factory=list)
    names: GlyphNames = field(default_factory=GlyphNames)

    def walk(self, content: pikepdf.Object, resources: pikepdf.Object) -> None:
        # A form may draw itself.
        if len(self.resources) >= _DEEPEST_FORM:
            raise NoText
        self.resources.append(resources)
        for instruction in pikepdf.parse_content_stream(content):
            step = _STEPS.get(str(instruction.operator))
            if step is not None:
                step(self, list(instruction.operands))
        self.resources.pop()

    def move_line(self, x: float, y: float) -> None:
        self.line_matrix = Matrix(1, 0, 0, 1, x, y) @ self.line_matrix
        self.text_matrix = self.line_matrix

    def advance(self, by: float) -> None:
        self.text_matrix = Matrix(1, 0, 0, 1, by, 0) @ self.text_matrix

    def show(self, raw: bytes) -> None:
        state = self.state
        if state.font is None:
            raise NoText
        start, unit = self._place()
        moved = 0.0
        for glyph in state.font.glyphs(raw):
            begin = moved
            moved += glyph.width * state.size * state.stretch
            self._write(
                self._replaced(glyph), start.further(begin * unit), start.further(moved * unit)
            )
            # Word spacing widens spaces only (ISO 32000-1, 9.3.3).
            gap = state.character_gap + (state.word_gap if glyph.text == " " else 0)
            moved += gap * state.stretch
        self.advance(moved)

    def _replaced(self, glyph: Glyph) -> str:
        """The glyph's own text, or that of the span around it when it is the span's first."""
        span = next((span for span in self.spans if span.text is not None), None)
        if span is None:
            return self._said_once(glyph.text, glyph.code)
        if span.is_written:
            return ""
        span.is_written = True
        return self._said_once(span.text or "", glyph.code)

    def _said_once(self, text: str, code: int) -> str:
        """Typst says a whole cluster again over each of its marks that stands a little higher."""
        if len(text) > 1 and text == self.said and code != self.said_by:
            return ""
        if text:
            self.said, self.said_by = text, code
        return text

    def _place(self) -> tuple[_Pen, float]:
        """Where the next glyph begins, and how long one unit of text space is there."""
        a, b, _, _, x, y = (self.text_matrix @ self.state.ctm).shorthand
        scale = math.hypot(a, b) or 1.0
        along = (x * a + y * b) / scale
        across = (y * a - x * b) / scale
        return _Pen(along, across, abs(self.state.size) * scale), scale

    def _write(self, text: str, start: _Pen, end: _Pen) -> None:
        stands_alone = bool(text) and not _MARKS.fullmatch(text)
        if text:
            self._add(text, _between(self.pen, start) if stands_alone else "", start)
        if self.pen is None or (stands_alone and _is_new_line(self.pen, start)):
            self.pen = end
        else:
            # Marks step back over their consonant and off the line: the pen goes only forward.
            self.pen.along = max(self.pen.along, end.along)

    def _add(self, text: str, gap: str, start: _Pen) -> None:
        if gap == "\n" and self.pen:
            self.steps.append((len(self.pieces), self.pen.across - start.across))
        is_spaced = gap == " " and (text == " " or self.pieces[-1].endswith(" "))
        self.pieces.append(text if is_spaced else gap + text)


def _is_new_line(before: _Pen, after: _Pen) -> bool:
    em = max(before.em, after.em)
    return abs(after.across - before.across) > _LINE * em or after.along < before.along - 2 * em


def _between(before: _Pen | None, after: _Pen) -> str:
    if before is None:
        return ""
    if _is_new_line(before, after):
        return "\n"
    return " " if after.along - before.along > _GAP * after.em else ""


_Operands = Sequence[pikepdf.Object]


def _begin_text(walker: _Walker, operands: _Operands) -> None:
    walker.text_matrix = walker.line_matrix = Matrix()


def _set_matrix(walker: _Walker, operands: _Operands) -> None:
    walker.text_matrix = walker.line_matrix = Matrix(*(float(number) for number in operands))


def _transform(walker: _Walker, operands: _Operands) -> None:
    walker.state.ctm = Matrix(*(float(number) for number in operands)) @ walker.state.ctm


def _save(walker: _Walker, operands: _Operands) -> None:
    walker.saved.append(walker.state.copy())


def _restore(walker: _Walker, operands: _Operands) -> None:
    if walker.saved:
        walker.state = walker.saved.pop()


def _set_font(walker: _Walker, operands: _Operands) -> None:
    name, size = operands
    font = walker.resources[-1].Font[str(name)]
    key = font.objgen if font.is_indirect else id(font)
    if key not in walker.fonts:
        walker.fonts[key] = walker.names.named(read_font(font))
    walker.state.font = walker.fonts[key]
    walker.state.size = float(size)


def _next_line(walker: _Walker, operands: _Operands) -> None:
    walker.move_line(0, -walker.state.leading)


def _move(walker: _Walker, operands: _Operands) -> None:
    walker.move_line(float(operands[0]), float(operands[1]))


def _move_with_leading(walker: _Walker, operands: _Operands) -> None:
    # TD is `-ty TL tx ty Td` (ISO 32000-1, table 108).
    walker.state.leading = -float(operands[1])
    _move(walker, operands)


def _show(walker: _Walker, operands: _Operands) -> None:
    walker.show(bytes(operands[-1]))


def _show_on_next_line(walker: _Walker, operands: _Operands) -> None:
    _next_line(walker, operands)
    _show(walker, operands)


def _show_spaced(walker: _Walker, operands: _Operands) -> None:
    for part in operands[0]:
        if isinstance(part, pikepdf.String):
            walker.show(bytes(part))
        else:
            # Thousandths of the font size, and a positive one goes back (ISO 32000-1, 9.4.3).
            walker.advance(-float(part) / 1000 * walker.state.size * walker.state.stretch)


def _begin_span(walker: _Walker, operands: _Operands) -> None:
    found: pikepdf.Object | None = operands[-1] if len(operands) > 1 else None
    if isinstance(found, pikepdf.Name):
        named = walker.resources[-1].get("/Properties")
        found = named.get(str(found)) if isinstance(named, pikepdf.Dictionary) else None
    text = found.get("/ActualText") if isinstance(found, pikepdf.Dictionary) else None
    walker.spans.append(_Span(None if text is None else str(text)))


def _end_span(walker: _Walker, operands: _Operands) -> None:
    if walker.spans:
        walker.spans.pop()


def _draw_form(walker: _Walker, operands: _Operands) -> None:
    form = walker.resources[-1].XObject[str(operands[0])]
    if str(form.get("/Subtype", "")) != "/Form":
        return
    _save(walker, operands)
    if "/Matrix" in form:
        _transform(walker, list(form.Matrix))
    walker.walk(form, form.get("/Resources", walker.resources[-1]))
    _restore(walker, operands)


def _setter(name: str, scale: float = 1.0) -> Callable[[_Walker, _Operands], None]:
    def change(walker: _Walker, operands: _Operands) -> None:
        setattr(walker.state, name, float(operands[0]) * scale)

    return change


_STEPS: dict[str, Callable[[_Walker, _Operands], None]] = {
    "BT": _begin_text,
    "Tm": _set_matrix,
    "cm": _transform,
    "q": _save,
    "Q": _restore,
    "Tf": _set_font,
    "T*": _next_line,
    "Td": _move,
    "TD": _move_with_leading,
    "Tj": _show,
    "TJ": _show_spaced,
    "'": _show_on_next_line,
    '"': _show_on_next_line,
    "BMC": _begin_span,
    "BDC": _begin_span,
    "EMC": _end_span,
    "Do": _draw_form,
    "Tc": _setter("character_gap"),
    "Tw": _setter("word_gap"),
    "TL": _setter("leading"),
    "Tz": _setter("stretch", 0.01),
}


def written_text(page: pikepdf.Page) -> str:
    """The page's text in the order of writing. Raises `NoText` when a font does not tell its letters."""
    return _walked(page, GlyphNames())


def text_with_lost_marks(page: pikepdf.Page) -> tuple[str, bool]:
    """The same where fonts leave marks without letters, and whether it is sure what those are. Raises `NoText`."""
    names = GlyphNames(is_lossy=True)
    return mend_lost_marks(_walked(page, names), names.said, names.lost)


def _walked(page: pikepdf.Page, names: GlyphNames) -> str:
    walker = _Walker(names=names)
    walker.walk(page.obj, page.resources)
    for place in _wide_steps(walker.steps):
        walker.pieces[place] = "\n" + walker.pieces[place]
    return "".join(walker.pieces)


def _wide_steps(steps: Sequence[tuple[int, float]]) -> list[int]:
    """Where paragraphs, titles and the foot of the page stand apart: nothing else in the text tells it."""
    down = [step for _place, step in steps if step > 0]
    if len(down) < _FEWEST_STEPS:
        return []
    usual = median(down)
    return [place for place, step in steps if step > _APART * usual]
