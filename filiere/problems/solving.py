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

CODES: tuple[Code, ...] = (NO_TODAY,)
