"""Which of a Thai and an English text the reader sees."""

from django.utils.translation import get_language


def spoken(th: str, en: str) -> str:
    """The English text when English is read and there is one."""
    return en if en and get_language() == "en" else th
