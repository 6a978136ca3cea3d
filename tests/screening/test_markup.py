"""What the HTML of a body says beside its letters."""

import pytest

from prongsai.screening.located import Link, Seen
from prongsai.screening.markup import seen_in
from tests.disclosures.factories import disclosure
from tests.factories import actor
from tests.screening.factories import submit


@pytest.mark.parametrize(
    ("html", "links"),
    [
        ('<a href="https://a.test/">ดู <em>ที่นี่</em></a>', [("https://a.test/", "ดู ที่นี่")]),
        ('<a href="https://a.test/"></a>', [("https://a.test/", "")]),
        ('<a href="/f"><img src="x" alt="แผนที่"></a>', [("/f", "แผนที่")]),
        ('<a href="/f">หนึ่ง<a href="/g">สอง', [("/f", "หนึ่ง"), ("/g", "สอง")]),
        ("<a>ไม่มีที่ไป</a> คำ", [("", "ไม่มีที่ไป")]),
        ("คำ</a>", []),
    ],
)
def test_a_link_is_known_by_where_it_leads_and_what_is_seen(
    html: str, links: list[tuple[str, str]]
) -> None:
    assert seen_in(html).links == tuple(Link(*link) for link in links)


def test_pictures_are_known_by_their_words() -> None:
    html = '<p><img src="a" alt="ขบวนแห่"><img src="b" alt=""><img src="c"></p>'
    assert seen_in(html) == Seen(pictures=("ขบวนแห่", "", ""))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "detector"),
    [
        ('<p>ดู <a href="https://bit.ly/abc">แบบฟอร์ม</a></p>', "risky_link"),
        ('<p><a href="https://evil.example.com/">www.example.go.th</a></p>', "hidden_link"),
        ("<p>สล็อต บาคาร่า แทงบอล เครดิตฟรี</p>", "gambling_spam"),
        ("<p>เอกสารนี้ใช้ภายในเท่านั้น</p>", "deliberation"),
    ],
)
def test_a_body_is_screened_for_what_its_links_and_words_do(body: str, detector: str) -> None:
    writer = actor()
    screening = submit(disclosure(by=writer, body=body), by=writer)
    assert detector in set(screening.findings.values_list("detector", flat=True))
