"""Workbooks as files: reading them into raw tables, templates, annotated copies, safe writing."""
