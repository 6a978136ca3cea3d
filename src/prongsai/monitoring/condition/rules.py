"""What is wrong with an edition: one table of checks over plain values. Each answers with the places that it means.

What cannot be written is not looked for: headings that skip a level are put right at each save, a body has no colours,
and an edition always says its language.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from prongsai.files.pdf_marks import PdfMarks
from prongsai.monitoring.condition.outline import Link, Outline
from prongsai.monitoring.condition.states import Flaw

# What says nothing of where it leads, without blanks and in small letters.
SAYS_NOTHING = frozenset(
    {
        *("คลิก", "คลิ๊ก", "คลิกที่นี่", "คลิ๊กที่นี่", "คลิกที่นี้", "คลิกที่ลิงก์", "คลิกเพื่ออ่าน", "คลิกดู", "กดที่นี่", "ที่นี่"),
        *("อ่านต่อ", "อ่านเพิ่มเติม", "เพิ่มเติม", "ดูเพิ่มเติม", "รายละเอียด", "รายละเอียดเพิ่มเติม", "ดูรายละเอียด"),
        *("ดาวน์โหลด", "ดาวน์โหลดที่นี่", "ดาวโหลด", "ลิงก์", "ลิงค์", "ลิ้งค์", "ลิงก์นี้"),
        *(
            "here",
            "clickhere",
            "click",
            "readmore",
            "more",
            "link",
            "details",
            "download",
            "seemore",
            "thislink",
        ),
    }
)
_BARE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"(?:.+\.(?:jpe?g|png|gif|webp|bmp|tiff?)|(?:img|dsc|dscf|image|pic)[-_ ]?[0-9]+)",
    re.IGNORECASE,
)
_BLANKS = re.compile(r"[\s.…»>:!]+")
_LATIN, _SMALL = re.compile(r"[A-Z]"), re.compile(r"[a-zก-๛]")
# Shorter ones are abbreviations and names.
_SHORTEST_SHOUT = 20


@dataclass(frozen=True)
class FileOf:
    """A file of an edition. `sources` says of each page where its text came from: text, ocr or none.

    `is_verified`: somebody vouches for its text. `marks` is None for what is no PDF or could not be looked at.
    """

    name: str
    sources: tuple[str, ...] = ()
    is_verified: bool = False
    marks: PdfMarks | None = None


@dataclass(frozen=True)
class Content:
    outline: Outline
    title_en: str = ""
    files: tuple[FileOf, ...] = ()


Finder = Callable[[Content], Iterator[int]]


def flaws(content: Content) -> list[tuple[Flaw, int]]:
    """Each flaw with the place that it is about: a link, picture, table or passage (from 0), a file (from 1)."""
    return [(flaw, place) for flaw, find in CHECKS.items() for place in find(content)]


def is_inside(address: str) -> bool:
    """Whether the address names a machine that only those within the same house can reach."""
    try:
        host = (urlsplit(address).hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if not host:
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


def _links(is_wrong: Callable[[Link], bool]) -> Finder:
    def find(content: Content) -> Iterator[int]:
        return (place for place, link in enumerate(content.outline.links) if is_wrong(link))

    return find


def _pictures(is_wrong: Callable[[str], bool]) -> Finder:
    def find(content: Content) -> Iterator[int]:
        return (place for place, words in enumerate(content.outline.pictures) if is_wrong(words))

    return find


def _files(is_wrong: Callable[[FileOf], bool]) -> Finder:
    def find(content: Content) -> Iterator[int]:
        return (place for place, file in enumerate(content.files, start=1) if is_wrong(file))

    return find


def _pdfs(is_wrong: Callable[[PdfMarks], bool]) -> Finder:
    """Of a scan it is said that its text is missing or nobody checked it; nobody tags pictures of pages."""
    return _files(
        lambda file: (
            file.marks is not None
            and not {"ocr", "none"} & set(file.sources)
            and is_wrong(file.marks)
        )
    )


def _says_nothing(link: Link) -> bool:
    return _BLANKS.sub("", link.words).lower() in SAYS_NOTHING


def _is_bare(link: Link) -> bool:
    return not link.is_field and _BARE.fullmatch(link.words) is not None


def _tables(content: Content) -> Iterator[int]:
    return (place for place, has_header in enumerate(content.outline.tables) if not has_header)


def _capitals(content: Content) -> Iterator[int]:
    """Of the English title (place 0) and the passages of the body (from 1); Thai has no capitals."""
    texts = (content.title_en, *content.outline.passages)
    return (place for place, text in enumerate(texts) if _is_shouted(text))


def _is_shouted(text: str) -> bool:
    return len(_LATIN.findall(text)) >= _SHORTEST_SHOUT and not _SMALL.search(text)


def _has_no_text(file: FileOf) -> bool:
    return not file.is_verified and bool(file.sources) and set(file.sources) == {"none"}


def _is_unverified(file: FileOf) -> bool:
    return not file.is_verified and "ocr" in file.sources


CHECKS: Mapping[Flaw, Finder] = {
    Flaw.LINK_INSIDE: _links(lambda link: is_inside(link.address)),
    Flaw.LINK_TO_NO_PLACE: _links(lambda link: link.address.startswith("#")),
    Flaw.TEXT_NOT_VERIFIED: _files(_is_unverified),
    Flaw.FILE_WITHOUT_TEXT: _files(_has_no_text),
    Flaw.PICTURE_WITHOUT_WORDS: _pictures(lambda words: not words),
    Flaw.PICTURE_NAMED_BY_FILE: _pictures(lambda words: bool(_FILE_NAME.fullmatch(words))),
    Flaw.LINK_SAYS_NOTHING: _links(_says_nothing),
    Flaw.LINK_IS_ADDRESS: _links(_is_bare),
    Flaw.TABLE_WITHOUT_HEADER: _tables,
    Flaw.ALL_CAPITALS: _capitals,
    Flaw.PDF_WITHOUT_TAGS: _pdfs(lambda marks: not marks.is_tagged),
    Flaw.PDF_WITHOUT_TITLE: _pdfs(lambda marks: not marks.has_title),
    Flaw.PDF_WITHOUT_LANGUAGE: _pdfs(lambda marks: not marks.has_language),
}
