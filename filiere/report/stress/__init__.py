"""What is shown of a stress test."""
