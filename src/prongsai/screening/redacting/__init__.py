"""In come an officer's covers over a file; out comes a redacted file in its slot, checked, or the reason why not.

The office's redaction screens and the worker ask for it.
"""
