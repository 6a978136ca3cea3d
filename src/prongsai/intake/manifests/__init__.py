"""Bulk import by a table: one row a file, with what the draft is to hold.

In: a CSV or XLSX and the files that it names. Out: for each row a plan or its problems; `actions.import_row` makes
the drafts. Rows are read one at a time, so that a long table takes no more memory than a short one.
"""
