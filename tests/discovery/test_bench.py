"""The benchmark's contract: outside checks run it on folders of their own."""

import gzip
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.search_quality import read_questions

BENCH = Path(__file__).parents[2] / "bench" / "search"
TEXTS = {
    "a": "ประกาศแผนจัดเก็บขยะมูลฝอยชุมชน",
    "b": "ผลการประชุมสภาเทศบาลสมัยสามัญ",
    "c": "ตารางเดินรถรับส่งนักเรียน",
}


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    queries = [
        {"id": "1", "text": "จัดเก็บขยะมูลฝอย", "rel": ["a"]},
        {"id": "2", "text": "ประชุมสภาเทศบาล", "rel": ["b"]},
        {"id": "3", "text": "เครื่องบินไอพ่น", "rel": ["c"]},
    ]
    write(tmp_path / "queries.jsonl", queries)
    write(tmp_path / "docs.jsonl", [{"id": key, "text": text} for key, text in TEXTS.items()])
    return tmp_path


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BENCH, *map(str, arguments)], capture_output=True, text=True, timeout=60)


def test_the_numbers_have_their_names(collection: Path) -> None:
    numbers = json.loads(run(collection, "--json").stdout)

    assert set(numbers) == {
        "recall@1", "recall@10", "mrr@10", "p50_ms", "p99_ms", "docs_per_s", "index_bytes", "text_bytes",
    }  # fmt: skip
    assert numbers["recall@1"] == numbers["recall@10"] == numbers["mrr@10"] == 0.6667
    assert numbers["text_bytes"] == sum(len(text.encode()) for text in TEXTS.values())


def test_documents_may_be_packed(collection: Path) -> None:
    plain = collection / "docs.jsonl"
    (collection / "docs.jsonl.gz").write_bytes(gzip.compress(plain.read_bytes()))
    plain.unlink()

    assert json.loads(run(collection, "--json", "--corrupt", "1").stdout)["recall@10"] > 0


def test_a_folder_that_is_no_collection_is_bad_usage(tmp_path: Path) -> None:
    answer = run(tmp_path, "--json")

    assert answer.returncode == 2
    assert answer.stderr.startswith(f"bench/search: {tmp_path} is not a collection")


def test_slips_are_the_same_in_each_run_and_change_each_query(collection: Path) -> None:
    spoiled = read_questions(collection, 1)

    assert spoiled == read_questions(collection, 1)
    assert all(
        mine.text != other.text
        for mine, other in zip(spoiled, read_questions(collection, 0), strict=True)
    )
