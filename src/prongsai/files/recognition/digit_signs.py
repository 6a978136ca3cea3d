"""The signs that the digits' reader tells apart; the order is that of its last layer, behind "nothing here"."""

from prongsai.thai.digits import ARABIC, THAI

SEPARATORS = ".,-/:()%"
# Stands for any run of letters.
LETTER = "ก"
SIGNS = THAI + ARABIC + SEPARATORS + LETTER
