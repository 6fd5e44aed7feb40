"""The problems that a look at the whole chain can find, each row being right on its own."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in


def _error(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.ERROR, fact, rule, remedy)


def _warning(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.WARNING, fact, rule, remedy)


NOTHING_YET = _warning(
    "CHK01",
    Label("Nothing is filled in yet.", "Rien n'est encore rempli."),
    Label(
        "A chain starts with who takes part, what circulates and who can deliver what to whom.",
        "Une filière commence par qui participe, ce qui circule et qui peut livrer quoi à qui.",
    ),
    Label(
        "Start with the sheets {actors_q} and {needs_q}, then {processes_q} and {links_q}.",
        "Commencez par les feuilles {actors_q} et {needs_q}, puis {processes_q} et {links_q}.",
    ),
)
NEED_UNREACHABLE = _warning(
    "CHK02",
    Label("Nobody can bring {product_q} to {actors}.", "Personne ne peut apporter {product_q} à {actors}."),
    Label(
        "This need will stay unmet. What is missing: {missing}.",
        "Ce besoin restera non couvert. Ce qui manque : {missing}.",
    ),
    Label(
        "Add a link, an offer or an activity that supplies it.",
        "Ajoutez un échange, une ressource ou une activité qui l'apporte.",
    ),
)
MUST_UNREACHABLE = _warning(
    "CHK03",
    Label("Nobody can bring {product_q} to {actors}.", "Personne ne peut apporter {product_q} à {actors}."),
    Label(
        "This need must be served, so the chain cannot work as it stands. What is missing: {missing}.",
        "Ce besoin est obligatoire : en l'état, la filière ne peut pas fonctionner. Ce qui manque : {missing}.",
    ),
    Label(
        "Add a link, an offer or an activity that supplies it, or make the need {want_q}.",
        "Ajoutez un échange, une ressource ou une activité qui l'apporte, ou rendez ce besoin {want_q}.",
    ),
)
OUTLET_UNREACHABLE = _warning(
    "CHK04",
    Label("Nobody can bring {product_q} to {actors}.", "Personne ne peut apporter {product_q} à {actors}."),
    Label(
        "This outlet will never be used. What is missing: {missing}.",
        "Ce débouché ne servira jamais. Ce qui manque : {missing}.",
    ),
    Label(
        "Add a link, an offer or an activity that supplies it, or delete the row.",
        "Ajoutez un échange, une ressource ou une activité qui l'apporte, ou supprimez la ligne.",
    ),
)
SPARED_WITHOUT_TODAY = _error(
    "CHK31",
    Label("Nobody is to lose, but no figure of today is filled in.",
          "Personne ne doit perdre, mais aucun chiffre de cette année n'est rempli."),
    Label("What nobody should lose is counted from today on.",
          "Ce que personne ne doit perdre se compte par rapport à cette année."),
    Label("Fill in the column today of the links and of the processes, or put no here.",
          "Remplissez la colonne « cette année » des échanges et des activités, ou mettez non ici."),
)  # fmt: skip
OUTSIDE_PAYS = _warning(
    "CHK32",
    Label("{actor_q} is outside: it pays no compensation.",
          "{actor_q} est à l'extérieur : il ne verse pas de compensation."),
    Label("Those pay who may be no worse off than today: members, or everybody inside.",
          "Versent ceux qui ne doivent rien perdre par rapport à cette année : les membres, ou ceux du territoire."),
    Label("Leave the cell blank.", "Laissez la cellule vide."),
)  # fmt: skip
HANGS_ON_LITTLE = _warning(
    "CHK33",
    Label("{name_q} ({actors}) hangs on {product_q}, a small part of what goes in, which {seller_q} alone brings.",
          "{name_q} ({actors}) dépend de {product_q}, une petite part de ce qui y entre, que {seller_q} est seul à "
          "apporter."),
    Label("If it is missing, the whole activity stops: no meal is served for want of a pinch of lentils.",
          "S'il manque, toute l'activité s'arrête : plus un repas, faute d'une poignée de lentilles."),
    Label("Name what may stand in for it in the column choice, or another seller in the links.",
          "Indiquez ce qui peut le remplacer dans la colonne « au choix », ou un autre fournisseur dans les échanges."),
)  # fmt: skip
PRODUCT_UNUSED = _warning(
    "CHK05",
    Label("Nothing in the workbook mentions {names}.", "Rien dans le classeur ne mentionne {names}."),
    Label(
        "A product that nobody makes, delivers, needs or stores plays no part.",
        "Un produit que personne ne fabrique, ne livre, ne demande ni ne stocke ne joue aucun rôle.",
    ),
    Label(
        "Check the spelling elsewhere. A row that is not needed may be deleted, or left.",
        "Vérifiez l'orthographe ailleurs. Une ligne inutile peut être supprimée, ou laissée.",
    ),
)
PROCESS_WITHOUT_RECIPE = _error(
    "CHK06",
    Label("{name_q} has no recipe.", "{name_q} n'a ni entrée ni sortie."),
    Label(
        "The sheet {sheet_q} must say what one unit of it takes in or puts out.",
        "La feuille {sheet_q} doit dire ce qu'une unité de cette activité consomme ou produit.",
    ),
    Label(
        "Add its rows there, under the same name.",
        "Ajoutez-y ses lignes, sous le même nom.",
    ),
)
OUTPUT_FROM_NOTHING = _warning(
    "CHK07",
    Label("{name_q} puts out {products} and takes in nothing.", "{name_q} produit {products} sans rien consommer."),
    Label(
        "Only services and natural resources come from nothing.",
        "Seuls les services et les ressources naturelles viennent de rien.",
    ),
    Label(
        "Add its inputs (raw materials, land, animals…), even approximate ones.",
        "Ajoutez ses entrées (matières premières, terres, animaux…), même approximatives.",
    ),
)
INPUT_TO_NOTHING = _warning(
    "CHK08",
    Label("{name_q} takes in {products} and puts out nothing.", "{name_q} consomme {products} sans rien produire."),
    Label(
        "Nothing then depends on it, so it will not run unless it must.",
        "Rien ne dépend alors d'elle : elle ne fonctionnera pas, sauf obligation.",
    ),
    Label(
        "Add its outputs; what is finally used goes into the sheet {needs_q}.",
        "Ajoutez ses sorties ; ce qui est utilisé au bout du compte se met dans la feuille {needs_q}.",
    ),
)
YIELD_OVER_ONE = _warning(
    "CHK09",
    Label(
        "{name_q} puts out {output} kg for {input} kg taken in.",
        "{name_q} produit {output} kg pour {input} kg consommés.",
    ),
    Label("Matter does not appear from nowhere.", "La matière n'apparaît pas de nulle part."),
    Label(
        "Correct a quantity, or add the missing input (water, for example).",
        "Corrigez une quantité, ou ajoutez l'entrée oubliée (l'eau, par exemple).",
    ),
)
LOOP_MULTIPLIES = _warning(
    "CHK10",
    Label(
        "Going round {processes}, one {unit} of {product_q} becomes {gain}.",
        "En passant par {processes}, une unité ({unit}) de {product_q} en devient {gain}.",
    ),
    Label(
        "A loop that yields more than it takes can feed on itself without end.",
        "Une boucle qui rend plus qu'elle ne prend peut s'alimenter elle-même sans fin.",
    ),
    Label("Check the quantities of these recipes.", "Vérifiez les quantités de ces activités."),
)
OUTPUT_BLOCKED = _warning(
    "CHK11",
    Label(
        "{product_q}, put out by {name_q}, has nowhere to go from {actor_q}.",
        "{product_q}, produit par {name_q}, n'a nulle part où aller depuis {actor_q}.",
    ),
    Label(
        "It may not be thrown away, so the activity cannot run at all.",
        "Il ne peut pas être jeté : l'activité ne peut donc pas fonctionner.",
    ),
    Label(
        "Add a link, a need or a stock for it, or say that it may be thrown away.",
        "Ajoutez un échange, un besoin ou un stock, ou indiquez qu'il peut être jeté.",
    ),
)
SOLD_TWICE = _warning(
    "CHK12",
    Label(
        "{product_q} at {actor_q} is priced both on the link in {other} and by the revenue here.",
        "{product_q} chez {actor_q} a un prix à la fois sur l'échange en {other} et par la recette indiquée ici.",
    ),
    Label(
        "If both are what the same users pay, it is counted twice.",
        "Si les deux sont ce que paient les mêmes usagers, c'est compté deux fois.",
    ),
    Label(
        "Keep the revenue only for users who are not actors, on top of what {actor_q} pays.",
        "Ne gardez la recette que pour des usagers qui ne sont pas des acteurs, en plus de ce que paie {actor_q}.",
    ),
)
OUTSIDE_RETURNS = _warning(
    "CHK13",
    Label(
        "{product_q} comes back at {actor_q}, who is outside.",
        "{product_q} revient chez {actor_q}, qui est à l'extérieur.",
    ),
    Label(
        "What happens at outside actors is not followed: nothing comes back.",
        "Ce qui se passe chez les acteurs extérieurs n'est pas suivi : rien ne revient.",
    ),
    Label(
        "Write a link from {actor_q} for what it sends back.",
        "Écrivez un échange depuis {actor_q} pour ce qu'il renvoie.",
    ),
)
OUTSIDE_UNIT_COST = _warning(
    "CHK14",
    Label("{actor_q} is outside and its offer has a cost.", "{actor_q} est à l'extérieur et sa ressource a un coût."),
    Label(
        "What outside actors spend is not counted: only the price of their links is.",
        "Les dépenses des acteurs extérieurs ne sont pas comptées : seul compte le prix de leurs échanges.",
    ),
    Label("Put the price on the links.", "Mettez le prix sur les échanges."),
)
INVESTMENT_IGNORED = _warning(
    "CHK15",
    Label(
        "{name_q} has an investment, and its status is {status_q}.",
        "{name_q} a un investissement, et son statut est {status_q}.",
    ),
    Label(
        "Only what is a candidate or opened is paid for by an investment.",
        "Seul ce qui est en projet ou ouvert donne lieu à un investissement.",
    ),
    Label(
        "Change the status, or put the yearly cost into the fixed or expansion cost.",
        "Changez le statut, ou mettez le coût annuel dans le coût fixe ou le coût d'extension.",
    ),
)
EXPANSION_IGNORED = _warning(
    "CHK16",
    Label(
        "{name_q} has an expansion, and its status is {status_q}.",
        "{name_q} a une extension, et son statut est {status_q}.",
    ),
    Label("Only a {scalable_q} activity can grow.", "Seule une activité {scalable_q} peut s'étendre."),
    Label("Change the status, or clear the expansion.", "Changez le statut, ou videz l'extension."),
)
FUNDING_OUTSIDE = _warning(
    "CHK17",
    Label("{actor_q} is outside and receives funding.", "{actor_q} est à l'extérieur et reçoit un financement."),
    Label(
        "Only the budgets of inside actors are followed: the row has no effect.",
        "Seuls les budgets des acteurs du territoire sont suivis : la ligne n'a pas d'effet.",
    ),
    Label("Delete the row, or correct the perimeter.", "Supprimez la ligne, ou corrigez le périmètre."),
)
TODAY_OVER_MAXIMUM = _warning(
    "CHK18",
    Label(
        "This year's figure, {today}, exceeds the limit, {limit}.",
        "Le chiffre de cette année, {today}, dépasse la limite, {limit}.",
    ),
    Label(
        "What was done this year must have been possible.",
        "Ce qui a été fait cette année était forcément possible.",
    ),
    Label("Correct one of the two.", "Corrigez l'un des deux."),
)
SCALES_APART = _warning(
    "CHK19",
    Label(
        "The smallest figure of the workbook, {smallest}, is more than a million million times below the largest, "
        "{largest} in {other}.",
        "Le plus petit chiffre du classeur, {smallest}, est plus de mille milliards de fois inférieur au plus grand, "
        "{largest} en {other}.",
    ),
    Label(
        "Numbers so far apart cannot be reckoned with precisely.",
        "Des nombres si éloignés ne permettent pas un calcul précis.",
    ),
    Label(
        "Leave a limit blank rather than typing a huge number, and choose larger or smaller units.",
        "Laissez une limite vide plutôt que d'écrire un nombre énorme, et choisissez des unités plus adaptées.",
    ),
)
ROW_REPEATED = _warning(
    "CHK20",
    Label("This row repeats {other} word for word.", "Cette ligne répète {other} mot pour mot."),
    Label("Both count.", "Les deux comptent."),
    Label("Delete one of the two if it was pasted twice.", "Supprimez l'une des deux si elle a été collée deux fois."),
)
NAMES_ALIKE = _warning(
    "CHK22",
    Label(
        "{name_q} and {other_q} ({place}) differ by accents, dots or signs alone.",
        "{name_q} et {other_q} ({place}) ne diffèrent que par des accents, des points ou des signes.",
    ),
    Label("They count as two.", "Ils comptent pour deux."),
    Label(
        "Are they one? Then write one name everywhere, and delete one of the two rows.",
        "Est-ce le même ? Alors gardez un seul nom partout, et supprimez l'une des deux lignes.",
    ),
)
LINK_REPEATED = _warning(
    "CHK21",
    Label(
        "This exchange has the same seller, buyer, product and quantities as {other}, but not the same {what}.",
        "Cet échange reprend le fournisseur, le client, le produit et les quantités de {other}, mais diffère par : "
        "{what}.",
    ),
    Label(
        "Both count: what is typed twice is exchanged twice, as two price steps.",
        "Les deux comptent : ce qui est saisi deux fois est échangé deux fois, comme deux paliers de prix.",
    ),
    Label(
        "Keep the row that is right, unless they are two contracts of the same size.",
        "Gardez la ligne qui est juste, sauf s'il s'agit de deux contrats de même taille.",
    ),
)
CIRCLE_OF_PRICES = _warning(
    "CHK23",
    Label(
        "{product_q} may go round: {way}, at different prices ({prices}).",
        "{product_q} peut tourner en rond : {way}, à des prix différents ({prices}).",
    ),
    Label(
        "Goods sent round in a circle would improve a budget without anything being made or used.",
        "Des biens qui tournent combleraient un budget sans que rien soit produit ni utilisé.",
    ),
    Label(
        "Give one price to the whole round, or take out a link that nobody uses.",
        "Donnez un même prix à tout le tour, ou retirez un échange que personne n'utilise.",
    ),
)
FEE_WITHOUT_MAXIMUM = _warning(
    "CHK24",
    Label(
        "{actor_q} pays {taker_q} to take {product_q}, and nothing says how much at most.",
        "{actor_q} paie {taker_q} pour lui prendre {product_q}, et rien ne dit combien au plus.",
    ),
    Label(
        "Without a maximum no more than this year's figure is taken; as that is blank too, nothing is.",
        "Sans maximum, il n'en est pris que ce qui l'est cette année ; ce chiffre manquant aussi, rien ne l'est.",
    ),
    Label(
        "Fill in the largest quantity that may be taken in a year, or this year's.",
        "Indiquez la quantité maximale qui peut être prise dans l'année, ou celle de cette année.",
    ),
)
FAMILY_APART = _warning(
    "CHK25",
    Label(
        "The family {family_q} does not hold together: {dear_q} is worth {dearest}, {cheap_q} {cheapest}.",
        "La famille {family_q} ne tient pas ensemble : {dear_q} vaut {dearest}, {cheap_q} {cheapest}.",
    ),
    Label(
        "Products of one family and stage replace each other where their prices differ by three times at most; here "
        "making less of one is no longer made up for by making more of another.",
        "Les produits d'une famille et d'un maillon se remplacent si leurs prix diffèrent de trois fois au plus ; ici, "
        "faire moins de l'un n'est plus compensé par faire plus d'un autre.",
    ),
    Label(
        "Check these prices, or give what is something else a family of its own.",
        "Vérifiez ces prix, ou donnez une autre famille à ce qui est autre chose.",
    ),
)
ACTIVITY_STARVED = _warning(
    "CHK34",
    Label("{name_q} cannot run at {actor_q}: nobody can bring {products} there.",
          "{name_q} ne peut pas fonctionner chez {actor_q} : personne ne peut y apporter {products}."),
    Label("An activity stops as soon as one of its inputs is missing. What is missing: {missing}.",
          "Une activité s'arrête dès qu'une de ses entrées manque. Ce qui manque : {missing}."),
    Label("Add a link, an offer or an activity that supplies it; an inside actor sells only what it makes, is "
          "delivered or has among its offers.",
          "Ajoutez un échange, une ressource ou une activité qui l'apporte ; un acteur du territoire ne cède que ce "
          "qu'il fait, ce qu'on lui livre ou ce qu'il a parmi ses ressources."),
)  # fmt: skip
SELLERS_OF_NOTHING = _warning(
    "CHK35",
    Label("Sellers without {product_q}: {actors}.", "Fournisseur sans {product_q} : {actors}."),
    Label("The link is never used: an inside actor sells only what it makes, is delivered or has among its offers. "
          "What is missing: {missing}.",
          "L'échange ne sert jamais : un acteur du territoire ne cède que ce qu'il fait, ce qu'on lui livre ou ce "
          "qu'il a parmi ses ressources. Ce qui manque : {missing}."),
    Label("Add a link, an offer or an activity that supplies it, or correct the seller.",
          "Ajoutez un échange, une ressource ou une activité qui l'apporte, ou corrigez le fournisseur."),
)  # fmt: skip
NO_USE = _warning(
    "CHK36",
    Label("Nothing uses {product_q} at {actors}.", "Rien n'utilise {product_q} chez {actors}."),
    Label("What is delivered to an inside actor is used, sold on or stored there; else it is not delivered, and the "
          "link serves for nothing.",
          "Ce qui est livré à un acteur du territoire y est utilisé, revendu ou stocké ; sinon rien n'est livré, et "
          "l'échange ne sert à rien."),
    Label("Add the need of whoever uses it, an activity that takes it in, a link that sells it on or a stock.",
          "Ajoutez le besoin de qui l'utilise, une activité qui le consomme, un échange qui le revend ou un stock."),
)  # fmt: skip
PAID_AND_THROWN_AWAY = _warning(
    "CHK37",
    Label("{product_q} is paid for by {actors}, and nothing uses it there.",
          "{product_q} est payé par {actors}, et rien ne l'utilise là."),
    Label("By-products and waste that nothing uses are thrown away, though they were bought.",
          "Les coproduits et déchets que rien n'utilise sont jetés, même achetés."),
    Label("Add the activity or the need that takes it in, or set the price to 0 if it is taken to be thrown away.",
          "Ajoutez l'activité ou le besoin qui le consomme, ou mettez 0 comme prix s'il est pris pour être jeté."),
)  # fmt: skip
NO_NEED = _warning(
    "CHK38",
    Label("No need is filled in.", "Aucun besoin n'est saisi."),
    Label("A plan serves needs: without any, it moves nothing but what pays when it is sold outside and what a minimum "
          "or a rule asks for. The chain as it is this year can be shown all the same.",
          "Un plan répond à des besoins : sans aucun, rien ne bouge, sauf ce qui rapporte en étant vendu au-dehors et "
          "ce qu'un minimum ou une règle impose. La filière telle qu'elle est cette année peut être montrée quand "
          "même."),
    Label("Say in the sheet {needs_q} who uses what, and how much in a year.",
          "Indiquez dans la feuille {needs_q} qui utilise quoi, et combien par an."),
)  # fmt: skip
NEVER_WHOLE = _warning(
    "CHK39",
    Label("{name_q} can never run at {actor_q}: it runs in whole numbers, and its capacity leaves it {most} {when} at "
          "most.",
          "{name_q} ne peut jamais fonctionner chez {actor_q} : son volume se compte en nombres entiers, et sa "
          "capacité n'en laisse que {most} {when} au plus."),
    Label("A capacity is that of the year: each period has its share of it, by its length or by the calendar. "
          "{each_q} asks for a whole number in each period, {yes_q} for one over the year.",
          "La capacité est celle de l'année : chaque période en a sa part, selon sa durée ou selon le calendrier. "
          "{each_q} demande un nombre entier dans chaque période, {yes_q} un seul sur l'année."),
    Label("Change what stands under whole, raise the capacity, or choose the calendar “free”, which leaves all of it "
          "to any one period.",
          "Changez ce qui est mis sous «\u00a0entier\u00a0», relevez la capacité, ou choisissez le calendrier "
          "«\u00a0libre\u00a0», qui la laisse tout entière à une même période."),
)  # fmt: skip
JOBS_OF_ALL = _warning(
    "CHK40",
    Label("{name_q} takes {jobs} full-time equivalents for each unit of activity, which puts out {value} {sign}: that "
          "is {each} {sign} a year for each.",
          "{name_q} occupe {jobs} ETP par unité d'activité, qui produit pour {value} {sign} : soit {each} {sign} par "
          "an pour chacun."),
    Label("The column counts the jobs of one unit of activity, not those of the whole team: the level multiplies them.",
          "La colonne compte les emplois d'une seule unité d'activité, pas ceux de toute l'équipe : le volume "
          "d'activité les multiplie."),
    Label("Divide the team's full-time equivalents by its level of the year.",
          "Divisez les ETP de l'équipe par son volume d'activité de l'année."),
)  # fmt: skip

CODES = codes_in(globals())
