"""What the cells of somebody's export say: figures, days, and what qualifies a row."""
