"""What is shown of a front between two objectives."""
