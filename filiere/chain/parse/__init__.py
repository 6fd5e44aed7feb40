"""From raw cells to typed rows; whatever cannot be read in one way is a problem."""
