"""Which language to speak: the one asked for, else the workbook's, else the machine's."""

from __future__ import annotations

from filiere.language import asked_language

__all__ = ["asked_language"]
