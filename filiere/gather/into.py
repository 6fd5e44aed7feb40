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
from filiere.language import Label, Language
from filiere.problems import WorkbookError
from filiere.problems import collecting as codes
from filiere.problems.gathering import NOTHING_TO_GATHER
from filiere.table import RawWorkbook

_NOTHING = Label("it holds no purchase, sale or list of members that is recognised.",
                 "aucun achat, aucune vente ni liste d'adhérents n'y a été reconnu.")  # fmt: skip


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
            empty = [book.path.name for book in found.tables if book.path]
            found.read = [name for name in found.read if name not in empty]
            unread = [codes.UNREAD_FILE.at(None, file=name, reason=_NOTHING) for name in empty]
            others = [one for one in error.problems if one.code != NOTHING_TO_GATHER.code]
            proposed = Proposed(remarks=[*unread, *others])
        proposed = replace(proposed, remarks=[*found.problems, *proposed.remarks])
    return complete(path, raw, found.questionnaires, language, proposed)
