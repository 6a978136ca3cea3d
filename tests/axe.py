"""axe-core over a page in Chromium, for the portal's and the office's tests alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "frontend/node_modules/axe-core/axe.min.js"
# Of what is right nothing need be told: to describe each such element takes a third of the time.
ASKED = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@contextmanager
def at_full_height(page: Page) -> Iterator[None]:
    """A window as high as the page: nothing lies half under a bar that sticks to an edge, which axe takes for small."""
    size = page.viewport_size
    assert size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size(size | {"height": max(height, size["height"])})
    yield
    page.set_viewport_size(size)


def violations(page: Page) -> list[str]:
    """What axe finds, as `rule: element`; the policy forbids script tags, so it comes in by the debugger."""
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    with at_full_height(page):
        found: dict[str, Any] = page.evaluate("asked => axe.run(document, asked)", ASKED)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
