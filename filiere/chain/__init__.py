"""From raw tables to a chain: typed rows, resolved names, whole-chain checks."""
