"""Where on a page something is seen, in words, for those who read a list of findings."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from prongsai.files.rules import Sight

_MOST_NAMED, _MOST_LISTED = 3, 20


def placed_words(boxes: Sequence[Sight]) -> str:
    """Such as “lower right of the page”; of many only how many there are."""
    numbers = sorted({box.picture for box in boxes if box.picture})
    if numbers:
        listed = ", ".join(map(str, numbers[:_MOST_LISTED]))
        more = " …" if len(numbers) > _MOST_LISTED else ""
        return _("ในภาพที่ {numbers} ของไฟล์นี้").format(numbers=f"{listed}{more}")
    if len(boxes) > _MOST_NAMED:
        return _("{number} แห่งบนหน้านี้").format(number=len(boxes))
    return ", ".join(dict.fromkeys(_place(box) for box in boxes))


def _place(box: Sight) -> str:
    if (box.left, box.top, box.right, box.bottom) == (0.0, 0.0, 1.0, 1.0):
        return _("ในภาพของไฟล์นี้")
    down = (_("ส่วนบนของหน้า"), _("กลางหน้า"), _("ส่วนล่างของหน้า"))
    across = (_("ด้านซ้าย"), _("ตรงกลาง"), _("ด้านขวา"))
    row, column = int(3 * (box.top + box.bottom) / 2), int(3 * (box.left + box.right) / 2)
    return f"{down[min(2, row)]} {across[min(2, column)]}"
