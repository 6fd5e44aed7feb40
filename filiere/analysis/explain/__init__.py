"""Levers, ranges and alternatives of a plan."""
