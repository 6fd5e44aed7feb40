"""The shapes of sheets, each turned into one row of headings and one row for each figure."""
