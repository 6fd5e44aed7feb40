"""The problems of loads, lots, projects that need each other, keeping, and means that are shared.

MEA is a means used by a link or a stock, LOT a lot, a load or a round, CHO a choice among inputs, KEE how long
something keeps, or comes later.
"""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in


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

FAMILY_UNITS = _error(
    "CHO20",
    Label("The products of the family {family_q} are counted in {units}.",
          "Les produits de la famille {family_q} se comptent en {units}."),
    Label("A need that any of them may serve has one unit.", "Un besoin que chacun peut servir a une seule unité."),
    Label("Give them one unit, or name the products one by one.",
          "Donnez-leur la même unité, ou nommez les produits un par un."),
)  # fmt: skip
FAMILY_OUTSIDE = _error(
    "CHO21",
    Label("{actor_q} is outside and takes the family {family_q}.",
          "{actor_q} est à l'extérieur et prend la famille {family_q}."),
    Label("Outside, what is taken is counted product by product.", "À l'extérieur, on compte produit par produit."),
    Label("Name the products one by one.", "Nommez les produits un par un."),
)  # fmt: skip
FAMILY_IS_ACTIVITY = _error(
    "CHO22",
    Label("{family_q} is a family that is needed, and an activity too.",
          "{family_q} est une famille dont on a besoin, et aussi une activité."),
    Label("What serves the need bears the family's name.", "Ce qui sert le besoin porte le nom de la famille."),
    Label("Give the activity another name.", "Donnez un autre nom à l'activité."),
)  # fmt: skip
CHOICE_OF_NO_INPUT = _error(
    "CHO01",
    Label("{product_q} is in a choice and is no input.", "{product_q} est au choix sans être une entrée."),
    Label("Only inputs stand in for each other.", "Seules des entrées se remplacent l'une l'autre."),
    Label("Fill in its input, or clear the choice.", "Indiquez son entrée, ou effacez le choix."),
)
CHOICE_SHARES_CROSS = _error(
    "CHO02",
    Label(
        "The least part, {least}, exceeds the largest, {most}.",
        "La part minimale, {least}, dépasse la part maximale, {most}.",
    ),
    Label("No mix has such a part.", "Aucun mélange n'a une telle part."),
    Label("Lower the one or raise the other.", "Baissez l'une ou relevez l'autre."),
)
CHOICE_TWICE = _error(
    "CHO03",
    Label("{product_q} is twice in the choice {choice_q}.", "{product_q} figure deux fois dans le choix {choice_q}."),
    Label("Each input of a choice has one row.", "Chaque entrée d'un choix a une ligne."),
    Label("Delete one of the two rows.", "Supprimez l'une des deux lignes."),
)
CHOICE_SHARES_SUM = _error(
    "CHO04",
    Label(
        "The least parts of this choice add up to {least}, the largest to {most}.",
        "Les parts minimales de ce choix font {least} au total, les parts maximales {most}.",
    ),
    Label("Together the parts make 1 (100%).", "Ensemble, les parts font 1 (100 %)."),
    Label("Correct the parts.", "Corrigez les parts."),
)
DELAY_OF_NO_OUTPUT = _error(
    "KEE01",
    Label("{product_q} has a delay and is no output.", "{product_q} a un délai sans être une sortie."),
    Label("Only what an activity puts out can come later.", "Seule une sortie peut venir plus tard."),
    Label("Move the delay to the row of the output.", "Placez le délai sur la ligne de la sortie."),
)
STORED_AND_GONE = _warning(
    "KEE02",
    Label("{product_q} is stored here and does not keep.", "{product_q} est stocké ici et ne se garde pas."),
    Label("With a shelf life of 0 nothing of it can be kept.", "Avec une conservation de 0, rien ne peut être gardé."),
    Label(
        "Correct its shelf life on the sheet of products, or delete this row.",
        "Corrigez sa conservation dans la feuille des produits, ou supprimez cette ligne.",
    ),
)
ROUND_OF_NO_PROJECT = _error(
    "LOT07",
    Label(
        "The round {round_q} has a row that is no project.", "La tournée {round_q} a une ligne qui n'est pas un projet."
    ),
    Label("A round is opened or not as a whole.", "Une tournée s'ouvre ou non en bloc."),
    Label(
        "Write candidate in its status, or clear the round.", "Écrivez « en projet » au statut, ou videz la tournée."
    ),
)
ROUND_DIFFERS = _error(
    "LOT08",
    Label(
        "The round {round_q} has {first} in one row and {second} in another.",
        "La tournée {round_q} a {first} sur une ligne et {second} sur une autre.",
    ),
    Label("A round has one fixed cost and one maximum.", "Une tournée a un seul coût fixe et un seul maximum."),
    Label("Type it once, or alike in every row.", "Indiquez-le une fois, ou le même partout."),
)
ROUND_WITHOUT_NAME = _error(
    "LOT09",
    Label("A maximum is given of a round that is not named.", "Un maximum est indiqué pour une tournée sans nom."),
    Label("The rows of a round bear its name.", "Les lignes d'une tournée portent son nom."),
    Label("Name the round, or clear the cell.", "Nommez la tournée, ou videz la cellule."),
)
ROUND_WITHOUT_MASS = _error(
    "LOT10",
    Label(
        "The round {round_q} carries goods in several units, and the mass of {product_q} is unknown.",
        "La tournée {round_q} porte des produits d'unités différentes, et la masse de {product_q} est inconnue.",
    ),
    Label("Its maximum is then in kg.", "Son maximum est alors en kg."),
    Label("Fill in the kg of that product.", "Indiquez les kg de ce produit."),
)
USES_UNNAMED = _error(
    "MEA01",
    Label(
        "A quantity or a lender is given of a means that is not named.",
        "Une quantité ou un prêteur sont indiqués, mais pas le moyen.",
    ),
    Label("The means is a service of the workbook.", "Le moyen est un service du classeur."),
    Label("Name the service, or clear the other cells.", "Nommez le service, ou videz les autres cellules."),
)
USES_NO_SERVICE = _error(
    "MEA02",
    Label("{product_q} is used as a means and is no service.", "{product_q} sert de moyen sans être un service."),
    Label(
        "A means is taken for a while and comes back: a service, as places, hours or m².",
        "Un moyen est pris pour un temps puis rendu : un service, comme des places, des heures ou des m².",
    ),
    Label(
        "Write service in its kind, on the sheet of products.",
        "Écrivez « service » comme nature, dans la feuille des produits.",
    ),
)
MEANS_FROM_NOWHERE = _warning(
    "MEA03",
    Label("Nothing gives {actor_q} the means {product_q}.", "Rien ne procure à {actor_q} le moyen {product_q}."),
    Label(
        "Without it, what uses it cannot be delivered or stored.",
        "Sans lui, ce qui l'utilise ne peut être ni livré ni stocké.",
    ),
    Label(
        "Add an activity or a resource that yields it, or name who lends it.",
        "Ajoutez une activité ou une ressource qui le fournit, ou nommez qui le prête.",
    ),
)
LOT_OVER_MAXIMUM = _warning(
    "LOT06",
    Label("A lot of {lot} exceeds the maximum, {maximum}.", "Un lot de {lot} dépasse le maximum, {maximum}."),
    Label("Not a single lot can be delivered.", "Aucun lot ne peut être livré."),
    Label("Lower the lot or raise the maximum.", "Réduisez le lot ou relevez le maximum."),
)

CODES = codes_in(globals())
