"""What of all that the office said it had kept is not there. A program that runs with the worker's settings.

Reads `{"saves": [[work, mark]…], "signed": [[who, submission]…]}`, prints the lines of what is lost as JSON.
"""

import json
import sys
from collections.abc import Iterable

import django

django.setup()

from prongsai.approval.models import Decision  # noqa: E402 -- Django must be set up first
from prongsai.approval.states import Verdict  # noqa: E402 -- as above
from prongsai.disclosures.models import Disclosure  # noqa: E402 -- as above
from prongsai.organisation.queries import first_broken_act  # noqa: E402 -- as above


def lost(told: dict[str, list[list[str]]]) -> Iterable[str]:
    bodies = {
        str(one.ref): one.latest.content["body"] if one.latest else ""
        for one in Disclosure.objects.select_related("latest")
    }
    for work, mark in told["saves"]:
        if bodies[work].count(mark) != 1:
            yield f"{mark} stands {bodies[work].count(mark)} times in {work}"
    said = Decision.objects.filter(verdict=Verdict.ENDORSE)
    words = {
        (who, str(ref)) for who, ref in said.values_list("person__username", "submission__ref")
    }
    for who, ref in told["signed"]:
        if (who, ref) not in words:
            yield f"the signature of {who} under {ref} is not there"
    broken = first_broken_act()
    if broken is not None:
        yield f"the trail of acts is broken at {broken}"


sys.stdout.write(json.dumps(list(lost(json.load(sys.stdin)))))
