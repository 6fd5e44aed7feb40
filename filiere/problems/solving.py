"""The problems that solving a workbook can find."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

NO_TODAY = Code(
    "SOL01",
    Severity.ERROR,
    Label("No figure of today is filled in.", "Aucun chiffre de cette année n'est rempli."),
    Label(
        "That nobody be worse off than today can only be asked of a chain whose today is known.",
        "On ne peut demander que personne ne perde par rapport à cette année que si cette année est connue.",
    ),
    Label(
        "Fill in the column today of the links and of the processes, or leave out --nobody-worse-off.",
        "Remplissez la colonne « cette année » des échanges et des activités, ou retirez --nobody-worse-off.",
    ),
)

NO_RANK = Code(
    "SOL02",
    Severity.ERROR,
    Label("The objectives have no rank {rank}.", "Aucun objectif n'a la priorité {rank}."),
    Label("Their ranks are {ranks}.", "Leurs priorités sont {ranks}."),
    Label("Give one of these to --rank.", "Donnez l'une d'elles à --rank."),
)

CODES: tuple[Code, ...] = (NO_TODAY, NO_RANK)
