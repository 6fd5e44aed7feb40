"""What people look at: the results workbook, the machine-readable object, and the lines a command prints."""
