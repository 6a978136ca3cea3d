"""What the public may see, append-only: entries, editions, blobs, the Merkle log and what is current.

In: an entry with its edition, from the gate alone. Out: current items, versions, files, proofs. Knows nothing
of the office. Asked by discovery, publication and portal.
"""
