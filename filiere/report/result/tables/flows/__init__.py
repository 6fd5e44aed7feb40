"""Tables of what goes from whom to whom."""
