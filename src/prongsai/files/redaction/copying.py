"""Pages taken over into a new PDF with what draws them, and with nothing else."""

import pikepdf
from pikepdf import Array, Dictionary, Name

# What draws a page. Everything that describes, names, links or keeps older states stays behind.
_KEPT = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group")
_STRIPPED = (
    *("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF"),
    *("/Thumb", "/Alternates", "/OPI", "/Ref", "/Measure", "/PtData"),
)
_DEEPEST = 40
_SAFE_LINKS = ("http://", "https://", "mailto:", "tel:")


def strip(pdf: pikepdf.Pdf) -> None:
    """Takes off what lies beside the drawing, in every part of the file that a page may use."""
    for whole in pdf.objects:
        _strip(whole, _DEEPEST)


def _strip(value: object, depth: int) -> None:
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        for key in _STRIPPED:
            if key in value:
                del value[key]
    for child in _children(value) if depth else ():
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            _strip(child, depth - 1)


def _children(value: object) -> list[object]:
    if isinstance(value, pikepdf.Dictionary):
        return list(value.values())
    return list(value) if isinstance(value, pikepdf.Array) else []


def hides_layers(pdf: pikepdf.Pdf) -> bool:
    """Whether the file says of any layer that it is not to be shown."""
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, pikepdf.Dictionary):
        return False
    shown = layers.get("/D")
    if not isinstance(shown, pikepdf.Dictionary):
        return True
    return bool(shown.get("/OFF")) or str(shown.get("/BaseState", "/ON")) != "/ON" or "/AS" in shown


def needs_drawing(page: pikepdf.Page, *, has_hidden_layers: bool) -> bool:
    """Whether the page would look otherwise without the file's layers and forms."""
    return has_fields(page) or (has_hidden_layers and _has_layers(page.resources))


def _has_layers(resources: pikepdf.Object) -> bool:
    """Whether anything that the page draws with, forms in forms included, belongs to a layer."""
    waiting: list[object] = [resources]
    seen: set[tuple[int, int]] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            if value.objgen in seen:
                continue
            seen.add(value.objgen)
        if isinstance(value, pikepdf.Stream):
            value = value.stream_dict
        if isinstance(value, pikepdf.Dictionary):
            if "/OC" in value or str(value.get("/Type", "")) in ("/OCG", "/OCMD"):
                return True
            waiting += list(value.values())
    return False


def notes_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    found = page.obj.get("/Annots")
    return list(found) if isinstance(found, pikepdf.Array) else []


def has_fields(page: pikepdf.Page) -> bool:
    """Whether fields are left that could not be drawn into the page: a program has to draw them."""
    return any(_is(note, "/Widget") for note in notes_of(page))


def field_values(page: pikepdf.Page) -> list[str]:
    values = [note.get("/V") for note in notes_of(page) if _is(note, "/Widget")]
    return [str(value) for value in values if isinstance(value, pikepdf.String)]


def _is(note: object, subtype: str) -> bool:
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) == subtype


def clean_page(pdf: pikepdf.Pdf, index: int) -> pikepdf.Page:
    """The page of the stripped file, to be appended to another one."""
    page = pdf.pages[index]
    made = Dictionary(Type=Name.Page)
    for key in _KEPT:
        # Some of these may stand further up in the tree of pages.
        value = _inherited(page.obj, key)
        if value is not None:
            made[key] = value
    links = [link for note in notes_of(page) if (link := _link(note))]
    if links:
        made.Annots = Array(links)
    return pikepdf.Page(pdf.make_indirect(made))


def _inherited(node: pikepdf.Object, key: str) -> pikepdf.Object | None:
    for _ in range(_DEEPEST):
        if key in node:
            return node[key]
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return None
        node = parent
    return None


def _link(note: object) -> Dictionary | None:
    """Only links to addresses: one to another page would bring that page along."""
    action = note.get("/A") if isinstance(note, pikepdf.Dictionary) and _is(note, "/Link") else None
    address = action.get("/URI") if isinstance(action, pikepdf.Dictionary) else None
    if not isinstance(note, pikepdf.Dictionary) or not isinstance(address, pikepdf.String):
        return None
    if not str(address).lower().startswith(_SAFE_LINKS):
        return None
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([float(edge) for edge in note.Rect]),
        Border=Array([0, 0, 0]),
        A=Dictionary(S=Name.URI, URI=pikepdf.String(bytes(address).decode("latin-1"))),
    )
