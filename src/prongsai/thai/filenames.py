"""File names that keep their Thai and do no harm."""

import re
from urllib.parse import quote

from prongsai.thai.normalise import display_text
from prongsai.thai.words import clusters

# File systems stop at 255 bytes, of which a Thai letter takes three.
MAX_BYTES = 180

_NAMELESS = "ไฟล์"
_FOLDERS = re.compile(r"\A[A-Za-z]:\\.*\\", re.DOTALL)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
_EDGES = " .-"
# Names of devices, which Windows opens instead of a file of that name.
_DEVICE = re.compile(r"\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
# The characters that RFC 5987 lets stand for themselves.
_PLAIN = "!#$&+-.^_`|~"


def safe_file_name(name: str) -> str:
    """At most `MAX_BYTES` in UTF-8 with its extension, never empty, never a path."""
    shown = _FORBIDDEN.sub("-", _FOLDERS.sub("", display_text(name)))
    # Windows drops a full stop or space at the end; a leading full stop hides the file elsewhere.
    shown = re.sub(r"\s+", " ", shown).rstrip(_EDGES)
    found = _EXTENSION.search(shown)
    extension = found[0] if found else ""
    stem = shown.removesuffix(extension).strip(_EDGES)
    if _DEVICE.match(stem.split(".")[0]):
        stem = f"_{stem}"
    return (_shortened(stem, MAX_BYTES - len(extension)).rstrip(_EDGES) or _NAMELESS) + extension


def content_disposition(name: str, *, inline: bool) -> str:
    """The header's value: the Thai name for today's browsers, an ASCII one for the rest."""
    safe = safe_file_name(name)
    disposition = "inline" if inline else "attachment"
    return f"{disposition}; filename=\"{_ascii(safe)}\"; filename*=UTF-8''{quote(safe, _PLAIN)}"


def _shortened(stem: str, limit: int) -> str:
    kept: list[str] = []
    room = limit
    # Cut between clusters: a consonant that loses its vowel is another word.
    for cluster in clusters(stem):
        room -= len(cluster.encode())
        if room < 0:
            break
        kept.append(cluster)
    return "".join(kept)


def _ascii(name: str) -> str:
    found = _EXTENSION.search(name)
    extension = found[0] if found else ""
    stem = re.sub(r"[^A-Za-z0-9 ._-]+", " ", name.removesuffix(extension))
    return (re.sub(r"\s+", " ", stem).strip(_EDGES) or "file") + extension
