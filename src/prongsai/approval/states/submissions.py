"""Where a submission stands, and what a post may say of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.record.states import Action


class Urgency(TextChoices):
    NORMAL = "normal", _("ปกติ")
    URGENT = "urgent", _("เร่งด่วน")


class SubmissionState(TextChoices):
    UNDER_WAY = "under_way", _("อยู่ระหว่างพิจารณา")
    APPROVED = "approved", _("อนุมัติแล้ว")
    REMANDED = "remanded", _("ส่งกลับแก้ไข")
    RECALLED = "recalled", _("ผู้เสนอขอคืน")
    PUBLISHED = "published", _("เผยแพร่แล้ว")
    REFUSED = "refused", _("ประตูเผยแพร่ไม่รับ")
    STOPPED = "stopped", _("หยุดไว้ก่อนเผยแพร่")


class Verdict(TextChoices):
    ENDORSE = "endorse", _("เห็นชอบ")
    REMAND_TO_START = "remand_to_start", _("ส่งกลับผู้เสนอ")
    REMAND_ONE_STEP = "remand_one_step", _("ส่งกลับขั้นก่อนหน้า")
    REMAND_TO_STEP = "remand_to_step", _("ส่งกลับขั้นที่ระบุ")


class Passing(TextChoices):
    """By which right a post decided before its turn, over the steps between."""

    PULLED_UP = "pulled_up", _("พิจารณาก่อนถึงลำดับ")
    VACANT = "vacant", _("พิจารณาแทนขั้นที่ตำแหน่งว่าง")


class Cause(TextChoices):
    """Why a post is told of a submission in which it has nothing to decide."""

    FOR_INFORMATION = "for_information", _("อนุมัติแล้ว แจ้งเพื่อทราบ")
    OTHER_DECIDED = "other_decided", _("ตำแหน่งอื่นในขั้นเดียวกันเห็นชอบแทนแล้ว")
    PASSED_OVER = "passed_over", _("ตำแหน่งที่สูงกว่าพิจารณาก่อนถึงลำดับของท่าน")


class ReminderCause(TextChoices):
    """Why somebody is reminded of a step: their own is due or late, or one below them is."""

    DUE = "due", _("ครบกำหนดวันนี้")
    LATE = "late", _("เกินกำหนดแล้ว")
    ESCALATED = "escalated", _("ผู้ใต้บังคับบัญชาพิจารณาเกินกำหนด")


# While one of these holds, the disclosure is locked and takes no second submission (a constraint).
OPEN_STATES = frozenset({SubmissionState.UNDER_WAY, SubmissionState.APPROVED})

# What somebody may ask for; notices, statements and expiry have ways of their own.
SUBMITTABLE = frozenset(
    {
        *(Action.PUBLISHED, Action.CORRECTED, Action.WITHDRAWN),
        *(Action.CONSOLIDATED, Action.RECALLED, Action.RESTORED),
    }
)


class SubmissionBlocker(TextChoices):
    """Why something cannot be submitted, and what to do."""

    ACTION_UNKNOWN = (
        "action_unknown",
        _("ส่งเข้าพิจารณาไม่ได้: การกระทำนี้ไม่ผ่านสายการอนุมัติ — เลือกการกระทำอื่น"),
    )
    NOT_AUTHOR = (
        "not_author",
        _(
            "ส่งเข้าพิจารณาไม่ได้: ตำแหน่ง {detail} ไม่ใช่เจ้าหน้าที่ของหน่วยงานเจ้าของเรื่องในวันนี้ — ให้เจ้าหน้าที่ของหน่วยงานนั้นเป็นผู้ส่ง"
        ),
    )
    WRONG_STAGE = (
        "wrong_stage",
        _("ส่งเข้าพิจารณาไม่ได้: เรื่องนี้อยู่ในขั้น “{detail}” — เปิดเรื่องใหม่เพื่อดูขั้นปัจจุบัน"),
    )
    UNDER_WAY = (
        "under_way",
        _("ส่งเข้าพิจารณาไม่ได้: เรื่องนี้ส่งไปแล้วและยังไม่เสร็จ — รอผล หรือขอคืนก่อนส่งใหม่"),
    )
    NUMBERED_ALREADY = (
        "numbered_already",
        _("ส่งเผยแพร่ครั้งแรกไม่ได้: เรื่องนี้เผยแพร่แล้วเป็นเลขที่ {detail} — ส่งเป็นการแก้ไขแทน"),
    )
    NOT_PUBLISHED = (
        "not_published",
        _("ส่งเข้าพิจารณาไม่ได้: เรื่องนี้ยังไม่เคยเผยแพร่ — ส่งเผยแพร่ครั้งแรกก่อน"),
    )
    NOT_FROM_HERE = (
        "not_from_here",
        _("ส่งเข้าพิจารณาไม่ได้: รายการที่เผยแพร่อยู่ในสภาพ “{detail}” ซึ่งทำการนี้ไม่ได้ — ดูสภาพปัจจุบันในหน้าเผยแพร่"),
    )
    NOTHING_CHANGED = (
        "nothing_changed",
        _("ส่งแก้ไขไม่ได้: เนื้อหาเหมือนฉบับที่เผยแพร่อยู่ทุกตัวอักษร — แก้เนื้อหาหรือเลิกการแก้ไข"),
    )
    NO_CHANGE_NOTE = (
        "no_change_note",
        _("ส่งแก้ไขไม่ได้: ยังไม่ได้บอกประชาชนว่าแก้อะไร — เขียนบันทึกการแก้ไข"),
    )
    NO_EXPLANATION = (
        "no_explanation",
        _("ส่งเข้าพิจารณาไม่ได้: ยังไม่มีคำอธิบายที่ประชาชนจะเห็น — เขียนคำอธิบาย"),
    )
    NO_RECALL_REASON = "no_recall_reason", _("ส่งเรียกคืนไม่ได้: ยังไม่ได้เลือกเหตุที่เรียกคืน — เลือกเหตุ")
    TEXT_TOO_LONG = (
        "text_too_long",
        _(
            "ส่งเข้าพิจารณาไม่ได้: ข้อความถึงประชาชนยาว {detail} ตัวอักษร รับได้ไม่เกิน 4,000 — ย่อให้สั้นลง หรือเขียนไว้ในเนื้อหา"
        ),
    )
    TEXT_IS_UNSPEAKABLE = (
        "text_is_unspeakable",
        _("ส่งเข้าพิจารณาไม่ได้: ข้อความถึงประชาชนมีข้อมูลส่วนบุคคลหรือข้อความลับ “{detail}” — ลบออกก่อนส่ง"),
    )
    NO_TARGET = (
        "no_target",
        _("ส่งรวมรายการไม่ได้: เลขที่ปลายทางไม่ใช่รายการอื่นที่ใช้อยู่ — ใส่เลขที่ของรายการที่ใช้อยู่"),
    )
    DAY_IS_PAST = (
        "day_is_past",
        _("ส่งเข้าพิจารณาไม่ได้: วันที่จะเผยแพร่ผ่านมาแล้ว — ตรวจวันและปี หรือเว้นว่างให้เผยแพร่ทันที"),
    )
    POSTED_TOO_SHORT = (
        "posted_too_short",
        _(
            "ส่งเข้าพิจารณาไม่ได้: เรื่องนี้ต้องติดประกาศถึงวันที่ {detail} — ทำหลังวันนั้น หรือส่งเรียกคืนหากเนื้อหาเปิดเผยไม่ได้"
        ),
    )
    NO_CHAIN = (
        "no_chain",
        _("ส่งเข้าพิจารณาไม่ได้: ไม่มีสายการอนุมัติสำหรับเรื่องและความเร่งด่วนนี้ — ให้ผู้ดูแลระบบตรวจข้อมูลสายการอนุมัติ"),
    )
    CHAIN_IN_DOUBT = (
        "chain_in_doubt",
        _(
            "ส่งเข้าพิจารณาไม่ได้: มีสายการอนุมัติที่เข้ากับเรื่องนี้มากกว่าหนึ่งสาย ({detail}) — ให้ผู้ดูแลระบบแก้สายใดสายหนึ่ง"
        ),
    )
    NO_QUORUM = (
        "no_quorum",
        _("ส่งเข้าพิจารณาไม่ได้: ขั้นหนึ่งมีตำแหน่งน้อยกว่าจำนวนที่ต้องเห็นชอบ — ให้ผู้ดูแลระบบตรวจข้อมูลสายการอนุมัติ"),
    )
    NO_HEAD = (
        "no_head",
        _("ส่งเข้าพิจารณาไม่ได้: หน่วยงาน {detail} ไม่มีตำแหน่งผู้อนุมัติ — ให้ผู้ดูแลระบบตรวจโครงสร้างหน่วยงาน"),
    )
    VACANT = (
        "vacant",
        _(
            "ส่งเข้าพิจารณาไม่ได้: วันนี้ไม่มีผู้ดำรงตำแหน่งหรือรักษาราชการแทน {detail} — ให้ผู้ดูแลระบบบันทึกคำสั่งแต่งตั้งผู้แทน"
        ),
    )
    ONLY_CONTRIBUTORS = (
        "only_contributors",
        _(
            "ส่งเข้าพิจารณาไม่ได้: ผู้อยู่ในตำแหน่ง {detail} มีส่วนเขียนหรือส่งเรื่องนี้ จึงอนุมัติไม่ได้ — ต้องมีผู้อื่นรักษาราชการแทน"
        ),
    )
    ONE_FOR_TWO = (
        "one_for_two",
        _(
            "ส่งเข้าพิจารณาไม่ได้: คนเดียวกันเป็นผู้อนุมัติคนเดียวของหลายขั้น ({detail}) แต่เห็นชอบได้ขั้นเดียว — ต้องมีผู้แทนขั้นหนึ่ง"
        ),
    )
    AT_THE_GATE = (
        "at_the_gate",
        _(
            "ส่งเรียกคืนไม่ได้ขณะนี้: มีเรื่องที่อนุมัติแล้วกำลังผ่านประตูเผยแพร่ — รอให้เสร็จ (ปกติไม่กี่วินาที) แล้วส่งเรียกคืนอีกครั้ง"
        ),
    )
    IN_BUNDLE = (
        "in_bundle",
        _("ส่งเรื่องนี้เดี่ยว ๆ ไม่ได้: เรื่องอยู่ในชุดเผยแพร่ “{detail}” — ส่งทั้งชุด หรือนำเรื่องออกจากชุดก่อน"),
    )
    FIELD_MISSING = "field_missing", "{detail}"
    SCREENING = "screening", "{detail}"


class DecisionBlocker(TextChoices):
    """Why this person, in this post, cannot decide now, and what to do."""

    IN_BUNDLE = (
        "in_bundle",
        _("พิจารณาเรื่องนี้เดี่ยว ๆ ไม่ได้: เรื่องอยู่ในชุดเผยแพร่ “{detail}” — เปิดชุดแล้วพิจารณาทั้งชุด"),
    )
    NOT_UNDER_WAY = (
        "not_under_way",
        _("พิจารณาไม่ได้: เรื่องนี้ไม่ได้อยู่ระหว่างพิจารณาแล้ว ({detail}) — กลับไปที่งานของฉัน"),
    )
    NOBODY = "nobody", _("พิจารณาไม่ได้: ระบบไม่มีตำแหน่ง จึงเห็นชอบแทนคนไม่ได้ — ให้ผู้มีตำแหน่งพิจารณา")
    POST_NOT_HELD = (
        "post_not_held",
        _(
            "พิจารณาไม่ได้: วันนี้ท่านไม่ได้อยู่ในตำแหน่ง {detail} หรือคำสั่งรักษาราชการแทนสิ้นสุดแล้ว — ให้ผู้ดูแลระบบตรวจคำสั่ง"
        ),
    )
    NOT_APPROVER = (
        "not_approver",
        _("พิจารณาไม่ได้: ตำแหน่ง {detail} ไม่มีบทบาทผู้อนุมัติ — ให้ผู้ดำรงตำแหน่งในสายการอนุมัติพิจารณา"),
    )
    NOT_THEIR_TURN = (
        "not_their_turn",
        _("พิจารณาไม่ได้: ขณะนี้เรื่องไม่ได้อยู่ที่ตำแหน่ง {detail} — รอจนเรื่องมาถึง หรือดูลำดับในสายการอนุมัติ"),
    )
    CONTRIBUTED = (
        "contributed",
        _("พิจารณาไม่ได้: ท่านมีส่วนเขียน แนบไฟล์ หรือเป็นผู้ส่งเรื่องนี้ — ต้องให้ผู้อื่นที่รักษาราชการแทนพิจารณา"),
    )
    DECIDED_ALREADY = (
        "decided_already",
        _("พิจารณาไม่ได้: ท่านเห็นชอบเรื่องนี้ไปแล้วในตำแหน่ง {detail} — ให้ผู้อื่นพิจารณาขั้นนี้"),
    )
    POST_DECIDED = (
        "post_decided",
        _("พิจารณาไม่ได้: ตำแหน่ง {detail} ลงความเห็นในขั้นนี้แล้ว — รอตำแหน่งอื่นในขั้นเดียวกัน"),
    )
    OTHER_CONTENT = (
        "other_content",
        _("พิจารณาไม่ได้: ฉบับที่ท่านเปิดอ่านไม่ใช่ฉบับที่เสนอ — เปิดหน้านี้ใหม่แล้วอ่านอีกครั้ง"),
    )
    CONTENT_CHANGED = (
        "content_changed",
        _("พิจารณาไม่ได้: เนื้อหา ชื่อหมวด หรือข้อมูลหน่วยงานไม่ตรงกับที่เสนอไว้ — ส่งกลับผู้เสนอให้ตรวจแล้วส่งใหม่"),
    )
    NO_REASON = "no_reason", _("ส่งกลับไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าต้องแก้อะไร")
    NO_EARLIER_STEP = (
        "no_earlier_step",
        _("ส่งกลับขั้นก่อนหน้าไม่ได้: นี่คือขั้นแรก — ส่งกลับผู้เสนอแทน"),
    )
    NO_SUCH_STEP = (
        "no_such_step",
        _("ส่งกลับขั้นที่ระบุไม่ได้: ยังไม่ได้เลือกขั้นที่ผ่านมาแล้ว — เลือกขั้นจากรายการ หรือส่งกลับผู้เสนอ"),
    )
    WORDS_NOT_FOUND = (
        "words_not_found",
        _("แก้คำไม่ได้: ไม่พบ “{detail}” ในชื่อเรื่อง สรุป หรือเนื้อหา — คัดลอกคำเดิมจากเนื้อหาให้ตรงทุกตัวอักษร"),
    )
    TOO_MANY_WORDS = (
        "too_many_words",
        _("แก้คำไม่ได้: แก้ได้ครั้งละไม่เกิน 300 ตัวอักษร เพราะเนื้อหาเป็นของผู้เขียน — ส่งกลับพร้อมบอกว่าต้องแก้อะไร"),
    )
    OUT_OF_SCOPE = (
        "out_of_scope",
        _(
            "พิจารณาไม่ได้: คำสั่งที่ให้ท่านแทนตำแหน่ง {detail} ไม่รวมเรื่องประเภทนี้หรือหน่วยงานนี้ — ให้ผู้ดำรงตำแหน่งพิจารณา"
        ),
    )


class TakeBackBlocker(TextChoices):
    """Why a submission cannot be taken back."""

    IN_BUNDLE = (
        "in_bundle",
        _("ขอคืนเรื่องนี้เดี่ยว ๆ ไม่ได้: เรื่องอยู่ในชุดเผยแพร่ “{detail}” — ขอคืนทั้งชุดที่หน้าของชุด"),
    )
    NOT_UNDER_WAY = (
        "not_under_way",
        _("ขอคืนไม่ได้: เรื่องนี้ไม่ได้อยู่ระหว่างพิจารณาแล้ว ({detail}) — ถ้าเผยแพร่แล้วให้เริ่มการแก้ไข"),
    )
    NOT_THEIRS = (
        "not_theirs",
        _("ขอคืนไม่ได้: ขอคืนได้เฉพาะผู้ส่งและเจ้าหน้าที่ของหน่วยงานเจ้าของเรื่อง — ติดต่อหน่วยงานนั้น"),
    )


class StopBlocker(TextChoices):
    """Why something approved cannot be stopped before its time."""

    IN_BUNDLE = (
        "in_bundle",
        _("หยุดเรื่องนี้เดี่ยว ๆ ไม่ได้: เรื่องอยู่ในชุดเผยแพร่ “{detail}” — หยุดทั้งชุดที่หน้าของชุด"),
    )
    NOT_APPROVED = (
        "not_approved",
        _("หยุดไม่ได้: เรื่องนี้ไม่ได้รอเวลาเผยแพร่ ({detail}) — เปิดเรื่องนี้ใหม่เพื่อดูขั้นปัจจุบัน"),
    )
    TIME_HAS_COME = (
        "time_has_come",
        _("หยุดไม่ได้: เหลือเวลาไม่ถึงหนึ่งนาทีหรือถึงเวลาเผยแพร่แล้ว — รอให้เผยแพร่เสร็จ แล้วแก้ไขหรือยกเลิกการใช้งาน"),
    )
    NOT_THEIRS = (
        "not_theirs",
        _("หยุดไม่ได้: หยุดได้เฉพาะผู้ส่งและผู้อนุมัติขั้นสุดท้าย — แจ้งคนใดคนหนึ่งให้หยุด"),
    )
    NO_REASON = "no_reason", _("หยุดไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าหยุดเพราะเหตุใด")


class TimeBlocker(TextChoices):
    """Why something approved does not get another time."""

    NOT_APPROVED = (
        "not_approved",
        _("เลื่อนเวลาไม่ได้: เรื่องนี้ไม่ได้รอเวลาเผยแพร่ ({detail}) — เปิดเรื่องนี้ใหม่เพื่อดูขั้นปัจจุบัน"),
    )
    TIME_HAS_COME = (
        "time_has_come",
        _("เลื่อนเวลาไม่ได้: เหลือเวลาไม่ถึงหนึ่งนาทีหรือถึงเวลาเผยแพร่แล้ว — รอให้เผยแพร่เสร็จก่อน"),
    )
    IN_BUNDLE = (
        "in_bundle",
        _("เลื่อนเวลาเรื่องนี้เดี่ยว ๆ ไม่ได้: เรื่องอยู่ในชุดเผยแพร่ “{detail}” — หยุดทั้งชุด แล้วส่งใหม่พร้อมเวลาใหม่"),
    )
    NOT_THEIRS = (
        "not_theirs",
        _("เลื่อนเวลาไม่ได้: เลื่อนได้เฉพาะหัวหน้าของหน่วยงานเจ้าของเรื่องและผู้อนุมัติขั้นสุดท้าย — แจ้งคนใดคนหนึ่ง"),
    )
    NOT_WRITERS = (
        "not_writers",
        _("ขอเลื่อนเวลาไม่ได้: ขอได้เฉพาะผู้ส่งและเจ้าหน้าที่ของหน่วยงานเจ้าของเรื่อง — แจ้งคนใดคนหนึ่ง"),
    )
    WISH_CLOSED = (
        "wish_closed",
        _("ตอบคำขอไม่ได้: มีผู้ตอบแล้ว หรือเรื่องไม่ได้รอเวลาเดิมนั้นแล้ว — เปิด “กำหนดเผยแพร่” เพื่อดูเวลาล่าสุด"),
    )
    OWN_WISH = (
        "own_wish",
        _("ตอบคำขอไม่ได้: ท่านเป็นผู้ขอเอง — ให้ผู้อื่นที่ดำรงตำแหน่งในขั้นสุดท้ายตอบ"),
    )
    NOT_LAST = (
        "not_last",
        _("ตอบคำขอไม่ได้: ตอบได้เฉพาะผู้ดำรงตำแหน่งในขั้นสุดท้ายของเรื่องนี้ — รอผู้นั้นตอบ"),
    )
    NO_ANSWER = (
        "no_answer",
        _("ไม่เห็นชอบคำขอไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าเลื่อนไม่ได้เพราะเหตุใด"),
    )
    NO_REASON = "no_reason", _("เลื่อนเวลาไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าเลื่อนเพราะเหตุใด")
    SAME_TIME = "same_time", _("เลื่อนเวลาไม่ได้: เวลาใหม่ตรงกับเวลาเดิม — ใส่เวลาอื่น")
    TIME_IS_PAST = (
        "time_is_past",
        _("เลื่อนเวลาไม่ได้: เวลาใหม่ผ่านมาแล้วหรือเหลือไม่ถึงหนึ่งนาที — ตรวจวัน เวลา และปี"),
    )
    BEFORE_APPROVED = (
        "before_approved",
        _(
            "เลื่อนเวลาไม่ได้: ที่อนุมัติไว้คือไม่ก่อน {detail} — ใส่เวลาหลังจากนั้น หรือหยุดแล้วส่งพิจารณาใหม่ถ้าต้องเผยแพร่เร็วกว่า"
        ),
    )
    AFTER_END = (
        "after_end",
        _(
            "เลื่อนเวลาไม่ได้: ต้องเผยแพร่ภายในวันที่ {detail} จึงจะครบเวลาติดประกาศก่อนวันสิ้นสุดที่อนุมัติ — ใส่วันก่อนนั้น หรือหยุดแล้วแก้วันสิ้นสุด"
        ),
    )


class CirculationBlocker(TextChoices):
    """Why somebody cannot acknowledge what was circulated."""

    POST_NOT_HELD = (
        "post_not_held",
        _("รับทราบไม่ได้: วันนี้ท่านไม่ได้อยู่ในตำแหน่ง {detail} — ให้ผู้อยู่ในตำแหน่งนั้นรับทราบ"),
    )


class SuggestionBlocker(TextChoices):
    """Why an author cannot take over the words that an approver corrected."""

    NOT_AUTHOR = (
        "not_author",
        _("ยืนยันคำที่แก้ไม่ได้: ท่านไม่ใช่เจ้าหน้าที่ของหน่วยงานเจ้าของเรื่องในวันนี้ — ให้เจ้าหน้าที่ของหน่วยงานนั้นยืนยัน"),
    )
    TAKEN_OVER_ALREADY = (
        "taken_over_already",
        _("ยืนยันคำที่แก้ไม่ได้: คำเหล่านี้ยืนยันไปแล้ว — ส่งเรื่องเข้าพิจารณาต่อได้"),
    )
    WORDS_GONE = (
        "words_gone",
        _("ยืนยันคำที่แก้ไม่ได้: ไม่พบ “{detail}” ในฉบับล่าสุดแล้ว — แก้เองในหน้าเขียน"),
    )
