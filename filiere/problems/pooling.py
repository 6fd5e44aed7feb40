"""The problems of loads, lots, projects that need each other, keeping, and means that are shared.

MEA is a means used by a link or a stock, LOT a lot, a load or a round, CHO a choice among inputs, KEE how long
something keeps, or comes later.
"""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity


def _error(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.ERROR, fact, rule, remedy)


def _warning(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.WARNING, fact, rule, remedy)


MINIMUM_LOAD_CAPACITY = _error(
    "LOT01",
    Label("{name_q} has a minimum load and no capacity.", "{name_q} a un taux d'activité minimal et pas de capacité."),
    Label("The load is a share of its capacity.", "Ce taux est une part de sa capacité."),
    Label("Fill in its capacity, or clear the minimum load.", "Indiquez sa capacité, ou effacez le taux minimal."),
)
MINIMUM_LOAD_EXPANSION = _error(
    "LOT02",
    Label(
        "{name_q} has a minimum load and may be enlarged without limit.",
        "{name_q} a un taux d'activité minimal et peut s'agrandir sans limite.",
    ),
    Label(
        "To run or not to run in a period needs a largest size.",
        "Pour tourner ou non dans une période, il faut une taille maximale.",
    ),
    Label("Fill in its largest expansion.", "Indiquez son extension maximale."),
)
REQUIRES_OF_NO_PROJECT = _warning(
    "LOT03",
    Label("{name_q} requires a project and is none itself.", "{name_q} nécessite un projet sans en être un lui-même."),
    Label("Only a candidate waits for another one.", "Seul un projet attend l'ouverture d'un autre."),
    Label("Write candidate in its status, or clear the cell.", "Écrivez « en projet » au statut, ou videz la cellule."),
)
REQUIRES_ITSELF = _error(
    "LOT04",
    Label("{name_q} requires itself.", "{name_q} se nécessite lui-même."),
    Label("A project requires other projects.", "Un projet en nécessite d'autres."),
    Label("Name the other project, or clear the cell.", "Nommez l'autre projet, ou videz la cellule."),
)
REQUIRES_WHAT_EXISTS = _warning(
    "LOT05",
    Label("{other_q} exists already: {name_q} need not wait.", "{other_q} existe déjà : {name_q} n'a pas à attendre."),
    Label("What is required is a candidate, opened or not.", "Ce qui est nécessaire est un projet, ouvert ou non."),
    Label("Name a candidate, or clear the cell.", "Nommez un projet, ou videz la cellule."),
)

CODES: tuple[Code, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Code))
