"""Scenarios side by side, and what each difference brought."""
