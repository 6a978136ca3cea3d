"""The only code that writes screenings, findings and what is said of them."""

from prongsai.screening.actions.answering import say_second_word, withdraw_decision
from prongsai.screening.actions.deciding import Words, decide_finding, decide_findings
from prongsai.screening.actions.looking import screen, submit_for_screening, take_back

__all__ = [
    "Words",
    "decide_finding",
    "decide_findings",
    "say_second_word",
    "screen",
    "submit_for_screening",
    "take_back",
    "withdraw_decision",
]
