"""A notice as an edition of the record: the same words, where everything public is kept for good."""

from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join

from prongsai.notices.labels import LABELS
from prongsai.notices.models import Notice, Wording
from prongsai.record.states import Significance
from prongsai.thai.dates import BANGKOK, fiscal_year, format_datetime

SECTION = "news"
# Key of the detail, attribute of the wording, and the name of the field for readers of English.
DETAILS = (
    ("area", "area", "Area"),
    ("contact", "contact", "Whom to call"),
)


def edition(wording: Wording, *, section: dict[str, str]) -> dict[str, Any]:
    """The document without number, version and salt: the record adds those."""
    notice, approved_at = wording.notice, wording.approved_at
    unit = notice.unit
    return {
        "kind": "news",
        "title": wording.headline,
        "title_en": wording.headline_en,
        "summary": wording.happened,
        "body": _body(wording),
        "section": section,
        "unit": {
            "code": unit.code,
            "name_th": unit.name_th,
            "name_en": unit.name_en,
            "phone": unit.phone,
            "email": unit.email,
        },
        "source": wording.source,
        "details": [
            *(
                _detail(key, str(LABELS[name]), label_en, getattr(wording, name))
                for key, name, label_en in DETAILS
            ),
            _detail("valid_until", str(LABELS["valid_until"]), "Valid until", _until(wording)),
        ],
        "fiscal_year": fiscal_year(approved_at.astimezone(BANGKOK).date()) if approved_at else None,
        "decided": [decision(wording.approver_post, wording.approver_acting, approved_at)],
        "change": {"significance": Significance.MAJOR, "note": _note(wording)},
        "notice": {"id": notice.public_id, "kind": wording.kind},
        "files": [],
        "obligations": [],
        "withheld": [],
    }


def end_act(notice: Notice) -> dict[str, Any]:
    """What the entry of its end says."""
    decided = [decision(notice.end_post, notice.end_acting, notice.ended_at)]
    return {
        "decided": decided if notice.ended_by_id else [],
        "explanation": notice.end_reason,
        "recall_reason": "",
        "redirect_number": "",
    }


def recall_act(notice: Notice) -> dict[str, Any]:
    """What the entry of its recall says: no word of the notice itself."""
    return {
        "decided": [decision(notice.recall_post, notice.recall_acting, notice.recalled_at)],
        "explanation": notice.recall_explanation,
        "recall_reason": notice.recall_reason,
        "redirect_number": "",
    }


def decision(post: str, acting: str, at: datetime | None) -> dict[str, str]:
    return {"post": post, "acting": acting, "at": at.isoformat() if at else ""}


def _detail(key: str, label_th: str, label_en: str, value: str) -> dict[str, str]:
    return {
        "key": key,
        "label_th": label_th,
        "label_en": label_en,
        "type": "text",
        "value": value,
        "value_en": "",
    }


def _until(wording: Wording) -> str:
    return format_datetime(wording.valid_until_at) if wording.valid_until_at else ""


def _body(wording: Wording) -> str:
    """Escaped: what was typed is text, whatever it looks like."""
    parts = [part for part in wording.to_do.split("\n") if part.strip()]
    paragraphs = format_html_join("", "<p>{}</p>", ((part,) for part in parts))
    return str(format_html("<h2>{}</h2>{}", str(LABELS["to_do"]), paragraphs))


def _note(wording: Wording) -> str:
    if wording.version == 1:
        return ""
    return f"{wording.get_kind_display()} ใช้ถึง {_until(wording)}"
