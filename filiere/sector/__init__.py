"""Sector definitions: ``models/*.toml`` read into frozen values, and the files that travel with the product.

A sector is data only: stages, families, vocabulary, the rows a template starts from, and a worked example.
"""

from filiere.sector.bundled import bundled, bundled_template, sector_names

__all__ = ["bundled", "bundled_template", "sector_names"]
