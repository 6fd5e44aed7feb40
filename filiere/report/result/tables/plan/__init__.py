"""Tables of what the plan does and what it was asked."""
