"""What may not go out as it is: findings in a text, what may be shown of them, and how they are recognised.

Plain Python; the personal datum leaves this module only inside a keyed fingerprint.
"""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from prongsai.screening.detectors import DETECTORS, Detector
from prongsai.screening.finders.election import open_windows
from prongsai.screening.located import PLAIN, Hit, Located, Own, Page, Seen
from prongsai.screening.seen_places import placed_words
from prongsai.screening.words import added_files, any_of, words
from prongsai.thai.digits import to_arabic
from prongsai.thai.normalise import normalise_with_offsets
from prongsai.thai.words import whole_words

_CONTEXT, _LONGEST_CLUSTER = 18, 60
# The overlap holds the longest datum with the words around that tell what it is.
_LONGEST_PART, _OVERLAP = 20_000, 300
# Orders are numbered within a Buddhist year: 745/2559.
_ORDER = re.compile(r"[0-9]+\s*/\s*2[45][0-9]{2}(?![0-9])")
_LONGEST_EXCERPT = _LONGEST_GROUND = 300
_EVERYBODY = Own()
# A number that was not read for certain may be anybody's.
PERSONAL = frozenset({"personal", "sensitive"})
_MASKED = frozenset({"personal", "unread"})
_OF_A_SHEET = frozenset({"secrecy", "picture"})
_RULE_FILES = (
    "data/*.toml",
    "finders/*.py",
    "detectors.py",
    "located.py",
    "words.py",
    "rules.py",
    "texts.py",
)
# What stands around a finding may be personal too, even where no detector was sure.
_LONG_NUMBER = re.compile(r"[0-9๐-๙](?:[\s\-.]?[0-9๐-๙]){3,}")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}\s?@")


def findings_in(
    text: str, own: Own = _EVERYBODY, seen: Seen = PLAIN, day: date | None = None
) -> list[Located]:
    """Every finding of every detector, in the order of the text. Overlapping numbers are found once.

    `seen` is what is known of the text beside its letters; without a `day` no election is asked about.
    A long text is read in parts that overlap by some lines, so that memory and time stay small.
    """
    found: dict[tuple[str, str, int, int], Located] = {}
    for offset, part in _parts(text):
        known = seen.part(offset, offset + len(part))
        for located in _findings_in_part(Page(normalise_with_offsets(part), own, known, day), part):
            moved = replace(located, start=located.start + offset, end=located.end + offset)
            found.setdefault((moved.detector, moved.label, moved.start, moved.end), moved)
    return sorted(found.values(), key=lambda located: (located.start, located.end))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while len(text) - start > _LONGEST_PART:
        # At the end of a line where there is one, so that a datum is seldom torn.
        end = text.rfind("\n", start + _LONGEST_PART // 2, start + _LONGEST_PART)
        end = end if end > 0 else start + _LONGEST_PART
        yield start, text[start:end]
        start = end - _OVERLAP
    yield start, text[start:]


def _findings_in_part(page: Page, text: str) -> list[Located]:
    hits = _without_doubles(
        [(detector, hit) for detector in DETECTORS for hit in detector.find(page)]
    )
    masked = _masked_text(text, page, hits)
    return [_located(detector, hit, page, masked) for detector, hit in _graver(hits)]


def _graver(hits: list[tuple[Detector, Hit]]) -> list[tuple[Detector, Hit]]:
    """What is hidden, must be decided, and holds a personal datum, blocks: nobody has seen it there."""
    personal = [hit for detector, hit in hits if detector.family in PERSONAL]
    return [
        (detector, replace(hit, severity="block"))
        if detector.family == "hidden"
        and detector.severity == "decide"
        and any(hit.overlaps(other) for other in personal)
        else (detector, hit)
        for detector, hit in hits
    ]


def _without_doubles(hits: list[tuple[Detector, Hit]]) -> list[tuple[Detector, Hit]]:
    """Of data over the same letters the detector that stands higher in the table is right."""
    kept: list[tuple[Detector, Hit]] = []
    taken: set[int] = set()
    for detector, hit in hits:
        letters = range(hit.start, hit.end) if detector.family in _MASKED else ()
        if taken.isdisjoint(letters):
            taken.update(letters)
            kept.append((detector, hit))
    return kept


def _located(detector: Detector, hit: Hit, page: Page, masked: str) -> Located:
    start, end = page.normalised.span(hit.start, hit.end)
    return Located(
        detector=detector.name,
        label=hit.label or detector.label,
        family=detector.family,
        severity=hit.severity or detector.severity,
        start=start,
        end=end,
        excerpt=placed_words(hit.boxes) if hit.boxes else _excerpt(masked, start, end),
        datum=hit.datum,
        boxes=hit.boxes,
    )


def _masked_text(text: str, page: Page, hits: list[tuple[Detector, Hit]]) -> str:
    """The text with every personal datum masked, letter for letter, so that offsets stay true."""
    letters = list(text)
    for detector, hit in hits:
        if detector.family in _MASKED:
            start, end = page.normalised.span(hit.start, hit.end)
            letters[start:end] = mask(text[start:end])
    masked = _LONG_NUMBER.sub(_blotted, "".join(letters))
    return _given_names().sub(_blotted, _MAIL.sub(_blotted, masked))


@cache
def _given_names() -> re.Pattern[str]:
    titles = any_of(tuple(words("names")["attached"])).pattern
    return re.compile(
        rf"(?<=[\s(])(?:{titles})\s?[ก-๎]+(?:[ \t]+[ก-๎]+)?|^(?:{titles})\s?[ก-๎]+(?:[ \t]+[ก-๎]+)?"
    )


def _blotted(found: re.Match[str]) -> str:
    return mask(found[0])


def mask(datum: str) -> str:
    """As long as the datum, with its separators and nothing else of it."""
    return "".join(letter if letter in " \t\n-–./@" else "x" for letter in datum)


def _excerpt(masked: str, start: int, end: int) -> str:
    # A text without spaces would be read from its beginning for every finding; no cluster is as long.
    begin = max(0, start - _CONTEXT - _LONGEST_CLUSTER)
    near = masked[begin : end + _CONTEXT + _LONGEST_CLUSTER]
    first, last = whole_words(
        near, max(0, start - begin - _CONTEXT), min(len(near), end - begin + _CONTEXT)
    )
    return re.sub(r"\s+", " ", near[first:last]).strip()[:_LONGEST_EXCERPT]


def fingerprint(key: str, located: Located, sheet: str = "") -> str:
    """The same datum under the same detector has the same fingerprint; without the key it says nothing.

    A secrecy mark speaks of the page that bears it, and a picture is known by its place: in a file they are the
    same only on that `sheet`.
    """
    within = f"|{sheet}" if sheet and located.family in _OF_A_SHEET else ""
    return keyed(key, f"{located.detector}|{located.label}|{located.datum}{within}")


def keyed(key: str, datum: str) -> str:
    return hmac.new(key.encode(), datum.encode(), hashlib.sha256).hexdigest()


def rules_version(day: date | None = None) -> str:
    """Changes whenever a detector, a word list or a threshold does, and for a `day` within an election."""
    windows = "".join(sorted(window.key for window in open_windows(day)))
    version = _version_of_rules(tuple(added_files()))
    return hashlib.sha256(f"{version}{windows}".encode()).hexdigest() if windows else version


@cache
def _version_of_rules(added: tuple[Path, ...]) -> str:
    folder = Path(__file__).parent
    digest = hashlib.sha256()
    ours = [path for pattern in _RULE_FILES for path in sorted(folder.glob(pattern))]
    for path in [*ours, *added]:
        # The zero bytes keep the end of one file from posing as the beginning of the next.
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def decision_blockers(
    *,
    has_person: bool,
    is_screener: bool,
    is_current: bool,
    is_screening: bool,
    has_contributed: bool,
    verdict: str,
    reason: str,
    legal_ground: str,
    is_secret: bool = False,
) -> list[str]:
    """Every reason why this decision may not be made, as keys of `refusals.SENTENCES`.

    `is_secret` is a finding of a secrecy mark: it stands only by the order that lifted the class.
    """
    table = (
        (not has_person, "no_person"),
        (has_person and not is_screener, "no_role"),
        (not is_current, "not_current"),
        (not is_screening, "not_screening"),
        (has_contributed, "own_work"),
        (not verdict, "unknown_verdict"),
        (not reason, "no_reason"),
        (verdict == "legal_ground" and not legal_ground, "no_ground"),
        (
            is_secret and verdict == "legal_ground" and not _ORDER.search(to_arabic(reason)),
            "no_declassification",
        ),
        (len(legal_ground) > _LONGEST_GROUND, "too_long"),
    )
    return [key for condition, key in table if condition]
