"""The allowed HTML, and what people and programs try to smuggle past it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.disclosures.body import body_text, clean_body, has_wordless_image, images_in
from tests.effort import is_done_within

OWN = "a" * 64
OTHER = "b" * 64

KEPT = [
    "<h2>หัวข้อ</h2><h3>ย่อย</h3><p>ข้อความ</p>",
    '<ul><li><p>หนึ่ง</p></li></ul><ol start="3"><li>สาม</li></ol>',
    "<p><strong>หนา</strong> <em>เอียง</em><br>บรรทัดใหม่</p><hr>",
    '<table><thead><tr><th scope="col">ก</th></tr></thead><tbody><tr><td colspan="2">ข</td></tr></tbody></table>',
    '<aside class="callout"><p>โปรดทราบ</p></aside><blockquote><p>คำกล่าว</p></blockquote>',
    f'<figure><img src="/files/{OWN}/map.png" alt="แผนที่"><figcaption>ภาพ 1</figcaption></figure>',
]

ADDRESSES = [
    "https://www.example.go.th/ก?x=1",
    "http://example.go.th",
    "mailto:saraban@example.go.th",
    "tel:+6675218017",
    "/p/2569-00001/",
    "#top",
]

SMUGGLED = [
    "<script>alert(1)</script>",
    "<style>p{display:none}</style>",
    '<iframe src="https://evil.example"></iframe>',
    '<svg><script>alert(1)</script><a href="javascript:alert(1)">x</a></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<form action="https://evil.example"><input name="password"></form>',
    "<object data=x></object><embed src=x><base href=//evil.example>",
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    '<template><img src=x onerror="alert(1)"></template>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
]

BAD_ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#8203;script:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "\u200bjavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "file:///etc/passwd",
]


@pytest.mark.parametrize("html", KEPT)
def test_what_the_table_allows_stays_as_it_is(html: str) -> None:
    assert clean_body(html, images={OWN}) == html


@pytest.mark.parametrize("address", ADDRESSES)
def test_links_to_the_web_mail_telephone_and_this_site_stay(address: str) -> None:
    kept = clean_body(f'<p><a href="{address}">ลิงก์</a></p>')
    assert kept == f'<p><a href="{address}" rel="noopener noreferrer">ลิงก์</a></p>'


@pytest.mark.parametrize("html", SMUGGLED)
def test_active_content_goes_with_what_is_in_it(html: str) -> None:
    kept = clean_body(f"<p>ก่อน</p>{html}")
    assert "<p>ก่อน</p>" in kept
    for mark in ("script", "style", "onerror", "evil.example", "<input", "iframe", "<img"):
        assert mark not in kept


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_link_anywhere_else_loses_its_address(address: str) -> None:
    kept = clean_body(f'<p><a href="{address}">ลิงก์</a></p>')
    assert kept == '<p><a rel="noopener noreferrer">ลิงก์</a></p>'


def test_handlers_styles_and_classes_go_from_allowed_elements() -> None:
    html = '<p style="color:red" class="x" onclick="f()" id="y" title="z">ข้อความ</p>'
    assert clean_body(html) == "<p>ข้อความ</p>"


@pytest.mark.parametrize(
    "source",
    [
        f"/files/{OTHER}/map.png",
        "https://tracker.example/pixel.gif",
        "data:image/png;base64,AAAA",
        f"/files/{OWN}/../{OTHER}/x.png",
        f"//evil.example/files/{OWN}/x.png",
    ],
)
def test_only_own_attached_images_are_shown(source: str) -> None:
    html = f'<p>ก</p><figure><img src="{source}" alt="ก"><figcaption>ข</figcaption></figure>'
    assert clean_body(html, images={OWN}) == "<p>ก</p>"


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ("12", "23"),
        ("2323", "2323"),
        ("333", "233"),
        ("456", "233"),
        ("1231", "2332"),
        ("6", "2"),
        ("242", "232"),
    ],
)
def test_headings_are_brought_into_order_below_the_title(levels: str, expected: str) -> None:
    html = "".join(f"<h{level}>ก</h{level}>" for level in levels)
    assert clean_body(html) == "".join(f"<h{level}>ก</h{level}>" for level in expected)


def test_pasted_spellings_become_ours_and_empty_ones_go() -> None:
    html = "<div><b>หนา</b></div><p> </p><div></div><section><i>เอียง</i></section><h2></h2>"
    assert clean_body(html) == "<p><strong>หนา</strong></p><p><em>เอียง</em></p>"


def test_numbers_and_scopes_that_are_not_are_dropped() -> None:
    html = '<table><tbody><tr><th scope="x" colspan="0">ก</th><td rowspan="9999">ข</td></tr></tbody></table>'
    assert clean_body(html) == "<table><tbody><tr><th>ก</th><td>ข</td></tr></tbody></table>"


def test_an_aside_is_always_a_callout() -> None:
    assert (
        clean_body('<aside class="evil"><p>ก</p></aside>')
        == '<aside class="callout"><p>ก</p></aside>'
    )


def test_invisible_characters_and_tangled_marks_are_repaired() -> None:
    assert clean_body("<p>เทศ\u200bบาล นํ้า</p>") == "<p>เทศบาล น้ำ</p>"


def test_alternative_text_may_hold_signs_without_breaking_out() -> None:
    html = f'<img src="/files/{OWN}/x.png" alt="a > b &quot;&lt;script&gt;">'
    kept = clean_body(html, images={OWN})
    assert "<script" not in kept.replace('alt="a > b &quot;<script>"', "")
    assert clean_body(kept, images={OWN}) == kept


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*KEPT, *SMUGGLED, "<h1>", "</p>", "<td>", "&lt;", "ก", '"', "<a href='"])
    )
)
def test_cleaning_twice_is_cleaning_once(pieces: list[str]) -> None:
    once = clean_body("".join(pieces), images={OWN})
    assert clean_body(once, images={OWN}) == once


@pytest.mark.parametrize(
    "piece",
    [
        "<div>",
        "<p>",
        "<img ",
        '<a href="',
        "<blockquote>",
        "<b>",
        "<figure>",
        "<ul><li>",
        "<h1>",
        "<table>",
        "&lt;",
        "<",
    ],
)
def test_a_hostile_document_takes_no_long_time(piece: str) -> None:
    assert is_done_within(3, lambda: body_text(clean_body(piece * 20_000)))


def test_what_nests_too_deep_is_kept_as_text() -> None:
    kept = clean_body("<blockquote>" * 300 + "ข้อความ" + "</blockquote>" * 300)
    assert kept.strip() == "ข้อความ"
    shallow = "<blockquote>" * 100 + "<p>ข้อความ</p>" + "</blockquote>" * 100
    assert clean_body(shallow) == shallow


def test_many_elements_beside_each_other_are_not_deep() -> None:
    flat = "<ul>" + "<li><strong>ก</strong></li>" * 2_000 + "</ul>"
    assert clean_body(flat) == flat


def test_text_is_read_by_paragraph_and_cell_with_hidden_addresses() -> None:
    html = (
        '<h2>หัวข้อ</h2><p>ติดต่อ <a href="mailto:a@b.th">เรา</a></p>'
        "<table><tbody><tr><td>ก</td><td>ข</td></tr></tbody></table>"
        f'<figure><img src="/files/{OWN}/x.png" alt="รูปแผนที่"></figure>'
    )
    assert body_text(html) == "หัวข้อ\nติดต่อ เรา (mailto:a@b.th)\nก\tข\n[รูปแผนที่]"


def test_images_are_known_by_their_hash() -> None:
    assert images_in(f'<img src="/files/{OWN}/x.png" alt="">') == {OWN}


@pytest.mark.parametrize(
    ("alternative", "expected"),
    [('alt="แผนที่"', False), ('alt=""', True), ('alt="  "', True), ("", True)],
)
def test_an_image_without_words_is_noticed(alternative: str, expected: bool) -> None:
    assert has_wordless_image(f'<img src="/files/{OWN}/x.png" {alternative}>') is expected
