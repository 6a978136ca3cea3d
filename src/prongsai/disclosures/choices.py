"""What the writing form offers to choose from: sections, units and obligations, in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping

from prongsai.disclosures.content import ContentFile
from prongsai.disclosures.kinds import Detail
from prongsai.disclosures.models import Section
from prongsai.obligations.queries import obligation, offered
from prongsai.organisation.models import Unit
from prongsai.organisation.spoken import spoken
from prongsai.record.addresses import public_path

Option = tuple[str, str]
Group = tuple[str, list[Option]]


def section_choices(chosen: str = "") -> list[Group]:
    """Under each top itself and its branch; a retired one only while it is the one chosen."""
    # Saving an old work must not move it to another section behind the writer's back.
    offered = [each for each in Section.objects.all() if not each.retired_at or each.slug == chosen]
    children: dict[int | None, list[Section]] = {}
    for each in offered:
        children.setdefault(each.parent_id, []).append(each)
    return [
        (_title(top), [(top.slug, _title(top)), *_below(top, children, "")])
        for top in children.get(None, [])
    ]


def _below(
    section: Section, children: Mapping[int | None, list[Section]], path: str
) -> Iterator[Option]:
    for child in children.get(section.pk, []):
        title = path + _title(child)
        yield child.slug, title
        yield from _below(child, children, f"{title} – ")


def _title(section: Section) -> str:
    return spoken(section.title_th, section.title_en)


def unit_choices(present: str) -> list[Option]:
    """Those in use, and the present one: a unit that has ended shows which one it becomes with the next save."""
    units = Unit.objects.in_use() | Unit.objects.filter(code=present)
    return [(unit.code, _unit_title(unit)) for unit in units.select_related("successor")]


def _unit_title(unit: Unit) -> str:
    name = spoken(unit.name_th, unit.name_en)
    after = unit.successor
    return name if after is None else f"{name} → {spoken(after.name_th, after.name_en)}"


def obligation_choices() -> list[Group]:
    """By instrument, each with its clause, as staff know them."""
    groups: dict[str, list[Option]] = {}
    for each in offered():
        groups.setdefault(each.instrument.short, []).append((each.key, each.named))
    return list(groups.items())


def detail_choices(detail: Detail) -> list[Option]:
    return [("", "—"), *((each.value, spoken(each.th, each.en)) for each in detail.choices)]


def with_unknown(groups: Iterable[Group], chosen: Iterable[str]) -> list[Group]:
    """Keeps what was bound before and is no longer offered, so that saving does not silently unbind it."""
    offered = list(groups)
    known = {value for _name, options in offered for value, _label in options}
    unknown = [(key, _named(key)) for key in chosen if key not in known]
    return [*offered, ("…", unknown)] if unknown else offered


def _named(key: str) -> str:
    """Of an older list, or of one that is no longer there."""
    duty = obligation(key)
    return f"{duty.instrument.short} {duty.named}" if duty else key


def image_choices(files: Iterable[ContentFile]) -> list[dict[str, str]]:
    """The attached images as the editor offers them; `src` is the address that they will have in public."""
    return [
        {
            "src": public_path("file", sha256=file.sha256, name=file.name),
            "name": file.label or file.name,
        }
        for file in files
        if file.media_type.startswith("image/")
    ]
