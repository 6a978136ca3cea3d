"""Who may do what with a piece of work: plain values in, a sentence that says why not out ("" = may).

The order of the rows is the order in which reasons are given. This table decides what a screen offers and
what a request may reach; the actions of the apps below check their own rules again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.states import EDITABLE_STAGES, Stage
from prongsai.organisation.states import RoleCode

OVERSEERS = frozenset({RoleCode.WEBMASTER, RoleCode.AUDITOR})


@dataclass(frozen=True)
class Visitor:
    """Somebody today: their roles, the units they belong to, the posts they hold, and for which units one writes."""

    roles: frozenset[str] = frozenset()
    unit_codes: frozenset[str] = frozenset()
    post_codes: frozenset[str] = frozenset()
    writing_units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Work:
    """A disclosure as the rules see it; `chain_posts` are all posts of its submissions, `step_posts` the next ones.

    `is_given_back`: the screeners gave it back to be changed, and nobody has saved it anew since.
    """

    unit_code: str
    stage: str
    is_published: bool = False
    chain_posts: frozenset[str] = field(default_factory=frozenset)
    step_posts: frozenset[str] = field(default_factory=frozenset)
    is_given_back: bool = False


Test = Callable[[Visitor, Work], bool]


def _is_of_the_unit(visitor: Visitor, work: Work) -> bool:
    return work.unit_code in visitor.unit_codes


def _writes_for_the_unit(visitor: Visitor, work: Work) -> bool:
    if RoleCode.WEBMASTER in visitor.roles:
        return True
    # By the post that writes: an officer of one unit who decides in another writes for the first alone.
    return work.unit_code in visitor.writing_units


def _is_concerned(visitor: Visitor, work: Work) -> bool:
    """Own unit, or it came to them for screening or decision, or they oversee the whole."""
    return (
        _is_of_the_unit(visitor, work)
        or bool(visitor.roles & OVERSEERS)
        or bool(visitor.post_codes & work.chain_posts)
        or (RoleCode.SCREENER in visitor.roles and _has_left_the_writers(work))
    )


def _has_left_the_writers(work: Work) -> bool:
    """Or came back only by the screeners' own word, which they may still take back."""
    return work.stage != Stage.WRITING or work.is_given_back


def _is_being_written(_visitor: Visitor, work: Work) -> bool:
    return work.stage in EDITABLE_STAGES


def _may_be_sent(_visitor: Visitor, work: Work) -> bool:
    """Also from screening, once all findings are decided: whether they are is for the action to say."""
    return work.stage in {Stage.WRITING, Stage.SCREENING}


def _may_be_taken_back(_visitor: Visitor, work: Work) -> bool:
    return work.stage in {Stage.SCREENING, Stage.DECIDING}


def _waits_for_screening(_visitor: Visitor, work: Work) -> bool:
    return work.stage == Stage.SCREENING


def _may_be_thought_over(_visitor: Visitor, work: Work) -> bool:
    return work.stage == Stage.SCREENING or (work.stage == Stage.WRITING and work.is_given_back)


def _waits_for_them(visitor: Visitor, work: Work) -> bool:
    return RoleCode.APPROVER in visitor.roles and bool(visitor.post_codes & work.step_posts)


def _is_published_and_at_rest(_visitor: Visitor, work: Work) -> bool:
    return work.is_published and work.stage == Stage.RESTING


def _is_published(_visitor: Visitor, work: Work) -> bool:
    return work.is_published


def _is_discarded(_visitor: Visitor, work: Work) -> bool:
    return work.stage == Stage.DISCARDED


def _screens(visitor: Visitor, _work: Work) -> bool:
    return RoleCode.SCREENER in visitor.roles


_CONCERNED = (
    _is_concerned,
    _(
        "เรื่องนี้เป็นของหน่วยงานอื่นและยังไม่ได้ส่งมาถึงท่าน ท่านจึงเปิดดูไม่ได้ หากต้องใช้เรื่องนี้ โปรดติดต่อหน่วยงานเจ้าของเรื่อง"
    ),
)
_WRITER = (
    _writes_for_the_unit,
    _("แก้ไขเรื่องนี้ได้เฉพาะเจ้าหน้าที่ของหน่วยงานเจ้าของเรื่อง หากพบข้อผิดพลาด โปรดแจ้งหน่วยงานเจ้าของเรื่อง"),
)
_WRITING = (
    _is_being_written,
    _("เรื่องนี้ไม่ได้อยู่ในขั้นเขียน จึงแก้ไขไม่ได้ หากต้องแก้ไข โปรดขอคืนเรื่องก่อน หรือให้ผู้พิจารณาส่งกลับ"),
)
RULES: dict[str, tuple[tuple[Test, object], ...]] = {
    "see": (_CONCERNED,),
    "edit": (_WRITER, _WRITING),
    "attach": (_WRITER, _WRITING),
    "discard": (_WRITER, _WRITING),
    "submit": (
        _WRITER,
        (
            _may_be_sent,
            _("เรื่องนี้ส่งเข้าพิจารณาแล้วหรือเผยแพร่แล้ว จึงส่งซ้ำไม่ได้ โปรดดูขั้นตอนในหน้าภาพรวมของเรื่อง"),
        ),
    ),
    "bring_back": (
        _WRITER,
        (_is_discarded, _("เรื่องนี้ไม่ได้ถูกเลิกทำ จึงไม่มีอะไรให้นำกลับมา")),
    ),
    "take_back": (
        _WRITER,
        (_may_be_taken_back, _("เรื่องนี้ไม่ได้อยู่ระหว่างตรวจหรือรออนุมัติ จึงขอคืนไม่ได้")),
    ),
    "screen": (
        (
            _screens,
            _("ตัดสินข้อสังเกตได้เฉพาะผู้ตรวจกลั่นกรอง ท่านไม่ได้ถือบทบาทนี้ในวันนี้ โปรดรอผู้ตรวจกลั่นกรอง"),
        ),
        (_waits_for_screening, _("เรื่องนี้ไม่ได้อยู่ในขั้นตรวจกลั่นกรอง จึงตัดสินข้อสังเกตไม่ได้")),
    ),
    "withdraw": (
        (_screens, _("ถอนคำตัดสินได้เฉพาะผู้ตรวจกลั่นกรอง ท่านไม่ได้ถือบทบาทนี้ในวันนี้ โปรดแจ้งผู้ตรวจกลั่นกรอง")),
        (
            _may_be_thought_over,
            _("เรื่องนี้ส่งต่อไปแล้วหรือผู้เขียนแก้ไขแล้ว จึงถอนคำตัดสินไม่ได้ หากเห็นว่าผิด โปรดแจ้งผู้พิจารณาให้ส่งกลับ"),
        ),
    ),
    "decide": (
        (
            _waits_for_them,
            _("เรื่องนี้ไม่ได้รอการพิจารณาจากตำแหน่งที่ท่านดำรงอยู่ในวันนี้ โปรดดูรายการรอพิจารณาในหน้างานของฉัน"),
        ),
    ),
    "make_papers": (_WRITER,),
    "change_published": (
        _WRITER,
        (
            _is_published_and_at_rest,
            _("เรื่องนี้ยังไม่ได้เผยแพร่หรือมีงานค้างอยู่ จึงเริ่มดำเนินการใหม่ไม่ได้ โปรดดำเนินการที่ค้างให้เสร็จก่อน"),
        ),
    ),
    # Whatever else is done with it: a leak does not wait for a correction.
    "recall": (
        _WRITER,
        (_is_published, _("เรื่องนี้ยังไม่ได้เผยแพร่ จึงไม่มีอะไรให้เรียกคืน")),
    ),
}
ROLE_RULES: dict[str, tuple[frozenset[str], object]] = {
    "write": (
        frozenset({RoleCode.OFFICER, RoleCode.WEBMASTER}),
        _("เขียนเรื่องใหม่ได้เฉพาะเจ้าหน้าที่ ท่านไม่ได้ถือบทบาทนี้ในวันนี้"),
    ),
    "write_notices": (
        frozenset({RoleCode.OFFICER, RoleCode.WEBMASTER}),
        _("เขียนประกาศฉุกเฉินได้เฉพาะเจ้าหน้าที่ ท่านไม่ได้ถือบทบาทนี้ในวันนี้ โปรดโทรแจ้งเจ้าหน้าที่ประชาสัมพันธ์"),
    ),
    "see_acts": (
        frozenset({RoleCode.AUDITOR, RoleCode.ADMINISTRATOR}),
        _("ดูบันทึกการกระทำได้เฉพาะผู้ตรวจสอบและผู้ดูแลระบบ"),
    ),
    "reorganise": (
        frozenset({RoleCode.ADMINISTRATOR}),
        _("ปรับโครงสร้างหน่วยงานได้เฉพาะผู้ดูแลระบบ"),
    ),
    "see_health": (
        frozenset({RoleCode.WEBMASTER, RoleCode.ADMINISTRATOR}),
        _("ดูสภาพของระบบได้เฉพาะผู้ดูแลเว็บไซต์และผู้ดูแลระบบ"),
    ),
    "see_people": (
        frozenset({RoleCode.AUDITOR, RoleCode.ADMINISTRATOR}),
        _("ดูบัญชีของเจ้าหน้าที่ได้เฉพาะผู้ดูแลระบบและผู้ตรวจสอบ"),
    ),
    "edit_people": (
        frozenset({RoleCode.ADMINISTRATOR}),
        _("เปิดและเปลี่ยนบัญชีได้เฉพาะผู้ดูแลระบบ หากต้องเปลี่ยน โปรดแจ้งผู้ดูแลระบบ"),
    ),
    "agree_to_reset": (
        frozenset({RoleCode.ADMINISTRATOR, RoleCode.APPROVER}),
        _("ยืนยันการล้างการยืนยันสองชั้นได้เฉพาะผู้ดูแลระบบและผู้อนุมัติ"),
    ),
    "edit_chains": (
        frozenset({RoleCode.ADMINISTRATOR}),
        _("เสนอแก้สายการอนุมัติได้เฉพาะผู้ดูแลระบบ ท่านดูสายและผู้พิจารณาได้ หากต้องแก้ โปรดแจ้งผู้ดูแลระบบ"),
    ),
    "edit_paper_texts": (
        frozenset({RoleCode.ADMINISTRATOR}),
        _("แก้ถ้อยคำในเอกสารราชการได้เฉพาะผู้ดูแลระบบ หากต้องแก้ โปรดแจ้งผู้ดูแลระบบ"),
    ),
    "appoint": (
        frozenset({RoleCode.ADMINISTRATOR}),
        _("บันทึกคำสั่งแต่งตั้งได้เฉพาะผู้ดูแลระบบ หากท่านจะลา โปรดส่งคำสั่งให้ผู้ดูแลระบบ"),
    ),
    "charge_posts": (
        frozenset({RoleCode.APPROVER, RoleCode.WEBMASTER}),
        _("มอบข้อให้ตำแหน่งรับผิดชอบได้เฉพาะผู้อนุมัติและผู้ดูแลเว็บไซต์"),
    ),
    "adopt_lists": (
        frozenset({RoleCode.WEBMASTER}),
        _("รับและเปลี่ยนรายการที่ต้องเผยแพร่ได้เฉพาะผู้ดูแลเว็บไซต์ ท่านดูรายการและผลการซ้อมได้"),
    ),
    "edit_sections": (
        frozenset({RoleCode.WEBMASTER}),
        _("จัดหมวดย่อยได้เฉพาะผู้ดูแลเว็บไซต์"),
    ),
    "make_yearly_papers": (
        frozenset({RoleCode.WEBMASTER}),
        _("จัดทำคำสั่งและประกาศประจำปีได้เฉพาะผู้ดูแลเว็บไซต์ ท่านเปิดดูฉบับที่จัดทำแล้วได้"),
    ),
}


def refusal(verb: str, visitor: Visitor, work: Work) -> str:
    """Why this visitor may not do this with this work, as a sentence; "" when they may."""
    return next((str(why) for test, why in RULES[verb] if not test(visitor, work)), "")


def role_refusal(verb: str, visitor: Visitor) -> str:
    """Why these roles do not open that room, as a sentence; "" when they do."""
    roles, why = ROLE_RULES[verb]
    return "" if roles & visitor.roles else str(why)
