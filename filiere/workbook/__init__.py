"""Workbooks as files: reading them into raw tables, templates, annotated copies, safe writing."""

from filiere.workbook.read import read_workbook
from filiere.workbook.read_bounds import Bounds

__all__ = ["Bounds", "read_workbook"]
