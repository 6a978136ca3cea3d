"""Numbers that Word and LibreOffice write by themselves are part of the text, in the script that the file asks for."""

import io
import zipfile
from pathlib import Path

import pytest

from prongsai.files import office_text, rules
from prongsai.files.list_numbers import written_number
from prongsai.files.redaction.documents import redact_document
from tests.files.samples import archive, changed, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(number_format: str, text: str, depth: int = 0, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, lists: str = "") -> bytes:
    """One family of lists with these levels; list 1 is of it, and more may be."""
    one = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    family = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f"<w:numbering {W}>{family}{one}{lists}</w:numbering>".encode()


def point(text: str, depth: int = 0, number: int = 1) -> str:
    said = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{said}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def plain(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def document(body: str, numbers: bytes = b"", styles: str = "") -> bytes:
    made = changed(
        word(),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1),
    )
    if numbers:
        made = changed(made, "word/numbering.xml", lambda _xml: numbers)
    return changed(
        made,
        "word/styles.xml",
        lambda xml: xml.replace(b"</w:styles>", f"{styles}</w:styles>".encode()),
    )


def lines(tmp_path: Path, content: bytes, media_type: str = rules.DOCX) -> list[str]:
    path = tmp_path / "document"
    path.write_bytes(content)
    [page, *_] = office_text.read_office(path, media_type)
    return page.text.split("\n")


@pytest.mark.parametrize(
    ("number_format", "expected"),
    [
        ("decimal", ["1", "2", "3", "11"]),
        ("thaiNumbers", ["๑", "๒", "๓", "๑๑"]),
        ("thaiLetters", ["ก", "ข", "ค", "ฎ"]),
        ("thaiCounting", ["หนึ่ง", "สอง", "สาม", "สิบเอ็ด"]),
        ("upperRoman", ["I", "II", "III", "XI"]),
        ("lowerLetter", ["a", "b", "c", "k"]),
        ("decimalZero", ["01", "02", "03", "11"]),
        ("someOther", ["1", "2", "3", "11"]),
    ],
)
def test_numbers_are_written_as_the_format_asks(number_format: str, expected: list[str]) -> None:
    assert [written_number(number, number_format) for number in (1, 2, 3, 11)] == expected


def test_letters_begin_again_doubled_after_the_last(tmp_path: Path) -> None:
    assert [written_number(number, "thaiLetters") for number in (41, 42)] == ["ฮ", "กก"]
    assert len(written_number(30_000, "lowerLetter")) == 30


def test_points_of_a_word_list_have_their_numbers_in_thai(tmp_path: Path) -> None:
    levels = level("thaiNumbers", "%1.") + level("thaiNumbers", "%1.%2", 1)
    body = point("ก") + point("ข", 1) + point("ค", 1) + point("ง") + point("จ", 1)

    assert lines(tmp_path, document(body, numbering(levels))) == [
        *("๑. ก", "๑.๑ ข", "๑.๒ ค", "๒. ง", "๒.๑ จ"),
    ]


def test_a_list_goes_on_over_plain_paragraphs_and_a_restarted_one_begins_anew(
    tmp_path: Path,
) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    again = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    body = point("ก") + plain("คั่น") + point("ข") + point("ค", number=2) + point("ง", number=2)

    assert lines(tmp_path, document(body, numbering(level("decimal", "%1)"), again))) == [
        *("1) ก", "คั่น", "2) ข", "5) ค", "6) ง"),
    ]


def test_a_level_may_go_on_counting_and_write_all_its_places_in_arabic(tmp_path: Path) -> None:
    levels = level("thaiLetters", "หมวด %1") + level(
        "decimal", "ข้อ %1-%2", 1, '<w:lvlRestart w:val="0"/><w:isLgl/>'
    )
    body = point("ต้น") + point("หนึ่ง", 1) + point("กลาง") + point("สอง", 1)

    assert lines(tmp_path, document(body, numbering(levels))) == [
        *("หมวด ก ต้น", "ข้อ 1-1 หนึ่ง", "หมวด ข กลาง", "ข้อ 2-2 สอง"),
    ]


def test_signs_of_picture_fonts_become_a_bullet(tmp_path: Path) -> None:
    levels = level("bullet", "\uf0b7") + level("bullet", "-", 1)

    assert lines(tmp_path, document(point("ก") + point("ข", 1), numbering(levels))) == [
        *("• ก", "- ข"),
    ]


def test_a_style_may_carry_the_numbering_and_a_paragraph_may_refuse_it(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Child">'
        '<w:basedOn w:val="Clause"/></w:style>'
    )
    levels = level("decimal", "%1.") + level("decimal", "ข้อ %2", 1, '<w:pStyle w:val="Clause"/>')
    styled = '<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr><w:r><w:t>ความ</w:t></w:r></w:p>'
    refused = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled.format("Clause", "") + styled.format("Child", "")
    body += styled.format("Clause", refused)

    assert lines(tmp_path, document(body, numbering(levels), styles)) == [
        *("ข้อ 1 ความ", "ข้อ 2 ความ", "ความ"),
    ]


def test_a_hostile_numbering_is_read_as_far_as_it_makes_sense(tmp_path: Path) -> None:
    ring = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    start = '<w:lvl w:ilvl="x"><w:start w:val="99999999999"/><w:lvlText w:val="%1%2%9"/></w:lvl>'
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>' + point("ก") + point("ข", number=77)

    assert lines(tmp_path, document(body, numbering(start), ring)) == ["111 ก", "ข"]


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_row_stays_one_line_whatever_its_cells_hold(tmp_path: Path) -> None:
    wide = f'<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{plain("รวม")}'
    body = table(
        (point(""), plain("นายสมมุติ ใจดี") + plain("ผู้ใหญ่บ้าน"), plain("500")),
        (
            point(""),
            plain("นางสมมุติ ใจงาม"),
            "<w:p><w:r><w:t>6</w:t><w:br/><w:t>7</w:t></w:r></w:p>",
        ),
        (wide, plain("1,100")),
    )

    assert lines(tmp_path, document(body, numbering(level("decimal", "%1.")))) == [
        "1. \tนายสมมุติ ใจดี  ผู้ใหญ่บ้าน\t500\t",
        "2. \tนางสมมุติ ใจงาม\t6  7\t",
        "รวม\t\t1,100",
    ]


def test_a_frame_of_one_cell_and_a_table_in_a_cell_keep_their_lines(tmp_path: Path) -> None:
    inner = table((plain("ก"), plain("ข")), (plain("ค"), plain("ง")))
    body = table((plain("หนึ่ง") + plain("สอง"),)) + table((inner + "<w:p/>", plain("ท้าย")))

    assert lines(tmp_path, document(body)) == ["หนึ่ง", "สอง\t", "ก\tข\t", "ค\tง\t", "\tท้าย"]


def test_notes_are_numbered_and_a_box_does_not_break_its_sentence(tmp_path: Path) -> None:
    box = f"<w:r><w:txbxContent>{plain('ในกล่อง')}</w:txbxContent></w:r>"
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    body = f"<w:p><w:r><w:t>ต้น</w:t></w:r>{box}<w:r><w:t>ปลาย</w:t></w:r>{reference}</w:p>"
    note = '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/><w:t>ที่มา</w:t></w:r></w:p></w:footnote>'
    made = document(body)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        entries = [(name, opened.read(name)) for name in opened.namelist()]
    notes = f"<w:footnotes {W}>{note}</w:footnotes>".encode()

    found = lines(tmp_path, archive([*entries, ("word/footnotes.xml", notes)]))

    assert found == ["ต้นปลาย[1]", "ในกล่อง", "[1] ที่มา"]


def test_what_is_covered_is_found_beside_numbers_that_the_program_writes(tmp_path: Path) -> None:
    source, target = tmp_path / "a.docx", tmp_path / "b.docx"
    body = point("นางสาวลับ มากมาย") + point("คนอื่น")
    source.write_bytes(document(body, numbering(level("thaiNumbers", "%1."))))
    [page] = office_text.read_office(source, rules.DOCX)
    start = page.text.index("นางสาวลับ")

    redact_document(source, target, page, [(start, start + 16)], rules.DOCX)

    assert lines(tmp_path, target.read_bytes()) == ["๑. █████", "๒. คนอื่น"]


ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
        ("draw", "drawing"),
    )
)


def open_document(body: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return archive([("mimetype", rules.ODT.encode()), ("content.xml", content.encode())])


def open_list(*items: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f'<text:list text:style-name="L"{more}>{inside}</text:list>'


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


THAI_LEVELS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="." '
    'style:num-format="๑, ๒, ๓, ..."/><text:list-level-style-number text:level="2" '
    'text:display-levels="2" style:num-format="1"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="–"/></text:list-style>'
)


def test_points_of_an_open_document_have_their_numbers(tmp_path: Path) -> None:
    inner = f"<text:list>{''.join(f'<text:list-item>{p(one)}</text:list-item>' for one in 'ขค')}</text:list>"
    point = f"<text:list><text:list-item>{p('ย่อย')}</text:list-item></text:list>"
    bullets = f"<text:list><text:list-item>{point}</text:list-item></text:list>"
    body = open_list(p("ก") + p("ยังข้อเดิม") + inner, p("ง") + bullets)
    body += open_list(p("จ"), more=' text:continue-numbering="true"') + open_list(p("ฉ"))

    assert lines(tmp_path, open_document(body, THAI_LEVELS), rules.ODT) == [
        *("๑. ก", "ยังข้อเดิม", "๑.1 ข", "๑.2 ค", "๒. ง", "– ย่อย", "๓. จ", "๑. ฉ"),
    ]


def test_a_list_goes_on_by_name_and_a_point_may_say_its_number(tmp_path: Path) -> None:
    first = open_list(p("ก"), more=' xml:id="one"')
    third = (
        '<text:list text:style-name="L" text:continue-list="one">'
        f"<text:list-item>{p('ค')}</text:list-item>"
        f'<text:list-item text:start-value="9">{p("ง")}</text:list-item></text:list>'
    )
    body = first + open_list(p("ข")) + third

    assert lines(tmp_path, open_document(body, THAI_LEVELS), rules.ODT) == [
        *("๑. ก", "๑. ข", "๒. ค", "๙. ง"),
    ]


def test_headings_of_an_open_document_count_by_their_depth(tmp_path: Path) -> None:
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-prefix="ส่วนที่ "/><text:outline-level-style text:level="2" style:num-format=""/>'
        "</text:outline-style>"
    )
    head = '<text:h text:outline-level="{}"{}>{}</text:h>'
    body = head.format(1, "", "ต้น") + head.format(2, "", "รอง")
    body += head.format(1, ' text:is-list-header="true"', "ไม่นับ") + head.format(1, "", "ปลาย")

    assert lines(tmp_path, open_document(body, outline), rules.ODT) == [
        *("ส่วนที่ 1 ต้น", "รอง", "ไม่นับ", "ส่วนที่ 2 ปลาย"),
    ]


def test_rows_notes_and_boxes_of_an_open_document_keep_their_sentences(tmp_path: Path) -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        f"{p('ที่มา')}</text:note-body></text:note>"
    )
    box = f"<draw:text-box>{p('กล่อง')}</draw:text-box>"
    cell = "<table:table-cell>{}</table:table-cell>"
    rows = (
        cell.format(p("สมมุติ ใจดี") + p("ผู้ใหญ่บ้าน")) + cell.format(p("5")),
        cell.format(p("รวม")) + "<table:covered-table-cell/>" + cell.format(p("9")),
        cell.format(p("กรอบ") + p("ล่าง")),
    )
    body = f"<text:p>ปี 2569{note}ต่อ{box}จบ</text:p><table:table>"
    body += "".join(f"<table:table-row>{row}</table:table-row>" for row in rows) + "</table:table>"

    assert lines(tmp_path, open_document(body), rules.ODT) == [
        *("ปี 2569[1]ต่อจบ", "ที่มา", "กล่อง"),
        *("สมมุติ ใจดี  ผู้ใหญ่บ้าน\t5\t", "รวม\t\t9\t", "กรอบ", "ล่าง"),
    ]
