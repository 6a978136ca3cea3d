"""Ways out beside the site: one module each with `send`, which touches no database and raises `CannotDeliver`."""
