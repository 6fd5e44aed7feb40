"""The tables of a workbook, declared once: everything that reads, checks, writes or explains them asks here."""

from filiere.schema.columns import (
    Column,
    Extra,
    Reads,
    Table,
    Target,
    Unit,
    columns,
    key_columns,
)  # fmt: skip
from filiere.schema.tables import TABLES, Row, SettingsValues

__all__ = [
    "TABLES", "Column", "Extra", "Reads", "Row", "SettingsValues", "Table", "Target", "Unit", "columns", "key_columns",
]  # fmt: skip
