"""`docs/reference/settings.md` names every environment variable that the code reads, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(
    r"""(?:os\.environ(?:\.get\(|\[)|(?:_port|whole_number|one_of|networks|vkeys)\(|ENVIRONMENT_VARIABLE = )"""
    r"""\s*["']([A-Z_]+)["']"""
)
NOT_AN_ADMINISTRATORS = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def read_by_the_code() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    texts += [
        re.sub(r"\$\{([A-Z_]+)", r'os.environ["\1"]', path.read_text())
        for path in (ROOT / "script").iterdir()
    ]
    return {name for text in texts for name in NAME.findall(text)} - NOT_AN_ADMINISTRATORS


def test_every_variable_is_explained_and_none_is_invented() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == read_by_the_code()
