"""What remains to be decided once accounting exports and members' lists were gathered into a workbook."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_EXPECTED = Label(
    "A table of purchases or sales has a product, a supplier or a client, and a quantity or an amount.",
    "Un tableau d'achats ou de ventes a un produit, un fournisseur ou un client, et une quantité ou un montant.",
)
_HEADINGS = Label(
    "Give its columns headings such as Supplier, Client, Product, Quantity, Unit, Amount, Date.",
    "Donnez à ses colonnes des titres comme Fournisseur, Client, Produit, Quantité, Unité, Montant, Date.",
)

NOTHING_TO_GATHER = Code(
    "GAT01",
    _ERROR,
    Label("No purchase or sale was found in {files}.", "Aucun achat ni aucune vente n'a été trouvé dans {files}."),
    _EXPECTED,
    _HEADINGS,
)
TABLE_LEFT_OUT = Code(
    "GAT02",
    _WARNING,
    Label(
        "This table is not gathered: no column was recognised for {missing}.",
        "Ce tableau n'est pas repris\u202f: aucune colonne n'a été reconnue pour {missing}.",
    ),
    _EXPECTED,
    _HEADINGS,
)
ROW_LEFT_OUT = Code(
    "GAT03",
    _WARNING,
    Label(
        "This row is not gathered: it has no {missing}.", "Cette ligne n'est pas reprise\u202f: il y manque {missing}."
    ),
    Label("", ""),
    Label(
        "Fill it in, or ignore this if the row is a title or a total.",
        "Complétez-la, ou n'en tenez pas compte si c'est un titre ou un total.",
    ),
)
UNREAD_NUMBER = Code(
    "GAT04",
    _WARNING,
    Label(
        "{text_q} cannot be read as a number in one way only.",
        "{text_q} ne se lit pas comme un nombre d'une seule manière.",
    ),
    Label("The figure is left out.", "Ce chiffre n'est pas repris."),
    Label("Type the number without separators of thousands.", "Tapez le nombre sans séparateur de milliers."),
)
SIMILAR_NAMES = Code(
    "GAT05",
    _WARNING,
    Label(
        "{first_q} and {second_q} may be one and the same.",
        "{first_q} et {second_q} désignent peut-être la même chose.",
    ),
    Label("They are kept apart.", "Les deux noms restent distincts."),
    Label(
        "If they are one, write the same name everywhere; else there is nothing to do.",
        "Si c'est le cas, écrivez partout le même nom\u202f; sinon, il n'y a rien à faire.",
    ),
)
TWO_DECLARATIONS = Code(
    "GAT06",
    _WARNING,
    Label(
        "{product}, from {seller} to {buyer}: the seller declares {sold} {unit} ({seller_source}), the buyer {bought} "
        "{unit} ({buyer_source}), a gap of {gap} {unit}.",
        "{product}, de {seller} à {buyer}\u202f: le fournisseur déclare {sold} {unit} ({seller_source}), le client "
        "{bought} {unit} ({buyer_source}), soit un écart de {gap} {unit}.",
    ),
    Label(
        "Weighted by how sure each figure is, {kept} {unit} are kept.",
        "Chaque chiffre pesant selon sa confiance, {kept} {unit} sont retenus.",
    ),
    Label("Ask both, and correct the row if need be.", "Interrogez les deux et corrigez la ligne s'il le faut."),
)
ONE_DECLARATION = Code(
    "GAT07",
    _WARNING,
    Label(
        "{product}, from {seller} to {buyer}: only {declarer} declares it, though both sent figures.",
        "{product}, de {seller} à {buyer}\u202f: seul {declarer} le déclare, alors que les deux ont transmis leurs "
        "chiffres.",
    ),
    Label("The one figure is kept.", "Ce seul chiffre est retenu."),
    Label(
        "Ask the other, who may use another name for it.", "Interrogez l'autre, qui lui donne peut-être un autre nom."
    ),
)
REPEATED_ROW = Code(
    "GAT08",
    _WARNING,
    Label("This row also stands in {other}, word for word.", "Cette ligne figure aussi, mot pour mot, dans {other}."),
    Label("It is counted once.", "Elle est comptée une seule fois."),
    Label(
        "If there were two deliveries, add the second to the row of the workbook.",
        "S'il y a bien eu deux livraisons, ajoutez la seconde à la ligne du classeur.",
    ),
)
NO_QUANTITY = Code(
    "GAT09",
    _WARNING,
    Label(
        "Rows of {product_q} with an amount but no quantity: {count} ({source}).",
        "Lignes de {product_q} avec un montant mais sans quantité\u202f: {count} ({source}).",
    ),
    Label(
        "The quantity is the amount at the average price of the other rows, {price} per unit.",
        "La quantité retenue est ce montant au prix moyen des autres lignes, {price} par unité.",
    ),
    Label("Give the quantities if they are known.", "Donnez les quantités si elles sont connues."),
)
COUNTED_IN_MONEY = Code(
    "GAT10",
    _WARNING,
    Label("No row of {product_q} gives a quantity.", "Aucune ligne de {product_q} ne donne de quantité."),
    Label("It is counted in {currency}, at the price 1.", "Ce produit est compté en {currency}, au prix de 1."),
    Label("Give quantities if they are known.", "Donnez les quantités si elles sont connues."),
)
OTHER_UNIT = Code(
    "GAT11",
    _WARNING,
    Label(
        "{product_q} is counted in {unit} and in {other} ({source}), which cannot be turned into each other.",
        "{product_q} est compté en {unit} et en {other} ({source}), qui ne se convertissent pas l'un dans l'autre.",
    ),
    Label(
        "What is counted in {other} is a product of its own, {name_q}.",
        "Ce qui est compté en {other} devient un produit à part, {name_q}.",
    ),
    Label(
        "If you know what one {other} holds, put both into one product.",
        "Si vous savez à quoi correspond {other}, réunissez-les en un seul produit.",
    ),
)
WITH_TAX = Code(
    "GAT12",
    _WARNING,
    Label("The amounts of this table include tax.", "Les montants de ce tableau sont toutes taxes comprises."),
    Label("They are kept as they are.", "Ils sont repris tels quels."),
    Label(
        "Prices without tax compare better: export the amounts without tax, or a column with the rate.",
        "Des prix hors taxes se comparent mieux\u202f: exportez les montants HT, ou une colonne avec le taux de TVA.",
    ),
)
PERIMETER = Code(
    "GAT13",
    _WARNING,
    Label("Nothing says which perimeter to give to {names}.", "Rien ne dit quel périmètre donner à {names}."),
    Label("The perimeter is taken to be {perimeter_q}, as a guess.", "Le périmètre est supposé\u202f: {perimeter_q}."),
    Label(
        "Correct the perimeter of those that are on the territory, in the sheet of actors.",
        "Corrigez, dans la feuille des acteurs, le périmètre de ceux qui sont du territoire.",
    ),
)
NOTHING_LEFT = Code(
    "GAT14",
    _WARNING,
    Label(
        "{product}, from {seller} to {buyer}: the returns and credit notes leave {kept} {unit} ({source}).",
        "{product}, de {seller} à {buyer}\u202f: une fois les retours et avoirs déduits, il "
        "reste {kept} {unit} ({source}).",
    ),
    Label(
        "A quantity above zero is expected; the link is left out.",
        "Une quantité positive est attendue\u202f; l'échange n'est pas repris.",
    ),
    Label(
        "Check whether the deliveries belong to another year.", "Vérifiez si les livraisons relèvent d'une autre année."
    ),
)
OTHER_YEARS = Code(
    "GAT15",
    _WARNING,
    Label("Rows dated {years}: {count}.", "Lignes datées de {years}\u202f: {count}."),
    Label(
        "The workbook describes one year: only {year} is gathered.",
        "Le classeur décrit une seule année\u202f: seule {year} est reprise.",
    ),
    Label("Add --year to gather another one.", "Ajoutez --year pour reprendre une autre année."),
)
SOLD_TO_ITSELF = Code(
    "GAT16",
    _WARNING,
    Label("{name_q} is both the seller and the buyer.", "{name_q} est à la fois fournisseur et client."),
    Label(
        "A link joins two actors; the row is left out.",
        "Un échange relie deux acteurs\u202f; la ligne n'est pas reprise.",
    ),
    Label("Name the other one.", "Indiquez l'autre acteur."),
)
OWNER_BY_FILE = Code(
    "GAT17",
    _WARNING,
    Label(
        "This table names only the other side of each exchange.",
        "Ce tableau ne nomme que l'autre partie de chaque échange.",
    ),
    Label(
        "It is taken to be that of {owner_q}, after its file's name.",
        "Il est attribué à {owner_q}, d'après le nom du fichier.",
    ),
    Label(
        "If that is wrong, name the file after whoever sent it.",
        "Si ce n'est pas le cas, donnez au fichier le nom de celui qui l'a transmis.",
    ),
)
UNDATED = Code(
    "GAT18",
    _WARNING,
    Label("Rows without a date that can be read: {count}.", "Lignes sans date lisible\u202f: {count}."),
    Label(
        "They are shared out over the year like the dated ones of the same link.",
        "Elles sont réparties dans l'année comme les lignes datées du même échange.",
    ),
    Label("Give their dates.", "Donnez leur date."),
)
NO_MASS = Code(
    "GAT19",
    _WARNING,
    Label("The mass of one unit of {names} is not known.", "La masse d'une unité de {names} n'est pas connue."),
    Label(
        "Circularity is therefore counted in value, in the sheet of settings.",
        "La circularité est donc comptée en valeur, dans la feuille des paramètres.",
    ),
    Label(
        "Fill in the column kg of the products and count in mass if you can.",
        "Remplissez la colonne kg des produits et comptez en masse si vous le pouvez.",
    ),
)

CODES: tuple[Code, ...] = (
    NOTHING_TO_GATHER,
    TABLE_LEFT_OUT,
    ROW_LEFT_OUT,
    UNREAD_NUMBER,
    SIMILAR_NAMES,
    TWO_DECLARATIONS,
    ONE_DECLARATION,
    REPEATED_ROW,
    NO_QUANTITY,
    COUNTED_IN_MONEY,
    OTHER_UNIT,
    WITH_TAX,
    PERIMETER,
    NOTHING_LEFT,
    OTHER_YEARS,
    SOLD_TO_ITSELF,
    OWNER_BY_FILE,
    UNDATED,
    NO_MASS,
)
