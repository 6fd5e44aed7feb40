"""What questionnaires may meet: nobody to ask, and answers that come back wrong, late, twice, or against others."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

NO_MEMBER = Code(
    "CLT01",
    _ERROR,
    Label("No actor of this workbook is a member.", "Aucun acteur de ce classeur n'est membre."),
    Label(
        "A questionnaire is made for each actor whose perimeter is “member”.",
        "Un questionnaire est préparé pour chaque acteur dont le périmètre est « membre ».",
    ),
    Label(
        "Fill in the column Perimeter of the sheet Actors, or name actors with --actor.",
        "Remplissez la colonne Périmètre de la feuille Acteurs, ou nommez des acteurs avec --actor.",
    ),
)
UNKNOWN_MEMBER = Code(
    "CLT02",
    _ERROR,
    Label("No actor on the territory is called {name_q}.", "Aucun acteur du territoire ne s'appelle {name_q}."),
    Label(
        "Questionnaires are made for members and, when named, for other actors on the territory.",
        "Les questionnaires sont préparés pour les membres et, s'ils sont nommés, pour d'autres acteurs du territoire.",
    ),
    Label("Did you mean {near_q}?", "Vouliez-vous dire {near_q}\u202f?"),
)

DAMAGED = Code(
    "CLT03",
    _WARNING,
    Label(
        "The questionnaire {file_q} is damaged: its marks were changed, or lines are missing.",
        "Le questionnaire {file_q} est abîmé\u202f: ses repères ont été modifiés, ou des lignes manquent.",
    ),
    Label("None of its answers is taken.", "Aucune de ses réponses n'est reprise."),
    Label(
        "Send the member its questionnaire again, or type its answers into the workbook.",
        "Renvoyez son questionnaire au membre, ou tapez ses réponses dans le classeur.",
    ),
)
FOREIGN = Code(
    "CLT04",
    _WARNING,
    Label(
        "The questionnaire {file_q} was sent from another workbook.",
        "Le questionnaire {file_q} a été envoyé depuis un autre classeur.",
    ),
    Label("None of its answers is taken.", "Aucune de ses réponses n'est reprise."),
    Label(
        "Gather it into the workbook that it was made from; if that is this one under a new name or territory, give it "
        "back those of the Settings sheet.",
        "Reprenez-le dans le classeur dont il est issu\u202f; si c'est celui-ci, mais que son nom ou son territoire a "
        "changé, remettez les anciens dans la feuille Paramètres.",
    ),
)
NOBODYS = Code(
    "CLT05",
    _WARNING,
    Label(
        "The questionnaire {file_q} is of an actor that this workbook does not have.",
        "Le questionnaire {file_q} est celui d'un acteur que ce classeur ne connaît pas.",
    ),
    Label("None of its answers is taken.", "Aucune de ses réponses n'est reprise."),
    Label(
        "If the actor was renamed, give it back its former name before gathering.",
        "Si l'acteur a changé de nom, remettez l'ancien avant de reprendre ses réponses.",
    ),
)
SWAPPED = Code(
    "CLT06",
    _WARNING,
    Label(
        "The file {file_q} is called after {other_q} and holds the questionnaire of {actor_q}.",
        "Le fichier {file_q} porte le nom de {other_q} et contient le questionnaire de {actor_q}.",
    ),
    Label(
        "None of its answers is taken: two files may have been swapped.",
        "Aucune de ses réponses n'est reprise\u202f: deux fichiers ont peut-être été échangés.",
    ),
    Label(
        "Ask who filled it in, then give the file the name that it was sent with.",
        "Demandez qui l'a rempli, puis rendez au fichier le nom sous lequel il est parti.",
    ),
)
OTHERS_ROW = Code(
    "CLT07",
    _WARNING,
    Label(
        "{file_q} holds a line of another actor: {line}.",
        "{file_q} contient une ligne d'un autre acteur\u202f: {line}.",
    ),
    Label(
        "That line is refused: each member answers for its own rows.",
        "Cette ligne est refusée\u202f: chaque membre ne répond que de ses propres lignes.",
    ),
    Label("Ask that actor itself.", "Posez la question à cet acteur lui-même."),
)
ROW_GONE = Code(
    "CLT08",
    _WARNING,
    Label(
        "{file_q} answers for a line that the workbook has no more, or under another name: {line} ({answers}).",
        "{file_q} répond sur une ligne que le classeur n'a plus, ou sous un autre nom\u202f: {line} ({answers}).",
    ),
    Label("These answers are left out.", "Ces réponses ne sont pas reprises."),
    Label(
        "If a name was changed since the questionnaire was sent, type the figures into the row; add it again if it is "
        "needed.",
        "Si un nom a changé depuis l'envoi du questionnaire, tapez les chiffres dans la ligne\u202f; rajoutez-la si "
        "elle est utile.",
    ),
)
UNREADABLE = Code(
    "CLT09",
    _WARNING,
    Label(
        "In {file_q}, the answer {text_q} could not be understood for sure.",
        "Dans {file_q}, la réponse {text_q} n'a pas pu être comprise avec certitude.",
    ),
    Label(
        "It is left out; the workbook keeps what it holds.",
        "Elle n'est pas reprise\u202f; le classeur garde ce qu'il contient.",
    ),
    Label(
        "Ask the member which figure it is, and in which unit, and type it into the workbook.",
        "Demandez au membre de quel chiffre il s'agit, et dans quelle unité, puis tapez-le dans le classeur.",
    ),
)
UNIT_NOT_SAID = Code(
    "CLT10",
    _WARNING,
    Label(
        "{file_q} does not say in which unit {product_q} is counted.",
        "{file_q} ne dit pas en quelle unité se compte {product_q}.",
    ),
    Label("{unit_q} stands in its place.", "{unit_q} est inscrit à la place."),
    Label(
        "Once the product is added, correct its unit in the sheet Products.",
        "Une fois le produit ajouté, corrigez son unité dans la feuille Produits.",
    ),
)
MISLABELLED = Code(
    "CLT11",
    _WARNING,
    Label(
        "In {file_q}, a line reads {shown_q}, where {sent_q} was sent.",
        "Dans {file_q}, une ligne dit {shown_q}, là où {sent_q} avait été envoyé.",
    ),
    Label(
        "Lines were moved or typed over: nothing of this one is taken.",
        "Des lignes ont été déplacées ou remplacées\u202f: rien de celle-ci n'est repris.",
    ),
    Label(
        "Ask the member what its figures are about, then type them into the workbook.",
        "Demandez au membre de quoi parlent ses chiffres, puis tapez-les dans le classeur.",
    ),
)
OTHERS_SHEET = Code(
    "CLT12",
    _WARNING,
    Label(
        "The questionnaire {file_q} was sent to {actor_q} and bears the name of {other_q}.",
        "Le questionnaire {file_q} a été envoyé à {actor_q} et porte en titre le nom de {other_q}.",
    ),
    Label(
        "None of its answers is taken: the sheet of one may have been pasted into the file of the other.",
        "Aucune de ses réponses n'est reprise\u202f: la feuille de l'un a peut-être été collée dans le fichier de "
        "l'autre.",
    ),
    Label(
        "Ask who filled it in, and have each fill in the file that it was sent.",
        "Demandez qui l'a rempli, et faites remplir à chacun le fichier qui lui a été envoyé.",
    ),
)
RETITLED = Code(
    "CLT13",
    _WARNING,
    Label(
        "The questionnaire {file_q} was sent to {actor_q} and its title was changed to {title_q}.",
        "Le questionnaire {file_q} a été envoyé à {actor_q}, et son titre est devenu {title_q}.",
    ),
    Label("Its answers are taken as those of {actor}.", "Ses réponses sont reprises comme celles de {actor}."),
    Label(
        "If the actor has a new name, change it in the workbook; if somebody else answered, take these answers out.",
        "Si l'acteur a changé de nom, changez-le dans le classeur\u202f; si un autre a répondu, retirez ces réponses.",
    ),
)
DISPLACED = Code(
    "CLT14",
    _WARNING,
    Label(
        "In {file_q}, {count} of {lines} lines are not those that were sent.",
        "Dans {file_q}, {count} lignes sur {lines} ne sont pas celles qui avaient été envoyées.",
    ),
    Label(
        "None of its answers is taken: the lines were sorted, or others were pasted over them.",
        "Aucune de ses réponses n'est reprise\u202f: les lignes ont été triées, ou d'autres collées à leur place.",
    ),
    Label(
        "Send the member its questionnaire again, or type its answers into the workbook.",
        "Renvoyez son questionnaire au membre, ou tapez ses réponses dans le classeur.",
    ),
)
OUTSIDE = Code(
    "CLT15",
    _WARNING,
    Label(
        "{file_q} holds {text_q} where nothing is asked.",
        "{file_q} contient {text_q} là où rien n'est demandé.",
    ),
    Label(
        "Only the cells to fill in, and lines right below those of a question, are answers; this is left out.",
        "Seules les cases à remplir, et les lignes ajoutées juste sous celles d'une question, sont des réponses\u202f; "
        "ceci n'est pas repris.",
    ),
    Label("Read it, and type into the workbook what it says.", "Lisez-le, et tapez dans le classeur ce que cela dit."),
)
OTHER_SHEET = Code(
    "CLT16",
    _WARNING,
    Label(
        "{file_q} has a sheet more than was sent: {sheet_q}.",
        "{file_q} a une feuille de plus que ce qui a été envoyé\u202f: {sheet_q}.",
    ),
    Label(
        "Only the questionnaire is read; that sheet is left out.",
        "Seul le questionnaire est lu\u202f; cette feuille n'est pas reprise.",
    ),
    Label(
        "Read it, and type into the workbook what it says, or gather it as a file of its own.",
        "Lisez-la, et tapez dans le classeur ce qu'elle dit, ou reprenez-la comme un fichier à part.",
    ),
)
OF_MANY = Code(
    "CLT17",
    _WARNING,
    Label(
        "{file_q} gives a figure of this year, {text_q}, for a line that holds for a group: {line}.",
        "{file_q} donne un chiffre de cette année, {text_q}, pour une ligne qui vaut pour un groupe\u202f: {line}.",
    ),
    Label(
        "It is left out: such a row holds no figure of this year, which each pair has its own of.",
        "Il n'est pas repris\u202f: une telle ligne ne porte aucun chiffre de cette année, chaque couple a le sien.",
    ),
    Label(
        "Ask the member with whom it is, and write one row for each pair.",
        "Demandez au membre avec qui, et écrivez une ligne pour chaque couple.",
    ),
)
OTHER_UNIT = Code(
    "CLT18",
    _WARNING,
    Label(
        "In {file_q}, the line {shown_q} is {sent_q} in the workbook: the unit was changed, here or there, since it "
        "was sent. It answers: {answers}.",
        "Dans {file_q}, la ligne {shown_q} est {sent_q} dans le classeur\u202f: l'unité a changé, ici ou là, depuis "
        "l'envoi. Elle répond\u202f: {answers}.",
    ),
    Label("These answers are left out.", "Ces réponses ne sont pas reprises."),
    Label("Type the figures into the workbook, in its unit.", "Tapez les chiffres dans le classeur, dans son unité."),
)
NO_ACTORS = Code(
    "CLT19",
    _ERROR,
    Label("{file_q} has no sheet of actors.", "{file_q} n'a pas de feuille d'acteurs."),
    Label(
        "Questionnaires are made from a workbook with a sheet Actors (names and perimeters): that one is enough.",
        "Les questionnaires partent d'un classeur avec une feuille Acteurs (noms et périmètres)\u202f: elle suffit.",
    ),
    Label(
        "From a plain list of members, make one: filiere gather LIST --into my-chain.xlsx.",
        "D'une simple liste d'adhérents, faites-en un\u202f: filiere gather LISTE --into ma-filiere.xlsx.",
    ),
)
ODD_NUMBER = Code(
    "CLT20",
    _WARNING,
    Label("{file_q} gives {text_q} as a company number.", "{file_q} donne {text_q} comme numéro d'entreprise."),
    Label(
        "A SIREN has 9 digits, a SIRET 14; it is taken as it was typed.",
        "Un SIREN a 9 chiffres, un SIRET 14\u202f; il est repris comme il a été tapé.",
    ),
    Label("Check it, and correct it in the workbook.", "Vérifiez-le, et corrigez-le dans le classeur."),
)

TWICE = Code(
    "COL10",
    _WARNING,
    Label(
        "{file_q} was gathered already ({actor}, round {round}).", "{file_q} a déjà été repris ({actor}, tour {round})."
    ),
    Label("It is not counted again.", "Il n'est pas compté deux fois."),
    Label("There is nothing to do.", "Il n'y a rien à faire."),
)
SUPERSEDED = Code(
    "COL11",
    _WARNING,
    Label(
        "{file_q} is late: {actor} has answered round {later} already, and this is of round {round}.",
        "{file_q} arrive trop tard\u202f: {actor} a déjà répondu au tour {later}, et ceci est du tour {round}.",
    ),
    Label(
        "None of its answers is taken, so that nothing newer is undone.",
        "Aucune de ses réponses n'est reprise, pour ne rien défaire de plus récent.",
    ),
    Label(
        "If some still hold, type them into the workbook.", "Si certaines valent encore, tapez-les dans le classeur."
    ),
)
LATE = Code(
    "COL12",
    _WARNING,
    Label(
        "{file_q} is late: it is of round {round}, and round {later} has begun.",
        "{file_q} arrive en retard\u202f: il est du tour {round}, et le tour {later} a commencé.",
    ),
    Label(
        "Its answers are taken where the workbook still holds what was sent; the others are decisions.",
        "Ses réponses sont reprises là où le classeur contient encore ce qui avait été envoyé\u202f; les autres sont "
        "des décisions.",
    ),
    Label("There is nothing to do but to decide.", "Il n'y a rien d'autre à faire que de décider."),
)
INCOMPLETE_LINE = Code(
    "COL13",
    _WARNING,
    Label(
        "{file_q} adds a line without saying who or what: {line}.",
        "{file_q} ajoute une ligne sans dire qui ou quoi\u202f: {line}.",
    ),
    Label("It is left out.", "Elle n'est pas reprise."),
    Label("Ask the member.", "Demandez au membre."),
)
ANSWER_UNKNOWN = Code(
    "COL14",
    _WARNING,
    Label(
        "The answer {answer_q} is none of those allowed for: {question}",
        "La réponse {answer_q} n'est pas de celles qui sont possibles pour\u202f: {question}",
    ),
    Label("The question stays open.", "La question reste ouverte."),
    Label("Choose one of the answers listed on its row.", "Choisissez l'une des réponses indiquées sur sa ligne."),
)
ANSWER_UNFIT = Code(
    "COL15",
    _WARNING,
    Label(
        "A decision fits nothing in the workbook any more: {what}.",
        "Une décision ne correspond plus à rien dans le classeur\u202f: {what}.",
    ),
    Label("It is not applied.", "Elle n'est pas appliquée."),
    Label(
        "Add the row again if it is needed, or ignore this.",
        "Rajoutez la ligne si elle est utile, ou n'en tenez pas compte.",
    ),
)
SAID = Code(
    "COL16",
    _WARNING,
    Label("{actor} says besides: {text_q}", "{actor} dit en plus\u202f: {text_q}"),
    Label("This changes nothing in the workbook.", "Cela ne change rien dans le classeur."),
    Label("Type in what should be kept of it.", "Tapez dans le classeur ce qui doit en rester."),
)
UNREAD_FILE = Code(
    "COL17",
    _WARNING,
    Label("{file_q} is left out: {reason}", "{file_q} n'est pas repris\u202f: {reason}"),
    Label("The other files are gathered all the same.", "Les autres fichiers sont repris quand même."),
    Label("Put it right and gather it again.", "Corrigez-le et reprenez-le."),
)
NOTHING_TO_COMPLETE = Code(
    "COL18",
    _ERROR,
    Label("There is no workbook {file_q} to complete.", "Il n'y a pas de classeur {file_q} à compléter."),
    Label(
        "Questionnaires and decisions are gathered into the workbook that they are of.",
        "Les questionnaires et les décisions se reprennent dans le classeur dont ils sont issus.",
    ),
    Label("Name that workbook after --into.", "Indiquez ce classeur après --into."),
)

UNTOUCHED = Code(
    "COL19",
    _WARNING,
    Label(
        "Questionnaires without an answer so far ({count}): {actors}.",
        "Questionnaires encore sans réponse ({count})\u202f: {actors}.",
    ),
    Label("They do not count as answered.", "Ils ne comptent pas comme revenus."),
    Label("Chase their members.", "Relancez ces membres."),
)
LEFT_ALONE = Code(
    "COL20",
    _WARNING,
    Label("{file_q} is left out: {reason}", "{file_q} n'est pas repris\u202f: {reason}"),
    Label("The other files are gathered all the same.", "Les autres fichiers sont repris quand même."),
    Label("There is nothing to do.", "Il n'y a rien à faire."),
)
ANSWERED_THERE = Code(
    "COL21",
    _ERROR,
    Label(
        "The folder {folder_q} holds files that were answered, or in which dates were noted: {files}.",
        "Le dossier {folder_q} contient des fichiers remplis, ou dans lesquels des dates sont notées\u202f: {files}.",
    ),
    Label("They are never written over, --force or not.", "Ils ne sont jamais remplacés, avec --force ou non."),
    Label(
        "Gather them first, then name another folder after --into, or move them away.",
        "Reprenez-les d'abord, puis indiquez un autre dossier après --into, ou déplacez-les.",
    ),
)

CODES = codes_in(globals())
