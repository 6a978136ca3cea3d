"""Our colours are readable: WCAG 2.2 AA, computed from the one file that holds them."""

import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
TOKENS = dict(
    re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", (FRONTEND / "tokens.css").read_text("utf-8"))
)
SHEETS = ("base", "components", "portal-pages", "office-pages", "print")
GROUNDS = ("background-default", "background-tinted", "surface-default", "surface-tinted")


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(TOKENS[first]), luminance(TOKENS[second])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("palette", ["accent", "neutral"])
@pytest.mark.parametrize("text", ["text-default", "text-subtle"])
def test_text_is_readable_on_every_ground(palette: str, text: str, ground: str) -> None:
    for other in ("accent", "neutral"):
        assert contrast(f"ds-color-{palette}-{text}", f"ds-color-{other}-{ground}") >= 4.5


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("on-deep", "ground-deep", 7),
        ("on-deep-subtle", "ground-deep", 4.5),
        ("on-deep-subtle", "ground-deeper", 4.5),
        ("ground-deeper", "ornament", 4.5),
        ("ds-color-accent-base-contrast-default", "ds-color-accent-base-default", 7),
        ("ds-color-accent-base-contrast-default", "ds-color-accent-base-hover", 7),
        ("ds-color-neutral-text-default", "found", 7),
        ("on-notice", "notice", 7),
        ("on-drill", "drill", 7),
        ("ds-color-neutral-border-default", "ds-color-neutral-background-tinted", 3),
        ("ds-link-color-visited", "ds-color-neutral-background-tinted", 4.5),
    ],
)
def test_what_stands_on_colour_is_readable(text: str, ground: str, least: float) -> None:
    assert contrast(text, ground) >= least


@pytest.mark.parametrize("sheet", SHEETS)
def test_colours_are_written_in_the_tokens_only(sheet: str) -> None:
    text = (FRONTEND / f"{sheet}.css").read_text("utf-8")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgb\(|\bhsl\(", text) == []
    assert "!important" not in text


def test_the_lock_names_no_host_to_fetch_from() -> None:
    assert '"resolved"' not in (FRONTEND / "package-lock.json").read_text("utf-8")
