"""In come a file and what is to be covered in it; out comes a new file that does not hold it, and the proof.

Functions over files: no tables and no screens. The office's redaction screens ask for them.
"""
