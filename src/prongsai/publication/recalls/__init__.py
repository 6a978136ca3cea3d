"""What a recall hits, whether it is gone for everybody, and the incident that personal data make of it.

In: a recall that is asked for, of one item or a set. Out: its submissions, the checks of every address that carried it,
and incidents with their clock. Asked by the gate, the office and the worker.
"""
