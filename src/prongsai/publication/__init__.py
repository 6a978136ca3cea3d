"""The gate: the only way from the office to the record.

In: an approved submission. Out: an entry in the record, exactly once, or the blockers that forbid it. Asked
by office and the worker.
"""
