"""Who signed: name, post, and the words by which somebody acts in another's place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from prongsai.intake.proposals.papers import Read
from prongsai.intake.proposals.placing import proposal
from prongsai.intake.proposals.sheets import Line, Spot, columns_of
from prongsai.intake.proposals.values import Proposal, Remark, Signer, remark
from prongsai.intake.proposals.words import any_of, beginning_like, likeness, skeleton, table, words
from prongsai.thai.normalise import normalise

MOST = 12
_LONGEST_NAME, _LONGEST_POST, _POST_LINES = 60, 90, 3
_KNOWN_POST, _GARBLED_ACTING = 0.8, 0.45
_DOTS = r"[\s._…·]{0,80}"
_PARENTHESISED = re.compile(r"\(\s{0,8}(?P<name>[^()\d/]{4,60}?)\s{0,8}\)")
_OPEN_ONLY = re.compile(r"^\(\s{0,8}(?P<name>[^()\d/]{4,60})$")
_SIGNED = re.compile(rf"^\W{{0,3}}ลงชื่อ\)?{_DOTS}(?P<rest>.*)$")
# What a pen leaves beside a name, as a machine reads it.
_SPECKS = re.compile(r"[\s.…_]*[\d\W]{0,3}[\s.…_]*")
_SIGNED_BESIDE = re.compile(rf"\(?ลงชื่อ\)?{_DOTS}(?P<rest>[^\n]*?)(?=\s*\(?ลงชื่อ|$)")
_POST = "ตำแหน่ง"
_LONGEST_COPY, _PARTIES_LINES, _PARTIES_TEXT = 5, 30, 4_000
_PARTY_ENDS = (
    r"(?=ซึ่ง|ผู้มีอำนาจ|ผู้รับมอบอำนาจ|ฝ่ายหนึ่ง|ปรากฏ|ตามคำสั่ง|ตามหนังสือ|ตามความ|ในฐานะ|อยู่บ้าน|อายุ|[(,])"
)


@dataclass(frozen=True)
class _Name:
    """`column` when several sign side by side, and where each of `middles` is; `role` is what stood on the line
    for the signature.
    """

    spot: Spot
    index: int
    column: int = 0
    middles: tuple[float, ...] = ()
    role: str = ""
    is_bare: bool = False
    # A rank in the line above the name in parentheses.
    title: str = ""

    @property
    def written(self) -> str:
        return self.title + self.spot.written

    @property
    def is_beside_others(self) -> bool:
        return len(self.middles) > 1


def signatory_proposals(
    papers: Sequence[Read],
) -> tuple[tuple[Proposal[Signer], ...], tuple[Remark, ...]]:
    """Those found, in the order of the text and each once, and what is odd about them together."""
    found: dict[Signer, Proposal[Signer]] = {}
    for paper in papers:
        for each in _in_paper(paper):
            known = found.get(each.value or Signer(""))
            if each.value and (known is None or each.confidence > known.confidence):
                found[each.value] = each
    odd = _two_posts(found)
    kept = tuple(_doubted(each, odd) for each in list(found.values())[:MOST])
    warnings = list(odd.values())
    if len(found) > MOST:
        warnings.append(remark("too_many_signatories", limit=MOST))
    return kept, tuple(warnings)


def _two_posts(found: Iterable[Signer]) -> dict[str, Remark]:
    """By name: either one of the posts was misread, or one of the names."""
    posts: dict[str, list[str]] = {}
    for each in found:
        if each.post and each.post not in posts.setdefault(each.name, []):
            posts[each.name].append(each.post)
    return {
        name: remark("two_posts", name=name, posts=" / ".join(held))
        for name, held in posts.items()
        if len(held) > 1
    }


def _doubted(found: Proposal[Signer], odd: Mapping[str, Remark]) -> Proposal[Signer]:
    doubt = odd.get(found.value.name) if found.value else None
    if doubt is None:
        return found
    confidence = round(found.confidence * 0.8, 2)
    return replace(found, confidence=confidence, doubts=(*found.doubts, doubt))


def _in_paper(paper: Read) -> Iterator[Proposal[Signer]]:
    copied = _certifying(paper.lines)
    for index, line in enumerate(paper.lines):
        for name in () if index in copied else _names(paper.lines, index, line):
            signer = _signer(paper.lines, name)
            if signer:
                yield _as_party(paper, signer)


def _as_party(paper: Read, signer: Proposal[Signer]) -> Proposal[Signer]:
    """Above a contract's signatures stand only the roles; in which post somebody signs is said at its beginning."""
    known = signer.value
    if (
        paper.type.code != "contract"
        or known is None
        or known.post not in words("people", "parties")
    ):
        return signer
    begun = "\n".join(line.text for line in paper.lines[:_PARTIES_LINES])[:_PARTIES_TEXT]
    name = r"\s{1,9}".join(map(re.escape, normalise(known.name).split()))
    match = re.search(
        rf"โดย\s{{0,9}}{name}\s{{1,9}}(?P<post>[ก-๎.\s]{{4,160}}?)\s{{0,9}}{_PARTY_ENDS}", begun
    )
    post = " ".join(match["post"].split()) if match else ""
    if not _is_post(post):
        return signer
    acting = re.search(any_of(words("people", "acting")), post)
    at = acting.start() if acting else len(post)
    return replace(signer, value=Signer(known.name, post[:at].strip(), post[at:].strip()))


def _certifying(lines: Sequence[Line]) -> set[int]:
    """The lines of those who only say that a copy is true: they signed the copy and not the paper."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if line.text.strip("() ").startswith(words("people", "copies")):
            found.update(range(index, index + _LONGEST_COPY))
    return found


@cache
def _titled() -> re.Pattern[str]:
    """A title and what may be a name behind it; นายกเทศมนตรี begins like one and is none."""
    return re.compile(
        rf"{any_of(words('people', 'titles'))}\s{{0,3}}(?!กเทศ|กองค์|อำเภอ|ช่าง|ทะเบียน)[ก-ฮเ-ไ][ก-๎. ]{{2,50}}$"
    )


def _names(lines: Sequence[Line], index: int, line: Line) -> Iterator[_Name]:
    """The line must be made of nothing but names, or be the line for a signature."""
    if len(line.text) > 4 * _LONGEST_NAME:
        return
    matches = list(_PARENTHESISED.finditer(line.text))
    if matches and _SPECKS.fullmatch(_PARENTHESISED.sub("", line.text)):
        if len(matches) == 1:
            yield _alone(lines, index, line.part(*matches[0].span("name")))
        else:
            yield from _side_by_side(lines, index, matches)
    else:
        yield from _not_parenthesised(lines, index, line)


def _alone(lines: Sequence[Line], index: int, spot: Spot) -> _Name:
    role = _role_above(lines, index)
    title = role or (lines[index - 1].text.strip() if index else "")
    title = title if title in words("people", "titles") else ""
    return _Name(spot, index, role="" if title else role, title=title)


def _side_by_side(
    lines: Sequence[Line], index: int, matches: Sequence[re.Match[str]]
) -> Iterator[_Name]:
    line = lines[index]
    middles = tuple(middle for _spot, middle in columns_of(line))
    above = _SIGNED_BESIDE.finditer(lines[index - 1].text) if index else ()
    roles = [match["rest"].strip(" .…()\t") for match in above]
    roles = roles if len(roles) == len(matches) else [""] * len(matches)
    for column, (match, role) in enumerate(zip(matches, roles, strict=True)):
        said = "" if _titled().match(role) else role
        yield _Name(line.part(*match.span("name")), index, column, middles, said)


def _not_parenthesised(lines: Sequence[Line], index: int, line: Line) -> Iterator[_Name]:
    open_only = _OPEN_ONLY.match(line.text)
    if open_only and _titled().match(open_only["name"]):
        yield _Name(line.part(*open_only.span("name")), index)
    elif _titled().match(line.text) and len(line.text) <= _LONGEST_NAME and "  " not in line.text:
        yield _Name(line.spot, index, is_bare=True)
    else:
        yield from _signed_by_line(lines, index, line)


def _signed_by_line(lines: Sequence[Line], index: int, line: Line) -> Iterator[_Name]:
    """“(ลงชื่อ) นายสมชาย ใจดี ผู้ว่าจ้าง”."""
    match = _SIGNED.match(line.text) or _reported(lines, index)
    is_repeated = index + 1 < len(lines) and lines[index + 1].text.startswith("(")
    if not match or is_repeated:
        return
    name = re.match(rf"{any_of(words('people', 'titles'))}\s{{0,2}}\S+(?:\s\S+)?", match["rest"])
    if name:
        start = match.start("rest")
        role = match["rest"][name.end() :].strip(" .…")
        yield _Name(line.part(start, start + name.end()), index, role=role)


def _reported(lines: Sequence[Line], index: int) -> re.Match[str] | None:
    """“ผู้รายงาน นายสมชาย ใจดี” above “ตำแหน่ง …”."""
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    reporters = any_of(words("people", "reporters"))
    return (
        re.match(rf"{reporters}{_DOTS}(?P<rest>.*)$", lines[index].text)
        if after.startswith(_POST)
        else None
    )


def _role_above(lines: Sequence[Line], index: int) -> str:
    """“(ลงชื่อ).........ผู้ว่าจ้าง” above the name."""
    match = _SIGNED.match(lines[index - 1].text) if index else None
    role = match["rest"].strip(" .…()") if match else ""
    # The name may be typed in place of a signature.
    return "" if _titled().match(role) else role


def _signer(lines: Sequence[Line], name: _Name) -> Proposal[Signer] | None:
    posts = _post_lines(lines, name)
    is_titled = bool(name.title) or _titled().match(name.spot.text) is not None
    known = bool(posts) and _is_post(posts[0].text)
    if not (known or _signs_without_post(name, is_titled=is_titled)):
        return None
    if not (is_titled or _may_be_a_name(name.spot.text)):
        return None
    doubts = [] if is_titled else [remark("no_title", written=name.spot.written)]
    confidence = (0.88 if is_titled else 0.5) * (0.75 if name.is_bare else 1.0)
    return _with_post(name, posts, known, confidence, doubts)


def _signs_without_post(name: _Name, *, is_titled: bool) -> bool:
    """A bare name signs nothing unless its post is known."""
    return not name.is_bare and (is_titled or bool(name.role))


def _is_post(text: str) -> bool:
    return _known_post(text) or _begins_acting(text)


def _may_be_a_name(text: str) -> bool:
    return re.fullmatch(r"[ก-๎.]{2,30}\s{1,3}[ก-๎.]{2,30}", text) is not None


def _with_post(
    name: _Name, posts: Sequence[Spot], known: bool, confidence: float, doubts: list[Remark]
) -> Proposal[Signer]:
    signer = Signer(name.written, name.role)
    if posts:
        signer, factor, said = _post_and_acting(name, posts)
        confidence, doubts = confidence * factor, [*doubts, *said]
        if not known:
            doubts.append(remark("post_unknown", written=posts[0].written))
            confidence *= 0.6
    elif not name.role:
        doubts.append(remark("post_missing"))
        confidence *= 0.6
    spot = name.spot
    if posts and posts[-1].sheet is spot.sheet and not name.is_beside_others:
        spot = replace(spot, end=posts[-1].end)
    return proposal(signer, confidence, spot, doubts)


def _post_lines(lines: Sequence[Line], name: _Name) -> list[Spot]:
    """The post under a name, and the line of acting under that."""
    found: list[Spot] = []
    for line in lines[name.index + 1 : name.index + 1 + _POST_LINES]:
        spot = _column(line, name)
        if spot is None or not _goes_on(found, spot, line):
            break
        found.append(spot)
    return found


def _column(line: Line, name: _Name) -> Spot | None:
    if not name.is_beside_others:
        return line.spot
    columns = columns_of(line)
    if len(columns) == len(name.middles):
        return columns[name.column][0]
    return next(
        (spot for spot, middle in columns if _nearest(name.middles, middle) == name.column), None
    )


def _nearest(middles: Sequence[float], middle: float) -> int:
    return min(range(len(middles)), key=lambda column: abs(middles[column] - middle))


def _goes_on(found: Sequence[Spot], spot: Spot, line: Line) -> bool:
    text = spot.text
    if _is_no_post(text):
        return False
    is_post = _is_post(text)
    if not found:
        return is_post or not line.after_gap
    # What is acted as stands in a line of its own, which a machine may have moved away.
    is_expected = not line.after_gap or _ends_in_acting(found[-1].text)
    return (is_post and is_expected) or _begins_acting(text)


def _is_no_post(text: str) -> bool:
    is_other = re.match(r"[\d(]", text) or text.startswith(words("people", "not_a_post"))
    return bool(is_other or len(text) > _LONGEST_POST or _titled().match(text))


def _ends_in_acting(text: str) -> bool:
    return text.endswith(words("people", "acting")) or _garbled_acting(text) is not None


@cache
def _first_letters() -> frozenset[str]:
    return frozenset(post[0] for post in words("people", "posts"))


def _known_post(text: str) -> bool:
    posts = words("people", "posts")
    if text.startswith(posts):
        return True
    if text[:1] not in _first_letters():
        return False
    return any(len(post) > 6 and beginning_like(text, post) >= _KNOWN_POST for post in posts)


def _begins_acting(text: str) -> bool:
    return text.startswith(words("people", "acting"))


def _post_and_acting(name: _Name, posts: Sequence[Spot]) -> tuple[Signer, float, list[Remark]]:
    """The post before the words of acting, and from them on what the signer acts as."""
    # A role under a post is none.
    roles = words("people", "roles")
    told = [spot for at, spot in enumerate(posts) if not at or spot.text.strip("() ") not in roles]
    written = " ".join(spot.written for spot in told).removeprefix(_POST).lstrip(" :.")
    spelt = normalise(written)
    signed = name.written
    exact = re.search(any_of(words("people", "acting")), spelt)
    if exact:
        # Both spellings have the same length but for letters that nobody sees.
        post, acting = written[: exact.start()].strip(), written[exact.start() :].strip()
        return Signer(signed, _with_role(post, name.role), acting), 1.0, []
    garbled = _garbled_acting(spelt)
    if garbled is None:
        return Signer(signed, _with_role(written, name.role)), 1.0, []
    start, word, meant = garbled
    doubt = remark("acting_garbled", written=written[start : start + word], meant=meant)
    return Signer(signed, written[:start].strip(), written[start:].strip()), 0.4, [doubt]


def _with_role(post: str, role: str) -> str:
    """A role printed beside a signature matters where there is no post, and for witnesses, who answer for less."""
    if not post or not role:
        return post or role
    return f"{post} ({role})" if normalise(role) in words("people", "witnesses") else post


def _garbled_acting(spelt: str) -> tuple[int, int, str] | None:
    """Where a word stands behind a post that is no part of it and is like a word of acting: start, length, meant."""
    if not _known_post(spelt):
        return None
    apart = list(re.finditer(r"\S+", spelt))[1:]
    for found in apart:
        if found[0].startswith((*words("people", "not_acting"), *words("people", "posts"))):
            continue
        like, meant = max(
            (likeness(skeleton(found[0]), skeleton(word)), word)
            for word in words("people", "acting")
        )
        if like >= _GARBLED_ACTING or found[0].endswith(("หน้าที่", "ราชการแทน")):
            written = {normalise(word): word for word in table("words")["people"]["acting"]}
            return found.start(), len(found[0]), written[meant]
    return None
