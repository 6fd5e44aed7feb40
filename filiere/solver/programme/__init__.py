"""The programme as arrays: compiled, changed in place, read back."""
