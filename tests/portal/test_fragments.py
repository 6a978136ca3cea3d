from django.utils.safestring import SafeString

from prongsai.portal.fragments import Fragments


def test_a_fragment_is_made_once() -> None:
    made: list[str] = []
    fragments = Fragments()
    for _ in range(3):
        fragments.get("row", lambda: SafeString(made.append("x") or "<li></li>"))

    assert made == ["x"]


def test_the_oldest_fragment_goes_first() -> None:
    fragments = Fragments(limit=2)
    for name in ("a", "b", "a", "c"):
        fragments.get(name, lambda: SafeString("made"))

    again = [
        name for name in ("a", "b") if fragments.get(name, lambda: SafeString("again")) == "made"
    ]
    assert again == ["a"]
    assert len(fragments) == 2
