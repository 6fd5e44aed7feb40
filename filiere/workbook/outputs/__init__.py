"""Files that the commands write: whose they are, who holds them, whole or not at all."""
