"""Completing a workbook: edits by the content of rows, and the copy that holds them."""
