"""What remains to be decided once electronic invoices, canteens' purchases and tickets were gathered."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

_WARNING = Severity.WARNING
_NOT_READ = Label(
    "The file is left out; the others are read.", "Le fichier n'est pas repris\u202f; les autres le sont."
)
_ASK_ANOTHER = Label(
    "Ask whoever sent it for the invoice as a Factur-X, CII or UBL file.",
    "Demandez à l'expéditeur la facture au format Factur-X, CII ou UBL.",
)

DOCTYPE = Code(
    "INV01",
    _WARNING,
    Label(
        "{file_q} declares a document type (DOCTYPE), which no invoice needs and which can do harm.",
        "{file_q} déclare un type de document (DOCTYPE), dont aucune facture n'a besoin et qui peut nuire.",
    ),
    _NOT_READ,
    _ASK_ANOTHER,
)
BROKEN_XML = Code(
    "INV02",
    _WARNING,
    Label(
        "{file_q} is broken XML: it cannot be read past line {line}.",
        "{file_q} est un XML abîmé\u202f: sa lecture s'arrête à la ligne {line}.",
    ),
    _NOT_READ,
    _ASK_ANOTHER,
)
TOO_LARGE = Code(
    "INV03",
    _WARNING,
    Label(
        "{file_q} holds more than {limit} MB once unpacked.",
        "{file_q} contient plus de {limit} Mo une fois décompressé.",
    ),
    _NOT_READ,
    _ASK_ANOTHER,
)
TOO_DEEP = Code(
    "INV04",
    _WARNING,
    Label(
        "{file_q} holds more elements than any invoice, or nests them too deep.",
        "{file_q} contient plus d'éléments qu'une facture, ou les emboîte trop profondément.",
    ),
    _NOT_READ,
    _ASK_ANOTHER,
)
OTHER_XML = Code(
    "INV05",
    _WARNING,
    Label("{file_q} is XML ({root}) but no invoice.", "{file_q} est un XML ({root}), mais pas une facture."),
    Label(
        "Invoices are read in the forms CII, UBL and ZUGFeRD 1; the file is left out.",
        "Les factures se lisent aux formats CII, UBL et ZUGFeRD 1\u202f; le fichier n'est pas repris.",
    ),
    Label(
        "An order or a web page is no sale: there is nothing to do.",
        "Une commande ou une page web n'est pas une vente\u202f: il n'y a rien à faire.",
    ),
)
ENCRYPTED = Code(
    "INV06",
    _WARNING,
    Label("{file_q} is an encrypted PDF.", "{file_q} est un PDF chiffré."),
    _NOT_READ,
    Label(
        "Save it without protection, or ask for another.", "Enregistrez-le sans protection, ou demandez-en un autre."
    ),
)
BROKEN_PDF = Code(
    "INV07",
    _WARNING,
    Label("{file_q} is a broken PDF.", "{file_q} est un PDF abîmé."),
    _NOT_READ,
    _ASK_ANOTHER,
)
NOTHING_ATTACHED = Code(
    "INV08",
    _WARNING,
    Label(
        "{file_q} is a PDF with no invoice attached: its page is a picture for people.",
        "{file_q} est un PDF sans facture jointe\u202f: sa page n'est lisible que par des personnes.",
    ),
    _NOT_READ,
    Label(
        "If it is an answered questionnaire, ask for the spreadsheet itself (.xlsx or .ods); if it is an invoice, ask "
        "whoever sent it for a Factur-X, CII or UBL file.",
        "Si c'est un questionnaire rempli, demandez le fichier du tableur (.xlsx ou .ods)\u202f; si c'est une facture, "
        "demandez-la à l'expéditeur au format Factur-X, CII ou UBL.",
    ),
)
SEVERAL_ATTACHED = Code(
    "INV09",
    _WARNING,
    Label(
        "{file_q} holds several invoices under names of their own: {names}.",
        "{file_q} contient plusieurs factures sous des noms propres\u202f: {names}.",
    ),
    _NOT_READ,
    Label("Save the right one and gather it.", "Enregistrez la bonne et reprenez-la."),
)
EMPTY_INVOICE = Code(
    "INV10",
    _WARNING,
    Label(
        "{file_q} has the form of an invoice and neither number, line nor amount.",
        "{file_q} a la forme d'une facture, sans numéro, ni ligne, ni montant.",
    ),
    _NOT_READ,
    _ASK_ANOTHER,
)
NO_SALE = Code(
    "INV11",
    _WARNING,
    Label("{file_q} ({number}) is a pro forma invoice.", "{file_q} ({number}) est une facture pro forma."),
    Label("It is no sale; it is left out.", "Ce n'est pas une vente\u202f; elle n'est pas reprise."),
    Label("There is nothing to do.", "Il n'y a rien à faire."),
)

_APART = Label(
    "It moves nothing: it makes no link and is listed here with its amount.",
    "Rien n'est livré\u202f: aucun échange n'est créé, le montant est noté ici.",
)
_NOTHING = Label("There is nothing to do.", "Il n'y a rien à faire.")


def _warning(code: str, fact: tuple[str, str], rule: tuple[str, str] | Label, remedy: tuple[str, str] | Label) -> Code:
    said = [one if isinstance(one, Label) else Label(*one) for one in (fact, rule, remedy)]
    return Code(code, _WARNING, *said)


COUNTED_ONCE = _warning(
    "INV20",
    ("{number} of {seller} also stands in {kept_q}.", "{number} de {seller} figure aussi dans {kept_q}."),
    (
        "It is counted once, from the fuller file.",
        "Elle est comptée une seule fois, d'après le fichier le plus complet.",
    ),
    _NOTHING,
)
COPIES_DIFFER = _warning(
    "INV21",
    (
        "Two files of {number} state different amounts: {net}, and {other} in {kept_q}.",
        "Deux fichiers de {number} portent des montants différents\u202f: {net}, et {other} dans {kept_q}.",
    ),
    ("The fuller file is kept.", "Le fichier le plus complet est retenu."),
    ("Ask the seller which is right.", "Demandez au fournisseur lequel est juste."),
)
REPLACED = _warning(
    "INV22",
    (
        "{number} is replaced by the corrected invoice {by}.",
        "{number} est remplacée par la facture rectificative {by}.",
    ),
    ("The corrected invoice alone is counted.", "Seule la facture rectificative est comptée."),
    _NOTHING,
)
CORRECTED_TWICE = _warning(
    "INV23",
    (
        "{number} corrects {other}, which another document corrects too.",
        "{number} rectifie {other}, qu'un autre document rectifie aussi.",
    ),
    ("Both corrections are counted.", "Les deux rectifications sont comptées."),
    ("Leave out the one that is out of date.", "Retirez celle qui n'est plus valable."),
)
CORRECTS_NOTHING = _warning(
    "INV24",
    (
        "{number} is a corrected invoice ({net} {currency}) that names no invoice.",
        "{number} est une facture rectificative ({net} {currency}) qui ne nomme aucune facture.",
    ),
    ("It is left out: it might count a sale twice.", "Elle n'est pas reprise\u202f: une vente compterait deux fois."),
    ("Say which invoice it replaces.", "Dites quelle facture elle remplace."),
)
PREPAYMENT = _warning(
    "INV25",
    (
        "{number} is a prepayment, or the reversal of one; see {final}.",
        "{number} est un acompte, ou l'annulation d'un acompte\u202f; voyez {final}.",
    ),
    (
        "The final invoice lists everything: the prepayment makes no link.",
        "La facture finale détaille tout\u202f: l'acompte ne crée aucun échange.",
    ),
    _NOTHING,
)
PREPAYMENT_ALONE = _warning(
    "INV26",
    (
        "{number} is a prepayment ({net} {currency}) whose final invoice is not here.",
        "{number} est un acompte ({net} {currency}) dont la facture finale n'est pas là.",
    ),
    ("It makes no link.", "Aucun échange n'est créé."),
    ("Gather the final invoice with it.", "Ajoutez la facture finale."),
)
NO_LINES = _warning(
    "INV27",
    (
        "{number} ({date}), from {seller} to {buyer}: {net} {currency} net of VAT, without any line.",
        "{number} ({date}), de {seller} à {buyer}\u202f: {net} {currency} HT, sans aucune ligne.",
    ),
    (
        "Product and quantity are not known; no link is made.",
        "Le produit et la quantité ne sont pas connus\u202f; aucun échange n'est créé.",
    ),
    ("Which product was it, and how much?", "Quel produit était-ce, et en quelle quantité\u202f?"),
)
OTHER_CURRENCY = _warning(
    "INV28",
    ("{number} of {seller} is in {currency}.", "{number} de {seller} est en {currency}."),
    (
        "The quantities are kept; the prices are left blank.",
        "Les quantités sont reprises\u202f; les prix restent vides.",
    ),
    ("At which exchange rate?", "À quel taux de change\u202f?"),
)
NO_CURRENCY = _warning(
    "INV29",
    ("{number} of {seller} does not say its currency.", "{number} de {seller} ne dit pas sa monnaie."),
    (
        "The quantities are kept; the prices are left blank.",
        "Les quantités sont reprises\u202f; les prix restent vides.",
    ),
    ("In which currency is it?", "En quelle monnaie est-elle\u202f?"),
)
UNKNOWN_UNIT = _warning(
    "INV30",
    (
        "{product_q} is counted in {unit_q}, a unit code that is in no list ({number}).",
        "{product_q} est compté en {unit_q}, un code d'unité qui n'est dans aucune liste ({number}).",
    ),
    ("The unit is kept as written.", "L'unité est reprise telle quelle."),
    ("What does one hold?", "À quoi correspond cette unité\u202f?"),
)
DEPOSIT_APART = _warning(
    "INV31",
    (
        "{number}, from {seller} to {buyer}: deposit {name_q}, {amount} {currency}.",
        "{number}, de {seller} à {buyer}\u202f: consigne {name_q}, {amount} {currency}.",
    ),
    _APART,
    _NOTHING,
)
REBATE_APART = _warning(
    "INV32",
    (
        "{number}, from {seller} to {buyer}: rebate {name_q}, {amount} {currency}, on no product.",
        "{number}, de {seller} à {buyer}\u202f: remise {name_q}, {amount} {currency}, sur aucun produit.",
    ),
    _APART,
    (
        "Spread it over the prices of the products it rewards, or leave it.",
        "Répartissez-la sur les prix des produits concernés, ou laissez-la.",
    ),
)
DISCOUNT_APART = _warning(
    "INV33",
    (
        "{number}, from {seller} to {buyer}: {name_q}, {amount} {currency} on the whole document.",
        "{number}, de {seller} à {buyer}\u202f: {name_q}, {amount} {currency} sur tout le document.",
    ),
    (
        "The prices of the lines are kept without it; it is listed here.",
        "Les prix des lignes sont repris sans en tenir compte\u202f; le montant est noté ici.",
    ),
    _NOTHING,
)
CHARGE_APART = _warning(
    "INV47",
    (
        "{number}, from {seller} to {buyer}: charge {name_q}, {amount} {currency}, for no good.",
        "{number}, de {seller} à {buyer}\u202f: frais {name_q}, {amount} {currency}, pour aucun bien.",
    ),
    _APART,
    _NOTHING,
)
PREPAID_APART = _warning(
    "INV34",
    (
        "{number}, from {seller} to {buyer}: prepayment {name_q}, {amount} {currency}.",
        "{number}, de {seller} à {buyer}\u202f: acompte {name_q}, {amount} {currency}.",
    ),
    _APART,
    _NOTHING,
)
TRANSPORT_SPREAD = _warning(
    "INV35",
    (
        "{number}, from {seller} to {buyer}: transport {name_q}, {amount} {currency}.",
        "{number}, de {seller} à {buyer}\u202f: transport {name_q}, {amount} {currency}.",
    ),
    (
        "It is the transport cost of the links of this document, shared out by value.",
        "C'est le coût de transport des échanges de ce document, réparti selon leur valeur.",
    ),
    _NOTHING,
)
TRANSPORT_ALONE = _warning(
    "INV36",
    (
        "{number}, from {seller} to {buyer}: transport {name_q}, {amount} {currency}, without goods to bear it.",
        "{number}, de {seller} à {buyer}\u202f: transport {name_q}, {amount} {currency}, sans marchandise pour le "
        "porter.",
    ),
    _APART,
    ("Which goods did it carry?", "Quelles marchandises ont été transportées\u202f?"),
)
PRICE_ROUNDED = _warning(
    "INV37",
    (
        "{number}, {product_q}: price and quantity make {made}, the line says {stated}.",
        "{number}, {product_q}\u202f: prix et quantité donnent {made}, la ligne indique {stated}.",
    ),
    (
        "The line's amount is kept; the price seems to be rounded.",
        "Le montant de la ligne est retenu\u202f; le prix semble arrondi.",
    ),
    _NOTHING,
)
QUANTITY_IN_DOUBT = _warning(
    "INV38",
    (
        "{number}, {product_q}: the stated price and the quantity {quantity} make {made}, the line says {stated}.",
        "{number}, {product_q}\u202f: le prix indiqué et la quantité {quantity} donnent {made}, la ligne indique "
        "{stated}.",
    ),
    (
        "The line's amount and quantity are kept: the price is amount over quantity.",
        "Le montant et la quantité de la ligne sont retenus\u202f: le prix est leur quotient.",
    ),
    ("Is the quantity right?", "La quantité est-elle juste\u202f?"),
)
DOES_NOT_ADD_UP = _warning(
    "INV39",
    (
        "{number}: its lines make {made} {currency}, it states {stated}.",
        "{number}\u202f: ses lignes font {made} {currency}, elle indique {stated}.",
    ),
    ("The lines are kept.", "Les lignes sont retenues."),
    ("Ask the seller which is right.", "Demandez au fournisseur ce qui est juste."),
)
UNREAD_FIELD = _warning(
    "INV40",
    (
        "{number}: {text_q} cannot be read ({field}).",
        "{number}\u202f: {text_q} ne se lit pas ({field}).",
    ),
    (
        "Its standard writes numbers with a point and days as year, month, day; the field is left blank.",
        "La norme écrit les nombres avec un point et les jours en année, mois, jour\u202f; le champ reste vide.",
    ),
    ("What is the right value?", "Quelle est la bonne valeur\u202f?"),
)
ODD_ATTACHMENT = _warning(
    "INV41",
    ("The invoice {number} is attached as {name_q}.", "La facture {number} est jointe sous le nom {name_q}."),
    (
        "The standard's name is factur-x.xml; the invoice is read all the same.",
        "Le nom prévu est factur-x.xml\u202f; la facture est lue quand même.",
    ),
    _NOTHING,
)
NAMELESS_LINE = _warning(
    "INV42",
    (
        "{number}, from {seller} to {buyer}: a line of {amount} {currency} names no product.",
        "{number}, de {seller} à {buyer}\u202f: une ligne de {amount} {currency} ne nomme aucun produit.",
    ),
    ("It makes no link.", "Aucun échange n'est créé."),
    ("Which product was it?", "Quel produit était-ce\u202f?"),
)
ONE_NAME = _warning(
    "INV43",
    (
        "The name {name_q} is borne by {count} actors with different numbers.",
        "Le nom {name_q} est porté par {count} acteurs aux numéros différents.",
    ),
    (
        "Each keeps its own row, and so does whoever gives that name without a number.",
        "Chacun garde sa ligne, de même que celui qui donne ce nom sans numéro.",
    ),
    ("Say which one is meant where no number is given.", "Précisez de qui il s'agit là où le numéro manque."),
)
ONE_NUMBER_NAMES = _warning(
    "INV48",
    (
        "{name_q} and {names} bear one company number, {number}.",
        "{name_q} et {names} portent le même numéro SIREN, {number}.",
    ),
    ("They are one actor here.", "Ils ne font ici qu'un seul acteur."),
    (
        "If they are to be told apart, give one of them a row of its own in the workbook.",
        "S'il faut les distinguer, donnez à l'un d'eux une ligne à part dans le classeur.",
    ),
)
CHECK_DIGIT = _warning(
    "INV44",
    (
        "The number {number} of {name_q} is no SIREN or SIRET: its check digit is wrong.",
        "Le numéro {number} de {name_q} n'est ni un SIREN ni un SIRET\u202f: sa clé est fausse.",
    ),
    ("It is kept as written.", "Il est repris tel quel."),
    ("Ask for the right number.", "Demandez le bon numéro."),
)

ALSO_INVOICED = _warning(
    "INV45",
    (
        "This row is the sale of the invoice {number} ({kept}).",
        "Cette ligne est la vente de la facture {number} ({kept}).",
    ),
    ("The sale is counted once, from the invoice.", "La vente est comptée une seule fois, d'après la facture."),
    _NOTHING,
)

ONE_GTIN = _warning(
    "INV46",
    (
        "{name_q} and {other_q} bear one article number, GTIN {number}.",
        "{name_q} et {other_q} portent le même numéro d'article, GTIN {number}.",
    ),
    ("They are one product, under the first name.", "C'est un seul produit, sous le premier nom."),
    ("If they are not, ask the sellers for the right number.", "Sinon, demandez le bon numéro aux fournisseurs."),
)

CODES = codes_in(globals())
