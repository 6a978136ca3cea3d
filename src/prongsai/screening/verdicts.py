"""Why something may not be said of a finding: plain values in, keys of `refusals.SENTENCES` out."""

LONGEST_BASIS = 300


def screener_blockers(
    *,
    has_person: bool,
    is_screener: bool,
    is_current: bool,
    is_screening: bool,
    has_contributed: bool,
) -> list[str]:
    """What must hold of whoever speaks, and of when, whatever they say."""
    table = (
        (not has_person, "no_person"),
        (has_person and not is_screener, "no_role"),
        (not is_current, "not_current"),
        (not is_screening, "not_screening"),
        (has_contributed, "own_work"),
    )
    return [key for condition, key in table if condition]


def second_word_blockers(
    *,
    is_known: bool,
    awaits_second: bool,
    is_as_seen: bool,
    is_same_person: bool,
    lacks_reason: bool,
) -> list[str]:
    """Two people means two: whoever decided may not be the one who agrees."""
    if not awaits_second or not is_as_seen:
        return ["not_awaiting"]
    table = (
        (not is_known, "unknown_word"),
        (is_same_person, "same_person"),
        (lacks_reason, "no_objection_reason"),
    )
    return [key for condition, key in table if condition]
