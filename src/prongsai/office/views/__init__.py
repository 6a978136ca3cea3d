"""The office's screens, by noun: each view asks one question or does one act."""
