"""The tables of a workbook, declared once: everything that reads, checks, writes or explains them asks here."""

from filiere.schema.columns import (
    Column,
    Extra,
    HeadingUnit,
    Reads,
    ShownUnit,
    Table,
    Target,
    changed,
    columns,
    key_columns,
)  # fmt: skip
from filiere.schema.tables import TABLES, Row, SettingsValues
from filiere.schema.units import LARGEST, Unit

__all__ = [
    "LARGEST", "TABLES", "Column", "Extra", "HeadingUnit", "Reads", "Row", "SettingsValues", "ShownUnit", "Table",
    "Target", "Unit", "changed", "columns", "key_columns",
]  # fmt: skip
