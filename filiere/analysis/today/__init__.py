"""The chain as it is: made consistent, and what leads from it to a plan."""
