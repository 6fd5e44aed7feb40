"""What each coalition of a chain's members reaches by moving alone, worked out on one programme."""
