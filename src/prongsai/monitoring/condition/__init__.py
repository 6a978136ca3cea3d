"""In what state published content is: links that lead nowhere, what not everybody can read, text nobody checked.

In: editions in use with what was read of their files, and what other sites answered. Out: rows for the office, by
number, version and place, without a word of the edition.
"""
