"""The catalogue: every hostile workbook of cells, with the outcome it must have."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.cases_keys import DANGLING, DOUBLES, WRONG
from tests.hostile.cases_numbers import SHARES, TEXTS, VALUES
from tests.hostile.cases_sheets import HEADINGS, SHEETS
from tests.hostile.cases_texts import NAMES, ROWS

CASES: list[Case] = [*SHEETS, *HEADINGS, *NAMES, *ROWS, *TEXTS, *SHARES, *VALUES, *DOUBLES, *DANGLING, *WRONG]
