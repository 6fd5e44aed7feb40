"""What co-operation brings and how it may be shared, for the eye and for the machine."""
