"""Files of any kind gathered into a workbook that is there already: a completed copy, the workbook as it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from filiere.gather.collect.rows import keyed_rows
from filiere.gather.complete.apply import without
from filiere.gather.complete.merge import merged
from filiere.gather.complete.round import Completed, Proposed, complete
from filiere.gather.complete.sheets import ours
from filiere.gather.decide.sheet import read_decisions
from filiere.gather.files import Sorted
from filiere.gather.gather import Periods, gather
from filiere.language import Language
from filiere.problems import WorkbookError
from filiere.table import RawWorkbook


@dataclass(frozen=True)
class Asked:
    """How other programs' files are gathered: into which periods, of which year, in which currency."""

    periods: Periods = "none"
    year: int | None = None
    currency: str = "EUR"


def gather_into(
    path: Path, raw: RawWorkbook, found: Sorted, language: Language, asked: Asked | None = None
) -> Completed:  # fmt: skip
    """Return the workbook at ``path`` completed by the files ``found`` and by its own answered decisions."""
    asked = asked or Asked()
    proposed = Proposed(remarks=found.problems)
    if found.tables or found.invoices:
        try:
            told = gather(found.tables, language, asked.periods, asked.year, asked.currency, found.invoices)
            proposed = merged(told, keyed_rows(without(raw, ours(raw))), language, read_decisions(raw))
        except WorkbookError as error:  # no purchase or sale in them: the answers count all the same
            proposed = Proposed(remarks=error.problems)
        proposed = replace(proposed, remarks=[*found.problems, *proposed.remarks])
    return complete(path, raw, found.questionnaires, language, proposed)
