"""Shadow prices and ranges of a solved programme."""
