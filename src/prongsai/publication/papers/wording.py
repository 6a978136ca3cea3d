"""An administrator writes a text of the papers anew; what was kept before stays as it was signed."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.timezone import localdate

from prongsai.disclosures.tidy import line, lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import held_by
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.publication.models import PaperText
from prongsai.publication.papers.phrases import changed_facts, keys, unedited, wrong_words
from prongsai.publication.papers.queries import newest_texts
from prongsai.publication.papers.states import TextBlocker as Not

LONGEST_TEXT = 1_000


class CannotChangeText(CannotAct):
    """The papers go on saying what they said."""


def change_text(
    *, key: str, text: str, reason: str, base_number: int, by: Actor, at: datetime
) -> PaperText:
    """The next version of this text; an empty one gives it back to the files. Raises `CannotChangeText`.

    `base_number` is the version that its author had before them, 0 for the text of the files.
    """
    text, reason, subject = line(text), lines(reason), f"paper_text:{key}"
    with refusals_recorded(by=by, at=at, verb="change_paper_text", subject=subject):
        newest = PaperText.objects.select_for_update().filter(key=key).order_by("-number").first()
        number = newest.number if newest else 0
        blockers = _blockers(key, text, reason, by=by, at=at)
        if number != base_number:
            blockers.append(Blocker(Not.CHANGED_MEANWHILE))
        if blockers or by.person_id is None:
            raise CannotChangeText(blockers)
        made = PaperText(key=key, number=number + 1, text=text, reason=reason, written_at=at)
        made.written_by_id, made.post = by.person_id, by.signature[:200]
        _add(made)
        details = {"number": made.number, "text": text}
        record_act(
            by=by,
            at=at,
            verb="change_paper_text",
            subject=subject,
            reason=reason,
            details=details,
        )
    return made


def _add(made: PaperText) -> None:
    """Two administrators may save at once: the table gives each number out once."""
    try:
        made.save(force_insert=True)
    except IntegrityError as error:
        raise CannotChangeText([Blocker(Not.CHANGED_MEANWHILE)]) from error


def _blockers(key: str, text: str, reason: str, *, by: Actor, at: datetime) -> list[Blocker]:
    held = held_by(by, on=localdate(at)).filter(post__roles__code=RoleCode.ADMINISTRATOR)
    found = [] if held.exists() else [Blocker(Not.NOT_ADMINISTRATOR)]
    if key not in keys():
        return [*found, Blocker(Not.UNKNOWN, key)]
    present = newest_texts().get(key, "")
    strange = wrong_words(key, text)
    # An empty text goes back to that of the files, and one with half a brace has no words to compare.
    facts = changed_facts(key, text) if text and "{" not in strange else []
    more = [
        (not reason, Not.NO_REASON, ""),
        (len(text) > LONGEST_TEXT, Not.TOO_LONG, ""),
        (text in (present, present or unedited(key)), Not.UNCHANGED, ""),
        *((True, Not.STRANGE_WORD, word) for word in strange),
        *((True, Not.CHANGES_FACTS, fact) for fact in facts),
    ]
    return [*found, *(Blocker(code, detail) for is_so, code, detail in more if is_so)]
