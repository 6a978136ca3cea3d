"""The demonstration municipality: its data, and the one road by which they come in: the real actions."""
