"""Emergency notices: six fields, the director's two taps, and the public sees it (clauses 1.2 and 2.2.2).

In: what an officer writes and a director agrees to. Out: one small file that the portal reads, entries of the record
through publication, and messages to channels. Asked by office, config, and (of `public`, `board` and `cap` only) by
the portal.
"""
