"""A part of an open document as it is seen: nothing deleted, hidden, remarked, scripted or computed stays in its XML.

Elements that are not known to be harmless go, or give their text to the paragraph that they stand in.
"""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, register_namespace

from prongsai.files.redaction.blotting import String

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{
        name: f"{_ODF}{name}:1.0"
        for name in ("office", "style", "text", "table", "drawing", "meta", "manifest")
    },
    "number": f"{_ODF}datastyle:1.0",
    "fo": f"{_ODF}xsl-fo-compatible:1.0",
    "svg": f"{_ODF}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
# Programs look for these, where they should look for the addresses behind them.
for _prefix, _uri in _PREFIXES.items():
    register_namespace({"drawing": "draw"}.get(_prefix, _prefix), _uri)

OFFICE, STYLE, TEXT, TABLE, DRAW, NUMBER, SVG, XLINK = (
    f"{{{_PREFIXES[name]}}}"
    for name in ("office", "style", "text", "table", "drawing", "number", "svg", "xlink")
)
HREF = f"{XLINK}href"
_SECTION = f"{TEXT}section"
_KEPT = frozenset(
    (
        *(f"{OFFICE}{name}" for name in ("body", "text", "automatic-styles", "styles")),
        *(f"{OFFICE}{name}" for name in ("master-styles", "font-face-decls")),
        *(
            f"{TEXT}{name}"
            for name in ("p", "h", "span", "s", "tab", "line-break", "list", "section")
        ),
        *(f"{TEXT}{name}" for name in ("list-item", "list-header", "note", "note-citation")),
        *(f"{TEXT}{name}" for name in ("note-body", "page-number", "page-count", "list-style")),
        *(f"{TEXT}{name}" for name in ("soft-page-break", "outline-style", "outline-level-style")),
        *(f"{TEXT}list-level-style-{name}" for name in ("number", "bullet")),
        *(f"{TEXT}{name}" for name in ("notes-configuration", "linenumbering-configuration")),
        *(f"{TABLE}{name}" for name in ("table", "table-column", "table-columns", "table-row")),
        *(f"{TABLE}{name}" for name in ("table-header-columns", "table-header-rows", "table-rows")),
        *(f"{TABLE}{name}" for name in ("table-cell", "covered-table-cell")),
        *(f"{DRAW}{name}" for name in ("frame", "image", "text-box", "custom-shape", "rect")),
        *(f"{DRAW}{name}" for name in ("enhanced-geometry", "line", "g", "ellipse", "circle")),
        *(f"{DRAW}{name}" for name in ("path", "polyline", "polygon", "connector")),
    )
)
# Whole families that say how something looks: styles and forms of numbers.
_STYLES = (STYLE, NUMBER)
_DROPPED = frozenset(
    (
        *(f"{TEXT}{name}" for name in ("tracked-changes", "hidden-text", "hidden-paragraph")),
        *(f"{TEXT}{name}" for name in ("variable-decls", "user-field-decls", "sequence-decls")),
        *(f"{TEXT}{name}" for name in ("dde-connection-decls", "bibliography-configuration")),
        *(f"{TEXT}{name}" for name in ("change", "change-start", "change-end", "bookmark")),
        *(
            f"{TEXT}{name}"
            for name in ("alphabetical-index-auto-mark-file", "script", "section-source")
        ),
        *(f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "scripts", "forms")),
        *(f"{OFFICE}{name}" for name in ("settings", "meta", "event-listeners", "binary-data")),
        *(f"{TABLE}{name}" for name in ("shapes", "tracked-changes", "named-expressions")),
        *(f"{DRAW}{name}" for name in ("object", "object-ole", "plugin", "applet")),
        *(f"{DRAW}{name}" for name in ("floating-frame", "image-map", "contour-polygon")),
        *(f"{SVG}{name}" for name in ("title", "desc")),
    )
)
# What is computed, counted, named or remembered beside what is seen.
_LOST_KEYS = re.compile(
    r"(?:formula|condition|value|date-value|time-value|boolean-value|string-value|currency|calcext.*|name|id|title"
    r"|display-name|description|target-frame-name|rsid|paragraph-rsid|protection-key|cond-style-name|ref-name"
    r"|content-validation-name|href|label|help-id|notify-on-update-of-ranges)"
)
# The name of a style is what holds the look together; that of a field of numbers counts nothing.
NAMED = (STYLE, NUMBER, f"{TEXT}list-style", f"{TEXT}outline-style")


def clean(root: Element, is_hidden: Callable[[Element], bool]) -> None:
    """`is_hidden` knows what a reader of the document does not see."""
    _clean_children(root, is_hidden)


def _clean_children(parent: Element, is_hidden: Callable[[Element], bool]) -> None:
    for child in list(parent):
        if child.tag in _DROPPED or is_hidden(child):
            _take_out(parent, child, "", [])
            continue
        _clean_children(child, is_hidden)
        if child.tag in _KEPT or str(child.tag).startswith(_STYLES):
            _clean_keys(child)
        else:
            # A field says something in its paragraph; what stands outside of one says nothing.
            text = (child.text or "") if parent.tag in WRITTEN else ""
            _take_out(parent, child, text, list(child))


def _take_out(parent: Element, child: Element, text: str, heirs: list[Element]) -> None:
    """The text and the heirs take its place; what followed it stays."""
    place, tail = list(parent).index(child), child.tail or ""
    if heirs:
        heirs[-1].tail = (heirs[-1].tail or "") + tail
    else:
        text += tail
    parent[place : place + 1] = heirs
    if place == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text


# Elements whose own text is read.
WRITTEN = frozenset((f"{TEXT}p", f"{TEXT}h", f"{TEXT}span", f"{TEXT}note-citation"))


def _clean_keys(element: Element) -> None:
    is_named = str(element.tag).startswith(NAMED)
    for key in list(element.attrib):
        local = key.rpartition("}")[2]
        keeps = (is_named and local == "name") or (element.tag == f"{DRAW}image" and key == HREF)
        if _LOST_KEYS.fullmatch(local) and not keeps:
            del element.attrib[key]
    if element.tag == _SECTION:
        # Without a name programs leave its columns out; what it was called may tell something.
        element.set(f"{TEXT}name", "s")


def paragraphs(root: Element) -> Iterator[list[String]]:
    """The strings of each paragraph, in order."""
    for paragraph in root.iter():
        if paragraph.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield list(_strings(paragraph))


def _strings(element: Element) -> Iterator[String]:
    yield element, "text"
    for child in element:
        yield from _strings(child)
        yield child, "tail"
