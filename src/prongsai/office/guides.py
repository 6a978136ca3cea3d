"""The guides of `docs/guides` as chapters of HTML, and which chapter speaks of which screen."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

GUIDES = Path(__file__).resolve().parents[3] / "docs" / "guides"
# Guides that the office shows, by the last part of their address.
TITLES = {
    "officer": "คู่มือเจ้าหน้าที่",
    "approver": "คู่มือผู้อนุมัติ",
    "administrator": "คู่มือผู้ดูแลระบบ",
}
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_MARK = re.compile(r"^( *)(?:[-*]|\d+\.) +")
_CELL_BORDER = re.compile(r"^\|[-| :]+\|$")


@dataclass(frozen=True)
class Chapter:
    """`key` is its place on the page: its number in the guide, so that a link is short in any script."""

    key: str
    title: str
    html: SafeString


@cache
def chapters(guide: str) -> tuple[Chapter, ...]:
    """Empty where the guide is not there: the program may run without its documents."""
    path = GUIDES / f"{guide}.md"
    if guide not in TITLES or not path.is_file():
        return ()
    parts = _HEADING.split(path.read_text(encoding="utf-8"))[1:]
    titled = zip(parts[::2], parts[1::2], strict=True)
    return tuple(
        Chapter(f"c{number}", title, as_html(text))
        for number, (title, text) in enumerate(titled, start=1)
    )


def as_html(text: str) -> SafeString:
    """The little Markdown that our guides use; everything else in it stays as it is written."""
    return mark_safe("".join(_blocks(text.strip().split("\n"))))  # noqa: S308 -- each word is escaped


def _blocks(lines: list[str]) -> Iterator[str]:
    while lines:
        if lines[0].lstrip().startswith("```"):
            code, lines = _until_fence(lines)
            yield f'<pre tabindex="0"><code>{escape(code)}</code></pre>'
        elif lines[0].startswith("|"):
            block, lines = _taken(lines, lambda line: line.startswith("|"))
            yield _table(block)
        elif _MARK.match(lines[0]):
            block, lines = _taken(lines, lambda line: bool(_MARK.match(line) or line[:1] == " "))
            yield _list(block)
        elif lines[0].startswith("### "):
            yield f"<h3>{_inline(lines[0][4:])}</h3>"
            lines = lines[1:]
        elif lines[0].strip():
            block, lines = _taken(lines, _goes_on)
            yield f"<p>{_inline(' '.join(block))}</p>"
        else:
            lines = lines[1:]


def _goes_on(line: str) -> bool:
    return (
        bool(line.strip()) and not line.startswith(("|", "```", "### ")) and not _MARK.match(line)
    )


def _taken(lines: list[str], belongs: Callable[[str], bool]) -> tuple[list[str], list[str]]:
    """The first lines that belong together, and those after them."""
    count = next((at for at, line in enumerate(lines) if not belongs(line)), len(lines))
    return lines[:count], lines[count:]


def _until_fence(lines: list[str]) -> tuple[str, list[str]]:
    end = next(
        (at for at, line in enumerate(lines[1:], 1) if line.lstrip().startswith("```")), None
    )
    return "\n".join(lines[1:end]), lines[end + 1 :] if end else []


def _list(lines: list[str]) -> str:
    """One list of the depth of its first line; what lies deeper goes into its entries."""
    depth = len(lines[0]) - len(lines[0].lstrip())
    starts = [at for at, line in enumerate(lines) if _marks(line, depth)] + [len(lines)]
    entries = [_entry(lines[start:end], depth) for start, end in pairwise(starts)]
    tag = "ol" if lines[0].lstrip()[0].isdigit() else "ul"
    return f"<{tag}>{''.join(entries)}</{tag}>"


def _marks(line: str, depth: int) -> bool:
    found = _MARK.match(line)
    return found is not None and len(found[1]) <= depth


def _entry(lines: list[str], depth: int) -> str:
    first = _MARK.sub("", lines[0])
    words, deeper = _taken(lines[1:], lambda line: not _MARK.match(line) and "```" not in line)
    rest = [line[depth + 2 :] if line[: depth + 2].strip() == "" else line for line in deeper]
    text = _inline(" ".join([first, *(word.strip() for word in words)]))
    return f"<li>{text}{''.join(_blocks(rest))}</li>"


def _table(lines: list[str]) -> str:
    rows = [_cells(line) for line in lines if not _CELL_BORDER.match(line)]
    head = "".join(f'<th scope="col">{cell}</th>' for cell in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
    return (
        '<div class="desk-scroll" tabindex="0" role="group" aria-label="ตาราง"><table class="ds-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _inline(text: str) -> str:
    """Code, bold, and links, of which only those to other sites and other guides lead anywhere."""
    html = escape(text, quote=False)
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", html)
    html = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", html)
    html = re.sub(r"&lt;(https?://[^&]+)&gt;", r"<code>\1</code>", html)
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", html)
