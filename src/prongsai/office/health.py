"""How the installation is, in facts: the same ones that `prongsai check` and `/readyz` speak of."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, QuerySet, Sum
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import TableMaking
from prongsai.discovery.queries import indexed_seq
from prongsai.files.antivirus import answers
from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import on_the_way
from prongsai.files.states import ReadingState
from prongsai.office.models import Pulse, StaffMail
from prongsai.office.states import MailState
from prongsai.organisation import append_only
from prongsai.publication.queries import overdue
from prongsai.publication.recalls.queries import clock_of, failed_purges, open_incidents
from prongsai.record.models import PublishedFile
from prongsai.record.queries import head
from prongsai.record.triggers import missing_triggers

WORKER = "worker"
PATIENCE = timedelta(minutes=10)
# The worker beats every ten seconds; one long publication may hold it up for a while.
SILENCE = timedelta(minutes=2)
LEAST_FREE = 0.10
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Fact:
    """One line: what is looked at, what was found, whether that is well, and what to do if not."""

    name: Promise
    found: str
    is_well: bool = True
    what_to_do: str = ""


def late_publications(*, at: datetime) -> QuerySet[Submission]:
    """Approved, due, and not taken by the worker for ten minutes after both."""
    return overdue(at=at)


def late_files(*, at: datetime) -> QuerySet[StoredFile]:
    """Came in ten minutes ago and more, and were not looked at yet."""
    return on_the_way().filter(received_at__lt=at - PATIENCE)


def all_missing_triggers() -> list[str]:
    return [*missing_triggers(), *append_only.missing_triggers("default")]


def facts(*, at: datetime) -> list[Fact]:
    return [
        _worker(at),
        *_jobs(at),
        *_recalls(at),
        *_record(),
        _scanner(at),
        _mail(),
        _disk(),
        *_sizes(),
        _backups(),
    ]


def worker_rests(*, at: datetime) -> bool:
    """Whether nothing that waits for the worker will be done, until somebody starts it."""
    return not Pulse.objects.filter(name=WORKER, at__gt=at - SILENCE).exists()


def _worker(at: datetime) -> Fact:
    pulse = Pulse.objects.filter(name=WORKER).first()
    is_well = pulse is not None and at - pulse.at < SILENCE
    seconds = int((at - pulse.at).total_seconds()) if pulse else 0
    found = _("ทำงานอยู่ ติดต่อล่าสุด {seconds} วินาทีก่อน") if is_well else _("ไม่ตอบ")
    return Fact(
        gettext_lazy("ตัวทำงานเบื้องหลัง (worker)"),
        found.format(seconds=max(seconds, 0)),
        is_well,
        _("เปิด `prongsai serve` หรือ `prongsai work` แล้วดูบันทึกของระบบ ระหว่างนี้ยังไม่มีอะไรถูกเผยแพร่"),
    )


def _jobs(at: datetime) -> Iterator[Fact]:
    late = late_publications(at=at).count()
    yield Fact(
        gettext_lazy("เผยแพร่ล่าช้ากว่า 10 นาที"),
        str(late),
        not late,
        _("ดูว่าตัวทำงานเบื้องหลังทำงานอยู่ และพื้นที่ดิสก์เหลือ"),
    )
    refused = Submission.objects.filter(
        state=SubmissionState.REFUSED, approved_at__gt=at - WEEK
    ).count()
    yield Fact(
        gettext_lazy("ประตูเผยแพร่ไม่รับ ใน 7 วัน"),
        str(refused),
        not refused,
        _("เรื่องกลับไปที่ผู้เขียนพร้อมเหตุผลแล้ว ดูในหน้า “เผยแพร่แล้ว”"),
    )
    pages = dict(PageReading.objects.order_by().values_list("state").annotate(count=Count("pk")))
    failed = pages.get(ReadingState.FAILED, 0)
    yield Fact(
        gettext_lazy("หน้าสแกนที่รออ่าน / อ่านไม่ได้"),
        f"{pages.get(ReadingState.WAITING, 0)} / {failed}",
        True,
    )
    unmade = TableMaking.objects.exclude(problem="").count()
    yield Fact(
        gettext_lazy("ไฟล์ของตารางที่รอทำ / ทำไม่สำเร็จ"),
        f"{TableMaking.objects.under_way().count()} / {unmade}",
        True,
    )


def _recalls(at: datetime) -> Iterator[Fact]:
    still_there = failed_purges().count()
    yield Fact(
        gettext_lazy("การเรียกคืนที่ยืนยันไม่ได้ว่าหายจากเว็บไซต์"),
        str(still_there),
        not still_there,
        _("เปิดผลการเรียกคืนจาก “งานของฉัน” ดูว่าที่อยู่ใดยังตอบ แล้วตรวจเว็บไซต์และแคชที่อยู่ข้างหน้า"),
    )
    over = sum(clock_of(each, at=at).is_over for each in open_incidents())
    yield Fact(
        gettext_lazy("เหตุข้อมูลส่วนบุคคลที่เกิน 72 ชั่วโมงและยังไม่ปิด"),
        str(over),
        not over,
        _("เปิดหน้า “เหตุข้อมูลส่วนบุคคล” ตอบรายการตรวจให้ครบแล้วปิดพร้อมเหตุผล"),
    )


def _record() -> Iterator[Fact]:
    newest, indexed = head(), indexed_seq()
    yield Fact(
        gettext_lazy("ลำดับล่าสุดของทะเบียนสาธารณะ / ที่ค้นได้"),
        f"{newest} / {indexed}",
        newest == indexed,
        _("รอสักครู่ หากยังไม่เท่ากันให้ดูบันทึกของตัวทำงานเบื้องหลัง"),
    )
    missing = all_missing_triggers()
    yield Fact(
        gettext_lazy("ตัวกันแก้ไขย้อนหลังในฐานข้อมูล"),
        ", ".join(missing) or _("ครบ"),
        not missing,
        _("รัน `prongsai migrate`"),
    )


def _scanner(at: datetime) -> Fact:
    name = gettext_lazy("โปรแกรมตรวจไวรัส")
    late = late_files(at=at).count()
    if not settings.VIRUS_SCANNER:
        return Fact(name, _("ไม่ได้ติดตั้ง"))
    is_well = answers(settings.VIRUS_SCANNER) and not late
    found = _("ตอบ") if is_well else _("ไม่ตอบ หรือมีไฟล์รอ {count} ไฟล์").format(count=late)
    return Fact(name, found, is_well, _("เปิดโปรแกรมตรวจไวรัส ไฟล์ที่รอจะเข้ามาเอง"))


def _mail() -> Fact:
    stuck = StaffMail.objects.filter(state__in=[MailState.GIVEN_UP, MailState.UNSURE]).count()
    return Fact(
        gettext_lazy("อีเมลแจ้งเจ้าหน้าที่ที่ส่งไม่ได้"),
        str(stuck) if settings.EMAIL_HOST else _("ยังไม่ได้ตั้งเครื่องส่งอีเมล"),
        not stuck,
        _("ตรวจ PRONGSAI_SMTP_HOST และที่อยู่อีเมลของเจ้าหน้าที่ งานที่รอยังอยู่ในหน้า “งานของฉัน”"),
    )


def _disk() -> Fact:
    usage = shutil.disk_usage(settings.BLOB_ROOT.parent.parent)
    return Fact(
        gettext_lazy("พื้นที่ดิสก์ที่เหลือ"),
        _("{free} จาก {total}").format(
            free=filesizeformat(usage.free), total=filesizeformat(usage.total)
        ),
        usage.free > usage.total * LEAST_FREE,
        _("เพิ่มดิสก์ หรือย้ายสิ่งอื่นออก อย่าลบไฟล์ในโฟลเดอร์ข้อมูลเอง"),
    )


def _sizes() -> Iterator[Fact]:
    office = StoredFile.objects.aggregate(size=Sum("size"))["size"] or 0
    public = PublishedFile.objects.aggregate(size=Sum("size"))["size"] or 0
    yield Fact(gettext_lazy("ไฟล์ของสำนักงาน"), filesizeformat(office))
    yield Fact(gettext_lazy("ไฟล์ที่เผยแพร่"), filesizeformat(public))
    yield Fact(gettext_lazy("ฐานข้อมูล"), filesizeformat(sum(_database_sizes())))


def _database_sizes() -> Iterator[int]:
    """Of SQLite's files; PostgreSQL keeps its own house."""
    for database in settings.DATABASES.values():
        path = Path(str(database.get("NAME", "")).removeprefix("file:").partition("?")[0])
        if database.get("ENGINE", "").endswith("sqlite3") and path.is_file():
            yield os.stat(path).st_size


def _backups() -> Fact:
    return Fact(gettext_lazy("การสำรองข้อมูล"), _("ระบบไม่เห็นการสำรองที่ทำนอกระบบ ดูคู่มือผู้ดูแลระบบ"))
