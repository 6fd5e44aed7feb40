"""The ranks solved the plain way, from nothing: held by rows, whole numbers by branch-and-cut; and written to files."""
