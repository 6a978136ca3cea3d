"""Small PDFs that would keep every reader busy for ever."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from prongsai.files.reading import read
from prongsai.files.refusals import Refused

NAMES = pikepdf.Name


def nested(steps: int, call: bytes) -> bytes:
    """A page with a form that draws another one, which draws another one."""
    made = pikepdf.Pdf.new()
    made.add_blank_page()
    inner = None
    for _step in range(steps):
        form = made.make_stream(call if inner is not None else b"0 0 1 1 re f")
        form.Type, form.Subtype, form.BBox = NAMES.XObject, NAMES.Form, [0, 0, 9, 9]
        if inner is not None:
            form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        inner = made.make_indirect(form)
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
    made.pages[0].Contents = made.make_stream(b"/F Do")
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def reason(path: Path, sent: bytes) -> str:
    path.write_bytes(sent)
    with pytest.raises(Refused) as refused:
        read(path, "a.pdf")
    return refused.value.reason


@pytest.mark.parametrize("call", [b"/F Do /F Do", b"/#46 Do /#46 Do", b"/F\x00Do/F%\nDo"])
def test_forms_that_double_with_every_step_are_refused(tmp_path: Path, call: bytes) -> None:
    assert reason(tmp_path / "a", nested(36, call)) == "pdf_bomb"


def test_a_million_lines_are_refused(tmp_path: Path) -> None:
    made, target = pikepdf.Pdf.new(), BytesIO()
    made.add_blank_page()
    made.pages[0].Contents = made.make_stream(b"0 0 m 1 1 l S\n" * 1_000_001)
    made.save(target)
    assert reason(tmp_path / "a", target.getvalue()) == "pdf_bomb"


def test_a_form_drawn_a_few_times_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(nested(4, b"/F Do /F Do"))
    assert read(path, "a.pdf").pages == 1
