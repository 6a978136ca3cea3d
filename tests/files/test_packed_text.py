"""PDFs whose packed streams are written as letters, as ReportLab writes them: ordinary ones come in, bombs do not."""

import base64
import io
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from prongsai.files import pdf_pages, pdfs, rules
from prongsai.files.refusals import Refused
from tests.files.redaction.samples import pdf_of

CONTENT = b"BT /F 12 Tf 50 700 Td (Ordinary words) Tj ET"


def packed(content: bytes, *filters: str, after: bytes = b"~>") -> bytes:
    """A page drawn by this content, without any packed index."""
    names = filters or ("/ASCII85Decode", "/FlateDecode")
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(CONTENT))) as pdf:
        written = base64.a85encode(zlib.compress(content, 9), wrapcol=76) + after
        stream = pikepdf.Stream(pdf, written, Filter=pikepdf.Array([Name(one) for one in names]))
        pdf.pages[0].Contents = stream
        pdf.save(
            target,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()


def checked(tmp_path: Path, content: bytes) -> int:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return pdfs.check(path)


@pytest.mark.parametrize("filters", [("/ASCII85Decode", "/FlateDecode"), ("/A85", "/Fl")])
def test_an_ordinary_file_comes_in_and_is_read(tmp_path: Path, filters: tuple[str, ...]) -> None:
    assert checked(tmp_path, packed(CONTENT, *filters)) == 1
    assert [page.text for page in pdf_pages.read_pages(tmp_path / "a.pdf")] == ["Ordinary words"]


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        checked(tmp_path, packed(b" " * (rules.MAX_STREAM + 1_000_000)))

    assert refusal.value.reason == "pdf_bomb"


def test_more_letters_than_can_be_measured_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MAX_PACKED_TEXT", 10)

    with pytest.raises(Refused) as refusal:
        checked(tmp_path, packed(CONTENT))

    assert refusal.value.reason == "pdf_bomb"


@pytest.mark.parametrize("kind", [b"/XRef", b"/ObjStm", b"/X#52ef", b"/Obj#53tm"])
def test_a_file_that_also_has_a_packed_index_is_refused_unopened(
    tmp_path: Path, kind: bytes
) -> None:
    content = packed(CONTENT).replace(b"/Type /Page\n", b"/Type /Page /Other " + kind + b"\n", 1)
    content = packed(CONTENT) + b"%" + kind + b"\n%%EOF\n" if kind not in content else content

    with pytest.raises(Refused) as refusal:
        checked(tmp_path, content)

    assert refusal.value.reason == "pdf_bomb"


@pytest.mark.parametrize(
    "filters",
    [
        ("/ASCII85Decode", "/FlateDecode", "/FlateDecode"),
        ("/FlateDecode", "/ASCII85Decode"),
        ("/ASCIIHexDecode", "/FlateDecode"),
        ("/ASCII85Decode", "/LZWDecode"),
    ],
)
def test_other_chains_are_refused_as_before(tmp_path: Path, filters: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        checked(tmp_path, packed(CONTENT, *filters))

    assert refusal.value.reason == "pdf_bomb"


def test_letters_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        checked(tmp_path, packed(CONTENT, after=b"\xff\xfe~>"))

    assert refusal.value.reason == "pdf_broken"
