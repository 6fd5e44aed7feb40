"""Readers: every format becomes raw tables with addresses."""
