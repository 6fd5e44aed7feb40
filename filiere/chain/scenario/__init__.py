"""Scenarios: changes of rows, applied before a chain is put together."""
