"""The problems that writing a file can meet."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

_ERROR = Severity.ERROR

ALREADY_THERE = Code(
    "OUT01",
    _ERROR,
    Label("There already is a file {file_q}.", "Il existe déjà un fichier {file_q}."),
    Label("It is not overwritten without being asked to.", "Il n'est pas remplacé sans que vous le demandiez."),
    Label(
        "Add --force to replace it, or write to {free_q} with -o.",
        "Ajoutez --force pour le remplacer, ou écrivez dans {free_q} avec -o.",
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
        "Close it and run the command again, or write to {free_q} with -o.",
        "Fermez-le et relancez la commande, ou écrivez dans {free_q} avec -o.",
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
        "Free some space on this disk, or write to another one with -o.",
        "Libérez de la place sur ce disque, ou écrivez sur un autre avec -o.",
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
    Label("Choose another folder with -o.", "Choisissez un autre dossier avec -o."),
)
NOT_WRITTEN = Code(
    "OUT06",
    _ERROR,
    Label(
        "The file {file_q} cannot be written: {reason}.", "Le fichier {file_q} ne peut pas être écrit\u202f: {reason}."
    ),
    Label("What was there before is unchanged.", "Ce qui s'y trouvait avant est intact."),
    Label("Choose another name or folder with -o.", "Choisissez un autre nom ou un autre dossier avec -o."),
)
OVER_INPUT = Code(
    "OUT07",
    _ERROR,
    Label("The output {file_q} is also an input.", "Le résultat {file_q} serait écrit sur le classeur d'origine."),
    Label("A workbook that is read is never written to.", "Un classeur lu n'est jamais modifié."),
    Label("Write to {free_q}, say, with -o.", "Écrivez par exemple dans {free_q} avec -o."),
)
CLOSED_FOLDER = Code(
    "OUT08",
    _ERROR,
    Label(
        "The file {file_q} cannot be written: the folder {folder_q} takes no new files.",
        "Le fichier {file_q} ne peut pas être écrit\u202f: le dossier {folder_q} n'accepte pas de nouveaux fichiers.",
    ),
    Label("You may only read there.", "Vous n'avez que le droit d'y lire."),
    Label("Write to another folder with -o.", "Écrivez dans un autre dossier avec -o."),
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
        "They are written to a workbook of their own; to have them in a copy, save the workbook anew as a plain "
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
        "Use it to find the problems and mend them in the workbook itself; or save the workbook anew as a plain .xlsx, "
        "without protection or signature, and check that.",
        "Servez-vous-en pour repérer les problèmes, corrigés dans le classeur lui-même\u202f; ou enregistrez à nouveau "
        "le classeur en .xlsx, sans protection ni signature, et vérifiez celui-ci.",
    ),
)

CODES: tuple[Code, ...] = (
    ALREADY_THERE,
    LOCKED_TARGET,
    DISK_FULL,
    TARGET_FOLDER,
    NO_FOLDER,
    NOT_WRITTEN,
    OVER_INPUT,
    CLOSED_FOLDER,
    OTHER_ENDING,
    NOT_ADDED,
    ANNOTATED_ANEW,
)
