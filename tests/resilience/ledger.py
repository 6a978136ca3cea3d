"""What an installation holds after something was killed, read from outside and compared with what went in."""

import json
from dataclasses import dataclass

from tests.attacks.installation import Installation

# `check` runs with the rights of the worker, as this program does.
QUESTION = """
import json, sys
from prongsai.config.cli.main import main
from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Act
from prongsai.organisation.queries import first_broken_act
from prongsai.record.models import Checkpoint, Entry
print(json.dumps({
    "entries": list(Entry.objects.order_by("seq").values_list("seq", "number", "key")),
    "heads": Checkpoint.objects.count(),
    "states": {str(s.ref): s.state for s in Submission.objects.all()},
    "seqs": {str(s.ref): s.entry_seq for s in Submission.objects.all()},
    "stages": list(Disclosure.objects.exclude(stage="writing").values_list("stage", flat=True)),
    "drafts": [
        [str(d.ref), [r.content["title"] for r in d.revisions.order_by("sequence")]]
        for d in Disclosure.objects.filter(stage="writing").prefetch_related("revisions")
    ],
    "numbers": sorted(Disclosure.objects.exclude(number="").values_list("number", flat=True)),
    "acts": sorted(Act.objects.filter(verb="publish").values_list("details__number", flat=True)),
    "broken": first_broken_act(),
}))
sys.exit(main(["check"]))
"""


@dataclass(frozen=True)
class Ledger:
    entries: list[tuple[int, str, str]]
    heads: int
    states: dict[str, str]
    seqs: dict[str, int]
    stages: list[str]
    drafts: list[tuple[str, list[str]]]
    numbers: list[str]
    acts: list[str]
    broken: int | None


def ledger(installation: Installation) -> Ledger:
    """Of an installation in which `prongsai check` finds nothing to complain of."""
    done = installation.python("worker", QUESTION)
    assert done.returncode == 0, done.stderr
    return Ledger(**json.loads(done.stdout))


def assert_each_was_published_once(
    installation: Installation, refs: list[str], *, corrections: int = 0
) -> Ledger:
    """Nothing lost, nothing doubled, numbers without gaps, office and record agree, and the log verifies."""
    held = ledger(installation)
    numbers = [number for _seq, number, _key in held.entries]
    year = numbers[0].partition("-")[0]
    items = list(dict.fromkeys(numbers))

    assert items == [f"{year}-{place:05d}" for place in range(1, len(refs) - corrections + 1)]
    assert [seq for seq, _number, _key in held.entries] == list(range(len(refs)))
    assert {key for _seq, _number, key in held.entries} == {f"submission:{ref}" for ref in refs}
    assert held.seqs == {key.removeprefix("submission:"): seq for seq, _number, key in held.entries}
    assert set(held.states.values()) == {"published"}
    assert set(held.stages) == {"resting"}
    assert (held.numbers, held.acts) == (items, sorted(numbers))
    assert (held.heads, held.broken) == (len(refs), None)
    verified = installation.run("verify", check=False)
    assert verified.returncode == 0, verified.stderr
    return held
