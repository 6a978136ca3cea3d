"""Finding: analysis of Thai text, the index that follows the record's head, and ranking.

In: the record's editions and file texts. Out: hits with highlights. Asked by portal and monitoring.
"""
