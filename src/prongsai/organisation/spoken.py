"""Which of a Thai and an English text the reader sees."""

from typing import NoReturn

from django.utils.translation import get_language


def spoken(th: str, en: str) -> str:
    """The English text when English is read and there is one."""
    return en if en and get_language() == "en" else th


class Spoken:
    """`name = Spoken()` gives `name_th` or `name_en`, in the reader's language."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._th, self._en = f"{name}_th", f"{name}_en"

    def __get__(self, held: object, owner: type | None = None) -> str:
        return spoken(getattr(held, self._th), getattr(held, self._en))

    def __set__(self, held: object, said: str) -> NoReturn:
        raise AttributeError(f"{self._th} and {self._en} are set instead")
