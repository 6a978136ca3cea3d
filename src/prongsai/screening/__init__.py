"""What may not go out as it is: detectors, findings, and how each was decided.

In: a revision's located texts. Out: findings and decisions, never the personal data itself. Asked by
approval, publication and office.
"""
