"""Template tags that both the portal's pages and the office's preview of them load."""
