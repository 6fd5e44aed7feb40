"""Commands that work out a plan, or today, and write it."""
