"""The problems that opening and reading a file can find, before anything in it is interpreted."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

_FORMATS = Label("Workbooks are read as .xlsx, .xlsm or .ods.", "Les classeurs lus sont les .xlsx, .xlsm et .ods.")
_SAVE_AS = Label(
    "Open it in Excel or LibreOffice and use Save as, type “Excel workbook (.xlsx)”.",
    "Ouvrez-le dans Excel ou LibreOffice puis choisissez Enregistrer sous, type « Classeur Excel (.xlsx) ».",
)
_REPAIR = Label(
    "Open it in Excel or LibreOffice, which may repair it, and save it again; else take an earlier copy.",
    "Ouvrez-le dans Excel ou LibreOffice, qui sauront peut-être le réparer, et enregistrez-le à nouveau\u202f; "
    "sinon, reprenez une copie antérieure.",
)
_SPLIT = Label(
    "Keep only the tables of the chain in it, and remove what fills the sheets for nothing.",
    "N'y gardez que les tableaux de la filière et retirez ce qui remplit les feuilles pour rien.",
)

_AS_MUCH = Label(
    "No more is read: it is as much as a file of this size, or the free memory, can hold.",
    "La lecture s'arrête là : c'est autant qu'un fichier de cette taille, ou la mémoire libre, peut contenir.",
)
_SPLIT_OR_FREE = Label(
    "Keep only the tables of the chain in it, and remove what fills the sheets for nothing. Where memory is short, "
    "close other programs.",
    "N'y gardez que les tableaux de la filière et retirez ce qui remplit les feuilles pour rien. Si la mémoire manque, "
    "fermez d'autres programmes.",
)

# ---- the file itself

MISSING_FILE = Code(
    "FIL01",
    _ERROR,
    Label("There is no file {file_q}.", "Le fichier {file_q} n'existe pas."),
    Label("A workbook to read is expected there.", "Un classeur à lire est attendu à cet endroit."),
    Label("Check the name and the folder.", "Vérifiez le nom et le dossier."),
)
NOT_A_FILE = Code(
    "FIL02",
    _ERROR,
    Label("{file_q} is a folder or a device.", "{file_q} est un dossier ou un périphérique."),
    _FORMATS,
    Label("Name the workbook inside it.", "Indiquez le classeur qui s'y trouve."),
)
EMPTY_FILE = Code(
    "FIL03",
    _ERROR,
    Label("The file {file_q} is empty.", "Le fichier {file_q} est vide."),
    Label(
        "Its copy or download was probably cut short.", "Sa copie ou son téléchargement a sans doute été interrompu."
    ),
    Label(
        "Copy or download it again; if it is still empty, ask whoever sent it for it again.",
        "Copiez-le ou téléchargez-le à nouveau\u202f; s'il est encore vide, redemandez-le à qui vous l'a envoyé.",
    ),
)
LOCKED_FILE = Code(
    "FIL04",
    _ERROR,
    Label("The file {file_q} cannot be opened.", "Le fichier {file_q} ne peut pas être ouvert."),
    Label(
        "Another program holds it, or you may not read it.",
        "Un autre logiciel le retient, ou vous n'avez pas le droit de le lire.",
    ),
    Label(
        "Close it in Excel, or copy it to a folder of your own.",
        "Fermez-le dans Excel, ou copiez-le dans un dossier à vous.",
    ),
)
UNREADABLE_FILE = Code(
    "FIL05",
    _ERROR,
    Label("The file {file_q} cannot be read: {reason}.", "Le fichier {file_q} ne peut pas être lu\u202f: {reason}."),
    Label("", ""),
    Label("Copy it to this computer and try again.", "Copiez-le sur cet ordinateur et recommencez."),
)
PASSWORD = Code(
    "FIL06",
    _ERROR,
    Label("The file {file_q} is protected by a password.", "Le fichier {file_q} est protégé par un mot de passe."),
    Label("It can only be read without one.", "Il ne peut être lu que sans mot de passe."),
    Label(
        "Open it, remove the password (File, Info, Protect), and save it.",
        "Ouvrez-le, retirez le mot de passe (Fichier, Informations, Protéger) et enregistrez-le.",
    ),
)
OLD_EXCEL = Code(
    "FIL07",
    _ERROR,
    Label(
        "The file {file_q} is an old Excel workbook (.xls).",
        "Le fichier {file_q} est un ancien classeur Excel (.xls).",
    ),
    _FORMATS,
    _SAVE_AS,
)
BINARY_EXCEL = Code(
    "FIL08",
    _ERROR,
    Label(
        "The file {file_q} is a binary Excel workbook (.xlsb).",
        "Le fichier {file_q} est un classeur Excel binaire (.xlsb).",
    ),
    _FORMATS,
    _SAVE_AS,
)
PLAIN_TEXT = Code(
    "FIL09",
    _ERROR,
    Label(
        "The file {file_q} is plain text, such as a CSV table.",
        "Le fichier {file_q} est du texte simple, par exemple un tableau CSV.",
    ),
    _FORMATS,
    _SAVE_AS,
)
WEB_PAGE = Code(
    "FIL10",
    _ERROR,
    Label(
        "The file {file_q} is a web page or an XML file, whatever its name says.",
        "Le fichier {file_q} est une page web ou un fichier XML, quoi que dise son nom.",
    ),
    _FORMATS,
    _SAVE_AS,
)
OTHER_DOCUMENT = Code(
    "FIL11",
    _ERROR,
    Label(
        "The file {file_q} is not a workbook: it is {kind}.",
        "Le fichier {file_q} n'est pas un classeur\u202f: c'est {kind}.",
    ),
    _FORMATS,
    Label(
        "Choose the workbook, or save the tables as an Excel workbook (.xlsx).",
        "Choisissez le classeur, ou enregistrez les tableaux dans un classeur Excel (.xlsx).",
    ),
)
DAMAGED_FILE = Code(
    "FIL12",
    _ERROR,
    Label("The file {file_q} is damaged or incomplete.", "Le fichier {file_q} est abîmé ou incomplet."),
    Label("", ""),
    Label(
        "Copy or download it again, or open it in Excel or LibreOffice, which may repair it, and save it.",
        "Copiez-le ou téléchargez-le à nouveau, ou ouvrez-le dans Excel ou LibreOffice, qui sauront peut-être "
        "le réparer, et enregistrez-le.",
    ),
)

# ---- what the file is made of

MISSING_PART = Code(
    "FIL13",
    _ERROR,
    Label("The file lacks one of its parts ({part}).", "Il manque au fichier l'un de ses éléments ({part})."),
    Label("It was not saved completely.", "Il n'a pas été enregistré entièrement."),
    _REPAIR,
)
DAMAGED_PART = Code(
    "FIL14",
    _ERROR,
    Label("A part of the file is damaged ({part}).", "Un élément du fichier est abîmé ({part})."),
    Label("", ""),
    _REPAIR,
)
DECLARATIONS = Code(
    "FIL15",
    _ERROR,
    Label(
        "A part of the file ({part}) declares a document type or entities.",
        "Un élément du fichier ({part}) déclare un type de document ou des entités.",
    ),
    Label(
        "No workbook does: such declarations serve to attack the programs that read them.",
        "Aucun classeur ne le fait\u202f: ces déclarations servent à attaquer les logiciels qui les lisent.",
    ),
    Label("Ask its author for a clean copy.", "Demandez une copie saine à son auteur."),
)
TWO_PARTS = Code(
    "FIL16",
    _ERROR,
    Label("The file holds two parts named {part}.", "Le fichier contient deux éléments nommés {part}."),
    Label("It cannot be told which one holds.", "Rien ne dit lequel est le bon."),
    _REPAIR,
)
NO_SHEET = Code(
    "FIL17",
    _ERROR,
    Label(
        "The workbook {file_q} holds no sheet of cells.", "Le classeur {file_q} ne contient aucune feuille de cellules."
    ),
    Label("", ""),
    Label(
        "Start from a template: filiere new food, or filiere new culture.",
        "Partez d'un modèle\u202f: filiere new food, ou filiere new culture.",
    ),
)
TWIN_SHEETS = Code(
    "FIL18",
    _ERROR,
    Label("Two sheets are named {name_q}.", "Deux feuilles s'appellent {name_q}."),
    Label("A cell is found by the name of its sheet.", "Une cellule se retrouve par le nom de sa feuille."),
    Label("Rename one of them.", "Renommez l'une des deux."),
)
OFF_GRID = Code(
    "FIL19",
    _ERROR,
    Label("A cell has the address {address_q}.", "Une cellule a pour adresse {address_q}."),
    Label(
        "Addresses go from A1 to {last}.",
        "Les adresses vont de A1 à {last}.",
    ),
    _REPAIR,
)
TWO_VALUES = Code(
    "FIL20",
    _ERROR,
    Label("The file gives two values for this cell.", "Le fichier donne deux valeurs pour cette cellule."),
    Label("", ""),
    _REPAIR,
)
LOST_TEXT = Code(
    "FIL21",
    _ERROR,
    Label("The text of this cell is not in the file.", "Le texte de cette cellule n'est pas dans le fichier."),
    Label("", ""),
    _REPAIR,
)
HIDDEN_UNDER_MERGE = Code(
    "FIL22",
    _WARNING,
    Label(
        "A merged cell hides values ({count}, the first in {first}).",
        "Une cellule fusionnée cache des valeurs ({count}, la première en {first}).",
    ),
    Label(
        "Only the value that can be seen, the upper left one, is read.",
        "Seule la valeur visible, en haut à gauche, est lue.",
    ),
    Label(
        "Unmerge the cells to see the hidden values, and delete those or move them.",
        "Annulez la fusion pour voir ces valeurs, puis supprimez-les ou déplacez-les.",
    ),
)

# ---- too much of it

TOO_BIG = Code(
    "FIL23",
    _ERROR,
    Label("The file {file_q} weighs {size} MB.", "Le fichier {file_q} pèse {size} Mo."),
    Label("At most {limit} MB are read.", "La limite est de {limit} Mo."),
    _SPLIT,
)
TOO_BIG_UNPACKED = Code(
    "FIL24",
    _ERROR,
    Label(
        "Once unpacked, the file {file_q} weighs more than {limit} MB.",
        "Une fois décompressé, le fichier {file_q} pèse plus de {limit} Mo.",
    ),
    Label("No more is read.", "La lecture s'arrête là."),
    _SPLIT,
)
TOO_DENSE = Code(
    "FIL25",
    _ERROR,
    Label(
        "A part of the file ({part}) unpacks to more than {ratio} times its size.",
        "Un élément du fichier ({part}) se décompresse en plus de {ratio} fois sa taille.",
    ),
    Label(
        "No workbook does: such files serve to choke the programs that read them.",
        "Aucun classeur ne le fait\u202f: de tels fichiers servent à étouffer les logiciels qui les lisent.",
    ),
    Label("Ask its author for a clean copy.", "Demandez une copie saine à son auteur."),
)
TOO_MANY_CELLS = Code(
    "FIL26",
    _ERROR,
    Label(
        "The workbook holds more than {limit} filled cells.", "Le classeur contient plus de {limit} cellules remplies."
    ),
    _AS_MUCH,
    _SPLIT_OR_FREE,
)
TOO_MANY_MERGES = Code(
    "FIL32",
    _ERROR,
    Label("The sheet has more than {limit} merged ranges.", "La feuille contient plus de {limit} plages fusionnées."),
    Label("No more are read.", "La lecture s'arrête là."),
    Label(
        "Unmerge cells: select the whole sheet, then Merge and Centre off.",
        "Défusionnez les cellules : sélectionnez toute la feuille, puis désactivez « Fusionner et centrer ».",
    ),
)
TOO_MANY_ROWS = Code(
    "FIL27",
    _ERROR,
    Label("The workbook holds more than {limit} filled rows.", "Le classeur contient plus de {limit} lignes remplies."),
    _AS_MUCH,
    _SPLIT_OR_FREE,
)
TOO_MANY_SHEETS = Code(
    "FIL28",
    _ERROR,
    Label("The workbook has more than {limit} sheets.", "Le classeur a plus de {limit} feuilles."),
    Label("No more are read.", "La lecture s'arrête là."),
    _SPLIT,
)
TOO_MUCH_TEXT = Code(
    "FIL29",
    _ERROR,
    Label(
        "The texts of the workbook hold more than {limit} characters.",
        "Les textes du classeur comptent plus de {limit} caractères.",
    ),
    _AS_MUCH,
    _SPLIT_OR_FREE,
)
LONG_TEXT = Code(
    "FIL30",
    _ERROR,
    Label(
        "The text of this cell is longer than {limit} characters.",
        "Le texte de cette cellule dépasse {limit} caractères.",
    ),
    Label("A cell of an Excel workbook holds no more.", "Une cellule d'un classeur Excel n'en contient pas plus."),
    Label("Shorten it.", "Raccourcissez-le."),
)
TOO_SLOW = Code(
    "FIL31",
    _ERROR,
    Label(
        "Reading the file {file_q} takes more than {seconds} seconds of work.",
        "La lecture du fichier {file_q} demande plus de {seconds} secondes de calcul.",
    ),
    Label("No more is read.", "La lecture s'arrête là."),
    _SPLIT,
)
DAMAGED_ASIDE = Code(
    "FIL33",
    _WARNING,
    Label("A part of the file is damaged ({part}).", "Un élément du fichier est abîmé ({part})."),
    Label(
        "No table stands in it, so the tables are read; Excel may refuse the file.",
        "Aucun tableau ne s'y trouve, les tableaux sont donc lus\u202f; Excel refusera peut-être le fichier.",
    ),
    _REPAIR,
)

CODES = codes_in(globals())
