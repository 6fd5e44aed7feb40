"""The problems that parsing a workbook can find: sheets, headings, numbers, words, settings, scenarios."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

# ---- sheets

UNKNOWN_SHEET = Code(
    "SHT01",
    _WARNING,
    Label("The sheet {name_q} is not one that is read.", "La feuille {name_q} n'est pas de celles qui sont lues."),
    Label("Whatever it holds is left out.", "Ce qu'elle contient est laissé de côté."),
    Label(
        "{meant}Rename it, or start its name with # to mark it as a remark.",
        "{meant}Renommez-la, ou commencez son nom par # pour en faire un commentaire.",
    ),
)
TWO_SHEETS = Code(
    "SHT02",
    _ERROR,
    Label(
        "The sheets {first_q} and {second_q} are both read as {table_q}.",
        "Les feuilles {first_q} et {second_q} sont lues toutes deux comme {table_q}.",
    ),
    Label("One table stands on one sheet.", "Un tableau tient sur une seule feuille."),
    Label(
        "Put all the rows on one sheet, or start the name of the other with #.",
        "Réunissez les lignes sur une seule feuille, ou commencez le nom de l'autre par #.",
    ),
)
MISSING_SHEET = Code(
    "SHT03",
    _ERROR,
    Label("The sheet {table_q} is missing.", "La feuille {table_q} manque."),
    Label(
        "A chain needs at least its actors, its products and its links.",
        "Une filière demande au moins ses acteurs, ses produits et ses échanges.",
    ),
    Label(
        "The sheets found: {there}. Add one named {table_q}, or start from a template: filiere new.",
        "Feuilles trouvées\u00a0: {there}. Ajoutez-en une nommée {table_q}, ou partez d'un modèle\u00a0: filiere new.",
    ),
)
NO_HEADINGS = Code(
    "SHT04",
    _ERROR,
    Label(
        "No heading of the sheet {name_q} is recognised.",
        "Aucun titre de colonne de la feuille {name_q} n'est reconnu.",
    ),
    Label(
        "Its first row holds the headings: {expected}.",
        "Sa première ligne porte les titres des colonnes\u00a0: {expected}.",
    ),
    Label(
        "Write the headings in the first row, one a column.",
        "Écrivez les titres dans la première ligne, un par colonne.",
    ),
)

HIDDEN_SHEET = Code(
    "SHT05",
    _WARNING,
    Label("The sheet {name_q} is hidden.", "La feuille {name_q} est masquée."),
    Label("Its rows count all the same.", "Ses lignes comptent tout de même."),
    Label(
        "Unhide it to see what it says; start its name with # if it should not count.",
        "Affichez-la pour voir ce qu'elle contient\u202f; commencez son nom par # si elle ne doit pas compter.",
    ),
)

HIDDEN_ROWS = Code(
    "SHT06",
    _WARNING,
    Label(
        "Rows of the sheet {sheet_q} are hidden or filtered out: {rows}.",
        "Des lignes de la feuille {sheet_q} sont masquées ou filtrées\u202f: {rows}.",
    ),
    Label("They count all the same.", "Elles comptent tout de même."),
    Label(
        "Clear the filter or show them to see what they say; a row whose first cell starts with # does not count.",
        "Effacez le filtre ou affichez-les pour voir ce qu'elles contiennent\u202f; une ligne dont la première case "
        "commence par # ne compte pas.",
    ),
)
HIDDEN_COLUMNS = Code(
    "SHT07",
    _WARNING,
    Label(
        "Columns of the sheet {sheet_q} that hold values are hidden: {columns}.",
        "Des colonnes de la feuille {sheet_q} qui contiennent des valeurs sont masquées\u202f: {columns}.",
    ),
    Label("They count all the same.", "Elles comptent tout de même."),
    Label(
        "Show them to see what they say; start their heading with # if they should not count.",
        "Affichez-les pour voir ce qu'elles contiennent\u202f; commencez leur titre par # si elles ne doivent pas "
        "compter.",
    ),
)

# ---- headings

UNKNOWN_COLUMN = Code(
    "COL01",
    _WARNING,
    Label("The column {name_q} is not known on this sheet.", "La colonne {name_q} n'est pas connue sur cette feuille."),
    Label("Its values are left out.", "Ses valeurs sont laissées de côté."),
    Label(
        "{meant}Rename the column, or start its heading with # to mark it as a remark.",
        "{meant}Renommez la colonne, ou commencez son titre par # pour en faire un commentaire.",
    ),
)
TWO_COLUMNS = Code(
    "COL02",
    _ERROR,
    Label(
        "{first} and {second} are both the column {column_q}.",
        "{first} et {second} sont toutes deux la colonne {column_q}.",
    ),
    Label("A sheet has each column once.", "Une feuille porte chaque colonne une seule fois."),
    Label("Remove or rename one of the two.", "Supprimez ou renommez l'une des deux."),
)
MISSING_COLUMN = Code(
    "COL03",
    _ERROR,
    Label("The column {column_q} is missing.", "La colonne {column_q} manque."),
    Label("Every row of this sheet needs it.", "Chaque ligne de cette feuille en a besoin."),
    Label("Add a column headed {column_q}.", "Ajoutez une colonne intitulée {column_q}."),
)
COLUMN_WITHOUT_HEADING = Code(
    "COL04",
    _WARNING,
    Label("This column has values but no heading.", "Cette colonne contient des valeurs mais n'a pas de titre."),
    Label("Its values are left out.", "Ses valeurs sont laissées de côté."),
    Label("Give it a heading, or empty it.", "Donnez-lui un titre, ou videz-la."),
)
MEASURE_WITHOUT_NAME = Code(
    "COL05",
    _ERROR,
    Label("This heading announces a measure but does not name it.", "Ce titre annonce une mesure sans la nommer."),
    Label("A measure is headed “measure: NAME”.", "Une mesure s'intitule «\u00a0mesure\u00a0: NOM\u00a0»."),
    Label("Write the measure's name after the colon.", "Écrivez le nom de la mesure après les deux-points."),
)

# ---- cells of any kind

REQUIRED_CELL = Code(
    "CEL01",
    _ERROR,
    Label("{column_q} is blank.", "{column_q} est vide."),
    Label("Every row of this sheet needs it.", "Chaque ligne de cette feuille en a besoin."),
    Label("Fill in this cell, or empty the whole row.", "Remplissez cette case, ou videz toute la ligne."),
)
ERROR_VALUE = Code(
    "CEL02",
    _ERROR,
    Label("This cell holds the error {text}.", "Cette case contient l'erreur {text}."),
    Label("A formula went wrong, so its value is not known.", "Une formule a échoué, sa valeur n'est donc pas connue."),
    Label("Correct the formula, or type the value.", "Corrigez la formule, ou tapez la valeur."),
)
NEVER_COMPUTED = Code(
    "CEL03",
    _ERROR,
    Label("This cell's formula was never computed.", "La formule de cette case n'a jamais été calculée."),
    Label("The file holds no value for it.", "Le fichier n'en contient pas la valeur."),
    Label(
        "Open the file in Excel or LibreOffice and save it, then try again.",
        "Ouvrez le fichier dans Excel ou LibreOffice, enregistrez-le, puis recommencez.",
    ),
)
DATE_FOUND = Code(
    "CEL04",
    _ERROR,
    Label("This cell holds {text}.", "Cette case contient {text}."),
    Label("{column_q} is neither a date nor a time.", "{column_q} n'est ni une date ni une heure."),
    Label(
        "Spreadsheets turn text such as 1-2 into dates: format the cell as text or number and type it again.",
        "Les tableurs changent en date un texte comme 1-2\u00a0: mettez la case au format texte ou nombre, "
        "puis tapez de nouveau la valeur.",
    ),
)
BOOLEAN_FOUND = Code(
    "CEL05",
    _ERROR,
    Label("This cell holds the logical value {text}.", "Cette case contient la valeur logique {text}."),
    Label("{column_q} is not a yes or no.", "{column_q} n'est pas un oui ou non."),
    Label("Type the value itself.", "Tapez la valeur elle-même."),
)
TEXT_TOO_LONG = Code(
    "CEL06",
    _ERROR,
    Label("This text has {length} characters.", "Ce texte compte {length} caractères."),
    Label("A name has at most {most}.", "Un nom en compte au plus {most}."),
    Label("Shorten it, and put the rest in a note.", "Raccourcissez-le, et mettez le reste dans une note."),
)
MANY_REFUSED = Code(
    "CEL07",
    _ERROR,
    Label("{count} rows of this sheet have an error.", "{count} lignes de cette feuille ont une erreur."),
    Label(
        "The rows from this one on were not looked at.",
        "Les lignes à partir de celle-ci n'ont pas été examinées.",
    ),
    Label("Correct those, then check again.", "Corrigez-les, puis vérifiez à nouveau."),
)
MANY_ROWS = Code(
    "CEL08",
    _ERROR,
    Label(
        "This row comes after {count} rows of its sheet, as many as the free memory can hold.",
        "Cette ligne vient après {count} lignes de sa feuille, autant que la mémoire libre peut en contenir.",
    ),
    Label(
        "The rows from this one on were not looked at: their plan would find no room.",
        "Les lignes à partir de celle-ci n'ont pas été examinées\u202f: leur plan ne trouverait pas de place.",
    ),
    Label(
        "Close other programs or use a machine with more memory; or keep the rows of the chain, and group small actors "
        "or products.",
        "Fermez d'autres logiciels ou prenez une machine qui a plus de mémoire\u202f; ou gardez les lignes de la "
        "filière, et regroupez les petits acteurs ou produits.",
    ),
)

# ---- numbers

NOT_A_NUMBER = Code(
    "NUM01",
    _ERROR,
    Label("{text_q} is not a number.", "{text_q} n'est pas un nombre."),
    Label("{column_q} is a number.", "{column_q} est un nombre."),
    Label("Type the number alone, such as 1234.5.", "Tapez le nombre seul, par exemple 1234,5."),
)
TWO_READINGS = Code(
    "NUM02",
    _ERROR,
    Label(
        "{text_q} can be read as {first} or as {second}.",
        "{text_q} peut se lire {first} ou {second}.",
    ),
    Label(
        "A number written as text must read in one way only.",
        "Un nombre écrit en texte ne doit se lire que d'une façon.",
    ),
    Label(
        "Type it as a number, without a separator between the thousands.",
        "Tapez-le comme un nombre, sans séparateur entre les milliers.",
    ),
)
PLACEHOLDER = Code(
    "NUM03",
    _ERROR,
    Label("{text_q} stands for a missing number.", "{text_q} tient lieu d'un nombre inconnu."),
    Label("A number that is not known is left blank.", "Un nombre inconnu se laisse en blanc."),
    Label(
        "Empty the cell (blank means {default}), or type 0 for zero.",
        "Videz la case (vide signifie\u00a0: {default}), ou tapez 0 pour zéro.",
    ),
)
NOT_A_SHARE = Code(
    "NUM04",
    _ERROR,
    Label("{text_q} is a percentage.", "{text_q} est un pourcentage."),
    Label("{column_q} is not a share.", "{column_q} n'est pas une part."),
    Label("Type the number itself, without %.", "Tapez le nombre lui-même, sans %."),
)
TOO_LOW = Code(
    "NUM05",
    _ERROR,
    Label("{text} is below {lowest}.", "{text} est inférieur à {lowest}."),
    Label("{column_q} is at least {lowest}.", "{column_q} vaut au moins {lowest}."),
    Label("Type a number of {lowest} or more.", "Tapez un nombre supérieur ou égal à {lowest}."),
)
TOO_HIGH = Code(
    "NUM06",
    _ERROR,
    Label("{text} is above {highest}.", "{text} est supérieur à {highest}."),
    Label("{column_q} is at most {highest}.", "{column_q} vaut au plus {highest}."),
    Label("Type a number of {highest} or less.", "Tapez un nombre inférieur ou égal à {highest}."),
)
TOO_LARGE = Code(
    "NUM11",
    _ERROR,
    Label("{text} is beyond what can be meant here.", "{text} dépasse ce qui peut être voulu ici."),
    Label("{column_q} goes up to {largest}, either way.", "{column_q} va jusqu'à {largest}, en plus ou en moins."),
    Label(
        "Type the figure that is meant, in a larger unit if need be; leave the cell blank where nothing limits it.",
        "Tapez le chiffre voulu, au besoin dans une unité plus grande ; laissez la case vide si rien ne limite.",
    ),
)
TOO_FINE = Code(
    "NUM12",
    _ERROR,
    Label("{text} is too small to count.", "{text} est trop petit pour compter."),
    Label("{column_q} is 0, or at least {finest}.", "{column_q} vaut 0, ou au moins {finest}."),
    Label(
        "Type the figure that is meant, in a smaller unit if need be; or 0.",
        "Tapez le chiffre voulu, au besoin dans une unité plus petite ; ou 0.",
    ),
)
SHARE_TOO_HIGH = Code(
    "NUM07",
    _ERROR,
    Label("{text} is more than the whole.", "{text} dépasse le tout."),
    Label(
        "{column_q} is a share: from 0 to 1, or from 0 % to 100 %.",
        "{column_q} est une part\u00a0: de 0 à 1, ou de 0 % à 100 %.",
    ),
    Label(
        "If you mean {percent}, type {percent} or {share}.",
        "Si vous voulez dire {percent}, tapez {percent} ou {share}.",
    ),
)
NOT_WHOLE = Code(
    "NUM08",
    _ERROR,
    Label("{text} is not a whole number.", "{text} n'est pas un nombre entier."),
    Label("{column_q} is a whole number.", "{column_q} est un nombre entier."),
    Label("Type a number without decimals.", "Tapez un nombre sans décimales."),
)
UNKNOWN_UNIT = Code(
    "NUM09",
    _ERROR,
    Label("{text_q} carries the unit {unit_q}.", "{text_q} porte l'unité {unit_q}."),
    Label("{column_q} is counted in {expected}.", "{column_q} se compte ainsi\u00a0: {expected}."),
    Label("Convert it and type the number alone.", "Convertissez-le et tapez le nombre seul."),
)
LARGE_SHARE = Code(
    "NUM10",
    _WARNING,
    Label("{text} is read as {read}.", "{text} est lu comme {read}."),
    Label(
        "{column_q} is a share: 1 is the whole, that is 100 %.",
        "{column_q} est une part\u00a0: 1 est le tout, soit 100 %.",
    ),
    Label(
        "If you mean {percent}, type {percent} or {share}.",
        "Si vous voulez dire {percent}, tapez {percent} ou {share}.",
    ),
)

SMALL_PERCENTAGE = Code(
    "NUM13",
    _WARNING,
    Label("{text} is read as {read}.", "{text} est lu comme {read}."),
    Label(
        "The heading of {column_q} says %, but no figure below it is above 1, so they are read as shares.",
        "Le titre de {column_q} dit %, mais aucun chiffre n'y dépasse 1\u202f: ils sont lus comme des parts.",
    ),
    Label(
        "If you mean {percent}, type {percent}. Figures of the column in that case: {count}.",
        "Si vous voulez dire {percent}, tapez {percent}. Chiffres de la colonne dans ce cas\u202f: {count}.",
    ),
)
MIXED_PERCENTAGES = Code(
    "NUM14",
    _WARNING,
    Label("{text} is read as {read}.", "{text} est lu comme {read}."),
    Label(
        "The heading of {column_q} says %, and other figures below it are above 1: all are read as percentages.",
        "Le titre de {column_q} dit %, et d'autres chiffres y dépassent 1\u202f: tous sont lus comme des pourcentages.",
    ),
    Label(
        "If you mean {percent}, type {percent}. Figures of the column in that case: {count}.",
        "Si vous voulez dire {percent}, tapez {percent}. Chiffres de la colonne dans ce cas\u202f: {count}.",
    ),
)
MERGED_FIGURE = Code(
    "CEL09",
    _WARNING,
    Label(
        "{text} stands in a merged cell over rows {rows}.",
        "{text} se trouve dans une cellule fusionnée sur les lignes {rows}.",
    ),
    Label("It is read as the figure of each of these rows.", "C'est lu comme le chiffre de chacune de ces lignes."),
    Label(
        "If it is their total, unmerge the cells and give each row its own figure.",
        "Si c'est leur total, annulez la fusion et donnez à chaque ligne son propre chiffre.",
    ),
)

# ---- words

UNKNOWN_WORD = Code(
    "WRD01",
    _ERROR,
    Label("{text_q} is not a word that {column_q} knows.", "{text_q} n'est pas un mot connu de {column_q}."),
    Label("It is one of: {allowed}.", "Les mots possibles sont\u00a0: {allowed}."),
    Label("{meant}Type one of these words.", "{meant}Tapez l'un de ces mots."),
)

# ---- settings

UNKNOWN_SETTING = Code(
    "SET01",
    _WARNING,
    Label("The setting {name_q} is not known.", "Le paramètre {name_q} n'est pas connu."),
    Label("Its value is left out.", "Sa valeur est laissée de côté."),
    Label(
        "{meant}Correct its name, or start it with # to mark it as a remark.",
        "{meant}Corrigez son nom, ou commencez-le par # pour en faire un commentaire.",
    ),
)
TWO_SETTINGS = Code(
    "SET02",
    _ERROR,
    Label(
        "{first} and {second} both give the setting {name_q}.",
        "{first} et {second} donnent tous deux le paramètre {name_q}.",
    ),
    Label("A setting is given once.", "Un paramètre se donne une seule fois."),
    Label("Remove one of the two rows.", "Supprimez l'une des deux lignes."),
)

# ---- scenarios

UNKNOWN_SCENARIO = Code(
    "SCN01",
    _ERROR,
    Label("There is no scenario {name_q}.", "Il n'y a pas de scénario {name_q}."),
    Label("The workbook has: {known}.", "Le classeur contient\u00a0: {known}."),
    Label("{meant}Ask for one of these.", "{meant}Demandez l'un de ceux-ci."),
)
UNKNOWN_BASE = Code(
    "SCN02",
    _ERROR,
    Label("The base {name_q} is not a scenario.", "La base {name_q} n'est pas un scénario."),
    Label("The workbook has: {known}.", "Le classeur contient\u00a0: {known}."),
    Label(
        "{meant}Name one of these, or leave the base blank.", "{meant}Nommez l'un de ceux-ci, ou laissez la base vide."
    ),
)
TWO_BASES = Code(
    "SCN03",
    _ERROR,
    Label(
        "The scenario {name_q} starts from {first_q} and from {second_q}.",
        "Le scénario {name_q} part de {first_q} et de {second_q}.",
    ),
    Label("A scenario starts from one base at most.", "Un scénario part d'une seule base au plus."),
    Label(
        "Keep one base, the same on all its rows or on the first alone.",
        "Gardez une seule base, la même sur toutes ses lignes ou sur la première seulement.",
    ),
)
BASE_CYCLE = Code(
    "SCN04",
    _ERROR,
    Label("The bases turn in a circle: {circle}.", "Les bases tournent en rond\u00a0: {circle}."),
    Label("Going from base to base must end at the reference.", "De base en base, on doit arriver à la référence."),
    Label("Leave one of these bases blank.", "Laissez vide l'une de ces bases."),
)
UNKNOWN_TABLE = Code(
    "SCN05",
    _ERROR,
    Label("{name_q} is not a sheet that can be changed.", "{name_q} n'est pas une feuille que l'on peut changer."),
    Label("It is one of: {known}.", "C'est l'une de celles-ci\u00a0: {known}."),
    Label("{meant}Write the name of a sheet.", "{meant}Écrivez le nom d'une feuille."),
)
UNKNOWN_CHANGED_COLUMN = Code(
    "SCN06",
    _ERROR,
    Label("{name_q} is not a column of {table_q}.", "{name_q} n'est pas une colonne de {table_q}."),
    Label("It has: {known}.", "Elle contient\u00a0: {known}."),
    Label("{meant}Write the heading of a column.", "{meant}Écrivez le titre d'une colonne."),
)
UNKNOWN_ROW = Code(
    "SCN07",
    _ERROR,
    Label("No row of {table_q} has the key {name_q}.", "Aucune ligne de {table_q} n'a la clé {name_q}."),
    Label("A key is made of: {parts}.", "Une clé se compose ainsi\u00a0: {parts}."),
    Label(
        "{meant}Write the key of a row, with * for any part.",
        "{meant}Écrivez la clé d'une ligne, avec * pour n'importe quelle partie.",
    ),
)
KEY_PARTS = Code(
    "SCN08",
    _ERROR,
    Label(
        "The key {name_q} does not have the parts of a key of {table_q}.",
        "La clé {name_q} n'a pas les parties d'une clé de {table_q}.",
    ),
    Label("It has {count}: {parts}.", "Elle en a {count}\u00a0: {parts}."),
    Label(
        "Separate the parts by “ / ”, and write * for any.",
        "Séparez les parties par «\u00a0/\u00a0», et écrivez * pour n'importe laquelle.",
    ),
)
NOT_A_CHANGE = Code(
    "SCN09",
    _ERROR,
    Label("{text_q} is not a change.", "{text_q} n'est pas un changement."),
    Label(
        "A change is = 120, x 1.2, + 10, - 10 %, or off.",
        "Un changement s'écrit = 120, x 1,2, + 10, - 10 %, ou retiré.",
    ),
    Label(
        "If the value is to become {text}, write “= {text}”.",
        "Si la valeur doit devenir {text}, écrivez «\u00a0= {text}\u00a0».",
    ),
)
CHANGE_OF_BLANK = Code(
    "SCN10",
    _ERROR,
    Label("{change_q} changes {place}, which is blank.", "{change_q} change {place}, qui est vide."),
    Label("Blank means: {default}.", "Vide signifie\u00a0: {default}."),
    Label(
        "Write the new value after =, such as “= 120”.",
        "Écrivez la nouvelle valeur après =, par exemple «\u00a0= 120\u00a0».",
    ),
)
CHANGE_OF_TEXT = Code(
    "SCN11",
    _ERROR,
    Label(
        "{change_q} reckons with {column_q}, which is not a number.",
        "{change_q} calcule avec {column_q}, qui n'est pas un nombre.",
    ),
    Label("x, + and - change numbers only.", "x, + et - ne changent que des nombres."),
    Label("Write the new value after =.", "Écrivez la nouvelle valeur après =."),
)
CHANGE_WITHOUT_COLUMN = Code(
    "SCN12",
    _ERROR,
    Label("{change_q} does not say which column it changes.", "{change_q} ne dit pas quelle colonne changer."),
    Label("Every change but off names a column.", "Tout changement autre que «\u00a0retiré\u00a0» nomme une colonne."),
    Label("Fill in the column.", "Remplissez la colonne."),
)
NOT_SWITCHED_OFF = Code(
    "SCN13",
    _ERROR,
    Label("The setting {name_q} cannot be left out.", "Le paramètre {name_q} ne peut pas être retiré."),
    Label("off leaves out a row of another sheet.", "«\u00a0retiré\u00a0» enlève une ligne d'une autre feuille."),
    Label("Write the value it should have after =.", "Écrivez après = la valeur qu'il doit prendre."),
)
KEY_CHANGED = Code(
    "SCN14",
    _ERROR,
    Label("{column_q} is part of the key of {table_q}.", "{column_q} fait partie de la clé de {table_q}."),
    Label(
        "A scenario changes values, it does not rename rows.",
        "Un scénario change des valeurs, il ne renomme pas de lignes.",
    ),
    Label(
        "Leave the row out (off) and add another one with this scenario in its scenario column.",
        "Retirez la ligne («\u00a0retiré\u00a0») et ajoutez-en une autre avec ce scénario dans sa colonne scénario.",
    ),
)
SCENARIO_MISSPELT = Code(
    "SCN15",
    _WARNING,
    Label(
        "The scenario {name_q} is not on the sheet {table_q}, which has {near_q}.",
        "Le scénario {name_q} n'est pas sur la feuille {table_q}, qui contient {near_q}.",
    ),
    Label(
        "It is read as a scenario of its own, made of the rows that name it.",
        "Il est lu comme un scénario à part, fait des lignes qui le nomment.",
    ),
    Label("If {near_q} is meant, correct the name here.", "S'il s'agit de {near_q}, corrigez le nom ici."),
)
REFERENCE_CHANGED = Code(
    "SCN16",
    _ERROR,
    Label("This row changes the scenario {name_q}.", "Cette ligne change le scénario {name_q}."),
    Label(
        "The reference is the workbook as it stands, without changes.",
        "La référence est le classeur tel quel, sans changement.",
    ),
    Label(
        "Give the scenario another name, or change the figures themselves.",
        "Donnez un autre nom au scénario, ou changez les chiffres eux-mêmes.",
    ),
)

CHANGE_IS_A_NUMBER = Code(
    "SCN17",
    _ERROR,
    Label("This change is the number {text}.", "Ce changement est le nombre {text}."),
    Label(
        "It does not say whether the value becomes {text}, is raised by it, or is multiplied.",
        "Il ne dit pas si la valeur devient {text}, augmente d'autant, ou est multipliée.",
    ),
    Label(
        "Format the cell as text, then write “= {text}”, “+ {text}” or “x {text}”: "
        "in a cell of another format = and + begin a formula.",
        "Mettez la case au format texte, puis écrivez «\u00a0= {text}\u00a0», «\u00a0+ {text}\u00a0» ou "
        "«\u00a0x {text}\u00a0»\u202f: dans une case d'un autre format, = et + commencent une formule.",
    ),
)
CHANGE_OF_UNITS = Code(
    "SCN18",
    _ERROR,
    Label(
        "{change_q} and {place} are not in the same unit.",
        "{change_q} et {place} ne sont pas dans la même unité.",
    ),
    Label("Only amounts of one unit are added.", "On n'additionne que des quantités de même unité."),
    Label("Write the new value after =.", "Écrivez la nouvelle valeur après =."),
)

CODES = codes_in(globals())
