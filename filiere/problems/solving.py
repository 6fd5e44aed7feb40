"""The problems that solving a workbook can find."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

NO_TODAY = Code(
    "SOL01",
    Severity.ERROR,
    Label("No figure of today is filled in.", "Aucun chiffre de cette année n'est rempli."),
    Label(
        "What nobody should lose, or what is gained, is counted from today on.",
        "Ce que personne ne doit perdre, ou ce qui est gagné, se compte par rapport à cette année.",
    ),
    Label(
        "Fill in the column today of the links and of the processes, or {otherwise}.",
        "Remplissez la colonne « cette année » des échanges et des activités, ou {otherwise}.",
    ),
)
NO_SUCH_LOSS = Code(
    "SOL03",
    Severity.ERROR,
    Label("Nothing in this workbook is called {name_q}.", "Rien dans ce classeur ne s'appelle {name_q}."),
    Label(
        "What can be lost is an actor, an activity, “activity @ actor”, or a link “from > to, product”.",
        "Ce qui peut être perdu est un acteur, une activité, « activité @ acteur » ou un échange « de > vers, "
        "produit ».",
    ),
    Label("{meant}Correct --loss.", "{meant}Corrigez --loss."),
)
NO_MEMBERS = Code(
    "SOL04",
    Severity.ERROR,
    Label("No actor of this workbook is a member.", "Aucun acteur de ce classeur n'est membre."),
    Label("Members are those whose perimeter says so.", "Sont membres ceux dont le périmètre le dit."),
    Label(
        "Fill in the column perimeter of the actors, or name what is lost with --loss.",
        "Remplissez la colonne périmètre des acteurs, ou nommez ce qui est perdu avec --loss.",
    ),
)

NO_RANK = Code(
    "SOL02",
    Severity.ERROR,
    Label("The objectives have no rank {rank}.", "Aucun objectif n'a la priorité {rank}."),
    Label("Their ranks are {ranks}.", "Leurs priorités sont {ranks}."),
    Label("Give one of these to --rank.", "Donnez l'une d'elles à --rank."),
)

UNBOUNDED_SIZE = Code(
    "SOL05",
    Severity.ERROR,
    Label("Nothing tells how large {name_q} may be.", "Rien ne dit quelle taille {name_q} peut avoir."),
    Label(
        "The size of a project is the most that it would do once opened; this one stands for “as much as one likes”, "
        "and neither needs, nor outlets, nor supplies bound what it could be used for.",
        "La taille d'un projet est le plus qu'il ferait une fois ouvert ; celle-ci veut dire « autant qu'on veut », "
        "et ni besoins, ni débouchés, ni ressources ne limitent ce à quoi il servirait.",
    ),
    Label(
        "Type the size that it would really have, or a quantity for what takes its products.",
        "Tapez la taille qu'il aurait vraiment, ou une quantité pour ce qui prend ses produits.",
    ),
)

FIGURES_APART = Code(
    "SOL06",
    Severity.ERROR,
    Label(
        "No plan can be reckoned with both {smallest} here and {largest} in {other}: they lie too far apart.",
        "Aucun plan ne se calcule avec {smallest} ici et {largest} en {other} : ces chiffres sont trop éloignés.",
    ),
    Label(
        "A computer reckons with some sixteen digits; beside the larger figure, the smaller one is lost in rounding.",
        "Un ordinateur calcule avec une seizaine de chiffres ; à côté du plus grand, le plus petit se perd dans les "
        "arrondis.",
    ),
    Label(
        "Count the product of the smaller or of the larger figure in another unit (kg for t, thousands for pieces), or "
        "leave blank what only means “no limit”.",
        "Comptez le produit du plus petit ou du plus grand dans une autre unité (des kg pour des t, des milliers pour "
        "des pièces), ou laissez vide ce qui veut seulement dire « pas de limite ».",
    ),
)

CODES = codes_in(globals())
