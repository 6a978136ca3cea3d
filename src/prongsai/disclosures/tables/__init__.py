"""Structured duties: rows that are typed or imported once, and everything that is made from them.

In: what officers type, or the rows of a file that came in. Out: a `Table` as part of a content, what its checks
say, its files (XLSX, CSV, PDF), and the document by which the record shows it. What a table asks for is data.
"""
