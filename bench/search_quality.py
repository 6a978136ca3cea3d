"""What `bench/search` measures, for folders of `{"id", "text"}` and `{"id", "text", "rel"}` lines."""

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings.portal")

import django

django.setup()

from prongsai.discovery.analysis import clean_query  # noqa: E402 -- models need settings
from prongsai.discovery.ranking import Filters, Ranking  # noqa: E402
from prongsai.discovery.reader import Mark, View  # noqa: E402
from prongsai.discovery.schema import Searchable, open_index  # noqa: E402
from prongsai.discovery.writing import fill  # noqa: E402

SEED = 2569
DEPTH = 10
LETTERS = [chr(code) for code in range(0x0E01, 0x0E2F)]
TONE_MARKS = "\u0e48\u0e49\u0e4a\u0e4b"


@dataclass(frozen=True)
class Question:
    text: str
    right: frozenset[str]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench/search", description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="holds docs.jsonl or docs.jsonl.gz, and queries.jsonl"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--corrupt", type=int, default=0, metavar="N", help="spoil each query by N letters"
    )
    options = parser.parse_args(arguments)
    try:
        numbers = measured(options.folder, options.corrupt)
    except (OSError, KeyError, json.JSONDecodeError) as error:
        print(f"bench/search: {options.folder} is not a collection: {error!r}", file=sys.stderr)
        return 2
    lines = (f"{name:12} {value}" for name, value in numbers.items())
    print(json.dumps(numbers) if options.json else "\n".join(lines))
    return 0


def measured(folder: Path, corrupt: int = 0) -> dict[str, float]:
    """All numbers of one collection. Times are of one query in this process, analysis included."""
    questions = read_questions(folder, corrupt)
    with tempfile.TemporaryDirectory(prefix="bench-search-") as place:
        index = Path(place)
        began = time.perf_counter()
        documents = list(_lines(_documents(folder)))
        count = fill(
            index, (Searchable(each["id"], main=(each["text"],)) for each in documents), Mark()
        )
        seconds = time.perf_counter() - began
        sizes = {
            "docs_per_s": round(count / seconds, 1),
            "index_bytes": sum(file.stat().st_size for file in index.iterdir()),
            "text_bytes": sum(len(each["text"].encode()) for each in documents),
        }
        del documents
        return _asked(index, questions) | sizes


def _asked(index: Path, questions: list[Question]) -> dict[str, float]:
    opened = open_index(index)
    opened.reload()
    view = View(opened.searcher(), Mark())
    times, ranks = [], []
    for question in questions:
        began = time.perf_counter()
        ranked = Ranking(view, Filters()).ranked(clean_query(question.text), offset=0, limit=DEPTH)
        times.append((time.perf_counter() - began) * 1000)
        found = [row.number for row in ranked.rows] if ranked else []
        ranks.append(next((n for n, each in enumerate(found, 1) if each in question.right), None))
    times.sort()
    return {
        "recall@1": _mean(rank == 1 for rank in ranks),
        "recall@10": _mean(rank is not None for rank in ranks),
        "mrr@10": _mean(1 / rank if rank else 0.0 for rank in ranks),
        "p50_ms": round(times[len(times) // 2], 3),
        "p99_ms": round(times[int(len(times) * 0.99)], 3),
    }


def read_questions(folder: Path, corrupt: int) -> list[Question]:
    chance = random.Random(SEED)  # noqa: S311 -- the same slips every time
    questions = []
    for line in _lines(folder / "queries.jsonl"):
        text = line["text"]
        for _ in range(corrupt):
            text = spoiled(text, chance)
        questions.append(Question(text, frozenset(line["rel"])))
    return questions


def spoiled(text: str, chance: random.Random) -> str:
    """One slip: a letter left out, another letter in its place, or a tone mark dropped."""
    if not text:
        return text
    marks = [place for place, letter in enumerate(text) if letter in TONE_MARKS]
    slip = chance.choice(("left out", "other", "tone" if marks else "left out"))
    place = chance.choice(marks) if slip == "tone" else chance.randrange(len(text))
    instead = chance.choice(LETTERS) if slip == "other" else ""
    return text[:place] + instead + text[place + 1 :]


def _documents(folder: Path) -> Path:
    packed = folder / "docs.jsonl.gz"
    return packed if packed.exists() else folder / "docs.jsonl"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        for line in file:
            if line.strip():
                yield json.loads(line)


def _mean(values: Iterator[float]) -> float:
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4) if numbers else 0.0
