"""A file comes in: sniffed, checked, read, and kept privately by its SHA-256.

In: an upload. Out: a stored file that is clean or refused, with its text. Asked by disclosures, screening
and publication.
"""
