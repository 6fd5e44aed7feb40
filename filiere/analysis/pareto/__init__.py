"""The front between two objectives, as certified plans."""
