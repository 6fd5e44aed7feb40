"""The problems that solving a workbook can find."""

from __future__ import annotations

from filiere.problems.problem import Code

CODES: tuple[Code, ...] = ()
