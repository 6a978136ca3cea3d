from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from prongsai.discovery import reader as module
from prongsai.discovery.folders import new_generation, use
from prongsai.discovery.index import fill
from prongsai.discovery.reader import Mark, Reader, View, read_mark
from prongsai.discovery.schema import Searchable, open_index

THREADS = 8


def generation(root: Path, seq: int) -> Path:
    folder = new_generation(root)
    fill(folder, [Searchable(f"n{seq}", "ขยะ")], Mark(seq))
    use(root, folder)
    return folder


def test_a_folder_without_an_index_shows_nothing(tmp_path: Path) -> None:
    assert Reader(tmp_path / "nowhere").view() is None
    assert Reader(tmp_path).indexed_seq() == -1


def test_an_index_without_a_mark_has_followed_nothing(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.reload()

    assert read_mark(index.searcher()) == Mark()


def test_a_reader_follows_from_one_generation_to_the_next(tmp_path: Path) -> None:
    generation(tmp_path, 1)
    reader = Reader(tmp_path)
    assert reader.indexed_seq() == 1

    generation(tmp_path, 2)

    assert reader.indexed_seq() == 2


def test_a_reader_that_has_seen_the_newest_state_opens_nothing(tmp_path: Path) -> None:
    generation(tmp_path, 1)
    reader = Reader(tmp_path)

    assert reader.view() is reader.view()


def test_threads_share_one_view(tmp_path: Path) -> None:
    generation(tmp_path, 1)
    reader, barrier = Reader(tmp_path), Barrier(THREADS)

    def look(_number: int) -> View | None:
        barrier.wait()
        return reader.view()

    with ThreadPoolExecutor(THREADS) as pool:
        views = list(pool.map(look, range(THREADS)))

    assert len({id(view) for view in views}) == 1


def test_another_word_list_is_another_format() -> None:
    assert module.index_format() == module.index_format()
    assert module.index_format().startswith(f"{module.FORMAT}-")
