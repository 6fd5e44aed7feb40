"""A copy of a workbook in which every problem shows: its cell coloured and commented, and a first sheet lists all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from filiere.language import Label, Language
from filiere.problems import Problem, worst_first
from filiere.workbook.annotate.copy import annotated_copy, check_annotated
from filiere.workbook.annotate.saved import SAVED, saved_anew
from filiere.workbook.graft.check import read_bytes
from filiere.workbook.parts.host import NotAddedError, host_of, open_host
from filiere.workbook.read.read import read_workbook

_MACROS = Label(
    "it may hold macros, which a file whose name ends in {asked} cannot: call the copy {suffix} to keep them",
    "il peut contenir des macros, ce qu'un fichier en {asked} ne peut pas\u00a0: nommez la copie en {suffix} pour les "
    "garder",
)


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated copy, and why it could not keep all the rest of the workbook as it is (None where it could)."""

    content: bytes
    loss: Label | None
    suffix: str
    """The ending that its name must have for Excel to open it."""


def annotate(path: Path, problems: Sequence[Problem], language: Language, suffix: str = "") -> Annotated:
    """Return the copy of the workbook at ``path`` that shows ``problems``, as an .xlsx file (.xlsm where it was one).

    ``suffix`` is the ending that its name will have, where that is known: without macros under .xlsx. What cannot be
    copied part by part (an .ods file, say) is loaded and saved, or copied by its cells alone, and the copy tells why.
    Raises WorkbookError where the file cannot be read at all.
    """
    raw = read_workbook(path)  # first, for it refuses the files that are made to choke a reader
    ordered = worst_first(problems, [table.sheet for table in raw.tables])
    try:
        host = open_host(path)
        if suffix.lower() == SAVED and host.suffix != SAVED:
            raise NotAddedError(_MACROS.fill(asked=suffix, suffix=host.suffix))
        names = {table.sheet: table.sheet for table in raw.tables}
        copy = annotated_copy(host, raw, names, ordered, language)
        check_annotated(raw, copy)
        return Annotated(copy, None, host.suffix)
    except NotAddedError as error:
        loss = error.reason
    fault: NotAddedError | None = None
    for content, names in saved_anew(path, raw):
        try:
            copy = annotated_copy(host_of(content), raw, names, ordered, language)
            check_annotated(read_bytes(content), copy)
            return Annotated(copy, loss, SAVED)
        except NotAddedError as error:
            fault = error
    assert fault is not None
    raise fault
