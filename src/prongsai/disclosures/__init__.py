"""What is being written: kinds, sections, attachments, immutable revisions, and the preview.

In: what officers type and attach. Out: revisions with a content hash. Asked by screening, approval,
publication and office.
"""
