"""What was found in a revision, what is decided of it, and what still stands in its way."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from prongsai.disclosures.models import Disclosure, Revision, WithheldPart
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Appointment
from prongsai.organisation.queries import is_in_scope
from prongsai.organisation.states import RoleCode
from prongsai.screening.models import (
    SAID_BY_ONE,
    Finding,
    FindingDecision,
    FindingQuerySet,
    Screening,
)
from prongsai.screening.rules import PERSONAL, findings_in, rules_version
from prongsai.screening.states import Scope, Severity
from prongsai.screening.texts import file_names, own, spoken_name

UNREAD = "unread_page"
SECRECY = "secrecy_class"
_MOST_NAMES = 6
# A way to reach somebody at home; what is the office's own is not found.

_CONTACTS = frozenset({"PHONE", "EMAIL"})


def current_screening(revision: Revision, *, on: date) -> Screening | None:
    """The one by the rules of that day, of this very content; an election has rules of its own."""
    screenings = Screening.objects.filter(revision=revision, rules_version=rules_version(on))
    return screenings.filter(content_hash=revision.content_hash).first()


def findings(revision: Revision, *, on: date) -> FindingQuerySet:
    """All findings of that day's screening, with their decisions; none when there is no screening."""
    found = Finding.objects.filter(
        screening__revision=revision,
        screening__rules_version=rules_version(on),
        screening__content_hash=revision.content_hash,
    )
    return found.prefetch_related("decisions__person")


def open_findings(revision: Revision, *, on: date) -> FindingQuerySet:
    """Those that must be decided and are not."""
    return findings(revision, on=on).decisive().undecided()


def alike(finding: Finding) -> FindingQuerySet:
    """Open findings of the same datum in the same screening, this one included."""
    same = Finding.objects.filter(screening=finding.screening_id, fingerprint=finding.fingerprint)
    return same.decisive().awaiting_first()


def group_of(finding: Finding) -> FindingQuerySet:
    """Open findings of the same detector in the same place (a field, a file), this one included."""
    same = Finding.objects.filter(
        screening=finding.screening_id,
        detector=finding.detector,
        severity=finding.severity,
        place=finding.place,
    )
    return same.decisive().awaiting_first()


def chosen(finding: Finding, scope: str) -> list[Finding]:
    """What a decision about `finding` with this scope is about, in the order of the text."""
    if scope == Scope.ALIKE:
        return list(alike(finding))
    return list(group_of(finding)) if scope == Scope.GROUP else [finding]


def said_together(decision: FindingDecision) -> QuerySet[FindingDecision]:
    """What the same person said in the same act of findings of this screening, where it still counts."""
    later = FindingDecision.objects.filter(finding=OuterRef("finding"), pk__gt=OuterRef("pk"))
    same = FindingDecision.objects.filter(
        finding__screening=decision.finding.screening_id,
        person=decision.person_id,
        at=decision.at,
        verdict=decision.verdict,
        reason=decision.reason,
        legal_ground=decision.legal_ground,
        personal_basis=decision.personal_basis,
        confirms__isnull=decision.confirms_id is None,
    )
    return same.exclude(Exists(later)).order_by("id")


def withholding(part: WithheldPart) -> FindingQuerySet:
    """The findings whose newest decision withholds this part."""
    newest = FindingDecision.objects.filter(finding=OuterRef("pk")).order_by("-id")
    rows = Finding.objects.annotate(newest_part=Subquery(newest.values("withheld")[:1]))
    return rows.filter(newest_part=part.pk)


def _of_latest(on: date) -> Q:
    """Inside a question about disclosures: by the rules of that day, of the newest content."""
    return Q(screening__revision=OuterRef("latest"), screening__rules_version=rules_version(on))


def is_given_back(*, on: date) -> Exists:
    """Of a disclosure being written: the screeners gave it back, and nobody has saved it anew since."""
    return Exists(Finding.objects.filter(_of_latest(on)).promised())


def has_open_findings(*, on: date) -> Exists:
    """Of a disclosure: its newest content has findings that wait for a word."""
    return Exists(Finding.objects.filter(_of_latest(on)).decisive().undecided())


def given_back(disclosures: QuerySet[Disclosure], *, on: date) -> QuerySet[Disclosure]:
    return disclosures.filter(is_given_back(on=on), stage=Stage.WRITING)


def other_screeners(
    disclosure: Disclosure, *, than: Collection[int], on: date
) -> list[Appointment]:
    """Who could give the second word on that day: holders of the role who have not worked on the content."""
    held = _others(disclosure, than, on).filter(post__roles__code=RoleCode.SCREENER)
    return [each for each in held if is_in_scope(each, disclosure.kind, disclosure.unit)]


def possible_screeners(
    disclosure: Disclosure, *, than: Collection[int], on: date
) -> list[Appointment]:
    """Some who could be given the role where nobody else has it: the highest posts first."""
    return list(_others(disclosure, than, on)[:_MOST_NAMES])


def _others(disclosure: Disclosure, than: Collection[int], on: date) -> QuerySet[Appointment]:
    excluded = contributors_since_last_publication(disclosure) | set(than)
    held = Appointment.objects.held(on=on).filter(person__is_active=True)
    rows = held.exclude(person__in=excluded).select_related("person", "post")
    return rows.order_by("post__rank", "post__code", "id")


def to_screen(*, on: date) -> QuerySet[Disclosure]:
    """Disclosures that wait for a screener's word, longest waiting first."""
    waiting = Disclosure.objects.filter(stage=Stage.SCREENING)
    return waiting.filter(has_open_findings(on=on)).order_by("changed_at")


def to_screen_again(*, on: date) -> QuerySet[Disclosure]:
    """Disclosures that lie with the screeners and were looked through by rules that are not that day's."""
    of_the_day = Screening.objects.filter(
        revision=OuterRef("latest"), rules_version=rules_version(on)
    )
    return Disclosure.objects.filter(~Exists(of_the_day), stage=Stage.SCREENING)


def second_only(*, on: date) -> Q:
    """Of a disclosure: some findings wait for a second person, and none for a first."""
    of_latest = Finding.objects.filter(_of_latest(on)).decisive()
    return Q(Exists(of_latest.awaiting_second())) & ~Q(Exists(of_latest.awaiting_first()))


# How many there are of each, and what to do about them, in the order in which they are told.
_IN_THE_WAY = {
    "others": ngettext_lazy(
        "มีข้อสังเกต {count} รายการที่ยังไม่ได้ตัดสิน — เปิดรายการข้อสังเกต",
        "มีข้อสังเกต {count} รายการที่ยังไม่ได้ตัดสิน — เปิดรายการข้อสังเกต",
        "count",
    ),
    "unread": ngettext_lazy(
        "มี {count} ไฟล์ที่ระบบอ่านไม่ได้ครบและยังไม่มีผู้ตรวจดูด้วยตา — เปิดไฟล์ดูแล้วตัดสิน",
        "มี {count} ไฟล์ที่ระบบอ่านไม่ได้ครบและยังไม่มีผู้ตรวจดูด้วยตา — เปิดไฟล์ดูแล้วตัดสิน",
        "count",
    ),
    "second": ngettext_lazy(
        "มีข้อสังเกต {count} รายการที่รอผู้ตรวจคนที่สอง — ให้ผู้ตรวจกลั่นกรองอีกคนอ่านแล้วยืนยัน",
        "มีข้อสังเกต {count} รายการที่รอผู้ตรวจคนที่สอง — ให้ผู้ตรวจกลั่นกรองอีกคนอ่านแล้วยืนยัน",
        "count",
    ),
    "promised": ngettext_lazy(
        "ตัดสินให้นำออกหรือปิดทับแล้ว แต่ยังอยู่ในเนื้อหา {count} รายการ — แก้เนื้อหาแล้วส่งตรวจใหม่",
        "ตัดสินให้นำออกหรือปิดทับแล้ว แต่ยังอยู่ในเนื้อหา {count} รายการ — แก้เนื้อหาแล้วส่งตรวจใหม่",
        "count",
    ),
}


def blocking_reasons(revision: Revision, *, on: date) -> list[str]:
    """Full sentences why this revision may not go on to approval or publication; empty when it may."""
    named = refused_file_names(revision)
    if current_screening(revision, on=on) is None:
        return [*named, _("ยังไม่ได้ตรวจกลั่นกรองเนื้อหานี้ด้วยกฎปัจจุบัน — ส่งตรวจกลั่นกรอง")]
    counts = open_findings(revision, on=on).aggregate(
        second=Count("pk", filter=SAID_BY_ONE),
        unread=Count("pk", filter=Q(detector=UNREAD) & ~SAID_BY_ONE),
        others=Count("pk", filter=~Q(detector=UNREAD) & ~SAID_BY_ONE),
    )
    counts = counts | {"promised": findings(revision, on=on).promised().count()}
    return [
        *named,
        *(
            sentence.format(count=counts[key])
            for key, sentence in _IN_THE_WAY.items()
            if counts[key]
        ),
    ]


def refused_file_names(revision: Revision) -> list[str]:
    """Full sentences about files whose very name holds a datum of a person: no word of anybody lets that stand."""
    sentence = _("ชื่อไฟล์ “{name}” มีข้อมูลส่วนบุคคล จึงเผยแพร่ไม่ได้ — เปลี่ยนชื่อไฟล์ในหน้าเขียน แล้วส่งตรวจใหม่")
    shown = (masked_if_personal(name) for name in file_names(revision))
    return [sentence.format(name=name) for name in shown if name]


def masked_if_personal(file_name: str) -> str:
    """The name with the datum masked where it holds one that blocks; empty when the name may be public."""
    for found in findings_in(spoken_name(file_name), own()):
        # A number that looks like a person's has few words around it there; another name costs nothing.
        is_sure = found.severity == Severity.BLOCK or found.label == "THAI_ID"
        if is_sure and found.family in PERSONAL and found.severity != Severity.ADVISE:
            return found.excerpt
    return ""


def unspeakable(text: str, *, names_contacts: bool = False) -> list[str]:
    """Masked excerpts of what may not be said to the public beside the content, such as in a change note.

    Nobody could decide a finding there, so whatever surely may not go out as it is stops the text: data of
    a person, a secrecy mark, a private telephone or address. Names are needed to explain, and may stand; so may
    telephones and addresses where `names_contacts`.
    """
    return [
        found.excerpt
        for found in findings_in(text, own())
        if (not names_contacts if found.label in _CONTACTS else found.severity == Severity.BLOCK)
    ]
