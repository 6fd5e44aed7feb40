"""Rows of Links: the pairs they name, what each end must be, who claims what."""
