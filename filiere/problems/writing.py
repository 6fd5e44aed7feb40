"""The problems that writing a file can meet."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

_ERROR = Severity.ERROR

ALREADY_THERE = Code(
    "OUT01",
    _ERROR,
    Label("There already is a file {file_q}.", "Il existe déjà un fichier {file_q}."),
    Label("It is not overwritten without being asked to.", "Il n'est pas remplacé sans que vous le demandiez."),
    Label(
        "Add --force to replace it, or write to {free_q} with {option}.",
        "Ajoutez --force pour le remplacer, ou écrivez dans {free_q} avec {option}.",
    ),
)
LOCKED_TARGET = Code(
    "OUT02",
    _ERROR,
    Label("The file {file_q} cannot be written.", "Le fichier {file_q} ne peut pas être écrit."),
    Label(
        "Another program holds it (is it open in Excel?), or you may not write to this folder.",
        "Un autre logiciel le retient (est-il ouvert dans Excel\u202f?), ou vous n'avez pas le droit d'écrire "
        "dans ce dossier.",
    ),
    Label(
        "Close it and run the command again, or write to {free_q} with {option}.",
        "Fermez-le et relancez la commande, ou écrivez dans {free_q} avec {option}.",
    ),
)
DISK_FULL = Code(
    "OUT03",
    _ERROR,
    Label(
        "There is no room left to write {file_q} ({size} MB).",
        "Il n'y a plus assez de place pour écrire {file_q} ({size} Mo).",
    ),
    Label("What was there before is unchanged.", "Ce qui s'y trouvait avant est intact."),
    Label(
        "Free some space on this disk, or write to another one with {option}.",
        "Libérez de la place sur ce disque, ou écrivez sur un autre avec {option}.",
    ),
)
TARGET_FOLDER = Code(
    "OUT04",
    _ERROR,
    Label("{file_q} is a folder.", "{file_q} est un dossier."),
    Label("The name of a file is expected.", "Un nom de fichier est attendu."),
    Label("Add the name of the file after it.", "Ajoutez-y le nom du fichier."),
)
NO_FOLDER = Code(
    "OUT05",
    _ERROR,
    Label("The folder {folder_q} cannot be made.", "Le dossier {folder_q} ne peut pas être créé."),
    Label(
        "A file stands in its way, or you may not write there.",
        "Un fichier occupe la place, ou l'écriture y est interdite.",
    ),
    Label("Choose another folder with {option}.", "Choisissez un autre dossier avec {option}."),
)
NOT_WRITTEN = Code(
    "OUT06",
    _ERROR,
    Label(
        "The file {file_q} cannot be written: {reason}.", "Le fichier {file_q} ne peut pas être écrit\u202f: {reason}."
    ),
    Label("What was there before is unchanged.", "Ce qui s'y trouvait avant est intact."),
    Label("Choose another name or folder with {option}.", "Choisissez un autre nom ou un autre dossier avec {option}."),
)
OVER_INPUT = Code(
    "OUT07",
    _ERROR,
    Label("The output {file_q} is also an input.", "Le résultat {file_q} serait écrit sur le classeur d'origine."),
    Label("A workbook that is read is never written to.", "Un classeur lu n'est jamais modifié."),
    Label("Write to {free_q}, say, with {option}.", "Écrivez par exemple dans {free_q} avec {option}."),
)
CLOSED_FOLDER = Code(
    "OUT08",
    _ERROR,
    Label(
        "The file {file_q} cannot be written: the folder {folder_q} takes no new files.",
        "Le fichier {file_q} ne peut pas être écrit\u202f: le dossier {folder_q} n'accepte pas de nouveaux fichiers.",
    ),
    Label("You may only read there.", "Vous n'avez que le droit d'y lire."),
    Label("Write to another folder with {option}.", "Écrivez dans un autre dossier avec {option}."),
)
OTHER_ENDING = Code(
    "OUT09",
    _ERROR,
    Label("A copy cannot be called {file_q}.", "Une copie ne peut pas s'appeler {file_q}."),
    Label(
        "What is in it is a workbook that Excel opens only under a name that ends in {ending_q}.",
        "Ce qu'elle contient est un classeur qu'Excel n'ouvre que sous un nom qui finit par {ending_q}.",
    ),
    Label("Call it {free_q}.", "Appelez-la {free_q}."),
)
NOT_ADDED = Code(
    "OUT10",
    Severity.WARNING,
    Label(
        "The results cannot be added to a copy of {file_q}: {reason}.",
        "Les résultats ne peuvent pas être ajoutés à une copie de {file_q}\u202f: {reason}.",
    ),
    Label(
        "A copy is made only where all the rest of the workbook stays as it is, to the byte.",
        "Une copie n'est faite que si tout le reste du classeur y est inchangé, à l'octet près.",
    ),
    Label(
        "They are written to a workbook of their own; to have them in a copy, save the workbook again as a plain "
        ".xlsx, without protection or signature.",
        "Ils sont écrits dans un classeur à part\u202f; pour les avoir dans une copie, enregistrez à nouveau le "
        "classeur en .xlsx, sans protection ni signature.",
    ),
)
ANNOTATED_ANEW = Code(
    "OUT11",
    Severity.WARNING,
    Label(
        "The annotated copy does not keep all of {file_q}: {reason}.",
        "La copie annotée ne garde pas tout de {file_q}\u202f: {reason}.",
    ),
    Label(
        "Pictures, charts, pivot tables, macros or the values of formulas may be missing in it; the cells are there.",
        "Images, graphiques, tableaux croisés, macros ou valeurs des formules peuvent y manquer\u202f; les cellules "
        "y sont.",
    ),
    Label(
        "Use it to find the problems and correct them in the workbook itself; or save the workbook again as a plain "
        ".xlsx, without protection or signature, and check that.",
        "Servez-vous-en pour repérer les problèmes, corrigés dans le classeur lui-même\u202f; ou enregistrez à nouveau "
        "le classeur en .xlsx, sans protection ni signature, et vérifiez celui-ci.",
    ),
)
SOME_WRITTEN = Code(
    "OUT12",
    _ERROR,
    Label("Written: {written}. Not written: {missing}.", "Écrit : {written}. Non écrit : {missing}."),
    Label(
        "The files of a run take their names one after another, each whole.",
        "Les fichiers d'un calcul prennent leurs noms l'un après l'autre, chacun entier.",
    ),
    Label("Once the obstacle is gone, run the command again.", "Une fois l'obstacle levé, relancez la commande."),
)
NONE_WRITTEN = Code(
    "OUT13",
    _ERROR,
    Label("No file of this run was written.", "Aucun fichier de ce calcul n'a été écrit."),
    Label(
        "The files of a run take their names only when all of them are whole.",
        "Les fichiers d'un calcul ne prennent leurs noms que quand tous sont entiers.",
    ),
    Label("Once the obstacle is gone, run the command again.", "Une fois l'obstacle levé, relancez la commande."),
)
HELD_OPEN = Code(
    "OUT14",
    _ERROR,
    Label("The file {file_q} is open in {program}.", "Le fichier {file_q} est ouvert dans {program}."),
    Label(
        "What is written would be lost to whoever has it open, or lost when they save.",
        "Ce qui serait écrit échapperait à qui l'a ouvert, ou serait perdu à son prochain enregistrement.",
    ),
    Label(
        "Close it and run the command again, or write to {free_q} with {option}. If nobody has it open, delete the "
        "file {lock_q} that says so, or add --force.",
        "Fermez-le et relancez la commande, ou écrivez dans {free_q} avec {option}. Si personne ne l'a ouvert, "
        "supprimez le fichier {lock_q} qui le dit, ou ajoutez --force.",
    ),
)
HELD_REPLACED = Code(
    "OUT15",
    Severity.WARNING,
    Label(
        "The file {file_q} is replaced while it is open in {program}.",
        "Le fichier {file_q} est remplacé alors qu'il est ouvert dans {program}.",
    ),
    Label("It was asked for with --force.", "C'est ce que demande --force."),
    Label(
        "Close it there without saving, and open it again: saving it would put the former file back.",
        "Fermez-le là sans enregistrer, puis rouvrez-le\u202f: l'enregistrer remettrait l'ancien fichier.",
    ),
)
INPUT_HELD = Code(
    "OUT16",
    Severity.WARNING,
    Label("The workbook {file_q} is open in {program}.", "Le classeur {file_q} est ouvert dans {program}."),
    Label(
        "What is read is what was saved last.",
        "Ce qui est lu est ce qui a été enregistré en dernier.",
    ),
    Label(
        "If figures were changed since, save it and run the command again.",
        "Si des chiffres ont changé depuis, enregistrez-le et relancez la commande.",
    ),
)
ONE_FILE_TWICE = Code(
    "OUT17",
    _ERROR,
    Label(
        "The outputs {file_q} and {other_q} are one file.", "Les résultats {file_q} et {other_q} sont un seul fichier."
    ),
    Label(
        "They meet through a link, or differ by capital letters alone.",
        "Ils se rejoignent par un lien, ou ne diffèrent que par des majuscules.",
    ),
    Label("Give each its own name.", "Donnez à chacun son nom."),
)
NUMBERED = Code(
    "OUT18",
    Severity.WARNING,
    Label(
        "The file {file_q} stays as it is; the results go to {free_q}.",
        "Le fichier {file_q} reste tel quel\u202f; les résultats vont dans {free_q}.",
    ),
    Label(
        "It was not made by this command from this workbook, or somebody has saved it since.",
        "Il n'a pas été fait par cette commande à partir de ce classeur, ou quelqu'un l'a enregistré depuis.",
    ),
    Label("Add --force to replace it.", "Ajoutez --force pour le remplacer."),
)

CODES = codes_in(globals())
