"""The public site: home, sections, items, files, search and the log, read from the record alone.

In: a citizen's request. Out: a page. Asked by nobody.
"""
