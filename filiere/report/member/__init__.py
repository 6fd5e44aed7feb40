"""A sheet for each member: its own figures and what passes between it and others, nothing else."""
