"""Workbooks as files: reading them into raw tables, templates, annotated copies, safe writing."""

from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.read import read_workbook

__all__ = ["Bounds", "read_workbook"]
