"""Whether a scan may say that it is PDF/A-2u once its words lie over it: what ISO 19005-2 asks of what it has.

It looks at scans only, pages that show pictures and nothing else. The clauses are named where they are looked at.
"""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name

# 6.1.2: the header is one of PDF 1.
_VERSIONS = ("1.",)
# 6.1.13: the sides of a page, and how deep states are stacked; one more is ours.
_SIDES, _DEPTH = (3, 14_400), 27
_LONGEST_CONTENT = 20_000
# 6.1.7.2, without JPEG 2000, of which 6.2.8.3 asks more than is looked at here.
_FILTERS = frozenset(
    ("/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode")
)
# 6.2.4: what our profile, or its own one, says the colours of.
_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"))
_COLOURS = {1: b"GRAY", 3: b"RGB ", 4: b"CMYK"}
# 6.2.4.2: profiles up to version 4, of a scanner, a screen, a printer or a space.
_LATEST_PROFILE, _PROFILES = 4, frozenset((b"scnr", b"mntr", b"prtr", b"spac"))
# 6.2.6.
_INTENTS = frozenset(
    ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
)
# 6.2.8: of pictures.
_FORBIDDEN = frozenset(("/Alternates", "/OPI", "/F", "/FFilter", "/FDecodeParms"))
# 6.2.2: pictures, paths and their colours; nothing written, and no picture inside the page itself.
_OPERATORS = frozenset(
    (
        *("q", "Q", "cm", "Do", "w", "J", "j", "M", "d", "i", "re", "m", "l", "c", "v", "y", "h"),
        *("W", "W*", "n", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "g", "G", "rg", "RG"),
        *("BMC", "BDC", "EMC", "MP", "DP"),
    )
)
# 6.5.1: where an entry of the outline may lead.
_ACTIONS = frozenset(("/GoTo", "/URI"))


def is_archival_scan(pdf: pikepdf.Pdf) -> bool:
    """Asked before anything is added to it."""
    has_more = "/AcroForm" in pdf.Root or "/OCProperties" in pdf.Root
    return (
        not has_more
        and pdf.pdf_version.startswith(_VERSIONS)
        and all(map(_leads_nowhere, _dictionaries(pdf)))
        and all(map(_is_plain_page, pdf.pages))
    )


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return (one for one in pdf.objects if isinstance(one, Dictionary))


def _leads_nowhere(one: pikepdf.Object) -> bool:
    action = one.get("/A")
    if not isinstance(action, Dictionary):
        return True
    return str(action.get("/S", "")) in _ACTIONS and "/Next" not in action


def _is_plain_page(page: pikepdf.Page) -> bool:
    drawn = page.resources.get("/XObject", Dictionary())
    others = {key for key, value in page.resources.items() if len(value)} - {"/XObject", "/ProcSet"}
    has_notes = len(page.obj.get("/Annots", [])) > 0
    return (
        not others
        and not has_notes
        and _is_of_size(page)
        and _draws_only(page)
        and all(map(_is_plain_picture, drawn.values()))
    )


def _is_of_size(page: pikepdf.Page) -> bool:
    left, low, right, high = (float(edge) for edge in page.mediabox)
    least, most = _SIDES
    return all(least <= abs(side) <= most for side in (right - left, high - low))


def _draws_only(page: pikepdf.Page) -> bool:
    """Whether the page's own instructions show pictures and paths in colours that are told."""
    contents = page.obj.get("/Contents", Array())
    parts = contents if isinstance(contents, Array) else [contents]
    if sum(len(part.read_raw_bytes()) for part in parts) > _LONGEST_CONTENT:
        return False
    depth = deepest = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage) or operator not in _OPERATORS:
            return False
        depth += (operator == "q") - (operator == "Q")
        deepest = max(deepest, depth)
    return deepest <= _DEPTH


def _is_plain_picture(drawn: pikepdf.Object) -> bool:
    masks = _masks(drawn)
    return _is_plain(drawn) and all(_is_plain(mask) and not _masks(mask) for mask in masks)


def _is_plain(drawn: pikepdf.Object) -> bool:
    return (
        str(drawn.get("/Subtype", "")) == "/Image"
        and set(_names(drawn.get("/Filter", Array()))) <= _FILTERS
        and _is_told(drawn.get("/ColorSpace", Name.DeviceGray))
        and not drawn.get("/Interpolate", False)
        and str(drawn.get("/Intent", Name.Perceptual)) in _INTENTS
        and not _FORBIDDEN & set(drawn.keys())
    )


def _names(value: pikepdf.Object) -> list[str]:
    return [str(name) for name in (value if isinstance(value, Array) else [value])]


def _masks(drawn: pikepdf.Object) -> list[pikepdf.Object]:
    masks = [drawn[key] for key in ("/SMask", "/Mask") if key in drawn]
    return [mask for mask in masks if isinstance(mask, pikepdf.Stream)]


def _is_told(space: pikepdf.Object) -> bool:
    """Whether it is known what the numbers of a picture mean as colours."""
    if not isinstance(space, Array):
        return str(space) in _SPACES
    name = str(space[0])
    if name == "/Indexed":
        # What the colours of a palette are made of stands behind its name; no palette is made of a palette.
        base = space[1]
        is_palette = isinstance(base, Array) and str(base[0]) == "/Indexed"
        return not is_palette and _is_told(base)
    return name in _SPACES and (name != "/ICCBased" or _is_profile(space[1]))


def _is_profile(stream: pikepdf.Object) -> bool:
    """Whether the header says what the standard allows (ICC.1:2022, 7.2)."""
    head = stream.read_bytes()[:128]
    return (
        len(head) == 128
        and head[36:40] == b"acsp"
        and head[8] <= _LATEST_PROFILE
        and head[12:16] in _PROFILES
        and head[16:20] == _COLOURS.get(int(stream.get("/N", 0)))
    )
