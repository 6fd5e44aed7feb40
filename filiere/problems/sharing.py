"""The problems of sharing: coalitions that the sheet lacks or says twice, and chains that have nothing to share."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

NOBODY_TOGETHER = Code(
    "COA01", Severity.ERROR,
    Label("No row names all of {players} together.", "Aucune ligne ne réunit {players}."),
    Label("What all gain or pay together is what there is to share.",
          "Ce que tous gagnent ou paient ensemble est ce qu'il y a à partager."),
    Label("Add a row with all of them and its value.", "Ajoutez une ligne avec tous et sa valeur."),
)  # fmt: skip
COALITION_TWICE = Code(
    "COA02", Severity.ERROR,
    Label("These members already make up the coalition in {other}.",
          "Ces membres forment déjà le regroupement en {other}."),
    Label("A coalition has one value.", "Un regroupement n'a qu'une valeur."),
    Label("Delete one of the two rows.", "Supprimez l'une des deux lignes."),
)  # fmt: skip
GAIN_AND_COST = Code(
    "COA03", Severity.ERROR,
    Label("This row is not of the same kind as {other}.", "Cette ligne n'est pas de la même nature que {other}."),
    Label("Either gains or costs are shared, not both at once.",
          "On partage soit des gains, soit des coûts, pas les deux à la fois."),
    Label("Give every row the same kind.", "Donnez la même nature à toutes les lignes."),
)  # fmt: skip
COST_ALONE_MISSING = Code(
    "COA04", Severity.ERROR,
    Label("What {name_q} would pay alone is not listed.", "Ce que paierait {name_q} de son côté n'est pas indiqué."),
    Label("A cost that is not listed is that of its cheapest parts: each member alone must have one.",
          "Un coût absent est celui de ses parties les moins chères : chaque membre doit avoir le sien."),
    Label("Add a row with {name_q} alone.", "Ajoutez une ligne avec {name_q} seul."),
)  # fmt: skip
COALITIONS_COMPLETED = Code(
    "COA05", Severity.WARNING,
    Label("Coalitions that are not listed: {count} of {all}.", "Regroupements non indiqués : {count} sur {all}."),
    Label("A gain is taken to be what the best listed parts add up to, a cost the cheapest ones.",
          "Un gain est alors la somme des meilleures parties indiquées, un coût celle des moins chères."),
    Label("List them if they would reach more together.", "Indiquez-les s'ils atteindraient mieux ensemble."),
)  # fmt: skip
NOTHING_TO_SHARE = Code(
    "COA06", Severity.ERROR,
    Label("This workbook has no sheet {sheet_q}.", "Ce classeur n'a pas de feuille {sheet_q}."),
    Label("What each coalition gains or pays by itself must be known before it can be shared.",
          "Il faut savoir ce que chaque regroupement gagne ou paie de son côté pour le partager."),
    Label("Add the sheet, with a row for each coalition: members, value, kind.",
          "Ajoutez cette feuille, avec une ligne par regroupement : membres, valeur, nature."),
)  # fmt: skip
RULE_UNKNOWN = Code(
    "COA07", Severity.ERROR,
    Label("The rule {name_q} cannot be used here.", "La règle {name_q} n'est pas utilisable ici."),
    Label("Here there are {known}.", "Ici, il y a {known}."),
    Label("Choose one of these.", "Choisissez l'une d'elles."),
)  # fmt: skip
CODES: tuple[Code, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Code))
