"""Facts that stand in the fields of a form: religion, ethnicity, blood, the number of a patient."""

import re
from functools import cache

from prongsai.screening.finders.people import behind_a_name, is_anybody_named
from prongsai.screening.located import Hit, Page
from prongsai.screening.words import any_of, words

_FIELD_GAP = r"\s{0,3}[:.\-]?\s{0,3}"
_PATIENT = re.compile(
    r"(?<![a-z0-9])(?:hn|h\.n\.|an|a\.n\.|เลขที่ผู้ป่วย|เลขประจำตัวผู้ป่วย|เลขที่เวชระเบียน)"
    r"\s{0,2}(?:no\.?|เลขที่)?\s{0,2}[:.\-]?\s{0,2}(?P<number>[0-9]{1,9}(?:[/\-][0-9]{2,6})?)(?![0-9])"
)
_DISEASE = re.compile(
    r"icd\s?-?\s?10(?:\s?-?\s?tm)?\s{0,2}(?:code|รหัส)?\s{0,2}[:=\-]?\s{0,2}(?P<code>[a-z][0-9]{2}(?:\.[0-9]{1,2})?)(?![0-9a-z])"
)
_DIAGNOSED = re.compile(r"วินิจฉัย|diagnos|(?<![a-z])dx(?![a-z])")
_LEAST_PATIENT_DIGITS = 5
_AROUND = 60


def patients(page: Page) -> list[Hit]:
    """The hospital's number of somebody, or the code of a disease beside one."""
    hits = [
        Hit(*found.span("number"), found["number"])
        for found in _PATIENT.finditer(page.text)
        if sum(map(str.isdigit, found["number"])) >= _LEAST_PATIENT_DIGITS
    ]
    return hits + [
        Hit(*found.span("code"), found[0])
        for found in _DISEASE.finditer(page.text)
        if _is_diagnosis(page, found, hits)
    ]


def _is_diagnosis(page: Page, found: re.Match[str], patients: list[Hit]) -> bool:
    """A code alone stands in statistics and lists of diseases."""
    start, end = max(0, found.start() - _AROUND), found.end() + _AROUND
    return (
        _DIAGNOSED.search(page.text, start, end) is not None
        or is_anybody_named(page, start, end)
        or any(start <= patient.start < end for patient in patients)
    )


def filled_fields(page: Page) -> list[Hit]:
    """A religion or an ethnicity filled in, among other fields about the same person."""
    return [
        Hit(*found.span(), _datum(page.text, *found.span()), label=field["label"])
        for field in words("forms")["fields"]
        for found in _filled(tuple(field["names"]), tuple(field["values"])).finditer(page.text)
        if _is_of_somebody(page, *found.span())
    ]


def _datum(text: str, start: int, end: int) -> str:
    """With what stands around: the same religion of somebody else is another question."""
    return "".join(text[max(0, start - _AROUND) : end + _AROUND].split())


def _is_of_somebody(page: Page, start: int, end: int) -> bool:
    """A name in the same line counts as one of the words."""
    lists, text = words("forms"), page.text
    reach = lists["reach"]
    around = f"{text[max(0, start - reach) : start]}|{text[end : end + reach]}"
    told = set(any_of(tuple(lists["person"])).findall(around))
    if len(told) + (behind_a_name(page, start) < reach) < lists["least"]:
        return False
    counted = any_of(tuple(lists["counted"]))
    return counted.search(text, start, end + lists["counted_reach"]) is None


@cache
def _filled(names: tuple[str, ...], values: tuple[str, ...]) -> re.Pattern[str]:
    named, filled_in = any_of(names).pattern, any_of(values).pattern
    return re.compile(rf"(?<![ก-๎])(?:{named}){_FIELD_GAP}(?:{filled_in})(?![ก-๎])")
