"""Who must agree: chains as data, submissions bound to a content hash, decisions never changed.

In: a screened revision. Out: an approved submission, or one sent back with its reason. Asked by
publication and office.
"""
