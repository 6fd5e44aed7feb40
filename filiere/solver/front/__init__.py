"""The front between two objectives, point by point."""
