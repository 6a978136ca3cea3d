"""Thai text and time, in plain Python (no Django).

In come strings as people type, paste or scan them, and dates and numbers as officers write them;
out go strings that can be compared, shown and filed, and `date`, `Decimal` or a frozen dataclass.
Every other app asks: search and screening for `normalise`, forms for `dates` and `numbers`,
letters and pages for the formatting.
"""
