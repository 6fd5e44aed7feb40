"""The shapes that a sheet of purchases or sales comes in, each turned into one row of headings and one row for each figure."""
