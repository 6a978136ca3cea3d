"""A PDF whose map of letters leaves marks out is mended where words decide it, and is else read by machine."""

from pathlib import Path

import pikepdf
import pytest

from prongsai.files.pdf_pages import read_pages
from prongsai.files.rules import PageText

# Glyphs as WeasyPrint numbers them: two marks (11 alone, 12 with a tone) have no letter, and 13 is sara aa.
GLYPHS = {letter: code for code, letter in enumerate("กจนวหดปรถ ะ", start=20)}
PLAIN, HIGH, AA = 11, 12, 13


def written(path: Path, *codes: int | str) -> PageText:
    maps = [f"<{code:04x}> <{ord(letter):04x}>" for letter, code in GLYPHS.items()]
    maps += [f"<{PLAIN:04x}> <>", f"<{HIGH:04x}> <>", f"<{AA:04x}> <0e490e33>"]
    made = pikepdf.new()
    made.add_blank_page()
    page = made.pages[0]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name.Sarabun,
        W=pikepdf.Array([PLAIN, pikepdf.Array([0, 0])]),
        DW=500,
    )
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name.Sarabun,
        Encoding=pikepdf.Name("/Identity-H"),
        ToUnicode=made.make_stream(f"1 beginbfchar {' '.join(maps)} endbfchar".encode()),
        DescendantFonts=pikepdf.Array([descendant]),
    )
    page.obj["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    numbers = [GLYPHS[one] if isinstance(one, str) else one for one in codes]
    shown = "".join(f"{number:04x}" for number in numbers)
    page.Contents = made.make_stream(f"BT /F 10 Tf 50 700 Td <{shown}> Tj ET".encode())
    made.save(path)
    [read] = read_pages(path)
    return read


def test_words_tell_what_the_map_does_not(tmp_path: Path) -> None:
    drawn = [*("จ", PLAIN, AA, *"นวน น", HIGH, AA, *"ประป", AA, *" ถ", HIGH, AA)]

    page = written(tmp_path / "a.pdf", *drawn)

    assert (page.text, page.source) == ("จำนวน น้ำประปา ถ้ำ", "text")


@pytest.mark.parametrize("mark", [PLAIN, HIGH])
def test_a_page_whose_marks_nothing_decides_is_left_to_the_machine(
    mark: int, tmp_path: Path
) -> None:
    assert written(tmp_path / "a.pdf", "น", mark, AA).source == "none"


def test_a_page_without_lost_marks_is_as_the_map_says(tmp_path: Path) -> None:
    assert written(tmp_path / "a.pdf", *"กะ จะ").text == "กะ จะ"
