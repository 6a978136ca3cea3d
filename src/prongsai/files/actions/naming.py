"""What a file is called."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from prongsai.files.models import StoredFile
from prongsai.files.rules import EXTENSIONS, extension_mismatch
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.thai.filenames import safe_file_name
from prongsai.thai.masking import mask_persons_numbers


class CannotRename(CannotAct):
    """The file is called what it was called."""


@transaction.atomic
def rename_file(*, stored: StoredFile, name: str, by: Actor, at: datetime) -> None:
    """The bytes stay. A name without the extension of its type gets it; the same name again changes nothing."""
    if not name.strip():
        raise CannotRename([_("เปลี่ยนชื่อไฟล์ไม่ได้ เพราะยังไม่ได้พิมพ์ชื่อใหม่ โปรดพิมพ์ชื่อแล้วบันทึกอีกครั้ง")])
    wanted = safe_file_name(name)
    if (
        stored.media_type in EXTENSIONS
        and extension_mismatch(wanted, stored.media_type) is not None
    ):
        wanted = safe_file_name(f"{wanted}{EXTENSIONS[stored.media_type][0]}")
    if wanted == stored.name:
        return
    called = stored.name
    stored.name = wanted
    stored.save(update_fields=["name"])
    record_act(
        by=by,
        at=at,
        verb="rename_file",
        subject=f"file:{stored.pk}",
        details={"from": mask_persons_numbers(called), "to": mask_persons_numbers(wanted)},
    )
