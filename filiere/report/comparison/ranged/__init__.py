"""What moves with the figure of a range."""
