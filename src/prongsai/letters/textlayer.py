"""Keeps the spaces between Thai words in a letter's text layer.

Typst says what a consonant with marks reads by an ActualText span. A space between two such spans is
a text object of its own, which has no ink; pdfium (Chromium's viewer, and our own reader of files)
drops objects without ink, and two words run together. Each such space is taken into the span before.
"""

import re
from io import BytesIO

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator, Page, String

# One line of the map from codes to letters: on the next line <0020> would be a code.
_SPACE_GLYPH = re.compile(rb"^<([0-9A-Fa-f]{4})>[ \t]*<0020>[ \t]*\r?$", re.MULTILINE)
_BEGIN, _END = Operator("BDC"), Operator("EMC")
_FONT = Operator("Tf")
_STATE = (Operator("Tr"), _FONT, Operator("Tm"))
_SHOW = (Operator("Tj"), Operator("TJ"))

Instruction = ContentStreamInstruction


def keep_spaces(pdf: bytes) -> bytes:
    """The same pages and the same structure; the same input gives the same bytes."""
    mended = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_mended(page))
        document.save(mended, deterministic_id=True)
    return mended.getvalue()


def _mended(page: Page) -> bytes:
    spaces = _space_glyphs(page)
    instructions = [Instruction(i.operands, i.operator) for i in pikepdf.parse_content_stream(page)]
    span: Instruction | None = None
    for position, instruction in enumerate(list(instructions)):
        if instruction.operator == _BEGIN and _is_spoken(instruction):
            span = instruction
        elif instruction.operator == _END and span is not None:
            _take_space(instructions, position, span, spaces)
            span = None
    return pikepdf.unparse_content_stream(instructions)


def _is_spoken(instruction: Instruction) -> bool:
    properties = instruction.operands[1]
    return isinstance(properties, Dictionary) and Name.ActualText in properties


def _take_space(
    instructions: list[Instruction], end: int, span: Instruction, spaces: set[tuple[str, bytes]]
) -> None:
    """Moves the end of the span behind the lone space after it, if there is one."""
    following = end + 1
    font = ""
    while instructions[following].operator in _STATE:
        if instructions[following].operator == _FONT:
            font = str(instructions[following].operands[0])
        following += 1
    if (font, _shown(instructions[following])) in spaces:
        properties = span.operands[1]
        properties.ActualText = String(f"{properties.ActualText} ")
        instructions.insert(following, instructions.pop(end))


def _shown(instruction: Instruction) -> bytes:
    """The glyph codes of a text object; empty for any other instruction."""
    if instruction.operator not in _SHOW:
        return b""
    first = instruction.operands[0]
    pieces = first if isinstance(first, Array) else [first]
    return b"".join(bytes(piece) for piece in pieces if isinstance(piece, String))


def _space_glyphs(page: Page) -> set[tuple[str, bytes]]:
    """Font name in this page, and the code of the space in it."""
    fonts = page.resources.get("/Font", Dictionary())
    found = (
        (name, _SPACE_GLYPH.search(font.ToUnicode.read_bytes())) for name, font in fonts.items()
    )
    return {(name, bytes.fromhex(match[1].decode())) for name, match in found if match}
