"""The inbox as rows: what each thing is, since when it waits, and the address where it is done."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from prongsai.approval.models import (
    Bundle,
    ChainVersion,
    Circulation,
    Decision,
    Reminder,
    Sending,
    Submission,
)
from prongsai.approval.queries import inbox, steps_of
from prongsai.approval.queries.chains import waiting as waiting_chains
from prongsai.approval.queries.deadlines import deadline
from prongsai.approval.states import Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.alarms import alarms, sets_to_decide, without_members
from prongsai.office.bundle_rows import address_of, many, open_bundles
from prongsai.office.desk import Desk
from prongsai.office.escalating import duties_waiting
from prongsai.office.models import NameWish
from prongsai.office.notices import Waits, waiting_notices
from prongsai.office.oversight import oversight_rows, seconds
from prongsai.office.people import waiting_names
from prongsai.office.rows import Row
from prongsai.office.table_files import unmade
from prongsai.office.time_wishes import times_to_answer
from prongsai.office.verbs import ASKED
from prongsai.organisation.queries import post_titles
from prongsai.organisation.states import RoleCode
from prongsai.screening.models import Finding, Screening
from prongsai.screening.queries import second_only, to_screen

SECOND = _("ตัดสินแล้ว รอผู้ตรวจคนที่สองอ่านและยืนยัน")
READY = _("ผู้ตรวจกลั่นกรองตัดสินครบแล้ว ส่งเข้าพิจารณาต่อได้")


@dataclass(frozen=True)
class WaitingList:
    key: str
    title: Promise
    icon: str
    empty: Promise
    rows: tuple[Row, ...]

    @property
    def lead(self) -> Promise | str:
        """What all its rows are for, where the heading does not say it."""
        return LEADS.get(self.key, "")


# What others owe is for following up: nothing of it waits for whoever reads it.
TO_FOLLOW = "owed-below"
WRITERS = frozenset({RoleCode.OFFICER, RoleCode.WEBMASTER})
# key, heading, icon, what an empty list says, whose it is even when empty; most pressing first
LISTS: tuple[tuple[str, Promise, str, Promise, frozenset[RoleCode]], ...] = (
    ("alarms", _("ต้องดูทันที"), "warning", _("ไม่มีเหตุที่ต้องดูทันที"), frozenset()),
    (
        "notices",
        _("ประกาศฉุกเฉิน"),
        "warning",
        _("ไม่มีประกาศฉุกเฉินที่รอท่าน"),
        frozenset(),
    ),
    (
        "to-decide",
        _("รอท่านพิจารณา"),
        "check",
        _("ไม่มีเรื่องที่รอการเห็นชอบจากท่าน เมื่อมีเรื่องส่งมาถึงตำแหน่งของท่าน จะขึ้นที่นี่"),
        frozenset({RoleCode.APPROVER}),
    ),
    (
        "to-screen",
        _("รอตรวจกลั่นกรอง"),
        "shield",
        _("ไม่มีข้อสังเกตที่รอท่านตัดสิน"),
        frozenset({RoleCode.SCREENER}),
    ),
    (
        "late-below",
        _("ค้างเกินกำหนดที่ตำแหน่งใต้บังคับบัญชา"),
        "clock",
        _("ไม่มีเรื่องที่ค้างเกินกำหนดในสายงานของท่าน"),
        frozenset(),
    ),
    (
        "owed",
        _("สิ่งที่ต้องเผยแพร่ที่รอท่าน"),
        "check",
        _("ไม่มีข้อที่ถึงกำหนด"),
        frozenset(),
    ),
    (
        "to-confirm",
        _("สายการอนุมัติที่รอท่านยืนยัน"),
        "send",
        _("ไม่มีสายการอนุมัติที่รอยืนยัน"),
        frozenset(),
    ),
    (
        "to-rename",
        _("คำขอแก้ชื่อของเจ้าหน้าที่"),
        "people",
        _("ไม่มีคำขอแก้ชื่อที่รอตอบ"),
        frozenset(),
    ),
    (
        "oversight",
        _("สิ่งที่ต้องมีคนที่สอง"),
        "key",
        _("ไม่มีสิ่งที่รอท่าน"),
        frozenset(),
    ),
    (
        "to-acknowledge",
        _("แจ้งเพื่อทราบ"),
        "info",
        _("ไม่มีเรื่องที่รอรับทราบ"),
        frozenset(),
    ),
    ("sent-back", _("ส่งกลับมาแก้ไข"), "back", _("ไม่มีเรื่องที่ถูกส่งกลับ"), WRITERS),
    (
        "to-write",
        _("กำลังเขียน"),
        "pen",
        _("ไม่มีร่างค้าง เริ่มเรื่องใหม่ได้จากเมนู “เขียนเรื่องใหม่”"),
        WRITERS,
    ),
    (
        TO_FOLLOW,
        _("ตำแหน่งอื่นค้าง ให้ติดตาม"),
        "info",
        _("ไม่มีข้อที่ต้องติดตาม"),
        frozenset(),
    ),
)


LEADS = {
    TO_FOLLOW: _("ไม่ใช่ข้อของตำแหน่งท่าน โปรดติดตามกับตำแหน่งที่รับผิดชอบ หรือมอบให้ตำแหน่งใหม่ในหน้าของข้อ"),
}


def inbox_lists(desk: Desk, *, at: datetime) -> list[WaitingList]:
    """The lists of this person's roles, and any other with something in it.

    What is screened and only has to be sent on is back with its writers. Drafts of a bundle come as one row.
    """
    waiting = inbox(desk.person, desk.on, held=desk.appointments)
    duties = duties_waiting(desk)
    rows = {
        "alarms": alarms(desk, at=at),
        "notices": [_urgent(each) for each in waiting_notices(desk)],
        "to-decide": [
            *sets_to_decide(desk),
            *times_to_answer(desk, at=at),
            *(_submitted(each, desk) for each in without_members(waiting.to_decide)),
        ],
        "late-below": [_late(each, desk) for each in waiting.late_below],
        "owed": duties.own,
        TO_FOLLOW: duties.below,
        "oversight": oversight_rows(desk),
        "to-confirm": [_proposed(each) for each in chains_to_confirm(desk)],
        "to-rename": [_wished(each) for each in names_to_settle(desk)],
        "to-acknowledge": [_circulated(each) for each in waiting.to_acknowledge],
        "to-screen": list(_to_screen(waiting.to_screen, desk)),
        **_of_writers_and_bundles(waiting.to_write, waiting.sent_back),
    }
    return [
        WaitingList(key=key, title=title, icon=icon, empty=empty, rows=tuple(rows[key]))
        for key, title, icon, empty, roles in LISTS
        if rows[key] or roles & desk.roles
    ]


def _to_screen(disclosures: Sequence[Disclosure], desk: Desk) -> Iterable[Row]:
    if not disclosures:
        return
    undecided = dict(
        to_screen(on=desk.on).annotate(second=second_only(on=desk.on)).values_list("pk", "second")
    )
    for each in disclosures:
        if each.pk in undecided:
            yield _written(each, "screening", SECOND if undecided[each.pk] else "")


def _of_writers_and_bundles(
    to_write: Sequence[Disclosure], sent_back: Sequence[Submission]
) -> dict[str, list[Row]]:
    """What is in a bundle is written and sent from there: in its lists stands the bundle."""
    bundles = open_bundles([*to_write, *(each.disclosure for each in sent_back)])
    rows = _of_writers(
        [each for each in to_write if each.pk not in bundles],
        [each for each in sent_back if each.disclosure_id not in bundles],
    )
    # Of a bundle, one that came back tells why for all.
    returned = {bundles.get(each.disclosure_id): each for each in sent_back}
    back = [_bundle_row(each, _words_of(sent)) for each, sent in returned.items() if each]
    drafted = _drafted_bundles(bundles.get(each.pk) for each in to_write)
    return {
        "sent-back": [*back, *rows["sent-back"]],
        "to-write": [
            *(_bundle_row(each, "") for each in drafted if each not in returned),
            *rows["to-write"],
        ],
    }


def _drafted_bundles(found: Iterable[Bundle | None]) -> list[Bundle]:
    return [each for each in dict.fromkeys(found) if each]


def _bundle_row(bundle: Bundle, note: str) -> Row:
    return Row(
        address=address_of(bundle),
        title=bundle.title,
        kind=str(_("ชุดเผยแพร่")),
        unit=bundle.unit.name,
        since=bundle.opened_at,
        since_label=_("เริ่มจัดเมื่อ"),
        note=note,
    )


def _words_of(submission: Submission) -> str:
    decision = last_word(submission)
    said = f"{decision.post_title}: {decision.reason}" if decision else ""
    return submission.refusal or said


def _of_writers(
    to_write: Sequence[Disclosure], sent_back: Sequence[Submission]
) -> dict[str, list[Row]]:
    returned = [each.disclosure for each in sent_back]
    removals = _removals([each.pk for each in (*to_write, *returned)])
    return {
        "sent-back": [*_sent_back(sent_back, removals), *_to_mend(to_write, removals)],
        "to-write": [
            *_ready([*to_write, *returned]),
            *(_written(each, "write", unmade(each)) for each in _in_writing(to_write, removals)),
        ],
    }


def _removals(disclosures: Sequence[int]) -> Counter[int]:
    """How many passages the screeners want out of each, by the newest screening."""
    if not disclosures:
        return Counter()
    newest = Screening.objects.filter(disclosure=OuterRef("screening__disclosure")).order_by("-id")
    asked = Finding.objects.promised().filter(screening__disclosure__in=disclosures)
    asked = asked.filter(screening=Subquery(newest.values("pk")[:1]))
    return Counter(asked.values_list(F("screening__disclosure"), flat=True))


def _ready(disclosures: Iterable[Disclosure]) -> Iterable[Row]:
    """Findings all decided, and nothing to remove: the writer may send it on."""
    return (_written(one, "submit", READY) for one in disclosures if one.stage == Stage.SCREENING)


def _in_writing(disclosures: Iterable[Disclosure], removals: Counter[int]) -> Iterable[Disclosure]:
    return (one for one in disclosures if one.stage == Stage.WRITING and not removals[one.pk])


def _to_mend(disclosures: Iterable[Disclosure], removals: Counter[int]) -> Iterable[Row]:
    """What the screeners sent back before anybody was asked to approve it."""
    for one in disclosures:
        if one.stage == Stage.WRITING and removals[one.pk]:
            yield _written(one, "write", _asked_to_remove(removals[one.pk]))


def _asked_to_remove(count: int) -> str:
    sentence = ngettext(
        "ผู้ตรวจกลั่นกรองให้นำออกหรือปิดทับ {count} รายการ",
        "ผู้ตรวจกลั่นกรองให้นำออกหรือปิดทับ {count} รายการ",
        count,
    )
    return sentence.format(count=count)


def _written(disclosure: Disclosure, place: str, note: str | Promise = "") -> Row:
    return Row(
        address=reverse(place, kwargs={"ref": disclosure.ref}),
        title=disclosure.title,
        kind=disclosure.get_kind_display(),
        unit=disclosure.unit.name,
        since=disclosure.changed_at,
        since_label=_("ตั้งแต่"),
        note=str(note),
    )


def _late(reminder: Reminder, desk: Desk) -> Row:
    """Whose move it is; the post above may speak to them, and decides only where the chain lets it."""
    submission = reminder.submission
    posts = steps_of(submission)[submission.step].posts
    waits_at = " / ".join(post_titles(set(posts)).values())
    note = str(_("รออยู่ที่ {posts}")).format(posts=waits_at)
    return replace(_submitted(submission, desk), note=note)


def chains_to_confirm(desk: Desk) -> list[ChainVersion]:
    """What others have proposed, for those whose word lets it count."""
    if not any(seconds(each) for each in desk.appointments):
        return []
    return list(waiting_chains().exclude(proposed_by=desk.person))


def names_to_settle(desk: Desk) -> list[NameWish]:
    """Of others, for an administrator."""
    if RoleCode.ADMINISTRATOR not in desk.roles:
        return []
    return list(waiting_names().exclude(person=desk.person))


def _wished(wish: NameWish) -> Row:
    return Row(
        address=f"{reverse('name_wishes')}#wish-{wish.pk}",
        title=f"{wish.person.full_name} → {wish.full_name}",
        kind=wish.get_state_display(),
        unit=wish.person.username,
        since=wish.asked_at,
        since_label=_("ขอเมื่อ"),
        note=wish.reason,
    )


def _proposed(version: ChainVersion) -> Row:
    return Row(
        address=reverse("chain", kwargs={"code": version.code}),
        title=version.name,
        kind=version.get_urgency_display(),
        unit=version.proposer_post,
        since=version.proposed_at,
        since_label=_("เสนอเมื่อ"),
        note=version.reason,
    )


def _circulated(circulation: Circulation) -> Row:
    disclosure, sending = circulation.submission.disclosure, circulation.submission.sending
    row = Row(
        address=reverse("decide", kwargs={"ref": circulation.submission.ref}),
        title=disclosure.title,
        kind=str(ASKED[circulation.submission.action]),
        unit=disclosure.unit.name,
        since=circulation.at,
        since_label=_("แจ้งเมื่อ"),
        note=f"{circulation.post_title}: {circulation.get_cause_display()}",
        circulation=circulation.pk,
    )
    return row if sending is None else _of_bundle(row, sending)


def _submitted(submission: Submission, desk: Desk) -> Row:
    row = _submitted_alone(submission, desk)
    return row if submission.sending is None else _of_bundle(row, submission.sending)


def _of_bundle(row: Row, sending: Sending) -> Row:
    """One row for the whole bundle, in the place of its members."""
    return replace(
        row,
        address=reverse("decide_bundle", kwargs={"ref": sending.bundle.ref}),
        title=sending.bundle.title,
        kind=many(len(sending.salts)),
        unit=sending.bundle.unit.name,
    )


def _submitted_alone(submission: Submission, desk: Desk) -> Row:
    disclosure = submission.disclosure
    due = deadline(submission, on=desk.on)
    return Row(
        address=reverse("decide", kwargs={"ref": submission.ref}),
        title=disclosure.title,
        kind=f"{ASKED[submission.action]} · {disclosure.get_kind_display()}",
        unit=disclosure.unit.name,
        since=submission.submitted_at,
        since_label=_("ส่งเมื่อ"),
        is_urgent=submission.urgency == Urgency.URGENT,
        days_late=due.days_late if due else 0,
    )


def _urgent(waits: Waits) -> Row:
    return Row(
        address=waits.address,
        title=waits.title,
        kind=str(waits.kind),
        unit=waits.unit,
        since=waits.since,
        since_label=waits.since_label,
        is_urgent=waits.is_urgent,
        note=waits.note,
    )


def _sent_back(submissions: Iterable[Submission], removals: Counter[int]) -> Iterable[Row]:
    """What came back, with the last word of whoever sent it, or of the gate; the screeners spoke later."""
    for submission in submissions:
        disclosure = submission.disclosure
        if disclosure.stage != Stage.WRITING:
            continue
        count = removals[disclosure.pk]
        words = [_asked_to_remove(count) if count else "", _words_of(submission)]
        yield _written(disclosure, "write", " · ".join(word for word in words if word))


def last_word(submission: Submission) -> Decision | None:
    """The newest decision with a reason."""
    reasons = [one for one in submission.decisions.all() if one.reason]
    return reasons[-1] if reasons else None
