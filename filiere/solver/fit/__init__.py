"""Least squares: figures made consistent, with tests and bounds."""
