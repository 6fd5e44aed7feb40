"""Losses, one by one: what breaks, what it costs, what would help."""
