"""The verbs of the record. `append` is the only writer of its truth, and publication its only caller."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections, transaction
from django.db.models import Max

from prongsai.record import blobs, merkle, queries
from prongsai.record.canonical import NotCanonical
from prongsai.record.editions import Sealed, leaf_data, seal, written_moment
from prongsai.record.keys import log_signer
from prongsai.record.models import (
    Binding,
    Checkpoint,
    Edition,
    Entry,
    Erasure,
    FileText,
    Item,
    Node,
    PublishedFile,
    Version,
    Withholding,
)
from prongsai.record.notes import BadNote, SignedHead, Signer, open_checkpoint
from prongsai.record.projections import Projection, projection
from prongsai.record.rules import (
    MAXIMUM_EDITION,
    SHA256,
    CannotAppend,
    Reason,
    Standing,
    append_reasons,
    holds_nul,
    moment,
    text_at,
)
from prongsai.record.sections import section_slugs
from prongsai.record.states import CONTENT_ACTIONS, STARTING_ACTIONS, Action, ItemState, Refusal
from prongsai.record.triggers import RECORD, gate_open
from prongsai.thai.dates import buddhist_year

__all__ = ["CannotAppend", "append", "finish_erasures", "rebuild", "sweep"]

logger = logging.getLogger(__name__)
BANGKOK = ZoneInfo("Asia/Bangkok")
# Bytes are stored before their entry is appended: a younger file may belong to a publication under way.
GRACE = timedelta(hours=24)
# Any number will do, as long as it is always the same: it names the record's one lock on PostgreSQL.
LOCK = 0x50726F6E67
SCHEMAS = {True: "prongsai-edition-1", False: "prongsai-act-1"}
PROJECTIONS: tuple[type[Item | Version | PublishedFile | Binding | Withholding], ...] = (
    Item,
    Version,
    PublishedFile,
    Binding,
    Withholding,
)
Pages = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Swept:
    """What a sweep did: recalls whose bytes are gone now, and files that nobody referred to."""

    recalls: int
    files: int


def append(
    *,
    action: str,
    number: str | None,
    document: Mapping[str, Any],
    key: str,
    at: datetime,
    file_texts: Mapping[str, Pages] | None = None,
    signer: Signer | None = None,
) -> Entry:
    """Record one act, sign the log, and make what follows from it visible, in one transaction.

    The same `key` again answers the entry that it made. The record adds schema, salt, number, version and times
    to the document. Files must be stored (`blobs.store`) before. Raises CannotAppend with every reason.
    """
    signer = signer or log_signer()
    # Durable: inside a caller's transaction, an entry could still be rolled back after it was answered.
    with transaction.atomic(using=RECORD, durable=True):
        _lock()
        if (made_before := queries.entry_with_key(key)) is not None:
            return _same(made_before, action=action, number=number)
        # Decide first, with every reason, from what the record holds now.
        last = Entry.objects.order_by("-seq").first()
        frontier = _frontier(last)
        standing = _standing(last, number, document, _head_reason(frontier, signer))
        reasons = append_reasons(
            action=action, number=number, document=document, at=at, standing=standing
        )
        if reasons:
            raise CannotAppend(reasons)
        # Then do.
        entry = _draft(Action(action), number, at=moment(at, standing.last_at), last=last)
        # The log counts from 0, so the size of the tree is the place of the next leaf.
        entry.seq, entry.key = frontier.size, key
        _write(entry, _sealed(document, entry), frontier, signer)
        _follow(entry, file_texts or {})
    return entry


def _lock() -> None:
    """One append at a time. SQLite's transaction (BEGIN IMMEDIATE, by settings) is a lock already."""
    connection = connections[RECORD]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _same(entry: Entry, *, action: str, number: str | None) -> Entry:
    if entry.action != action or (number and entry.number != number):
        raise CannotAppend([Reason(Refusal.KEY_REUSED, entry.number)])
    return entry


def _frontier(last: Entry | None) -> merkle.Frontier:
    """The right edge of the tree, from the complete subtrees that are stored."""
    size = last.seq + 1 if last else 0
    places = merkle.subtrees(0, size)
    nodes = queries.nodes(places)
    # A node that is missing gives a wrong root, which `_head_reason` finds.
    return merkle.Frontier(size, [nodes.get(place, b"") for place in places])


def _head_reason(frontier: merkle.Frontier, signer: Signer) -> Reason | None:
    """Whether the log is still what this key signed last: nothing is added to a log that is not."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None:
        return Reason(Refusal.LOG_BROKEN) if frontier.size else None
    try:
        head = open_checkpoint(last.note, signer.verifier)
    except BadNote:
        return Reason(Refusal.KEY_IS_ANOTHER)
    if (head.size, head.root) != (frontier.size, frontier.root):
        return Reason(Refusal.LOG_BROKEN)
    return None


def _standing(
    last: Entry | None,
    number: str | None,
    document: Mapping[str, Any],
    head_reason: Reason | None,
) -> Standing:
    redirect = text_at(document, "redirect_number")
    named = [each for each in (number, redirect) if each]
    items = Item.objects.filter(number__in=named) if named else Item.objects.none()
    states = dict(items.values_list("number", "state"))
    return Standing(
        state=_state(states.get(number or "")),
        last_at=last.at if last else None,
        redirect_state=_state(states.get(redirect)),
        stored=frozenset(_stored_files(document.get("files"))),
        sections=section_slugs(),
        head_reason=head_reason,
    )


def _state(value: str | None) -> ItemState | None:
    return None if value is None else ItemState(value)


def _stored_files(files: Any) -> Iterator[tuple[str, int]]:
    """The hash and size of those files of a document whose bytes are there."""
    for file in files if isinstance(files, list) else ():
        sha256 = text_at(file, "sha256")
        if SHA256.fullmatch(sha256) and (size := blobs.size(sha256)) is not None:
            yield sha256, size


def _draft(action: Action, number: str | None, *, at: datetime, last: Entry | None) -> Entry:
    """The entry with its number and version, not yet with its place in the log."""
    if action in STARTING_ACTIONS or number is None:
        return Entry(action=action, number=_next_number(at, last), version=1, at=at)
    version = Entry.objects.filter(number=number).aggregate(last=Max("version"))["last"]
    step = 1 if action in CONTENT_ACTIONS else 0
    return Entry(action=action, number=number, version=version + step, at=at)


def _next_number(at: datetime, last: Entry | None) -> str:
    """`2569-00123`: the Buddhist calendar year in Thailand, and one more than the last of that year."""
    # Years and clocks never go back here, so the last number given is also the highest of its year.
    if last is not None and last.action not in STARTING_ACTIONS:
        last = Entry.objects.filter(action__in=STARTING_ACTIONS).order_by("-seq").first()
    year = str(buddhist_year(at.astimezone(BANGKOK).date()))
    last_year, _, running = (last.number if last else "").partition("-")
    return f"{year}-{int(running) + 1 if last_year == year else 1:05d}"


def _sealed(document: Mapping[str, Any], entry: Entry) -> Sealed:
    """The document with what only the record knows, sealed. Raises CannotAppend."""
    is_content = entry.action in CONTENT_ACTIONS
    # The record's own words last: no document can claim another number, version or time than its entry.
    whole = {
        **document,
        "schema": SCHEMAS[is_content],
        "action": str(entry.action),
        "number": entry.number,
        "version": entry.version,
        "published_at": written_moment(entry.at),
    }
    if is_content:
        whole["first_published_at"] = written_moment(_first_at(entry))
    try:
        sealed = seal(whole)
    except NotCanonical as error:
        raise CannotAppend([Reason(Refusal.NOT_CANONICAL, str(error))]) from error
    if holds_nul(whole):
        raise CannotAppend([Reason(Refusal.NOT_CANONICAL, "U+0000")])
    if len(sealed.canonical.encode("utf-8")) > MAXIMUM_EDITION:
        raise CannotAppend([Reason(Refusal.TOO_LARGE, str(MAXIMUM_EDITION))])
    return sealed


def _first_at(entry: Entry) -> datetime:
    """When the number was published first; now, if it is this entry that begins it."""
    if entry.version == 1:
        return entry.at
    return Entry.objects.filter(number=entry.number).order_by("seq")[0].at


def _write(entry: Entry, sealed: Sealed, frontier: merkle.Frontier, signer: Signer) -> None:
    """The truth: edition, entry, the tree's new nodes and the signed head."""
    # The leaf is made from the entry's own values, exactly as `queries.entry_leaf` will read them.
    leaf = merkle.leaf_hash(
        leaf_data(
            seq=entry.seq,
            at=entry.at,
            action=entry.action,
            number=entry.number,
            version=entry.version,
            edition=sealed.hash,
        )
    )
    made = frontier.add(leaf)
    head = SignedHead(signer.name, frontier.size, frontier.root)
    entry.edition_id, entry.leaf_hash = sealed.hash, leaf.hex()
    with gate_open(connections[RECORD]):
        Edition.objects.create(hash=sealed.hash, number=entry.number, canonical=sealed.canonical)
        entry.save(force_insert=True)
        Node.objects.bulk_create(
            Node(level=place.level, index=place.position, hash=value.hex())
            for place, value in made.items()
        )
        Checkpoint.objects.create(
            size=head.size, root_hash=head.root.hex(), note=signer.sign(head.text())
        )


def _follow(entry: Entry, file_texts: Mapping[str, Pages]) -> None:
    """What the entry means for what can be seen: projections now, erased bytes after the commit."""
    is_new = entry.action in STARTING_ACTIONS
    # Asked before the projection is replaced: a recalled number refers to no file any more.
    before = set() if is_new else set(_files_of(entry.number))
    _save(projection(queries.past(entry.number)), is_new=is_new)
    _keep_texts(entry.number, file_texts)
    if entry.action == Action.RECALLED:
        Edition.objects.filter(number=entry.number).exclude(hash=entry.edition_id).update(
            canonical=None
        )
        _forget_texts(before)
        # In the same transaction: a crash right after it leaves a row that says what is still to do.
        Erasure.objects.create(number=entry.number, files=sorted(before))
        transaction.on_commit(finish_erasures, using=RECORD, robust=True)


def _files_of(number: str) -> Iterable[str]:
    return PublishedFile.objects.filter(number=number).values_list("sha256", flat=True)


def _save(rows: Projection, *, is_new: bool = False) -> None:
    """Put the rows of one number in the place of those that were there."""
    number = rows.item["number"]
    for model in () if is_new else PROJECTIONS:
        model.objects.filter(number=number).delete()
    Item.objects.create(**rows.item)
    Version.objects.bulk_create(Version(**row) for row in rows.versions)
    PublishedFile.objects.bulk_create(PublishedFile(**row) for row in rows.files)
    Binding.objects.bulk_create(
        Binding(number=number, obligation_key=key) for key in rows.obligations
    )
    if rows.withheld:
        Withholding.objects.bulk_create(Withholding(**row) for row in rows.withheld)


def _keep_texts(number: str, file_texts: Mapping[str, Pages]) -> None:
    """Texts of files that the number refers to; a text of any other file is none of the public's."""
    public = set(_files_of(number)) if file_texts else set()
    for sha256, pages in file_texts.items():
        if sha256 in public:
            clean = [{**page, "text": _without_nul(page.get("text"))} for page in pages]
            FileText.objects.update_or_create(sha256=sha256, defaults={"pages": clean})


def _without_nul(text: Any) -> str:
    """Text layers of PDFs hold U+0000 now and then; PostgreSQL's JSON does not."""
    return str(text or "").replace("\x00", "")


def _forget_texts(files: Iterable[str]) -> None:
    still_public = PublishedFile.objects.values("sha256")
    FileText.objects.filter(sha256__in=files).exclude(sha256__in=still_public).delete()


def finish_erasures() -> int:
    """Delete what recalls left on the disk; answers how many recalls are finished.

    Bytes that another item refers to stay. A crash, or a reader that holds an old page of the
    database, leaves the row, and the next sweep finishes it.
    """
    finished = 0
    for erasure in Erasure.objects.all():
        _remove_files(erasure)
        if _scrub():
            # Last of all: as long as the row stands, the work is not done.
            erasure.delete()
            finished += 1
    return finished


def _remove_files(erasure: Erasure) -> None:
    """Under the lock, because an append may refer to one of the files at this very moment."""
    with transaction.atomic(using=RECORD):
        _lock()
        for sha256 in erasure.files:
            if not _is_referred(sha256):
                blobs.remove(sha256)


def _scrub() -> bool:
    """Drop what the database's own log and free space still hold of deleted rows."""
    connection = connections[RECORD]
    # Neither works inside a transaction; whoever holds one (a test, a command) leaves it to the sweep.
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM record_edition, record_item, record_version, record_filetext")
            return True
        # The write-ahead log keeps old pages until it is cut; a reader of an old snapshot prevents that.
        is_busy, _written, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def rebuild() -> int:
    """Make all projections again from the entries; answers how many items there are."""
    with transaction.atomic(using=RECORD, durable=True):
        _lock()
        numbers = queries.numbers()
        for model in PROJECTIONS:
            model.objects.all().delete()
        for number in numbers:
            _save(projection(queries.past(number)), is_new=True)
        # Texts do not follow from entries, so they stay; only those of files that nobody refers to go.
        FileText.objects.exclude(sha256__in=PublishedFile.objects.values("sha256")).delete()
    return len(numbers)


def sweep(*, at: datetime) -> Swept:
    """Finish recalls at once, and remove files that nobody has referred to for a day."""
    recalls = finish_erasures()
    old = [each for each in blobs.stored() if each.changed_at < at - GRACE]
    removed = sum(_remove_orphan(each, at=at) for each in old if not _is_referred(each.sha256))
    if recalls or removed:
        logger.info("swept %s recalls, %s files", recalls, removed)
    return Swept(recalls, removed)


def _is_referred(sha256: str) -> bool:
    return PublishedFile.objects.filter(sha256=sha256).exists()


def _remove_orphan(stored: blobs.Stored, *, at: datetime) -> bool:
    """Asked again under the lock: an append may have come, or the file may have been stored anew."""
    with transaction.atomic(using=RECORD):
        _lock()
        changed_at = blobs.changed_at(stored.path)
        if _is_referred(stored.sha256) or changed_at is None or changed_at >= at - GRACE:
            return False
        stored.path.unlink(missing_ok=True)
    return True
