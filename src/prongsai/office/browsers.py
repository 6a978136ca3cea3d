"""Which browser on which machine, from what it says of itself; good enough for somebody to know their own again."""

from django.utils.translation import gettext as _

# The first that is in the text wins: Edge calls itself Chrome, and Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")),
)


def browser_in_words(user_agent: str) -> str:
    names = [
        next((name for mark, name in table if mark in user_agent), "")
        for table in (BROWSERS, MACHINES)
    ]
    return " · ".join(filter(None, names)) or _("เบราว์เซอร์ที่ไม่รู้จัก")
