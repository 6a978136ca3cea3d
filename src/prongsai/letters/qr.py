"""A QR code as vectors, for papers that lead their reader to a page."""

from io import BytesIO

import segno

# A quarter of the code may be lost to a stamp or a fold. Readers need four modules of white around it.
CORRECTION, QUIET_ZONE = "q", 4


def qr_svg(address: str) -> str:
    """An SVG document; the same address always gives the same text."""
    drawn = BytesIO()
    code = segno.make_qr(address, error=CORRECTION, boost_error=False)
    code.save(
        drawn, kind="svg", border=QUIET_ZONE, xmldecl=False, svgclass=None, lineclass=None, nl=False
    )
    return drawn.getvalue().decode()
