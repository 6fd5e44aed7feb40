"""The tables of a results workbook, one module each; :mod:`filiere.report.tables.order` puts them in order."""
