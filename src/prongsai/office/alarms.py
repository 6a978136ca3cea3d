"""What must not be missed, as rows of the inbox: clocks that run out, what should be public or gone and is not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.office.desk import Desk
from prongsai.office.recalling import IncidentRow, incident_rows
from prongsai.office.rows import Row
from prongsai.organisation.states import RoleCode
from prongsai.publication.models import RecallSet
from prongsai.publication.queries import overdue
from prongsai.publication.recalls.checklist import checklist
from prongsai.publication.recalls.queries import failed_purges, open_incidents
from prongsai.publication.recalls.sets import waiting_posts
from prongsai.publication.recalls.states import SetState
from prongsai.record.states import RecallReason


def alarms(desk: Desk, *, at: datetime) -> list[Row]:
    """Incidents for those whom the checklist names and the webmaster; what is late, for its sender as well."""
    is_webmaster = RoleCode.WEBMASTER in desk.roles
    rows: list[Row] = []
    if is_webmaster or set(checklist().told) & desk.post_codes:
        rows += [_incident(each) for each in incident_rows(open_incidents(), at=at)]
    if is_webmaster:
        rows += [_not_gone(each) for each in failed_purges()]
    late = overdue(at=at)
    mine = late if is_webmaster else late.filter(submitted_by=desk.person)
    return [*rows, *(_late(each) for each in mine)]


def _incident(row: IncidentRow) -> Row:
    return Row(
        address=reverse("incident", kwargs={"ref": row.incident.ref}),
        title=row.title,
        kind=_("ข้อมูลส่วนบุคคลรั่ว"),
        unit=row.unit,
        since=row.incident.known_at,
        since_label=gettext_lazy("ทราบเหตุเมื่อ"),
        is_urgent=True,
        note=row.time_left,
    )


def _not_gone(submission: Submission) -> Row:
    return Row(
        address=reverse("recall", kwargs={"number": submission.disclosure.number}),
        title=submission.disclosure.title,
        kind=_("เรียกคืนแล้ว แต่ยังยืนยันไม่ได้ว่าหายจากเว็บไซต์"),
        unit=submission.disclosure.unit.name,
        since=submission.published_at or submission.submitted_at,
        since_label=gettext_lazy("เรียกคืนเมื่อ"),
        is_urgent=True,
    )


def _late(submission: Submission) -> Row:
    row = _late_alone(submission)
    bundle = submission.sending.bundle if submission.sending else None
    if bundle is None:
        return row
    return replace(row, address=reverse("bundle", kwargs={"ref": bundle.ref}), title=bundle.title)


def _late_alone(submission: Submission) -> Row:
    return Row(
        address=reverse("work", kwargs={"ref": submission.disclosure.ref}),
        title=submission.disclosure.title,
        kind=_("ถึงเวลาแล้วแต่ยังไม่เผยแพร่"),
        unit=submission.disclosure.unit.name,
        since=submission.publish_after or submission.approved_at or submission.submitted_at,
        since_label=gettext_lazy("ควรเผยแพร่เมื่อ"),
        is_urgent=True,
        note=_("ระบบลองใหม่เองเรื่อย ๆ หากค้างนาน ให้ผู้ดูแลระบบดูว่างานเบื้องหลังทำงานอยู่หรือไม่"),
    )


def sets_to_decide(desk: Desk) -> list[Row]:
    """One row for a whole set, in the place of its members."""
    if RoleCode.APPROVER not in desk.roles:
        return []
    rows = RecallSet.objects.filter(state=SetState.DECIDING).select_related("submitted_by")
    return [_set(each) for each in rows if waiting_posts(each, desk.person, on=desk.on)]


def _set(wish: RecallSet) -> Row:
    return Row(
        address=reverse("recall_set", kwargs={"ref": wish.ref}),
        title=wish.explanation,
        kind=_("เรียกคืนเป็นชุด %(n)d รายการ") % {"n": wish.members.count()},
        unit=str(RecallReason(wish.recall_reason).label),
        since=wish.submitted_at,
        since_label=gettext_lazy("ส่งเมื่อ"),
        is_urgent=wish.urgency == "urgent",
    )


def without_members(submissions: Iterable[Submission]) -> list[Submission]:
    """Those that belong to no set that is still decided as a whole."""
    rows = list(submissions)
    if not rows:
        return []
    members = RecallSet.objects.exclude(state=SetState.DONE).filter(
        members__submission__in=rows, members__submission__state=SubmissionState.UNDER_WAY
    )
    held = set(members.values_list("members__submission_id", flat=True))
    return [each for each in rows if each.pk not in held]
