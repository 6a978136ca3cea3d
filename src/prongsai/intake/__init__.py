"""The ways in: a file comes, its text is read, and what it seems to be is proposed to an officer.

In: pages of text, and the names of units and obligations that are known. Out: proposals, each with its
confidence, its place and what is doubted; nothing is accepted here. Asked by the office and `prongsai read`.
"""
