"""What questionnaires may meet: nobody to ask, and answers that come back wrong, late, twice, or against others."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

NO_MEMBER = Code(
    "COL01",
    _ERROR,
    Label("No actor of this workbook is a member.", "Aucun acteur de ce classeur n'est membre."),
    Label(
        "A questionnaire is made for each actor whose perimeter is “member”.",
        "Un questionnaire est préparé pour chaque acteur dont le périmètre est « membre ».",
    ),
    Label(
        "Fill in the column Perimeter of the sheet Actors, or name actors with --actor.",
        "Remplissez la colonne Périmètre de la feuille Acteurs, ou nommez des acteurs avec --actor.",
    ),
)
UNKNOWN_MEMBER = Code(
    "COL02",
    _ERROR,
    Label("No actor on the territory is called {name_q}.", "Aucun acteur du territoire ne s'appelle {name_q}."),
    Label(
        "Questionnaires are made for members and, when named, for other actors on the territory.",
        "Les questionnaires sont préparés pour les membres et, s'ils sont nommés, pour d'autres acteurs du territoire.",
    ),
    Label("Did you mean {near_q}?", "Vouliez-vous dire {near_q}\u202f?"),
)

CODES: tuple[Code, ...] = (NO_MEMBER, UNKNOWN_MEMBER)
