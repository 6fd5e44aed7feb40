"""A copy of a workbook with some cells filled in: coloured, with the former value in a comment."""
