"""The tables of a results workbook, one module each; :mod:`filiere.report.result.tables.order` puts them in order."""
