"""A part of a Word document as it is seen: nothing deleted, hidden, remarked or computed stays in its XML."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, register_namespace

from django.utils.translation import gettext as _

from prongsai.files.redaction.grid import CannotRedact

WORD_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD_URI}}}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Word asks for its own prefix in no place, but other programs do.
for _prefix, _uri in (
    ("w", WORD_URI),
    ("r", _R.strip("{}")),
    ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
):
    register_namespace(_prefix, _uri)

_DROPPED = re.compile(
    r"""del|moveFrom|delText|delInstrText|\w+Change|comment\w+|annotationRef|bookmark\w+|proofErr
    |perm(?:Start|End)|move(?:From|To)Range\w+|customXml\w+Range\w+|sdtPr|sdtEndPr|smartTagPr|customXmlPr
    |lastRenderedPageBreak|ffData|fldData|docVars|Fallback|extLst|hlinkClick|hlinkHover""",
    re.VERBOSE,
)
_UNWRAPPED = frozenset(
    (
        *("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "hyperlink"),
        *("AlternateContent", "Choice", "fldSimple"),
    )
)
# Drawn by other programs, or from data of their own, which this one cannot clean.
_FOREIGN = frozenset(
    ("object", "pict", "altChunk", "chart", "relIds", "control", "subDoc", "OLEObject")
)
_LOST_KEYS = re.compile(
    rf"{re.escape(W)}rsid\w*|\{{[^}}]*}}(?:paraId|textId|anchorId|editId|Ignorable|link)"
)
_DESCRIPTIONS = frozenset(("name", "descr", "title"))
_KEPT_FIELDS = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b[^\"]*")
_OFF = frozenset(("0", "false", "off"))


def clean(root: Element, hidden_styles: frozenset[str]) -> None:
    """Raises `CannotRedact` for what only its own program can draw."""
    _drop_fields(root)
    _clean_children(root, hidden_styles)


def _clean_children(parent: Element, hidden_styles: frozenset[str]) -> None:
    for child in list(parent):
        name = _local(child)
        if name in _FOREIGN:
            raise CannotRedact(
                _(
                    "ปกปิดในเอกสารนี้โดยตรงไม่ได้ เพราะมีวัตถุ แผนภูมิ หรือกล่องแบบเก่าที่ตรวจข้างในไม่ได้ "
                    "โปรดบันทึกเป็น PDF แล้วปกปิดใน PDF"
                )
            )
        if _DROPPED.fullmatch(name) or _is_hidden(child, hidden_styles):
            parent.remove(child)
            continue
        _clean_children(child, hidden_styles)
        if name in _UNWRAPPED:
            place = list(parent).index(child)
            parent[place : place + 1] = list(child)
        else:
            _clean_keys(child)


def _clean_keys(element: Element) -> None:
    for key in [key for key in element.attrib if _LOST_KEYS.fullmatch(key)]:
        del element.attrib[key]
    if _local(element) in ("docPr", "cNvPr"):
        for key in _DESCRIPTIONS & set(element.attrib):
            element.attrib[key] = ""


def _is_hidden(element: Element, hidden_styles: frozenset[str]) -> bool:
    """Runs and rows that are marked as hidden or as deleted; and what has a style that hides it."""
    if element.tag == f"{W}tr":
        return element.find(f"{W}trPr/{W}del") is not None
    if element.tag == f"{W}p":
        style = element.find(f"{W}pPr/{W}pStyle")
        return style is not None and style.get(f"{W}val") in hidden_styles
    if element.tag != f"{W}r":
        return False
    style = element.find(f"{W}rPr/{W}rStyle")
    has_style = style is not None and style.get(f"{W}val") in hidden_styles
    return has_style or hides(element.find(f"{W}rPr"))


def hides(properties: Element | None) -> bool:
    found = () if properties is None else properties.findall(f"{W}vanish")
    return any(one.get(f"{W}val", "1") not in _OFF for one in found)


def _drop_fields(root: Element) -> None:
    """Their results stay; what they were computed from does not. Page numbers are left to the program."""
    parents = {child: parent for parent in root.iter() for child in parent}
    open_fields: list[list[Element]] = []
    for element in list(root.iter()):
        if element.tag == f"{W}fldChar":
            _follow_field(element, open_fields, parents)
        elif element.tag == f"{W}instrText" and open_fields:
            open_fields[-1].append(element)
        elif element.tag == f"{W}instrText":
            parents[element].remove(element)
    for unfinished in open_fields:
        _drop_field(unfinished, parents)


def _follow_field(
    sign: Element, open_fields: list[list[Element]], parents: dict[Element, Element]
) -> None:
    """A field begins at this sign, goes on or ends; fields may lie within each other."""
    kind = sign.get(f"{W}fldCharType")
    if kind == "begin":
        open_fields.append([])
    if kind and open_fields:
        open_fields[-1].append(sign)
        if kind == "end":
            _drop_field(open_fields.pop(), parents)


def _drop_field(parts: list[Element], parents: dict[Element, Element]) -> None:
    asked = "".join(part.text or "" for part in parts if part.tag == f"{W}instrText")
    if _KEPT_FIELDS.fullmatch(asked):
        return
    for part in parts:
        parents[part].remove(part)


def written(root: Element) -> Iterator[list[Element]]:
    """The texts of each paragraph, in order."""
    for paragraph in root.iter(f"{W}p"):
        yield list(paragraph.iter(f"{W}t"))


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
