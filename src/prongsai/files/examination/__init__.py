"""Bytes that nobody trusts go in; out comes what they say, or why they may not come in.

Whatever opens them is in a process of its own (`isolated`): office, worker and commands only carry them there.
"""
