"""What Word writes by itself before paragraphs and notes: their numbers, which no text of the file holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from prongsai.files.hidden_marks import free_of_marks
from prongsai.files.list_numbers import LEVELS, Counter, Level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GAPS = {"nothing": "", "space": " ", "tab": " "}
_OFF = frozenset(("0", "false", "off"))
_NOTES = ("footnote", "endnote")
# Styles may be based on each other in a ring.
_DEEPEST = 12


@dataclass(frozen=True)
class _Numbering:
    """`list_id` names the numbering, `depth` the level from 0; None where that is not said here."""

    list_id: str | None = None
    depth: int | None = None


@dataclass(frozen=True)
class _List:
    """Lists of one `family` go on counting from each other; `restarts` says where this one begins anew."""

    family: str
    levels: Mapping[int, Level]
    restarts: Mapping[int, int]
    styles: Mapping[str, int]


def written_numbers(parts: Mapping[str, Element]) -> dict[Element, str]:
    """For paragraphs and references to notes of these parts (by their names) the number before or in them."""
    lists = _lists(parts.get("word/numbering.xml"))
    styles = _styles(parts.get("word/styles.xml"))
    said: dict[Element, str] = {}
    # Body, then what stands around it: a counter goes through a part, and each part has its own.
    for name, root in parts.items():
        if name not in ("word/numbering.xml", "word/styles.xml"):
            said |= dict(_numbered(root, lists, styles))
    return said | _of_notes(parts)


def level_texts(root: Element) -> Iterator[str]:
    """What levels of lists write, used or not."""
    return (one.get(f"{W}val", "") for one in root.iter(f"{W}lvlText"))


def _numbered(
    root: Element, lists: Mapping[str, _List], styles: "_Styles"
) -> Iterator[tuple[Element, str]]:
    counters: dict[str, Counter] = {}
    begun: set[tuple[str, int]] = set()
    for paragraph in _paragraphs(root):
        list_id, depth = _numbering_of(paragraph, lists, styles)
        numbering = lists.get(list_id)
        if numbering is None:
            continue
        counter = counters.setdefault(numbering.family, Counter())
        if depth in numbering.restarts and (list_id, depth) not in begun:
            counter.restart(depth, numbering.restarts[depth])
        begun.add((list_id, depth))
        if number := counter.next(depth, numbering.levels):
            yield paragraph, number


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        if child.tag == _FALLBACK:
            continue
        if child.tag == f"{W}p":
            yield child
        yield from _paragraphs(child)


def _numbering_of(
    paragraph: Element, lists: Mapping[str, _List], styles: "_Styles"
) -> tuple[str, int]:
    """The list and the depth; the list is "0" or unknown where the paragraph has no number."""
    properties = paragraph.find(f"{W}pPr")
    own = _said_numbering(properties)
    style = styles.default if properties is None else _value(properties, "pStyle", styles.default)
    inherited, by = styles.numbering(style)
    list_id = own.list_id or inherited.list_id or "0"
    depth = own.depth if own.depth is not None else inherited.depth
    if own.list_id is None and depth is None and list_id in lists:
        depth = lists[list_id].styles.get(by)
    return list_id, depth or 0


def _said_numbering(properties: Element | None) -> _Numbering:
    found = None if properties is None else properties.find(f"{W}numPr")
    if found is None:
        return _Numbering()
    list_id, depth = _value(found, "numId", ""), _value(found, "ilvl", "")
    return _Numbering(list_id or None, _whole(depth, 0) if depth else None)


@dataclass(frozen=True)
class _Styles:
    """Of paragraphs: `own` numberings and the styles that they are `based` on."""

    own: Mapping[str, _Numbering]
    based: Mapping[str, str]
    default: str = ""

    def numbering(self, style: str) -> tuple[_Numbering, str]:
        """The style's own or inherited numbering, and the style that has it."""
        depth = None
        for _ in range(_DEEPEST):
            found = self.own.get(style, _Numbering())
            depth = depth if depth is not None else found.depth
            if found.list_id:
                return replace(found, depth=depth), style
            style = self.based.get(style, "")
        return _Numbering(), ""


def _styles(root: Element | None) -> _Styles:
    found = [] if root is None else root.findall(f"{W}style[@{W}type='paragraph']")
    names = {style: style.get(f"{W}styleId", "") for style in found}
    defaults = [name for style, name in names.items() if style.get(f"{W}default", "0") not in _OFF]
    return _Styles(
        {name: _said_numbering(style.find(f"{W}pPr")) for style, name in names.items()},
        {name: _value(style, "basedOn", "") for style, name in names.items()},
        next(iter(defaults), ""),
    )


def _lists(root: Element | None) -> dict[str, _List]:
    if root is None:
        return {}
    families = {one.get(f"{W}abstractNumId", ""): one for one in root.findall(f"{W}abstractNum")}
    by_style = {_value(one, "styleLink", ""): one for one in families.values()}
    found: dict[str, _List] = {}
    for one in root.findall(f"{W}num"):
        family = families.get(_value(one, "abstractNumId", ""))
        # A list may only name the style that holds its levels.
        linked = "" if family is None else _value(family, "numStyleLink", "")
        family = by_style.get(linked, family) if linked else family
        if family is not None:
            found[one.get(f"{W}numId", "")] = _list(one, family)
    return found


def _list(one: Element, family: Element) -> _List:
    levels = _levels(family)
    restarts: dict[int, int] = {}
    for override in one.findall(f"{W}lvlOverride"):
        depth = _whole(override.get(f"{W}ilvl", ""), 0)
        levels |= _levels(override)
        start = _value(override, "startOverride", "")
        if start:
            restarts[depth] = _whole(start, 1)
            levels[depth] = replace(levels.get(depth, Level()), start=restarts[depth])
    styles = {
        _value(level, "pStyle", ""): _whole(level.get(f"{W}ilvl", ""), 0)
        for level in family.findall(f"{W}lvl")
    }
    return _List(family.get(f"{W}abstractNumId", ""), levels, restarts, styles)


def _levels(family: Element) -> dict[int, Level]:
    found = {_whole(one.get(f"{W}ilvl", ""), 0): _level(one) for one in family.findall(f"{W}lvl")}
    return {depth: level for depth, level in found.items() if 0 <= depth < LEVELS}


def _level(one: Element) -> Level:
    restart = _value(one, "lvlRestart", "")
    return Level(
        number_format=_value(one, "numFmt", "decimal"),
        text=free_of_marks(_value(one, "lvlText", ""))[:60],
        start=_whole(_value(one, "start", ""), 1),
        restarts_after=_whole(restart, 0) if restart else None,
        is_legal=_value(one, "isLgl", "0", bare="1") not in _OFF,
        gap=_GAPS.get(_value(one, "suff", "tab"), " "),
    )


def _of_notes(parts: Mapping[str, Element]) -> dict[Element, str]:
    """[1] where the text refers to a note, and before the note itself."""
    said: dict[Element, str] = {}
    for kind in _NOTES:
        references = [one for root in parts.values() for one in root.iter(f"{W}{kind}Reference")]
        order = dict.fromkeys(one.get(f"{W}id", "") for one in references)
        numbers = {identity: f"[{place}]" for place, identity in enumerate(order, start=1)}
        said |= {one: numbers[one.get(f"{W}id", "")] for one in references}
        notes = parts.get(f"word/{kind}s.xml")
        for note in () if notes is None else notes.findall(f"{W}{kind}"):
            number = numbers.get(note.get(f"{W}id", ""), "")
            said |= {one: f"{number} " for one in note.iter(f"{W}{kind}Ref") if number}
    return said


def _value(element: Element, name: str, missing: str, *, bare: str = "") -> str:
    """What a child of this name says; `bare` when it stands there without saying anything."""
    found = element.find(f"{W}{name}")
    return missing if found is None else found.get(f"{W}val", bare)


def _whole(text: str, missing: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else missing
