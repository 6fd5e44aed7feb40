"""Sector definitions: ``models/*.toml`` read into frozen values, and the files that travel with the product.

A sector is data only: stages, families, vocabulary, the rows a template starts from, and a worked example.
"""

from filiere.sector.bundled import bundled, bundled_template, sector_names
from filiere.sector.faults import faults
from filiere.sector.sector import Example, FileRow, Part, Sector, load_sector, sector_from, sector_keys
from filiere.sector.translate import SectorFileError, WrittenRow, written

__all__ = [
    "Example", "FileRow", "Part", "Sector", "SectorFileError", "WrittenRow",
    "bundled", "bundled_template", "faults", "load_sector", "sector_from", "sector_keys", "sector_names", "written",
]  # fmt: skip
