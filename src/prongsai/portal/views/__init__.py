"""One question of a citizen each, and a page."""
