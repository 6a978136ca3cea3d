"""Where a person can be found: private e-mail, home address, date of birth."""

import re
from functools import cache

from prongsai.screening.finders.people import behind_a_name
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import FAR, any_of, nearest, words
from prongsai.thai.dates import MONTHS, SHORT_MONTHS
from prongsai.thai.normalise import normalise
from prongsai.thai.words import word_start

_EMAIL = re.compile(
    # Scanned text has spaces around the at sign now and then.
    r"(?<![a-z0-9._%+\-*])(?<![*x]{2})(?P<local>[a-z0-9][a-z0-9._%+\-]{0,63})(?:@|\s@\s)(?P<domain>(?:[a-z0-9\-]{1,63}\.)+[a-z]{2,15})"
)
_MASKED = re.compile(r"x[x._\-]{2,}@")
_LOCAL = r"(?<![a-z0-9._%+\-*])[a-z0-9][a-z0-9._%+\-]{0,63}"
# Torn at its @ or dot, or with `(at)` for it: read together only where the domain is one of private mail.
_AT = r"(?:\s{0,2}@\s{0,2}|\s?[(\[]\s?at\s?[)\]]\s?)"
_NEAR_HOME = (
    r"(?:(?:หมู่ที่|หมู่|ม\.)\s?[0-9]{1,2}(?![0-9])"
    r"|(?:หมู่บ้าน|บ้าน|ชุมชน|ซอย|ซ\.|moo|soi|ตรอก|ถนน|ถ\.|อพาร์[ก-๎]+|หอพัก|คอนโด)\s?[ก-๎0-9]+(?:\s[0-9]{1,3}(?![0-9]))?)"
)
_REGION = (
    r"(?:(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\.)\s?[ก-๎]{2,}"
    r"|(?:tambon|amphoe|changwat)\s[a-z]+(?:\s[a-z]+)?|[a-z]+(?:\s[a-z]+)?\s(?:subdistrict|district|province))"
)
_ADDRESS = re.compile(
    r"(?P<said>(?:บ้านเลขที่|ห้องเลขที่|เลขที่|ห้อง)\s{0,2})?(?<![0-9/])[0-9]{1,4}(?:/[0-9]{1,4})?"
    rf"(?:,?\s{{0,3}}(?:{_NEAR_HOME}|{_REGION})){{2,}}(?:\s{{0,2}}[0-9]{{5}}(?![0-9]))?"
)
# Before a number that counts or is already part of an address.
_OTHER_NUMBER = re.compile(r"(?:หมู่ที่|หมู่|ม\.|จำนวน|ซอย[ก-๎]*|ชั้น|พื้นที่|ทั้ง|ใน|รวม|มาตรา|ข้อ|วันที่)\s?$")
_TITLE = re.compile(r"นาย|นาง|น\.ส\.|เด็ก|ด\.[ชญ]\.")
_MONTH = "|".join(
    re.escape(normalise(name)).replace(r"\.", r"\s?\.?") for name in MONTHS + SHORT_MONTHS
)
_ENGLISH_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
# Typed letters set two spaces around the parts of a date, and scanned ones more.
DATE = (
    rf"[0-9]{{1,2}}\s{{0,3}}(?:เดือน\s{{0,3}})?(?:{_MONTH}|{_ENGLISH_MONTH})\s{{0,3}}(?:พ\.?\s?ศ\.?\s{{0,3}}|ค\.?\s?ศ\.?\s{{0,3}})?[0-9]{{2,4}}"
    r"|[0-9]{1,2}\s?[/.\-\u2010-\u2015]\s?[0-9]{1,2}\s?[/.\-\u2010-\u2015]\s?[0-9]{2,4}"
    r"|[12][0-9]{3}-[0-9]{2}-[0-9]{2}"
    rf"|[0-9]{{1,2}}-{_ENGLISH_MONTH}-[0-9]{{2,4}}"
)
_WEEKDAY = "จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์"
_BIRTH = re.compile(
    rf"(?:วัน[\s/]*เดือน[\s/]*ปี\s*(?:ที่\s*)?เกิด(?:\s?(?:ตาม|ของ)[ก-๎]{1, 40})?|วันเกิด(?!เหตุ)[ก-๎]{0, 20}"
    r"|ว\s*/\s*ด\s*/\s*ป\s*(?:\.\s*)?เกิด"
    rf"|เกิด(?:เมื่อ)?(?:วัน(?:{_WEEKDAY})?ที่)?"
    rf"|date of birth|birth\s?date|born(?:\son)?|dob)[\s\"']*(?:[:\-=][\s\"']*)?"
    rf"(?:(?:เมื่อวันที่|เมื่อ|วันที่)\s*)?(?P<date>{DATE})(?![0-9])"
)
_REACH, _HOME_REACH, _BEFORE, _BESIDE = 30, 45, 14, 3
_SEAT = re.compile("ตั้งอยู่")
# What stands before a house number without a space, and is rather the rest of it.
_MISREAD = re.compile(r"(?<!\S)(?=[^\s0-9]{0,3}[0-9/])\S+\Z|[a-z|]+\Z")
_LONGEST_NUMBER = 8


def private_emails(page: Page) -> list[Hit]:
    public = (*words("context")["email"]["public_domains"], *page.own.domains)
    whole = [
        Hit(*found.span(), re.sub(r"\s", "", found[0]))
        for found in _EMAIL.finditer(page.text)
        if re.sub(r"\s", "", found[0]) not in page.own.emails
        and not _MASKED.match(found[0])
        and not _is_of_an_office(found)
        # With a full stop before both, so that `notgo.th` does not pass for `go.th`.
        and not any(f".{found['domain']}".endswith(f".{domain}") for domain in public)
    ]
    torn = [Hit(*found.span(), _joined(found[0])) for found in _torn().finditer(page.text)]
    return whole + [
        hit
        for hit in torn
        if hit.datum not in page.own.emails and not any(hit.overlaps(other) for other in whole)
    ]


def _is_of_an_office(found: re.Match[str]) -> bool:
    """As info@ at the domain of a school or an association."""
    lists = words("context")["email"]
    return found["local"] in lists["office_names"] and any(
        found["domain"].endswith(f".{domain}") for domain in lists["office_domains"]
    )


@cache
def _torn() -> re.Pattern[str]:
    providers = sorted(words("context")["email"]["providers"], key=len, reverse=True)
    dotted = "|".join(re.escape(name).replace(r"\.", r"\s?\.\s?") for name in providers)
    return re.compile(rf"{_LOCAL}{_AT}(?:{dotted})(?![a-z0-9])")


def _joined(written: str) -> str:
    return re.sub(r"[(\[]at[)\]]", "@", re.sub(r"\s", "", written))


def home_addresses(page: Page) -> list[Hit]:
    """A house number and two places, where somebody lives: the words before it or a name say so."""
    return [
        Hit(_begin(page.text, found), found.end(), re.sub(r"\s", "", found[0]))
        for found in _ADDRESS.finditer(page.text)
        if _is_home(page.text, found)
    ]


def _begin(text: str, found: re.Match[str]) -> int:
    """Where the word begins, also one that a machine read with letters among its digits."""
    if found["said"]:
        return word_start(text, found.start())
    misread = _MISREAD.search(text, max(0, found.start() - _LONGEST_NUMBER), found.start())
    return misread.start() if misread else found.start()


def _is_home(text: str, found: re.Match[str]) -> bool:
    lists = words("context")["address"]
    if not found["said"] and _OTHER_NUMBER.search(text[max(0, found.start() - 20) : found.start()]):
        return False
    reach = (_REACH, 0)
    number = found.end("said") if found["said"] else found.start()
    homely = nearest(text, number, found.end(), any_of(tuple(lists["home"])), (_HOME_REACH, 0))
    official = nearest(text, found.start(), found.end(), any_of(tuple(lists["office"])), reach)
    if official < FAR and _SEAT.search(text, max(0, found.start() - _BEFORE), found.start()):
        return False
    named = nearest(text, found.start(), found.end(), _TITLE, (2 * _REACH, 0))
    return homely < min(official + _REACH // 2, FAR) or named < official


def birth_dates(page: Page) -> list[Hit]:
    """Fires and floods also เกิด on a day."""
    happening = any_of(tuple(words("context")["birth"]["other"]))
    return [
        Hit(*found.span("date"), re.sub(r"\s", "", found["date"]))
        for found in _BIRTH.finditer(page.text)
        if behind_a_name(page, found.start()) <= _BESIDE
        or not happening.search(page.text[max(0, found.start() - _BEFORE) : found.start()])
    ]
