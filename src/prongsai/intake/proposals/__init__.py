"""What a paper seems to be, read from its text: plain Python without database and clock.

In: pages of text. Out: `propose.propose` answers with values, how sure each is, where it stands and what is
doubted. A doubtful reading is proposed as it stands, never put right in silence.
"""
