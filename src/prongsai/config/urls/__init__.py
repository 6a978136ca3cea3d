"""One table of addresses per process."""
