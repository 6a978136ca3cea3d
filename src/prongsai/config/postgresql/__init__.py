"""Django's PostgreSQL backend, with writers that come one after another."""
