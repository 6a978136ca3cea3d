"""Web pages that browsers take apart otherwise than a simple reader do not come in."""

import pytest

from prongsai.files.html_text import read_html
from prongsai.files.refusals import Refused

NUMBER = "1103700012345"
SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "page",
    [
        f"<title/><!-- </title>{SCRIPT} -->",
        f"<title><!-- </title>{SCRIPT} -->",
        f"<style/><!-- </style>{SCRIPT} -->",
        f"<style type=a/><!-- </style>{SCRIPT} -->",
        "<style/>@import 'https://a.example';</style>",
        f"<!-->{SCRIPT}-->",
        f"<!--->{SCRIPT}-->",
        f"<!-- --!>{SCRIPT}-->",
        f"<![CDATA[>{SCRIPT}]]>",
        "<scr\x00ipt>alert(1)</script>",
        "<p title='\x1b$B'>a",
        "<script src=https://a.example/",
        f"<p>a<b {NUMBER}",
        f"</p {NUMBER}>",
        f"<!-- {NUMBER}",
        "<p title='a'onclick='x()'>",
        "<p title=`>` onclick=x>",
    ],
)
def test_what_browsers_mend_is_refused(page: str) -> None:
    with pytest.raises(Refused) as refused:
        read_html(page)

    assert refused.value.reason == "html_broken"


@pytest.mark.parametrize(
    "style", ["image-set('https://a.example/b' 1x)", "src('https://a.example/b')", "cross-fade(a)"]
)
def test_no_function_of_a_style_asks_for_anything(style: str) -> None:
    for page in (f"<style>p{{background:{style}}}</style>", f'<p style="background:{style}">'):
        with pytest.raises(Refused) as refused:
            read_html(page)
        assert refused.value.reason == "external"


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset=iso-2022-jp><p>a", "utf-8"),
        ("<meta charset=utf-7><p>a", "utf-8"),
        ("<meta http-equiv=Content-Type content='text/html; charset=gbk'><p>ก", "utf-8"),
        ("<meta content='>charset=shift_jis'><p>ก", "utf-8"),
        ("<meta charset=utf-8><p>ก", "windows-874"),
    ],
)
def test_a_page_that_names_another_encoding_is_refused(page: str, encoding: str) -> None:
    with pytest.raises(Refused) as refused:
        read_html(page, encoding)

    assert refused.value.reason == "html_encoding"


@pytest.mark.parametrize(
    ("page", "encoding", "shown"),
    [
        ("<meta charset=windows-874><p>ก", "windows-874", "ก"),
        ("<meta charset=iso-8859-1><p>a<br/>b", "utf-8", "a\nb"),
        ("<style><!-- td{color:red} --></style><p>ก", "utf-8", "ก"),
        ("<p>1 < 2 <ก <a href=https://a.example/?b=c>d</a>", "utf-8", "1 < 2 <ก d"),
    ],
)
def test_plain_pages_come_in(page: str, encoding: str, shown: str) -> None:
    assert read_html(page, encoding)[0] == shown


@pytest.mark.parametrize(
    "page",
    [
        f"<p id='{NUMBER}'>a",
        f"<p class='a {NUMBER}'>a",
        f"<td width={NUMBER}>a",
        f"<!doctype html {NUMBER}><p>a",
        f"<p style='color:red;--a:{NUMBER}'>a",
        f"<p data-a='{NUMBER}'>a",
    ],
)
def test_what_nobody_sees_in_a_page_is_read_too(page: str) -> None:
    assert NUMBER in read_html(page)[1]
