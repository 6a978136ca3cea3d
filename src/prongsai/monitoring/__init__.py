"""Whether what is owed is there, as a citizen gets it: coverage, freshness, reachability, and the evidence of it.

In: the record, the catalogue of obligations, and what asking the portal over HTTP answered. Out: observations in the
record's database for the public's board, and rows for the office. Asked by the office and the worker.
"""
