"""Official papers as PDF files, in plain Python (no Django).

In comes a frozen dataclass (`documents`), out come the bytes of a tagged PDF/A-2a file whose text can
be read, searched and read aloud; the same letter always gives the same bytes. Publication asks for the
papers of each submission and of each year, demonstration content for announcements.
"""
