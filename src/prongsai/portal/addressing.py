"""Which addresses may be cached, and the one spelling of each, so that made-up queries cannot fill the memory."""

from urllib.parse import parse_qsl, urlencode

ENGLISH = "/en"
LONGEST_VALUE = 200
MOST_FIELDS = 20
_LISTS = ("year", "unit", "kind", "page")
_SEARCH = ("q", "section", *_LISTS)
PARAMETERS = {
    "/sections/": _LISTS,
    "/files/": ("page",),
    "/transparency/withheld/": ("ground", "page"),
    "/transparency/due.ics": ("unit",),
    "/transparency/": ("result", "post", "year", "on"),
    "/api/v1/withheld": ("ground", "page"),
    "/api/v1/obligations": ("instrument",),
    "/api/v1/coverage": ("instrument", "on"),
    "/search": _SEARCH,
    "/api/v1/search": (*_SEARCH, "limit"),
    "/api/v1/disclosures": ("section", *_LISTS),
    "/api/v1/entries": ("from", "limit"),
}
# Of the pages of an item only these read any: two versions compared, and until when it was posted.
OF_AN_ITEM = {"/compare/": ("from", "to", "view"), "/posting/": ("on",)}
# Files stream from disk, static files have a server of their own, and these say how things stand now.
UNCACHED = ("/static/", "/healthz", "/readyz", "/metrics")
_FILES = "/files/"
_FILE_TEXT = "/text"


def is_cacheable(path: str) -> bool:
    """Whether what the path shows follows from the record alone and is short enough to keep."""
    if path.startswith(_FILES):
        return path.endswith(_FILE_TEXT)
    return not path.startswith(UNCACHED)


def known_query(path: str, query: str) -> str:
    """The query with only the fields that this path reads, in fixed order, without blanks."""
    if not query:
        return ""
    fields = _fields_of(path.removeprefix(ENGLISH) if path.startswith("/en/") else path)
    if not fields:
        return ""
    try:
        # Reversed, so that of a repeated field the first stays.
        given = dict(reversed(parse_qsl(_as_text(query), max_num_fields=MOST_FIELDS)))
    except ValueError:
        return ""
    kept = [(name, _clean(given[name])) for name in fields if name in given]
    return urlencode([(name, value) for name, value in kept if value])


def _fields_of(path: str) -> tuple[str, ...]:
    if path.startswith("/p/"):
        return next((names for end, names in OF_AN_ITEM.items() if path.endswith(end)), ())
    return next((names for start, names in PARAMETERS.items() if path.startswith(start)), ())


def _as_text(query: str) -> str:
    """WSGI hands over bytes as Latin-1; some clients send Thai without percent signs."""
    return query.encode("latin-1", "replace").decode("utf-8", "replace")


def _clean(value: str) -> str:
    """Without what cannot be seen: no database need look for it."""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:LONGEST_VALUE]
