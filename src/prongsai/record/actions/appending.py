"""`append` and `append_all` are the only writers of the record's truth, and publication their only caller."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connections, transaction
from django.db.models import Max

from prongsai.record import blobs, merkle, queries
from prongsai.record.actions.erasing import finish_erasures
from prongsai.record.canonical import NotCanonical
from prongsai.record.editions import Sealed, leaf_data, seal, written_moment
from prongsai.record.keys import log_signer
from prongsai.record.models import (
    Binding,
    Bundling,
    Checkpoint,
    Edition,
    Entry,
    Erasure,
    FileText,
    Item,
    Node,
    PublishedFile,
    Said,
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
    bundle_reasons,
    holds_nul,
    moment,
    text_at,
)
from prongsai.record.sections import section_slugs
from prongsai.record.states import CONTENT_ACTIONS, STARTING_ACTIONS, Action, ItemState, Refusal
from prongsai.record.triggers import RECORD, gate_open
from prongsai.thai.dates import buddhist_year

BANGKOK = ZoneInfo("Asia/Bangkok")
SCHEMAS = {True: "prongsai-edition-1", False: "prongsai-act-1"}
PROJECTIONS: tuple[
    type[Item | Version | PublishedFile | Binding | Withholding | Bundling | Said], ...
] = (
    Item,
    Version,
    PublishedFile,
    Binding,
    Withholding,
    Bundling,
    Said,
)
Pages = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Act:
    """One entry that is asked for: `number` is None for what begins an item, `key` makes it happen once."""

    action: str
    number: str | None
    document: Mapping[str, Any]
    key: str
    file_texts: Mapping[str, Pages] = field(default_factory=dict)


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
    act = Act(action, number, document, key, file_texts or {})
    return append_all([act], at=at, signer=signer)[0]


def append_all(acts: Sequence[Act], *, at: datetime, signer: Signer | None = None) -> list[Entry]:
    """Record these acts one after the other and at one moment, all of them or none.

    A bundle comes in whole: an edition that names other members is refused without them. Raises CannotAppend,
    whose `place` is that of the act that was refused.
    """
    signer = signer or log_signer()
    # Durable: inside a caller's transaction, an entry could still be rolled back after it was answered.
    with transaction.atomic(using=RECORD, durable=True):
        made_before = [queries.entry_with_key(act.key) for act in acts]
        if any(made_before):
            return [_same(entry, act) for entry, act in zip(made_before, acts, strict=True)]
        parted = bundle_reasons([act.document for act in acts])
        if parted:
            raise CannotAppend(parted)
        return [_append(act, place, at=at, signer=signer) for place, act in enumerate(acts)]


def _append(act: Act, place: int, *, at: datetime, signer: Signer) -> Entry:
    # Decide first, with every reason, from what the record holds now.
    last = Entry.objects.order_by("-seq").first()
    frontier = _frontier(last)
    standing = _standing(last, act, _head_reason(frontier, signer))
    reasons = append_reasons(
        action=act.action, number=act.number, document=act.document, at=at, standing=standing
    )
    if reasons:
        raise CannotAppend(reasons, place=place)
    # Then do.
    entry = _draft(Action(act.action), act.number, at=moment(at, standing.last_at), last=last)
    # The log counts from 0, so the size of the tree is the place of the next leaf.
    entry.seq, entry.key = frontier.size, act.key
    _write(entry, _sealed(act.document, entry, place), frontier, signer)
    _follow(entry, act.file_texts)
    return entry


def _same(entry: Entry | None, act: Act) -> Entry:
    """The entry that this key made. Of acts that belong together either all are there or none."""
    if entry is None or entry.action != act.action or (act.number and entry.number != act.number):
        raise CannotAppend([Reason(Refusal.KEY_REUSED, entry.number if entry else act.key)])
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


def _standing(last: Entry | None, act: Act, head_reason: Reason | None) -> Standing:
    number, document = act.number, act.document
    redirect = text_at(document, "redirect_number")
    named = [each for each in (number, redirect) if each]
    items = Item.objects.filter(number__in=named) if named else Item.objects.none()
    states = {
        each: (state, version)
        for each, state, version in items.values_list("number", "state", "version")
    }
    state, version = states.get(number or "", (None, None))
    return Standing(
        state=_state(state),
        version=version,
        last_at=last.at if last else None,
        redirect_state=_state(states.get(redirect, (None, None))[0]),
        stored=frozenset(_stored_files(document.get("files"))),
        sections=section_slugs(),
        head_reason=head_reason,
        around=queries.surroundings(act.action, number, document),
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


def _sealed(document: Mapping[str, Any], entry: Entry, place: int) -> Sealed:
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
        reason = Reason(Refusal.NOT_CANONICAL, str(error))
        raise CannotAppend([reason], place=place) from error
    if holds_nul(whole):
        raise CannotAppend([Reason(Refusal.NOT_CANONICAL, "U+0000")], place=place)
    if len(sealed.canonical.encode("utf-8")) > MAXIMUM_EDITION:
        raise CannotAppend([Reason(Refusal.TOO_LARGE, str(MAXIMUM_EDITION))], place=place)
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
    # What few items have; an empty list asks the database nothing.
    Withholding.objects.bulk_create([Withholding(**row) for row in rows.withheld])
    Said.objects.bulk_create([Said(**row) for row in rows.said])
    Bundling.objects.bulk_create([Bundling(**row) for row in rows.bundlings])


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


def rebuild() -> int:
    """Make all projections again from the entries; answers how many items there are."""
    with transaction.atomic(using=RECORD, durable=True):
        numbers = queries.numbers()
        for model in PROJECTIONS:
            model.objects.all().delete()
        for number in numbers:
            _save(projection(queries.past(number)), is_new=True)
        # Texts do not follow from entries, so they stay; only those of files that nobody refers to go.
        FileText.objects.exclude(sha256__in=PublishedFile.objects.values("sha256")).delete()
    return len(numbers)
