"""The papers of each publication: made from the rows, numbered, kept privately with the office's files.

In: a submission and what the record says of it, or a Buddhist year. Out: PDF files, each bound by its hash in the
trail. Asked by the office and the worker.
"""
