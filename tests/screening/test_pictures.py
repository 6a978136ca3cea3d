"""What is seen on pages becomes findings with boxes. All persons are invented."""

from prongsai.files import rules
from prongsai.files.locating import Box, Located
from prongsai.files.rules import PageText, Sight, Word
from prongsai.screening.located import Own, Seen
from prongsai.screening.redacting.offers import DocumentSurface, PageSurface, offers
from prongsai.screening.rules import findings_in, fingerprint

FACE, OTHER = Sight("face", 0.1, 0.1, 0.2, 0.2), Sight("face", 0.7, 0.1, 0.8, 0.2)
SIGNATURE = Sight("signature", 0.5, 0.7, 0.7, 0.75)


def scan(text: str, *sights: Sight) -> PageText:
    """Every word stands beneath the signature."""
    words, start = [], 0
    for word in text.split():
        start = text.index(word, start)
        words.append(Word(start, start + len(word), 0.5, 0.77, 0.7, 0.8))
    return PageText(1, text, "ocr", 0.95, words=tuple(words), sights=sights)


def found(page: PageText) -> list[tuple[str, str]]:
    seen = findings_in(page.text, seen=Seen.of(page))
    return [(one.detector, one.severity) for one in seen if one.family == "picture"]


def test_all_faces_of_a_page_are_one_finding_that_tells_where() -> None:
    [one] = findings_in("ภาพ", seen=Seen(sights=(FACE, OTHER)))

    assert (one.detector, one.boxes) == ("face", (FACE, OTHER))
    assert one.excerpt == "ส่วนบนของหน้า ด้านซ้าย, ส่วนบนของหน้า ด้านขวา"


def test_every_face_is_offered_to_be_covered() -> None:
    page = scan("ภาพ", FACE, OTHER)
    [offer] = offers(PageSurface(Located(page, ())), Own())

    assert offer.places == (Box(1, 0.1, 0.1, 0.2, 0.2), Box(1, 0.7, 0.1, 0.8, 0.2))


def test_a_picture_of_a_document_without_pages_has_no_place() -> None:
    page = PageText(1, "ประกาศ", sights=(FACE,))

    assert [offer.places for offer in offers(DocumentSurface(page), Own())] == [()]


def test_a_signature_above_an_officials_post_is_advice_and_another_is_decided() -> None:
    assert found(scan("(นายสมชาย ใจดี) นายกเทศมนตรี", SIGNATURE)) == [("signature", "advise")]
    assert found(scan("(นางมาลี มีสุข) ผู้รับจ้าง", SIGNATURE)) == [("signature", "decide")]


def test_a_decision_about_a_picture_holds_for_its_page_only() -> None:
    [one] = findings_in("ภาพ", seen=Seen(sights=(FACE,)))

    assert fingerprint("key", one, "file|1") != fingerprint("key", one, "file|2")


def test_pictures_on_pages_of_text_are_kept_to_be_looked_at() -> None:
    page = PageText(1, "ประกาศ", has_pictures=True)

    assert PageText.from_json(page.to_json()) == page
    assert rules.PageText.from_json(PageText(1, "ประกาศ").to_json()).has_pictures is False
