"""Whether a new password could be guessed, decided on this machine alone and said in Thai."""

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# Of zxcvbn's scores 0–4: below 3, ten to the eighth guesses are enough, which a stolen hash does not withstand.
LEAST_SCORE = 3
# It refuses longer ones, and what comes after makes no password weaker.
LONGEST = 72
# The same keys of a keyboard, Kedmanee and Latin: “ยฟหหไนพก” is “password” typed without changing the language.
THAI_KEYS = 'ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
LATIN_KEYS = (
    "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
)
# Only Thai letters: signs that both have stay what they are.
AS_LATIN = {
    ord(thai): latin
    for thai, latin in zip(THAI_KEYS, LATIN_KEYS, strict=True)
    if ord(thai) >= 0x0E00
}


class GuessablePassword:
    """Against lists of past breaches, names and words, with digits, years and swapped letters around them."""

    def validate(self, password: str, user: Any = None) -> None:
        names = _names(user)
        if min(_score(text, names) for text in _readings(password)) < LEAST_SCORE:
            raise ValidationError(
                _(
                    "ใช้รหัสผ่านนี้ไม่ได้: เดาได้ง่าย เพราะเป็นคำหรือรหัสที่เคยรั่วไหล หรือดัดแปลงจากคำเหล่านั้น — ใช้วลีสี่คำขึ้นไปที่ไม่เกี่ยวกัน"
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return _("ไม่ใช่คำที่เดาง่าย เช่น คำเดียวต่อด้วยปี พ.ศ. ชื่อหน่วยงาน หรือแถวบนแป้นพิมพ์")


class LongEnough(password_validation.MinimumLengthValidator):
    """Django's own, in Thai."""

    def get_error_message(self) -> str:
        sentence = _("ใช้รหัสผ่านนี้ไม่ได้: สั้นเกินไป — ใช้อย่างน้อย %(least)d ตัวอักษร")
        return sentence % {"least": self.min_length}

    def get_help_text(self) -> str:
        return _("อย่างน้อย %(least)d ตัวอักษร") % {"least": self.min_length}


class UnlikeTheirName(password_validation.UserAttributeSimilarityValidator):
    """Django's own, in Thai."""

    def get_error_message(self) -> str:
        return _("ใช้รหัสผ่านนี้ไม่ได้: คล้ายกับ%(verbose_name)sของท่าน — ใช้วลีที่ไม่มีชื่อของท่าน")

    def get_help_text(self) -> str:
        return _("ไม่คล้ายกับชื่อหรือชื่อผู้ใช้ของท่าน")


def _names(user: Any) -> list[str]:
    known = ("username", "first_name", "last_name", "email", "phone")
    return [str(getattr(user, name)) for name in known if getattr(user, name, "")]


def _readings(password: str) -> set[str]:
    """As typed, and as the same keys type it in Latin."""
    return {password[:LONGEST], password.translate(AS_LATIN)[:LONGEST]}


def _score(text: str, names: list[str]) -> int:
    return int(zxcvbn(text, user_inputs=names)["score"]) if text else 0
