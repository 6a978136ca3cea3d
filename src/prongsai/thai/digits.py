"""Thai and full-width digits to Arabic ones, and back."""

ARABIC = "0123456789"
THAI = "๐๑๒๓๔๕๖๗๘๙"
FULL_WIDTH = "".join(chr(0xFF10 + digit) for digit in range(10))

_TO_ARABIC = str.maketrans(THAI + FULL_WIDTH, ARABIC + ARABIC)
_TO_THAI = str.maketrans(ARABIC + FULL_WIDTH, THAI + THAI)


def to_arabic(text: str) -> str:
    """Position by position: the length never changes, so offsets stay true."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """Position by position, as official letters write numbers."""
    return text.translate(_TO_THAI)
