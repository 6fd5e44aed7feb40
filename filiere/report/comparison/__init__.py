"""A comparison of scenarios as it is shown: one workbook, one JSON object, a few lines."""
