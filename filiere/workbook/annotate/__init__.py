"""A copy of somebody's workbook with its problems coloured and commented."""
