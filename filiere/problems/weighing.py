"""What this year's figures say of themselves: none of it stops a run, all of it changes what is worth planning."""

from __future__ import annotations

from filiere.language import Label, quoted
from filiere.problems.problem import Code, Severity, codes_in


def _warning(code: str, fact: Label, rule: Label, remedy: Label) -> Code:
    return Code(code, Severity.WARNING, fact, rule, remedy)


_LACKS = Label(
    "This year {actor_q} uses or delivers {out} {unit} of {product_q} and gets or makes {into}: {gap} {unit} are "
    "missing{when}.",
    "Cette année, {actor_q} utilise ou livre {out} {unit} de {product_q} et en reçoit ou en fait {into} : il manque "
    "{gap} {unit}{when}.",
)
MISSING_SUPPLIER = _warning(
    "TDY01",
    _LACKS,
    Label(
        "Nothing else in the workbook brings it: a supplier is probably missing, or a figure of one is too low.",
        "Rien d'autre dans le classeur ne l'apporte : il manque sans doute un fournisseur, ou un de ses chiffres est "
        "trop bas.",
    ),
    Label(
        "Add the link, the offer or the activity that brings it, or correct this year's figure.",
        "Ajoutez l'échange, la ressource ou l'activité qui l'apporte, ou corrigez le chiffre de cette année.",
    ),
)
MISSING_IN_SEASON = _warning(
    "TDY02",
    _LACKS,
    Label(
        "Over the year it would do; the calendars do not let it be there in time.",
        "Sur l'année il y en aurait assez ; ce sont les calendriers qui ne la laissent pas arriver à temps.",
    ),
    Label(
        "Correct the calendar of what brings it, or choose the calendar “free” where only the year's total counts.",
        "Corrigez le calendrier de ce qui l'apporte, ou choisissez le calendrier « libre » si seul le total de "
        "l'année compte.",
    ),
)
MISSING_BY_LOSS = _warning(
    "TDY03",
    _LACKS,
    Label("It is what the losses take away{place}.", "C'est ce que les pertes enlèvent{place}."),
    Label("Check the losses of the links and stocks.", "Vérifiez les pertes des échanges et des stocks."),
)
MISSING_BY_LIMIT = _warning(
    "TDY04",
    _LACKS,
    Label(
        "What brings it is held back by a maximum or a capacity.",
        "Ce qui l'apporte est bridé par un maximum ou une capacité.",
    ),
    Label("Raise the limit, or correct this year's figure.",
          "Relevez la limite, ou corrigez le chiffre de cette année."),
)  # fmt: skip
THOUSANDFOLD = _warning(
    "TDY05",
    Label(
        "This year {into} {unit} of {product_q} come in at {actor_q} and {out} go out: about a thousand times more "
        "or less.",
        "Cette année, {into} {unit} de {product_q} arrivent chez {actor_q} et {out} en sortent : environ mille fois "
        "plus ou moins.",
    ),
    Label("A figure is probably typed in another unit (kg for t).",
          "Un chiffre est sans doute saisi dans une autre unité (kg pour t)."),
    Label("Check this figure, {value}, and the others of this product.",
          "Vérifiez ce chiffre, {value}, et les autres de ce produit."),
)  # fmt: skip
TOO_MUCH = _warning(
    "TDY06",
    Label(
        "This year {actor_q} gets or makes {into} {unit} of {product_q}, and uses or delivers {out}: {gap} {unit} go "
        "nowhere{when}.",
        "Cette année, {actor_q} reçoit ou fait {into} {unit} de {product_q}, et en utilise ou en livre {out} : {gap} "
        "{unit} ne vont nulle part{when}.",
    ),
    Label("What comes in goes out.", "Ce qui entre ressort."),
    Label(
        "Add the link, the need or the stock that takes it, or correct this year's figure.",
        "Ajoutez l'échange, le besoin ou le stock qui l'absorbe, ou corrigez le chiffre de cette année.",
    ),
)
CANNOT_RUN = _warning(
    "TDY07",
    Label(
        "{name_q} at {actor_q} ran at {today} this year, and the other figures let it reach {reached} only: {gap} "
        "{unit} of {product_q} are missing{when}.",
        "{name_q} chez {actor_q} a fonctionné à {today} cette année, et les autres chiffres ne lui permettent que "
        "{reached} : il manque {gap} {unit} de {product_q}{when}.",
    ),
    Label("What was done this year must have been possible.",
          "Ce qui a été fait cette année était forcément possible."),
    Label("Complete what brings {product_q}, or correct its calendar.",
          "Complétez ce qui apporte {product_q}, ou corrigez son calendrier."),
)  # fmt: skip
FIGURE_BENT = _warning(
    "TDY08",
    Label(
        "{what}: {typed} typed for this year, {reached} at the nearest once everything balances.",
        "{what} : {typed} dans le classeur pour cette année, {reached} au plus près une fois tout équilibré.",
    ),
    Label("Why: {causes}.", "Pourquoi : {causes}."),
    Label("Correct this figure, or what it does not fit.", "Corrigez ce chiffre, ou ceux qui le contredisent."),
)
RECIPE_SCALE = _warning(
    "TDY09",
    Label(
        "{name_q} takes or gives {value} {unit} of {product_q}, and usually about {usual}.",
        "{name_q} consomme ou produit {value} {unit} de {product_q}, contre {usual} d'habitude.",
    ),
    Label("That is about a thousand times more or less.", "C'est environ mille fois plus ou moins."),
    Label("Check the unit (kg for t, or the other way).", "Vérifiez l'unité (kg pour t, ou l'inverse)."),
)
PRICE_SCALE = _warning(
    "TDY10",
    Label(
        "The price of {product_q} here, {value}, is about a thousand times more or less than {usual}, its price "
        "elsewhere.",
        "Le prix de {product_q} ici, {value}, est environ mille fois plus ou moins que {usual}, son prix ailleurs.",
    ),
    Label("Prices are per unit of the product ({unit}).", "Les prix sont par unité du produit ({unit})."),
    Label("Check whether it was typed per kg.", "Vérifiez s'il n'a pas été saisi au kg."),
)
ONLY_A_PROJECT = _warning(
    "TDY11",
    Label(
        "Only the project {name_q} at {maker_q} could bring {product_q} to {actor_q}, who wishes {quantity} {unit}.",
        "Seul le projet {name_q} chez {maker_q} pourrait apporter {product_q} à {actor_q}, qui en souhaite {quantity} "
        "{unit}.",
    ),
    Label(
        "A wish is served before costs are looked at: the project costs {cost} {currency} a year.",
        "Un souhait est couvert avant que l'on regarde les coûts : le projet coûte {cost} {currency} par an.",
    ),
    Label("Ask whether the wish is worth it, or make it an outlet.",
          "Demandez-vous si le souhait le vaut, ou faites-en un débouché."),
)  # fmt: skip
UNPROTECTED = _warning(
    "TDY12",
    Label(
        "{name_q} at {actor_q} exists, and no figure of this year says that it runs.",
        "{name_q} chez {actor_q} existe, et aucun chiffre de cette année ne dit qu'elle fonctionne.",
    ),
    Label("Nothing protects it: a plan may stop it unnoticed.",
          "Rien ne la protège : un plan peut l'arrêter sans que cela se voie."),
    Label("Fill in its level of this year, 0 where it did not run.",
          "Indiquez son volume de cette année, 0 si elle n'a pas fonctionné."),
)  # fmt: skip
SIDES_APART = _warning(
    "TDY13",
    Label(
        "The seller says {seller} and the buyer {buyer} for {product_q}.",
        "Le fournisseur dit {seller} et le client {buyer} pour {product_q}.",
    ),
    Label("They are more than 10 % apart.", "L'écart dépasse 10 %."),
    Label("Ask both, or say which of the two is measured.",
          "Demandez aux deux, ou dites lequel des deux est mesuré."),
)  # fmt: skip

ALONE = _warning(
    "TDY14",
    Label(
        "{what}: {typed} typed for this year; were it {value}, the other figures would fit.",
        "{what} : {typed} dans le classeur pour cette année ; si c'était {value}, les autres chiffres s'accorderaient.",
    ),
    Label("It is probably the one that is wrong.", "C'est sans doute celui-là qui est faux."),
    Label("Check this figure first.", "Vérifiez d'abord ce chiffre."),
)
SWAPPED = _warning(
    "TDY15",
    Label(
        "{what}: {typed} typed for this year, and {typed_other} would fit, which is what {place} says ({other}).",
        "{what} : {typed} dans le classeur pour cette année, or {typed_other} s'accorderait, et c'est ce que dit "
        "{place} ({other}).",
    ),
    Label("The two figures seem to have changed places.", "Les deux chiffres semblent intervertis."),
    Label("Check both, and their seasons.", "Vérifiez les deux, et leurs saisons."),
)
BLANK = _warning(
    "TDY16",
    Label(
        "This year's figure of {product_q} from {seller_q} to {buyer_q} is blank; the others ask for {value} {unit}.",
        "Le chiffre de cette année manque pour {product_q}, de {seller_q} à {buyer_q} ; les autres en demandent "
        "{value} {unit}.",
    ),
    Label("What is not typed is only supposed.", "Ce qui n'est pas saisi n'est que supposé."),
    Label("Fill it in, 0 where nothing was delivered.", "Indiquez-le, 0 si rien n'a été livré."),
)

UNTAKEN = _warning(
    "TDY28",
    Label(
        "This year {actor_q} makes {made} {unit} of {product_q}, and no figure says that anybody takes any.",
        "Cette année, {actor_q} fait {made} {unit} de {product_q}, et aucun chiffre ne dit que quelqu'un en prend.",
    ),
    Label(
        "It counts as unused and brings no money in: the account of this year is not the true one.",
        "Cela compte comme inutilisé et ne rapporte rien : le compte de cette année n'est pas le vrai.",
    ),
    Label(
        "Fill in this year's figure here (to {buyer_q}) or of another link, 0 where nothing was delivered.",
        "Indiquez le chiffre de cette année ici (vers {buyer_q}) ou d'un autre échange, 0 si rien n'a été livré.",
    ),
)

IDLE = _warning(
    "TDY29",
    Label(
        "This year {actor_q} makes {made} {unit} of {product_q}, and the figures use {used} {unit} of it: the rest, "
        "{share}, stays unused.",
        "Cette année, {actor_q} fait {made} {unit} de {product_q}, et les chiffres saisis en utilisent {used} "
        "{unit}\u202f: le reste, {share}, ne sert à rien.",
    ),
    Label(
        "A plan only makes what is used: what the rest costs would look like a saving, and its jobs would go.",
        "Un plan ne fait que ce qui sert\u202f: ce que coûte le reste passerait pour une économie, et les emplois "
        "disparaîtraient.",
    ),
    Label(
        "Add what uses the rest (a need, a link, an input), or count here what this chain uses alone.",
        "Ajoutez ce qui utilise le reste (un besoin, un échange, une entrée), ou ne comptez ici que ce que cette "
        "filière utilise.",
    ),
)

BLANK_LEVEL = _warning(
    "TDY17",
    Label(
        "This year's level of {name_q} at {actor_q} is blank; the other figures ask for {value}.",
        "Le volume d'activité de cette année manque pour {name_q} chez {actor_q} ; les autres chiffres en demandent "
        "{value}.",
    ),
    Label("What is not typed is only supposed.", "Ce qui n'est pas saisi n'est que supposé."),
    Label("Fill it in, 0 where it did not run.", "Indiquez-le, 0 si elle n'a pas fonctionné."),
)

RESALE = _warning(
    "TDY18",
    Label(
        "The rule {rule_q} counts what {seller_q} sells of {product_q}, and {seller_q} can buy it from {outside_q}.",
        "La règle {rule_q} compte ce que vend {seller_q} de {product_q}, et {seller_q} peut l'acheter à {outside_q}.",
    ),
    Label(
        "A rule on who sells is met by what is resold, wherever it comes from.",
        "Une règle sur le vendeur est respectée par de la simple revente, d'où que vienne le produit.",
    ),
    Label(
        "Ask for a label of the product, or look at the share of local origin in the results.",
        "Demandez plutôt un label du produit, ou regardez la part d'origine locale dans les résultats.",
    ),
)

TOO_LARGE = Label("a thousand times too large", "mille fois trop grands")
TOO_SMALL = Label("a thousand times too small", "mille fois trop petits")
DIVIDE = Label("divide them by 1,000", "divisez-les par 1 000")
MULTIPLY = Label("multiply them by 1,000", "multipliez-les par 1 000")
COLUMN_SCALE = _warning(
    "TDY19",
    Label(
        "Sheet {sheet_q}, column {column_q}: the figures{of_unit} ({first} to {last}) are about {way} beside "
        "all the others.",
        "Feuille {sheet_q}, colonne {column_q} : les chiffres{of_unit} ({first} à {last}) sont environ {way} à "
        "côté de tous les autres.",
    ),
    Label(
        "{count} accounts of this year fit once they are corrected: the whole column was probably typed in another "
        "unit (kg for t).",
        "Une fois corrigés, {count} comptes de cette année tombent juste : toute la colonne a sans doute été saisie "
        "dans une autre unité (kg pour t).",
    ),
    Label("Unless the other columns are wrong, {mend}; what else is found below takes that as done.",
          "À moins que les autres colonnes soient fausses, {mend} ; la suite des constats le suppose fait."),
)  # fmt: skip


def whose(kind: str, actor: str) -> Label:
    """Return whose figures are meant: all of an actor, those of what it sells and does, or of what it buys."""
    en, fr = quoted(actor, "en"), quoted(actor, "fr")
    if kind == "buyer":
        return Label(f"what {en} buys", f"des achats de {fr}")
    return Label(f"what {en} sells and does", f"des ventes et activités de {fr}") if kind == "seller" else (
        Label(en, f"de {fr}"))  # fmt: skip


ACTOR_SCALE = _warning(
    "TDY20",
    Label(
        "This year's figures of {whose} are about {way} beside all the others.",
        "Les chiffres de cette année {whose} sont environ {way} à côté de tous les autres.",
    ),
    Label(
        "{count} accounts fit once they are corrected: they were probably all typed in another unit (kg for t).",
        "Une fois corrigés, {count} comptes tombent juste : ils ont sans doute tous été saisis dans une autre unité "
        "(kg pour t).",
    ),
    Label("Ask in which unit they were given, and {mend}; what else is found below takes that as done.",
          "Demandez dans quelle unité ils ont été donnés, et {mend} ; la suite des constats le suppose fait."),
)  # fmt: skip
NEED_SCALE = _warning(
    "TDY21",
    Label(
        "{actor_q} wants {quantity} {unit} of {product_q}, and {got} are delivered or made this year: about a thousand "
        "times more or less.",
        "{actor_q} demande {quantity} {unit} de {product_q}, et {got} en sont livrés ou faits cette année : environ "
        "mille fois plus ou moins.",
    ),
    Label("One of the two is probably typed in another unit (kg for t).",
          "L'un des deux est sans doute saisi dans une autre unité (kg pour t)."),
    Label("Check this quantity, and this year's figures of this product.",
          "Vérifiez cette quantité, et les chiffres de cette année de ce produit."),
)  # fmt: skip
PRICES_SCALE = _warning(
    "TDY22",
    Label(
        "Sheet {sheet_q}: {count} prices ({first} to {last}) are about a thousand times more or less than the usual "
        "ones; {product_q}, for one: {value}, and elsewhere {usual}.",
        "Feuille {sheet_q} : {count} prix ({first} à {last}) sont environ mille fois plus ou moins que ceux "
        "d'ailleurs ; {product_q}, par exemple : {value}, contre {usual} ailleurs.",
    ),
    Label("Prices are per unit of the product ({unit}): these were probably all typed per kg.",
          "Les prix sont par unité du produit ({unit}) : ceux-ci ont sans doute tous été saisis au kg."),
    Label("Multiply the column by 1,000, or give the products the unit that was used.",
          "Multipliez la colonne par 1 000, ou donnez aux produits l'unité utilisée."),
)  # fmt: skip
RECIPES_SCALE = _warning(
    "TDY23",
    Label(
        "Sheet {sheet_q}: {count} amounts ({first} to {last}) are about a thousand times more or less than the usual "
        "ones; {product_q}, for one: {value} {unit}, and usually {usual}.",
        "Feuille {sheet_q} : {count} quantités ({first} à {last}) sont environ mille fois plus ou moins que celles "
        "d'habitude ; {product_q}, par exemple : {value} {unit}, contre {usual} d'habitude.",
    ),
    Label("They were probably all typed in another unit (kg for t).",
          "Elles ont sans doute toutes été saisies dans une autre unité (kg pour t)."),
    Label("Correct the whole column, or give the products the unit that was used.",
          "Corrigez toute la colonne, ou donnez aux produits l'unité utilisée."),
)  # fmt: skip
_UNIT_SLIP = Label("It is probably typed in another unit (kg for t).",
                   "Il est sans doute saisi dans une autre unité (kg pour t).")  # fmt: skip
OFFER_SCALE = _warning(
    "TDY24",
    Label(
        "{actor_q} could give {value} {unit} of {product_q}; all that asks for it comes to {asked}: about a thousand "
        "times less.",
        "{actor_q} pourrait fournir {value} {unit} de {product_q} ; tout ce qui le demande fait {asked}, environ "
        "mille fois moins.",
    ),
    _UNIT_SLIP,
    Label("Check this figure; leave it blank where nothing limits it.",
          "Vérifiez ce chiffre ; laissez-le vide si rien ne le limite."),
)  # fmt: skip
CAPACITY_SCALE = _warning(
    "TDY25",
    Label(
        "{name_q} at {actor_q} has a capacity of {value}; all that asks for what it makes comes to {asked}: about a "
        "thousand times less.",
        "{name_q} chez {actor_q} a une capacité de {value} ; tout ce qui demande ce qu'elle produit fait {asked}, "
        "environ mille fois moins.",
    ),
    _UNIT_SLIP,
    Label("Check this figure; leave it blank where nothing limits it.",
          "Vérifiez ce chiffre ; laissez-le vide si rien ne le limite."),
)  # fmt: skip
OFFER_BEYOND = _warning(
    "TDY26",
    Label(
        "{actor_q} could give {value} {unit} of {product_q}; all that moves of it this year in the whole chain, or of "
        "its family, comes to {moved}.",
        "{actor_q} pourrait fournir {value} {unit} de {product_q} ; tout ce qui en circule cette année dans la "
        "filière, ou de sa famille, fait {moved}.",
    ),
    _UNIT_SLIP,
    Label("Check this figure; leave it blank where nothing limits it.",
          "Vérifiez ce chiffre ; laissez-le vide si rien ne le limite."),
)  # fmt: skip
CAPACITY_BEYOND = _warning(
    "TDY27",
    Label(
        "{name_q} at {actor_q} could make {value} {unit} of {product_q}; all that moves of it this year in the whole "
        "chain, or of its family, comes to {moved}.",
        "{name_q} chez {actor_q} pourrait produire {value} {unit} de {product_q} ; tout ce qui en circule cette année "
        "dans la filière, ou de sa famille, fait {moved}.",
    ),
    _UNIT_SLIP,
    Label("Check this figure; leave it blank where nothing limits it.",
          "Vérifiez ce chiffre ; laissez-le vide si rien ne le limite."),
)  # fmt: skip

CODES = codes_in(globals())
