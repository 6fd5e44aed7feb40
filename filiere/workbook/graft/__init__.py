"""Results grafted as sheets into a copy of somebody's workbook."""
