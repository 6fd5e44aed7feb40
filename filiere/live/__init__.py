"""The page that follows a workbook: what watches it, what works it out again, and what serves it."""
