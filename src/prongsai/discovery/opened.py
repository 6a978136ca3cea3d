"""Items as lists show them now, opened for search: read once, and kept while the record's head stands still.

Nothing here is ever purged: when the head moves, all is dropped at once. So what a recall erased is gone from
this memory with the next search.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from prongsai.discovery.snippets import Text
from prongsai.discovery.texts import Document, attached_texts, own_texts
from prongsai.record.models import Item
from prongsai.record.queries import editions, file_pages

# Of texts, about 8 MB in memory: their letters are kept twice, as they are shown and as they are meant.
LIMIT = 2_000_000
OVERHEAD = 500
# In a passage one field must not run into the next as if it were one sentence.
BETWEEN_FIELDS = " · "


class FilePage:
    """A page that was read from a file of an item."""

    def __init__(self, *, slot: str, name: str, sha256: str, number: int, text: str) -> None:
        self.slot = slot
        self.file_name = name
        self.sha256 = sha256
        self.number = number
        self.text = Text(text)


class Opened:
    """An item with its texts; its files are read when somebody must look into them."""

    def __init__(self, item: Item, document: Document) -> None:
        self.item = item
        self.title = Text(item.title)
        self.own = Text(BETWEEN_FIELDS.join(own_texts(document)))
        self.document: Document = {"files": document.get("files") or ()}
        self.pages: tuple[FilePage, ...] | None = None if self.document["files"] else ()

    @property
    def size(self) -> int:
        """In letters."""
        pages = sum(len(page.text.shown) + OVERHEAD for page in self.pages or ())
        return len(self.title.shown) + len(self.own.shown) + pages + OVERHEAD


class Openings:
    """Shared by the threads of one process."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._lock = Lock()
        self._head: int | None = None
        self._size = 0
        self._kept: OrderedDict[str, tuple[Opened, int]] = OrderedDict()

    def listed(self, head: int, numbers: Iterable[str]) -> dict[str, Opened]:
        """Those of the numbers that lists may show, at that head of the record."""
        wanted = list(numbers)
        found = self._found(head, wanted)
        missing = [number for number in wanted if number not in found]
        made = _opened(missing) if missing else {}
        self._keep(head, made.values())
        return found | made

    def read_files(self, head: int, openings: Sequence[Opened]) -> None:
        """Read the files of these items, in one question, where that has not been done."""
        unread = [each for each in openings if each.pages is None]
        if not unread:
            return
        read = file_pages(each.document for each in unread)
        for each in unread:
            each.pages = tuple(
                FilePage(
                    slot=file.slot, name=file.name, sha256=file.sha256, number=number, text=text
                )
                for file in attached_texts(each.document, read)
                for number, text in file.pages
            )
        self._keep(head, unread)

    def _found(self, head: int, numbers: Iterable[str]) -> dict[str, Opened]:
        with self._lock:
            if head != self._head:
                self._head, self._size = head, 0
                self._kept.clear()
            found = {number: self._kept[number][0] for number in numbers if number in self._kept}
            for number in found:
                self._kept.move_to_end(number)
        return found

    def _keep(self, head: int, openings: Iterable[Opened]) -> None:
        """What was read before the head moved on is not kept, nor what would leave room for little else."""
        with self._lock:
            if head != self._head:
                return
            for opened in openings:
                self._take_out(opened.item.number)
                size = opened.size
                if size <= self._limit // 8:
                    self._kept[opened.item.number] = (opened, size)
                    self._size += size
            while self._size > self._limit:
                self._take_out(next(iter(self._kept)))

    def _take_out(self, number: str) -> None:
        _gone, size = self._kept.pop(number, (None, 0))
        self._size -= size


def _opened(numbers: Sequence[str]) -> dict[str, Opened]:
    listed = Item.objects.listed().in_bulk(numbers)
    documents = editions(item.edition_hash for item in listed.values())
    return {
        number: Opened(item, documents.get(item.edition_hash, {}))
        for number, item in listed.items()
    }
