"""What others' files become: rows of the workbook."""
