"""The prongsai command."""
