"""Whether a questionnaire was sent from a workbook, and whose file it is called."""

from __future__ import annotations

from pathlib import Path

from filiere.gather.collect.collect import actors_mark, workbook_mark
from filiere.gather.collect.rows import KeyedRows
from filiere.names import file_stems, fold
from filiere.schema import words as w
from filiere.workbook.questionnaire.form import Mark


def of_this_workbook(mark: Mark, keyed: KeyedRows) -> bool:
    """Whether a file was sent from this workbook: by its name, else by the actors that it has."""
    own = workbook_mark(keyed.tables)
    if "-" not in (own, mark.workbook):
        return own == mark.workbook
    theirs, ours = _fours(mark.actors), _fours(actors_mark(keyed.tables))
    return bool(theirs) and 2 * len(theirs & ours) >= len(theirs)


def _fours(text: str) -> set[str]:
    return {text[at : at + 4] for at in range(0, len(text), 4)}


def other_name(file: str, actor: str, keyed: KeyedRows) -> str:
    """Return whose questionnaire a file is called after, where that is not whose it is."""
    inside = [row.actor for row in keyed.tables.actors if row.perimeter is w.Perimeter.MEMBER]
    inside += [row.actor for row in keyed.tables.actors if row.perimeter is w.Perimeter.LOCAL]
    stem = Path(file).stem.casefold()
    stems = dict(zip(file_stems(inside, "membre"), inside, strict=True))
    endings = ("", " ", "-", "_", "(")
    called = [
        name for known, name in stems.items() if any(stem == known or stem.startswith(known + e) for e in endings if e)
    ]
    longest = max(called, key=len, default="")
    return longest if longest and fold(longest) != fold(actor) else ""
