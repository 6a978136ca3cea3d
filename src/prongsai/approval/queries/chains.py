"""Which chains there are, which counts on a day, and what the chains together would leave open."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet

from prongsai.approval.chains import Known
from prongsai.approval.models import ChainVersion
from prongsai.approval.scopes import Scope, Trees, chosen, doubts, gaps
from prongsai.approval.states import SUBMITTABLE, ChainVerdict, Urgency
from prongsai.disclosures.models import Section
from prongsai.disclosures.states import KindCode
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post, Unit
from prongsai.organisation.queries import held_by, may_second
from prongsai.organisation.states import RoleCode
from prongsai.record.states import Action


def confirmed() -> QuerySet[ChainVersion]:
    return ChainVersion.objects.filter(confirmation__verdict=ChainVerdict.CONFIRMED)


def waiting() -> QuerySet[ChainVersion]:
    """Versions of which nobody has said yet whether they count."""
    rows = ChainVersion.objects.filter(confirmation=None)
    return rows.select_related("proposed_by").order_by("proposed_at", "id")


def in_force(on: date) -> dict[str, ChainVersion]:
    """Code -> the version that counts on that day; what has been retired is not among them."""
    begun = confirmed().filter(Q(from_date=None) | Q(from_date__lte=on))
    newest = {version.code: version for version in begun.order_by("number")}
    return {code: each for code, each in sorted(newest.items()) if not each.is_retired}


def versions_of(code: str) -> QuerySet[ChainVersion]:
    """Newest first, with what was said of them."""
    rows = ChainVersion.objects.filter(code=code)
    return rows.select_related("proposed_by", "confirmation__said_by").order_by("-number")


def chains_for(wanted: Scope, on: date) -> list[ChainVersion]:
    """The one that is to be walked; none, or several when the chart moved and left them in doubt."""
    versions = in_force(on)
    codes = chosen(scopes_of(versions.values()), wanted, trees())
    return [versions[code] for code in codes]


def scopes_of(versions: Iterable[ChainVersion]) -> dict[str, Scope]:
    return {version.code: version.scope for version in versions}


def trees() -> Trees:
    return Trees(
        section=dict(Section.objects.exclude(parent=None).values_list("slug", "parent__slug")),
        unit=dict(Unit.objects.exclude(parent=None).values_list("code", "parent__code")),
    )


def known() -> Known:
    """What a chain may name."""
    return Known(
        posts=frozenset(Post.objects.values_list("code", flat=True)),
        units=frozenset(Unit.objects.values_list("code", flat=True)),
        sections=frozenset(Section.objects.values_list("slug", flat=True)),
    )


def approving_posts() -> frozenset[str]:
    rows = Post.objects.filter(roles__code=RoleCode.APPROVER)
    return frozenset(rows.values_list("code", flat=True))


def with_version(version: ChainVersion) -> list[dict[str, ChainVersion]]:
    """The chains as they would be from its first day on: on that day, and each day on which another begins."""
    first = version.from_date or date.min
    later = confirmed().filter(from_date__gt=first).exclude(code=version.code)
    days = {first, *later.values_list("from_date", flat=True)}
    return [_with(in_force(day), version) for day in sorted(each for each in days if each)]


def _with(versions: dict[str, ChainVersion], version: ChainVersion) -> dict[str, ChainVersion]:
    others = {code: each for code, each in versions.items() if code != version.code}
    return others if version.is_retired else others | {version.code: version}


def doubtful_names(version: ChainVersion) -> list[str]:
    """Names of chains that would be in doubt because of it: with it, or with each other once it is gone."""
    lines = trees()
    before = doubts(scopes_of(in_force(version.from_date or date.min).values()), lines)
    found: dict[str, None] = {}
    for versions in with_version(version):
        for doubt in doubts(scopes_of(versions.values()), lines):
            pair = {doubt.first, doubt.second}
            # A doubt that was there before, and that this version does not touch, is no reason to refuse it.
            if version.code in pair or doubt not in before:
                found |= {versions[code].name: None for code in sorted(pair - {version.code})}
    return list(found)


def gap_names(version: ChainVersion, on: date) -> list[str]:
    """What has a chain today and would have none; a municipality that begins has gaps everywhere."""
    before = _gaps(scopes_of(in_force(on).values()))
    found = {
        gap: None
        for versions in with_version(version)
        for gap in _gaps(scopes_of(versions.values()))
        if gap not in before
    }
    return [_gap_name(gap) for gap in found]


def _gaps(scopes: Mapping[str, Scope]) -> list[Scope]:
    acts = [str(act) for act in Action if act in SUBMITTABLE]
    return gaps(scopes, Trees(), kinds=KindCode.values, acts=acts, urgencies=Urgency.values)


def _gap_name(gap: Scope) -> str:
    words = (KindCode(gap.kind).label, Action(gap.action).label, Urgency(gap.urgency).label)
    return " · ".join(str(word) for word in words)


def may_propose(by: Actor, on: date) -> bool:
    return held_by(by, on=on).filter(post__roles__code=RoleCode.ADMINISTRATOR).exists()


def may_confirm(by: Actor, on: date) -> bool:
    """Administrators, and those who approve for the municipality as a whole, such as the clerk and the mayor."""
    return may_second(by, on)
