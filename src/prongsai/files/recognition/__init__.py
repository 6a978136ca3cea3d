"""Pictures of pages become text that says of each word where it stands and how sure the reader is.

In comes a page of a PDF or a picture, out comes `Recognised`. Plain Python without Django: the worker asks through
`isolated`, which reads in a process of its own, because a hostile or huge page may end the process that reads it.
"""
