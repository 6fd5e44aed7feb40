"""Whole columns: a tree of cases, each a linear programme, and choices that are made apart."""
