"""The renderer for spreadsheets: it knows blocks and sheets, and no kind of report."""
