"""One module per process; each starts from base."""
