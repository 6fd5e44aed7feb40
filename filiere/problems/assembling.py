"""The problems that assembling a chain can find: names, units, calendars, and rows that contradict each other.

The letters of a code say which sheet it speaks about: NAM any name, UNI any written unit, PER periods, CAL
calendars, ACT actors, PRD products, PRC processes, REC recipes, LNK links, NED needs, STO storage, FUN
funding, OBJ objectives, LIM limits.
"""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in


def _error(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.ERROR, fact, rule, remedy)


def _warning(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.WARNING, fact, rule, remedy)


NAME_MISSPELT = _error(
    "NAM01",
    Label("{none} is called {name_q}.", "{none} ne s'appelle {name_q}."),
    Label("Every name must be one that the workbook declares.", "Chaque nom doit être déclaré dans le classeur."),
    Label(
        "Did you mean {near_q}? Otherwise add {name_q} to the sheet {sheet_q}.",
        "Vouliez-vous dire {near_q} ? Sinon, ajoutez {name_q} dans la feuille {sheet_q}.",
    ),
)
NAME_UNKNOWN = _error(
    "NAM02",
    Label("{none} is called {name_q}.", "{none} ne s'appelle {name_q}."),
    Label("Every name must be one that the workbook declares.", "Chaque nom doit être déclaré dans le classeur."),
    Label(
        "Correct the name, or add {name_q} to the sheet {sheet_q}.",
        "Corrigez le nom, ou ajoutez {name_q} dans la feuille {sheet_q}.",
    ),
)
NAME_OF_A_SCENARIO = _error(
    "NAM07",
    Label(
        "{name_q} exists in the scenario {scenario_q} only, and this row holds in every scenario.",
        "{name_q} n'existe que dans le scénario {scenario_q}, or cette ligne vaut dans tous les scénarios.",
    ),
    Label(
        "A row added in a scenario brings along only the rows that bear its mark.",
        "Une ligne ajoutée dans un scénario n'apporte que les lignes qui en portent la marque.",
    ),
    Label(
        "Write {scenario_q} in the column scenario of this row too.",
        "Écrivez aussi {scenario_q} dans la colonne scénario de cette ligne.",
    ),
)
DUPLICATE = _error(
    "NAM03",
    Label("{name_q} is already in {other}.", "{name_q} figure déjà en {other}."),
    Label("It may appear only once in this sheet.", "Il ne peut figurer qu'une fois dans cette feuille."),
    Label("Delete one of the two rows, or rename it.", "Supprimez l'une des deux lignes, ou renommez-la."),
)
ACTOR_AND_GROUP = _error(
    "NAM04",
    Label(
        "{name_q} is the name of a group here and of an actor in {other}.",
        "{name_q} est ici le nom d'un groupe, et en {other} celui d'un acteur.",
    ),
    Label(
        "A name must mean one thing, or the other sheets cannot tell which is meant.",
        "Un nom ne doit désigner qu'une chose, sinon on ne sait pas de qui parlent les autres feuilles.",
    ),
    Label(
        "Rename the group, for example {proposal_q}.",
        "Renommez le groupe, par exemple {proposal_q}.",
    ),
)
NAMES_MANY_MORE = _error(
    "NAM05",
    Label("Other errors of this kind: {count}.", "Autres erreurs de ce genre : {count}."),
    Label("The first {most} are listed.", "Les {most} premières sont listées."),
    Label("Correct those, then check again.", "Corrigez-les, puis vérifiez à nouveau."),
)
NAMES_JOINED = _warning(
    "NAM06",
    Label(
        "{name_q} is read as one name, yet {part_q} is one too.",
        "{name_q} est lu comme un seul nom, or {part_q} en est un aussi.",
    ),
    Label("Several names in one cell are separated by “;”.", "Plusieurs noms dans une cellule se séparent par « ; »."),
    Label("If several are meant, write “;” for the comma.", "S'il y en a plusieurs, remplacez la virgule par « ; »."),
)
UNIT_MISMATCH = _error(
    "UNI01",
    Label("The figure is written in {unit_q}.", "Ce chiffre est écrit en {unit_q}."),
    Label(
        "It must be in {expected_q}, or in a unit that converts to it.",
        "Il doit être en {expected_q}, ou dans une unité qui s'y convertit.",
    ),
    Label(
        "{meant}Convert the figure to {expected_q} and write the number alone.",
        "{meant}Convertissez le chiffre en {expected_q} et écrivez le nombre seul.",
    ),
)
UNIT_MISSPELT = _warning(
    "UNI04",
    Label("The unit {unit_q} is not known.", "L'unité {unit_q} n'est pas connue."),
    Label(
        "It is taken for a unit of its own, which converts to no other.",
        "Elle est prise pour une unité à part, qui ne se convertit en aucune autre.",
    ),
    Label("{meant}Correct it, or leave it as it is.", "{meant}Corrigez-la, ou laissez-la telle quelle."),
)
UNIT_UNEXPECTED = _error(
    "UNI02",
    Label("The figure is written in {unit_q}.", "Ce chiffre est écrit en {unit_q}."),
    Label("A figure of {column_q} {counted}.", "Un chiffre de {column_q} {counted}."),
    Label(
        "Check the figure, then write the number alone.",
        "Vérifiez le chiffre, puis écrivez le nombre seul.",
    ),
)
HEADING_UNIT = _warning(
    "UNI03",
    Label(
        "The heading of {column_q} says {unit_q}; what is counted here is in {expected_q}.",
        "Le titre de {column_q} dit {unit_q} ; ce qui est compté ici l'est en {expected_q}.",
    ),
    Label("Its figures are read as they stand.", "Ses chiffres sont lus tels quels."),
    Label("Correct the heading, or the figures.", "Corrigez le titre, ou les chiffres."),
)
SHOWN_UNIT = _warning(
    "UNI06",
    Label(
        "The cell shows {unit_q} beside its figure; {column_q} is counted in {expected_q} here.",
        "La case affiche {unit_q} à côté de son chiffre ; {column_q} se compte ici en {expected_q}.",
    ),
    Label("The figure is read as it stands.", "Le chiffre est lu tel quel."),
    Label("Correct the cell's number format, or the figure.", "Corrigez le format de la case, ou le chiffre."),
)
OTHER_CURRENCY = _error(
    "UNI05",
    Label(
        "This case counts money in {currency}, the reference in {reference}.",
        "Ce cas compte en {currency}, la référence en {reference}.",
    ),
    Label(
        "Amounts in two currencies are not put side by side.",
        "Des montants dans deux monnaies ne se comparent pas.",
    ),
    Label("Convert the amounts of one of them.", "Convertissez les montants de l'un des deux."),
)
PERIOD_SUM = _error(
    "PER01",
    Label(
        "The shares of the periods add up to {total}: {difference} {side}.",
        "La somme des parts des périodes vaut {total} : {difference} {side}.",
    ),
    Label("Together they must make 1 (100%).", "Ensemble, elles doivent faire 1 (100 %)."),
    Label(
        "Correct the shares, or leave them all blank for equal periods.",
        "Corrigez les parts, ou laissez-les toutes vides pour des périodes égales.",
    ),
)
PERIOD_PARTLY = _error(
    "PER02",
    Label(
        "This period has no share while others have one.",
        "Cette période n'a pas de part alors que d'autres en ont une.",
    ),
    Label(
        "Either every period has a share, or none has.",
        "Soit toutes les périodes ont une part, soit aucune n'en a.",
    ),
    Label("Fill in its share, or clear the others.", "Indiquez sa part, ou effacez les autres."),
)
PERIODS_TOO_MANY = _error(
    "PER03",
    Label("The year is cut into {count} periods.", "L'année est découpée en {count} périodes."),
    Label("At most {most} are handled.", "Au plus {most} sont traitées."),
    Label(
        "Cut it into fewer: seasons, months, weeks, days.",
        "Découpez-la moins finement : saisons, mois, semaines, jours.",
    ),
)
SPREAD_SUM = _error(
    "CAL01",
    Label(
        "The values of calendar {name_q} add up to {total}: {difference} {side}.",
        "La somme des valeurs du calendrier {name_q} vaut {total} : {difference} {side}.",
    ),
    Label(
        "A calendar that shares out a year must make 1 (100%).",
        "Un calendrier qui répartit une année doit faire 1 (100 %).",
    ),
    Label(
        "Correct the values so that they make 1.",
        "Corrigez les valeurs pour qu'elles fassent 1.",
    ),
)
CALENDAR_VALUE = _error(
    "CAL02",
    Label("Calendar {name_q} holds the value {value}.", "Le calendrier {name_q} contient la valeur {value}."),
    Label("Each value must lie between 0 and 1.", "Chaque valeur doit être comprise entre 0 et 1."),
    Label("Write 80% or 0.8 rather than 80.", "Écrivez 80 % ou 0,8 plutôt que 80."),
)
HARVEST_AS_AVAILABILITY = _warning(
    "CAL03",
    Label(
        "Calendar {name_q} is an availability whose values add up to 1, with a zero among them.",
        "Le calendrier {name_q} est un taux d'ouverture dont les valeurs font 1, avec un zéro parmi elles.",
    ),
    Label(
        "A harvest or a season that shares out a yearly quantity is a spread; an availability says how open each "
        "period is.",
        "Une récolte ou une saison qui répartit une quantité annuelle est une part de l'année ; un taux d'ouverture "
        "dit à quel point chaque période est ouverte.",
    ),
    Label(
        "If these values share out a year, set the type to {spread_q}.",
        "Si ces valeurs répartissent une année, mettez le type à {spread_q}.",
    ),
)
CALENDAR_RESERVED = _error(
    "CAL04",
    Label("A calendar is called {name_q}.", "Un calendrier s'appelle {name_q}."),
    Label(
        "This name is reserved: it means that only the year's total counts.",
        "Ce nom est réservé : il signifie que seul le total de l'année compte.",
    ),
    Label("Give the calendar another name.", "Donnez un autre nom à ce calendrier."),
)
PROFILE_AND_PERIOD = _error(
    "CAL05",
    Label(
        "The row has both a calendar ({profile_q}) and a period ({period_q}).",
        "La ligne a à la fois un calendrier ({profile_q}) et une période ({period_q}).",
    ),
    Label(
        "A row that holds in one period only has nothing left to share out.",
        "Une ligne qui ne vaut que dans une période n'a rien à répartir.",
    ),
    Label("Clear one of the two cells.", "Videz l'une des deux cellules."),
)
CALENDAR_GAP = _warning(
    "CAL06",
    Label(
        "Calendar {name_q} says nothing for {periods}.",
        "Le calendrier {name_q} ne dit rien pour {periods}.",
    ),
    Label("A blank counts as 0: closed.", "Une cellule vide compte comme 0 : fermé."),
    Label("Fill in the missing values, 0 included.", "Indiquez les valeurs manquantes, même 0."),
)
HALF_A_PLACE = _warning(
    "ACT01",
    Label(
        "{name_q} has only one of its two coordinates.",
        "{name_q} n'a qu'une seule de ses deux coordonnées.",
    ),
    Label("A distance needs both.", "Il faut les deux pour calculer une distance."),
    Label(
        "Fill in the latitude and the longitude, or clear both.",
        "Indiquez la latitude et la longitude, ou videz les deux.",
    ),
)
TURNED_PLACE = _warning(
    "ACT03",
    Label(
        "{name_q} stands {distance} km from the others of the territory; with latitude and longitude turned round it "
        "would be among them.",
        "{name_q} se trouve à {distance} km des autres acteurs du territoire ; latitude et longitude échangées, il "
        "serait parmi eux.",
    ),
    Label("Distances, transport and what a radius allows are counted from it.",
          "Les distances, le transport et ce que permet un rayon en dépendent."),
    Label("Type the latitude first: 46.5 and 1.3, for example, in the middle of France.",
          "Mettez la latitude d'abord : 46,5 et 1,3, par exemple, au milieu de la France."),
)  # fmt: skip
KG_MISSING = _error(
    "PRD01",
    Label(
        "The mass of one {unit} of {name_q} is unknown.",
        "La masse d'une unité ({unit}) de {name_q} est inconnue.",
    ),
    Label("It is needed: {why}.", "Elle est nécessaire : {why}."),
    Label(
        "Fill in the column kg, or count by value rather than by mass.",
        "Remplissez la colonne kg, ou comptez en valeur plutôt qu'en masse.",
    ),
)
KG_UNKNOWN = _warning(
    "PRD02",
    Label("The mass of one unit is unknown for {names}.", "La masse d'une unité est inconnue pour {names}."),
    Label(
        "The plan does not need it, but indicators by mass will leave these products out.",
        "Le calcul n'en a pas besoin, mais les indicateurs en masse laisseront ces produits de côté.",
    ),
    Label("Fill in the column kg where you can.", "Remplissez la colonne kg si vous le pouvez."),
)
PRICE_MISSING = _warning(
    "PRD03",
    Label(
        "No price is known for {names}, neither here nor in the links.",
        "Aucun prix n'est connu pour {names}, ni ici ni dans les échanges.",
    ),
    Label(
        "Each unit then counts for 1 in the currency, whatever it is worth.",
        "Chaque unité compte alors pour 1 dans la monnaie choisie, quelle que soit sa valeur.",
    ),
    Label(
        "Fill in a reference price, even a rough one.",
        "Indiquez un prix de référence, même approximatif.",
    ),
)
KG_CONTRADICTS = _warning(
    "PRD04",
    Label(
        "One {unit} of {name_q} is said to weigh {kg} kg.",
        "Il est écrit qu'une unité ({unit}) de {name_q} pèse {kg} kg.",
    ),
    Label("The unit itself says {expected} kg.", "L'unité elle-même dit {expected} kg."),
    Label(
        "Clear the column kg, unless the difference is meant.",
        "Videz la colonne kg, sauf si cet écart est voulu.",
    ),
)
SERVICE_WITH_KG = _warning(
    "PRD05",
    Label("{name_q} is a service and has a mass.", "{name_q} est un service et a une masse."),
    Label("A service weighs nothing: the mass is ignored.", "Un service ne pèse rien : la masse est ignorée."),
    Label("Clear the column kg, or change the kind.", "Videz la colonne kg, ou changez la nature du produit."),
)
CANDIDATE_CAPACITY = _error(
    "PRC01",
    Label("{name_q} is a candidate without a capacity.", "{name_q} est en projet et n'a pas de capacité."),
    Label(
        "A candidate is opened or not as a whole: its size must be known.",
        "Un projet s'ouvre ou non en bloc : il faut connaître sa taille.",
    ),
    Label("Fill in its capacity.", "Indiquez sa capacité."),
)
MINIMUM_OVER_CAPACITY = _error(
    "PRC02",
    Label(
        "The minimum, {minimum}, exceeds the capacity, {capacity}.",
        "Le minimum, {minimum}, dépasse la capacité, {capacity}.",
    ),
    Label("The activity could never run.", "L'activité ne pourrait jamais fonctionner."),
    Label("Lower the minimum or raise the capacity.", "Baissez le minimum ou relevez la capacité."),
)
OUTSIDE_PROCESS = _error(
    "PRC03",
    Label(
        "{actor_q} is outside the territory and has an activity.",
        "{actor_q} est à l'extérieur du territoire et a une activité.",
    ),
    Label(
        "What outside actors do is not modelled: they only sell and buy.",
        "Ce que font les acteurs extérieurs n'est pas représenté : ils ne font que vendre et acheter.",
    ),
    Label(
        "Delete the row, or make {actor_q} a member or a local actor.",
        "Supprimez la ligne, ou faites de {actor_q} un membre ou un acteur du territoire.",
    ),
)
INVESTMENT_TWICE = _error(
    "PRC04",
    Label(
        "The investment is given both as a yearly cost and as a total.",
        "L'investissement est donné à la fois par an et en total.",
    ),
    Label("One of the two must be chosen.", "Il faut choisir l'un des deux."),
    Label("Clear one of the two cells.", "Videz l'une des deux cellules."),
)
INVESTMENT_LIFE = _error(
    "PRC05",
    Label("A total investment has no life in years.", "Un investissement total n'a pas de durée en années."),
    Label("Without it the yearly cost is unknown.", "Sans elle, on ne connaît pas son coût annuel."),
    Label("Fill in the life, in years.", "Indiquez la durée, en années."),
)
RECIPE_EMPTY = _error(
    "REC01",
    Label("The row has neither an input nor an output.", "La ligne n'a ni entrée ni sortie."),
    Label("At least one of the two must be above 0.", "Au moins l'une des deux doit être supérieure à 0."),
    Label("Fill in a quantity, or delete the row.", "Indiquez une quantité, ou supprimez la ligne."),
)
RECIPE_TWICE = _error(
    "REC02",
    Label(
        "The {side} of {product_q} in {process_q} is already given in {other}.",
        "{product_q} figure déjà en {side} de {process_q}, en {other}.",
    ),
    Label(
        "Two rows add up only where one is an input and the other an output.",
        "Deux lignes ne se complètent que si l'une est une entrée et l'autre une sortie.",
    ),
    Label("Keep one of the two rows.", "Gardez une seule des deux lignes."),
)
LINK_TO_SELF = _error(
    "LNK01",
    Label("{name_q} delivers to itself.", "{name_q} se livre à lui-même."),
    Label(
        "A link joins two different actors; only this year's quantity may be typed of what one uses of its own.",
        "Un échange relie deux acteurs différents ; de ce qu'un acteur utilise de lui-même, seule la quantité de cette "
        "année se saisit.",
    ),
    Label(
        "Correct one of the two names, or delete the row.",
        "Corrigez l'un des deux noms, ou supprimez la ligne.",
    ),
)
LINK_OUTSIDE = _warning(
    "LNK02",
    Label(
        "{seller_q} and {buyer_q} are both outside.",
        "{seller_q} et {buyer_q} sont tous deux à l'extérieur.",
    ),
    Label(
        "What they trade between them does not concern the territory: the row is left out.",
        "Ce qu'ils s'échangent ne concerne pas le territoire : la ligne est laissée de côté.",
    ),
    Label("Delete the row, or correct a perimeter.", "Supprimez la ligne, ou corrigez un périmètre."),
)
LINK_CANDIDATE = _error(
    "LNK03",
    Label("A candidate link has no maximum.", "Un échange en projet n'a pas de maximum."),
    Label(
        "It is used or not as a whole: its size must be known.",
        "Il est utilisé ou non en bloc : il faut connaître sa taille.",
    ),
    Label("Fill in its maximum.", "Indiquez son maximum."),
)
MINIMUM_OVER_MAXIMUM = _error(
    "LNK04",
    Label(
        "The minimum, {minimum}, exceeds the maximum, {maximum}.",
        "Le minimum, {minimum}, dépasse le maximum, {maximum}.",
    ),
    Label("Both cannot hold.", "Les deux ne peuvent être respectés à la fois."),
    Label("Correct one of the two.", "Corrigez l'un des deux."),
)
LINK_NO_PAIR = _error(
    "LNK05",
    Label(
        "The row stands for nobody: {why}.",
        "La ligne ne vaut pour personne : {why}.",
    ),
    Label(
        "A group or * stands for the actors who can supply the product, or use it.",
        "Un groupe ou * vaut pour les acteurs qui peuvent fournir le produit, ou l'utiliser.",
    ),
    Label(
        "Check the names, the recipes, offers and needs of {product_q}, or delete the row.",
        "Vérifiez les noms, les entrées-sorties, ressources et besoins en {product_q}, ou supprimez la ligne.",
    ),
)
LINK_ALL_TAKEN = _error(
    "LNK06",
    Label(
        "Every pair that this row could stand for has a more precise row, such as {other}.",
        "Tous les couples que cette ligne pourrait désigner ont une ligne plus précise, comme {other}.",
    ),
    Label(
        "The more precise row always wins, so this one would do nothing.",
        "La ligne la plus précise l'emporte toujours : celle-ci n'aurait aucun effet.",
    ),
    Label("Delete this row.", "Supprimez cette ligne."),
)
LINK_TODAY = _error(
    "LNK07",
    Label(
        "This year's quantity, {today}, stands on a row that holds for {pairs} pairs of actors.",
        "La quantité de cette année, {today}, figure sur une ligne qui vaut pour {pairs} couples d'acteurs.",
    ),
    Label(
        "It would be counted once for each of them.",
        "Elle serait comptée une fois pour chacun d'eux.",
    ),
    Label(
        "Write one row for each pair whose quantity is known.",
        "Écrivez une ligne pour chaque couple dont la quantité est connue.",
    ),
)
LINK_EQUAL = _error(
    "LNK08",
    Label(
        "This row and {other} both stand for {seller_q} to {buyer_q}, {product_q}.",
        "Cette ligne et {other} valent toutes deux pour {seller_q} vers {buyer_q}, {product_q}.",
    ),
    Label(
        "Neither is more precise than the other, so nothing says which one holds.",
        "Aucune n'est plus précise que l'autre : rien ne dit laquelle s'applique.",
    ),
    Label(
        "Add a row that names both actors, or restrict one of the two rows.",
        "Ajoutez une ligne qui nomme les deux acteurs, ou restreignez l'une des deux lignes.",
    ),
)
LINK_DISTANCE = _warning(
    "LNK09",
    Label(
        "The distance of {pairs} of the pairs of this row is unknown, for example {seller_q} to {buyer_q}.",
        "La distance est inconnue pour {pairs} des couples de cette ligne, par exemple {seller_q} vers {buyer_q}.",
    ),
    Label(
        "They are kept, as nothing says that they are too far apart.",
        "Ils sont gardés, car rien ne dit qu'ils sont trop éloignés.",
    ),
    Label(
        "Fill in the coordinates of these actors.",
        "Indiquez la latitude et la longitude de ces acteurs.",
    ),
)
LINK_REPLACED = _warning(
    "LNK10",
    Label(
        "Other rows replace this one in every period, such as {other}.",
        "D'autres lignes remplacent celle-ci dans toutes les périodes, comme {other}.",
    ),
    Label("It has no effect.", "Elle n'a donc aucun effet."),
    Label("Delete this row, or one of the others.", "Supprimez cette ligne, ou l'une des autres."),
)
LINKS_TOO_MANY = _error(
    "LNK11",
    Label(
        "With this row, the links stand for {pairs} pairs of actors.",
        "Avec cette ligne, les échanges valent pour {pairs} couples d'acteurs.",
    ),
    Label(
        "The free memory has room for {most}; the rows from this one on were not looked at.",
        "La mémoire libre en contient {most} ; les lignes à partir de celle-ci n'ont pas été examinées.",
    ),
    Label(
        "Name actors or smaller groups rather than *, or split the chain.",
        "Nommez des acteurs ou des groupes plus petits plutôt que *, ou partagez la filière en plusieurs.",
    ),
)
NEED_QUANTITY = _error(
    "NED01",
    Label("A need that is {obligation_q} has no quantity.", "Un besoin {obligation_q} n'a pas de quantité."),
    Label("Only an outlet may go without.", "Seul un débouché peut s'en passer."),
    Label(
        "Fill in the quantity, or make it {outlet_q}.",
        "Indiquez la quantité, ou mettez l'obligation à {outlet_q}.",
    ),
)
NEED_OUTSIDE = _warning(
    "NED05",
    Label(
        "{actor_q} is outside the territory, and its need is {want_q}.",
        "{actor_q} est hors du territoire, et son besoin est {want_q}.",
    ),
    Label(
        "What outsiders would like ranks with no need of the territory: it is read as {outlet_q}.",
        "Ce que d'autres aimeraient ne compte pas parmi les besoins du territoire : c'est lu comme {outlet_q}.",
    ),
    Label(
        "Write {outlet_q}, or make the actor local if its users are the territory's.",
        "Écrivez {outlet_q}, ou mettez l'acteur sur le territoire si ses usagers en sont.",
    ),
)
RETURN_UNNAMED = _error(
    "NED02",
    Label("A returned quantity has no returned product.", "Une quantité revient, mais son produit n'est pas nommé."),
    Label("Both go together.", "Les deux vont ensemble."),
    Label("Name the product that comes back.", "Nommez le produit qui revient."),
)
RETURN_NOTHING = _warning(
    "NED03",
    Label(
        "{product_q} comes back, but no quantity is given.",
        "{product_q} revient, mais aucune quantité n'est indiquée.",
    ),
    Label("A blank counts as 0: nothing comes back.", "Une cellule vide compte comme 0 : rien ne revient."),
    Label("Fill in how much comes back per unit served.", "Indiquez combien il en revient par unité servie."),
)
NEEDS_TOO_MANY = _error(
    "NED04",
    Label(
        "With this row, the sheet stands for {count} needs, one for each actor of a group.",
        "Avec cette ligne, la feuille vaut pour {count} besoins, un par acteur d'un groupe.",
    ),
    Label(
        "The free memory has room for {most}; the rows from this one on were not looked at.",
        "La mémoire libre en contient {most} ; les lignes à partir de celle-ci n'ont pas été examinées.",
    ),
    Label(
        "Name smaller groups, or split the chain.",
        "Nommez des groupes plus petits, ou partagez la filière en plusieurs.",
    ),
)
STORED_SERVICE = _error(
    "STO01",
    Label("{product_q} is a service.", "{product_q} est un service."),
    Label("A service cannot be stored.", "Un service ne se stocke pas."),
    Label("Delete the row, or change the product's kind.", "Supprimez la ligne, ou changez la nature du produit."),
)
STORAGE_LOSS = _error(
    "STO02",
    Label("A stock with a loss has no capacity.", "Un stock qui subit une perte n'a pas de capacité."),
    Label(
        "Without one it would be a place to make any surplus vanish.",
        "Sans capacité, il ferait disparaître n'importe quel surplus.",
    ),
    Label("Fill in its capacity.", "Indiquez sa capacité."),
)
STORAGE_FINAL = _error(
    "STO03",
    Label("A final stock is given without an initial one.", "Un stock final est donné sans stock initial."),
    Label(
        "Where the initial stock is blank, the year ends as it starts.",
        "Quand le stock initial est vide, l'année finit comme elle commence.",
    ),
    Label("Fill in the initial stock, or clear the final one.", "Indiquez le stock initial, ou videz le stock final."),
)
STORAGE_OUTSIDE = _error(
    "STO04",
    Label(
        "{actor_q} is outside the territory and has a stock.",
        "{actor_q} est à l'extérieur du territoire et a un stock.",
    ),
    Label(
        "The stocks of outside actors are not modelled: they only sell and buy.",
        "Les stocks des acteurs extérieurs ne sont pas représentés : ils ne font que vendre et acheter.",
    ),
    Label("Delete the row, or correct the perimeter.", "Supprimez la ligne, ou corrigez le périmètre."),
)
STORAGE_OVER_CAPACITY = _error(
    "STO05",
    Label(
        "The final stock, {final}, exceeds the capacity, {capacity}.",
        "Le stock final, {final}, dépasse la capacité, {capacity}.",
    ),
    Label("Both cannot hold.", "Les deux ne peuvent être respectés à la fois."),
    Label("Correct one of the two.", "Corrigez l'un des deux."),
)
STORAGE_BEGINS_OVER = _error(
    "STO06",
    Label(
        "The initial stock, {initial}, exceeds the capacity, {capacity}.",
        "Le stock initial, {initial}, dépasse la capacité, {capacity}.",
    ),
    Label("A store cannot begin the year fuller than full.", "Un stockage ne peut commencer l'année plus que plein."),
    Label("Correct one of the two.", "Corrigez l'un des deux."),
)
FUNDING_PROCESS = _error(
    "FUN01",
    Label(
        "An amount per unit of activity names no activity.",
        "Un montant par unité d'activité ne dit pas de quelle activité.",
    ),
    Label("Both go together.", "Les deux vont ensemble."),
    Label("Name the activity, or clear the amount.", "Nommez l'activité, ou videz le montant."),
)
FUNDING_SELF = _error(
    "FUN02",
    Label("{name_q} funds itself.", "{name_q} se finance lui-même."),
    Label("Money comes from somebody else.", "L'argent vient de quelqu'un d'autre."),
    Label(
        "Correct one of the names; own funds go into the column “reserve” of the actors.",
        "Corrigez l'un des noms ; les fonds propres se mettent dans la colonne « réserve » des acteurs.",
    ),
)
FUNDING_OTHERS_PROCESS = _warning(
    "FUN03",
    Label(
        "{actor_q} receives money for {process_q}, an activity of {others}.",
        "{actor_q} reçoit de l'argent pour {process_q}, une activité de {others}.",
    ),
    Label(
        "The money then depends on what somebody else does.",
        "L'argent dépend alors de l'activité de quelqu'un d'autre.",
    ),
    Label("Check the actor and the activity.", "Vérifiez l'acteur et l'activité."),
)
OBJECTIVE_UNKNOWN = _error(
    "OBJ01",
    Label("{name_q} is not an objective.", "{name_q} n'est pas un objectif."),
    Label("The objectives are {known}.", "Les objectifs sont {known}."),
    Label(
        "Did you mean {near_q}? A measure is written “measure: NAME”.",
        "Vouliez-vous dire {near_q} ? Une mesure s'écrit « mesure : NOM ».",
    ),
)
OBJECTIVE_NOT_ALONE = _error(
    "OBJ02",
    Label("Circularity shares its rank with {others}.", "La circularité partage sa priorité avec {others}."),
    Label(
        "It is a ratio: it cannot be added to another objective.",
        "C'est un rapport : il ne s'additionne pas à un autre objectif.",
    ),
    Label("Give it a rank of its own.", "Donnez-lui une priorité à elle seule."),
)
OBJECTIVE_SENSE = _error(
    "OBJ03",
    Label("{name_q} is asked to be {sense_q}.", "Il est demandé {sense_q} pour {name_q}."),
    Label(
        "Its direction is fixed ({natural_q}); only a measure has a choice.",
        "Son sens est fixé ({natural_q}) ; seules les mesures laissent le choix.",
    ),
    Label("Clear the cell.", "Videz la cellule."),
)
MEASURE_UNKNOWN = _error(
    "OBJ04",
    Label("No column is headed “measure: {name}”.", "Aucune colonne n'est intitulée « mesure : {name} »."),
    Label("The measures of this workbook are: {known}.", "Les mesures de ce classeur sont : {known}."),
    Label(
        "Correct the name, or add the column to the sheet where it is counted.",
        "Corrigez le nom, ou ajoutez la colonne dans la feuille où on la compte.",
    ),
)
OBJECTIVE_RULES_ADDED = _warning(
    "OBJ05",
    Label("There are wished rules, and no priority for them.", "Des règles sont souhaitées, sans priorité pour elles."),
    Label(
        "They are served with priority {rank}, behind the needs and the deficits that come first; what follows moves "
        "back.",
        "Elles sont servies en priorité {rank}, derrière les besoins et les déficits qui viennent en tête ; ce qui "
        "suit recule.",
    ),
    Label("Add {rules_q} to the sheet where you want it.", "Ajoutez {rules_q} à la feuille, là où vous le souhaitez."),
)
LIMIT_MEASURE = _error(
    "LIM01",
    Label(
        "{name_q} is not something that can be summed.", "{name_q} n'est pas une grandeur que l'on peut additionner."
    ),
    Label("What can be summed: {known}.", "On peut additionner : {known}."),
    Label("Did you mean {near_q}?", "Vouliez-vous dire {near_q} ?"),
)
LIMIT_OF = _error(
    "LIM02",
    Label("“of” is filled in for an absolute amount.", "« Parmi » est rempli pour un montant absolu."),
    Label("It only makes sense for a share.", "Cela n'a de sens que pour une part."),
    Label(
        "Clear it, or set the basis to {purchases_q} or {sales_q}.",
        "Videz la cellule, ou mettez la base à {purchases_q} ou {sales_q}.",
    ),
)
LIMIT_SHARE_MEASURE = _error(
    "LIM03",
    Label("A share of {basis_q} is asked of {measure_q}.", "Une règle {basis_q} porte sur {measure_q}."),
    Label(
        "Purchases and sales are shared by what circulates: {known}.",
        "Achats et ventes se partagent selon ce qui circule : {known}.",
    ),
    Label("Change the measure or the basis.", "Changez la mesure ou la base."),
)
LIMIT_SHARE_VALUE = _error(
    "LIM04",
    Label("The share is {value}.", "La part vaut {value}."),
    Label("A share lies between 0 and 1.", "Une part est comprise entre 0 et 1."),
    Label("Write {percent} or {share} rather than {typed}.", "Écrivez {percent} ou {share} plutôt que {typed}."),
)
LIMIT_EMPTY = _warning(
    "LIM05",
    Label(
        "Nothing in the workbook can ever count in this limit.",
        "Rien dans le classeur ne peut compter dans cette règle.",
    ),
    Label(
        "Its sum is always 0, to be compared with {sense} {value}.",
        "Sa somme vaut toujours 0, à comparer à {sense} {value}.",
    ),
    Label(
        "Check its actors, product, activity and period.",
        "Vérifiez ses acteurs, son produit, son activité et sa période.",
    ),
)
LIMIT_FILTER = _warning(
    "LIM06",
    Label("{filter_q} is filled in for the measure {measure_q}.", "{filter_q} est rempli pour la mesure {measure_q}."),
    Label("This measure has none: the cell is ignored.", "Cette mesure n'en a pas : la cellule est ignorée."),
    Label("Clear the cell, or change the measure.", "Videz la cellule, ou changez la mesure."),
)
LIMIT_SHARE_OF_ITSELF = _warning(
    "LIM07",
    Label("The limit compares a sum with itself.", "La règle compare une somme à elle-même."),
    Label(
        "The share is then always 100%.",
        "La part vaut alors toujours 100 %.",
    ),
    Label(
        "Say whose share it is ({end_q}), or of what (“of”).",
        "Dites de qui c'est la part ({end_q}), ou de quoi (« parmi »).",
    ),
)
LIMIT_EACH = _error(
    "LIM08",
    Label(
        "The rule is repeated for each {each_q}, and sums {measure_q}.",
        "La règle vaut pour chaque {each_q}, et additionne {measure_q}.",
    ),
    Label("This measure is not counted so.", "Cette mesure ne se compte pas ainsi."),
    Label("Clear the cell, or change the measure.", "Videz la cellule, ou changez la mesure."),
)
LIMIT_EACH_TOO_SMALL = _error(
    "LIM09",
    Label(
        "Each of {count} may have {share} at most: together they do not make the whole.",
        "Chacun des {count} aurait {share} au plus : ensemble ils ne font pas le tout.",
    ),
    Label(
        "Only buying and selling nothing would keep this rule.",
        "Seul le fait de ne rien acheter ni vendre la respecterait.",
    ),
    Label(
        "Set the share to {least} at least, or the obligation to {wish_q}.",
        "Mettez la part à {least} au moins, ou l'obligation à {wish_q}.",
    ),
)
LIMIT_OF_NOTHING = _warning(
    "LIM10",
    Label(
        "Nothing in the workbook can bring the share that {name_q} asks for.",
        "Rien dans le classeur ne peut apporter la part que demande {name_q}.",
    ),
    Label(
        "The rule is only kept by buying or selling nothing of it at all.",
        "La règle n'est respectée qu'en n'achetant ou ne vendant rien du tout.",
    ),
    Label(
        "Check what the rule sums, or the links and labels that should count in it.",
        "Vérifiez ce que la règle additionne, ou les échanges et labels qui devraient y compter.",
    ),
)

CHECK_DIGIT = Code(
    "ACT02",
    Severity.WARNING,
    Label(
        "The number {number} of {name_q} has a wrong check digit.", "Le numéro {number} de {name_q} a une clé fausse."
    ),
    Label(
        "A SIREN (9 digits) or SIRET (14 digits) ends with a digit that the others give.",
        "Un SIREN (9 chiffres) ou un SIRET (14 chiffres) finit par un chiffre que les autres donnent.",
    ),
    Label("Look the number up again.", "Vérifiez ce numéro."),
)

CODES = codes_in(globals())
