"""The objectives, one rank after another."""
