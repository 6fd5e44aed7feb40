"""What a line answers that cannot be taken, as it was typed: told, so that nobody has to look for it in the file."""

from __future__ import annotations

import math
from collections.abc import Sequence

from filiere.chain.parse.cell import is_blank, shown
from filiere.chain.parse.number import exactly
from filiere.gather.answers.beside import denies
from filiere.gather.collect.rows import MEASURE
from filiere.gather.complete.apply import DECLARED
from filiere.language import Label, Language
from filiere.names import tidy
from filiere.schema import columns
from filiere.table import RawRow, RawValue
from filiere.workbook.questionnaire.form import LABELS, STRIKE, Ask, Value

_STRUCK, _EMPTIED = Label("struck out", "rayée"), Label("emptied", "effacé")


def as_typed(asks: Sequence[Ask | None], row: RawRow, language: Language) -> str:
    """Return what a line answers, as it was typed; empty where it stands as it was sent."""
    found = [_STRUCK.to(language)] if not denies(row.values.get(STRIKE)) else []
    for at, ask in enumerate(asks, start=LABELS):
        raw = row.values.get(at)
        blank = raw is None or is_blank(raw)
        if ask is None or (blank and ask.sent is None):
            continue
        if raw is None or blank:
            found.append(f"{_heading(ask.column, language)} {_EMPTIED.to(language)}")
        elif not (raw == ask.sent or as_sent(raw, ask.sent) or tidy(shown(raw)) == tidy(shown(ask.sent or ""))):
            told = exactly(raw).to(language) if isinstance(raw, float) else tidy(shown(raw))
            found.append(f"{_heading(ask.column, language)} {told}")
    return ", ".join(found)


def as_sent(raw: RawValue | None, sent: Value) -> bool:
    """Whether a text is the number that a cell was sent with, as a text file holds it: 45.282 in a French one."""
    if not isinstance(raw, str) or not isinstance(sent, float):
        return False
    try:
        return math.isclose(float(raw.strip().replace(",", ".")), sent, rel_tol=1e-9)
    except ValueError:
        return False


def _heading(name: str, language: Language) -> str:
    """Return how a column of any table is called."""
    found = (columns(table)[name].label.to(language) for table in DECLARED.values() if name in columns(table))
    return next(found, name.removeprefix(MEASURE)).replace("_", " ")
