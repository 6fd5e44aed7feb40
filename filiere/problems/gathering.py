"""What remains to be decided once accounting exports and members' lists were gathered into a workbook."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity, codes_in

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
    Label("{how} Then gather again.", "{how} Puis recommencez."),
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
        "{text_q} could not be read as a number for sure.",
        "{text_q} n'a pas pu être lu comme un nombre avec certitude.",
    ),
    Label("The figure is left out.", "Ce chiffre n'est pas repris."),
    Label(
        "Type the number alone, without separators of thousands.", "Tapez le nombre seul, sans séparateur de milliers."
    ),
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
        "The surer figure counts, or the mean of two that are equally sure: {kept} {unit}.",
        "Le chiffre le plus sûr compte, ou la moyenne de deux chiffres aussi sûrs\u202f: {kept} {unit}.",
    ),
    Label("Ask both, and correct the row if need be.", "Interrogez les deux et corrigez la ligne s'il le faut."),
)
THIRD_UNHEARD = Code(
    "GAT127",
    _WARNING,
    Label(
        "{product}, from {seller} to {buyer}: a file of neither of them tells {told} {unit} ({source}), their own "
        "files or invoices {kept} {unit}.",
        "{product}, de {seller} à {buyer}\u202f: un fichier qui n'est ni de l'un ni de l'autre dit {told} "
        "{unit} ({source}), leurs propres fichiers ou factures {kept} {unit}.",
    ),
    Label("What their own say counts.", "Ce que disent les leurs compte."),
    Label(
        "If the other file is the complete one, take its figure in the workbook.",
        "Si c'est l'autre fichier qui est complet, reprenez son chiffre dans le classeur.",
    ),
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
SAME_ROWS = Code(
    "GAT60",
    _WARNING,
    Label(
        "Rows without a number of a piece that stand above already, word for word: {count} ({source}).",
        "Lignes sans numéro de pièce qui figurent déjà plus haut, mot pour mot\u202f: {count} ({source}).",
    ),
    Label("Each is counted as a delivery of its own.", "Chacune est comptée comme une livraison distincte."),
    Label(
        "If they were typed twice, take one away and gather again.",
        "Si elles ont été saisies deux fois, retirez-en une et recommencez.",
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
    Label(
        "Everything is counted without tax: the rate is asked among the decisions, and prices stay blank until then.",
        "Tout se compte hors taxe\u202f: le taux est demandé dans les décisions et les prix restent vides d'ici là.",
    ),
    Label(
        "Answer it, or export the amounts without tax, or a column with the rate.",
        "Répondez-y, ou exportez les montants hors taxe, ou une colonne avec le taux de TVA.",
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
RESOLD = Code(
    "GAT129",
    _WARNING,
    Label(
        "Each row of this table names a supplier and a client, with figures of buying and of selling.",
        "Chaque ligne de ce tableau nomme un fournisseur et un client, avec des chiffres d'achat et de vente.",
    ),
    Label(
        "It makes two exchanges: {owner_q} buys from the one and sells to the other, each with its own figures.",
        "Elle fait deux échanges\u202f: {owner_q} achète à l'un et vend à l'autre, chacun avec ses chiffres.",
    ),
    Label(
        "If somebody else buys and sells here, name the file after them. If the one sells to the other directly, keep "
        "one column of prices.",
        "Si quelqu'un d'autre achète et revend ici, donnez son nom au fichier. Si l'un vend directement à l'autre, ne "
        "gardez qu'une colonne de prix.",
    ),
)
OWNER_ABOVE = Code(
    "GAT59",
    _WARNING,
    Label(
        "This table names only the other side of each exchange.",
        "Ce tableau ne nomme que l'autre partie de chaque échange.",
    ),
    Label(
        "It is taken to be that of {owner_q}, whose name stands above it.",
        "Il est attribué à {owner_q}, dont le nom figure au-dessus.",
    ),
    Label(
        "If that is wrong, take the name off and name the file after whoever sent it.",
        "Si ce n'est pas le cas, retirez ce nom et donnez au fichier le nom de celui qui l'a transmis.",
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

UNCLOSED_QUOTE = Code(
    "GAT20",
    _WARNING,
    Label(
        "A quotation mark opens on this line and is never closed.",
        "Un guillemet s'ouvre sur cette ligne et n'est jamais refermé.",
    ),
    Label(
        "It is taken for a stray sign, and the line is read alone.",
        "Il est pris pour un signe égaré et la ligne est lue seule.",
    ),
    Label(
        "Check this line against the original.",
        "Comparez cette ligne à l'original.",
    ),
)
SHIFTED_ROW = Code(
    "GAT21",
    _WARNING,
    Label(
        "This line has {found} fields where the headings have {expected}.",
        "Cette ligne a {found} champs alors que les titres en ont {expected}.",
    ),
    Label(
        "Its values stand under other headings than their own; the line is left out.",
        "Ses valeurs sont décalées sous d'autres titres\u202f; la ligne n'est pas reprise.",
    ),
    Label(
        "Export the file again with another separator, or with quotation marks around texts.",
        "Exportez à nouveau le fichier avec un autre séparateur, ou avec des guillemets autour des textes.",
    ),
)
NOT_COUNTED = Code(
    "GAT22",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "They are no purchase or sale that took place, and are left out.",
        "Ce ne sont pas des achats ni des ventes réalisés\u202f; ces lignes ne sont pas reprises.",
    ),
    Label(
        "If they took place, say so in that column.",
        "S'ils ont bien eu lieu, indiquez-le dans cette colonne.",
    ),
)
UNKNOWN_KIND = Code(
    "GAT143",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}, a kind that is not known: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}, une sorte qui n'est pas connue\u202f: {count} ({source}).",
    ),
    Label(
        "They are counted as purchases or sales that took place.",
        "Elles sont comptées comme des achats ou des ventes réalisés.",
    ),
    Label(
        "If they are credit notes, quotes or orders, write so in that column.",
        "Si ce sont des avoirs, des devis ou des commandes, écrivez-le dans cette colonne.",
    ),
)
TAKEN_OFF = Code(
    "GAT38",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}, as a credit note does: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}, comme un avoir\u202f: {count} ({source}).",
    ),
    Label("Their quantities and amounts are taken off.", "Leurs quantités et montants sont déduits."),
    Label(
        "If they are no credit notes, say so in a column Type.",
        "Si ce ne sont pas des avoirs, indiquez-le dans une colonne Type.",
    ),
)
TITLED_CREDIT = Code(
    "GAT50",
    _WARNING,
    Label("This table is under the title {title_q}.", "Ce tableau porte le titre {title_q}."),
    Label(
        "It is taken for a credit note: its quantities and amounts are taken off.",
        "Il est pris pour un avoir\u202f: ses quantités et montants sont déduits.",
    ),
    Label(
        "If it is none, change the title, or say so in a column Type.",
        "Si ce n'est pas un avoir, changez le titre, ou indiquez-le dans une colonne Type.",
    ),
)
TITLED_ASIDE = Code(
    "GAT51",
    _WARNING,
    Label("This table is under the title {title_q}.", "Ce tableau porte le titre {title_q}."),
    Label(
        "By that name it holds no purchase or sale that took place; it is left out.",
        "D'après ce nom, il ne contient ni achats ni ventes réalisés\u202f; il n'est pas repris.",
    ),
    Label(
        "If they took place, give the table, sheet or file another name.",
        "S'ils ont bien eu lieu, donnez un autre nom au tableau, à la feuille ou au fichier.",
    ),
)
PART_OF_ABOVE = Code(
    "GAT52",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}, part of what stands above: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}, une part de ce qui précède\u202f: {count} ({source}).",
    ),
    Label("They are not counted again.", "Ces lignes ne sont pas comptées une seconde fois."),
    Label("If they come on top, give the goods a name.", "Si elles s'y ajoutent, donnez un nom à ces produits."),
)
PACKAGES_HOLD = Code(
    "GAT55",
    _WARNING,
    Label(
        "Rows that count packages, beside what one holds in the column {column_q}: {count} ({source}).",
        "Lignes comptées en colis, à côté de ce que contient un colis, colonne {column_q}\u202f: {count} ({source}).",
    ),
    Label("The quantity is one times the other.", "La quantité est le produit des deux."),
    Label(
        "If the quantities are no packages, change their heading.",
        "Si les quantités ne sont pas des colis, changez leur titre.",
    ),
)
TAX_WITHIN = Code(
    "GAT53",
    _WARNING,
    Label(
        "Nothing says whether the column {column_q} includes VAT; the VAT beside it has usual rates only if it does.",
        "Rien ne dit si la colonne {column_q} est TTC\u202f; la TVA à côté n'a des taux habituels que si elle l'est.",
    ),
    Label("The VAT is taken off.", "La TVA en est retirée."),
    Label(
        "If the amounts are without VAT, write HT in the heading.", "S'ils sont hors taxe, écrivez HT dans le titre."
    ),
)
TAX_ON_PRICES = Code(
    "GAT126",
    _WARNING,
    Label(
        "The column {column_q} is the quantity times the price, with a usual rate of VAT on top.",
        "La colonne {column_q} donne la quantité multipliée par le prix, plus une TVA à un taux usuel.",
    ),
    Label(
        "It is taken to include VAT: the quantity times the price counts.",
        "Elle est prise comme TTC\u202f: c'est la quantité multipliée par le prix qui compte.",
    ),
    Label(
        "If the amounts are without VAT, write HT in the heading.",
        "Si les montants sont hors taxe, écrivez HT dans le titre.",
    ),
)
TAX_OPEN = Code(
    "GAT54",
    _WARNING,
    Label(
        "Nothing says whether the column {column_q} includes VAT, and the VAT beside it does not tell.",
        "Rien ne dit si la colonne {column_q} est TTC, et la TVA à côté ne permet pas de trancher.",
    ),
    Label(
        "A decision asks; the prices stay blank meanwhile.",
        "Une décision le demande\u202f; les prix restent vides en attendant.",
    ),
    Label("Or write HT or TTC in the heading.", "Ou écrivez HT ou TTC dans le titre."),
)
UNUSED_COLUMNS = Code(
    "GAT23",
    _WARNING,
    Label(
        "These columns hold values that were not used: {names}.",
        "Ces colonnes contiennent des valeurs qui n'ont pas été utilisées\u202f: {names}.",
    ),
    Label(
        "Only what is listed in the guide is taken.",
        "Seul ce que décrit le guide est repris.",
    ),
    Label(
        "If one of them changes what a row means, correct the rows.",
        "Si l'une d'elles change le sens d'une ligne, corrigez les lignes.",
    ),
)
AMOUNTS_JOINED = Code(
    "GAT125",
    _WARNING,
    Label(
        "The amounts of this table stand in several columns: {names}.",
        "Les montants de ce tableau sont répartis en plusieurs colonnes\u202f: {names}.",
    ),
    Label("Their sum counts.", "C'est leur somme qui compte."),
    Label(
        "If they are not parts of one whole, add a column with the whole.",
        "S'il ne s'agit pas des parts d'un même total, ajoutez une colonne qui donne ce total.",
    ),
)
OTHER_CURRENCY = Code(
    "GAT24",
    _WARNING,
    Label(
        "Rows with amounts in {other}: {count} ({source}).",
        "Lignes dont les montants sont en {other}\u202f: {count} ({source}).",
    ),
    Label(
        "The workbook counts in {currency}; their amounts are left out, their quantities kept. A row without a "
        "quantity is left out.",
        "Le classeur compte en {currency}\u202f; leurs montants ne sont pas repris, leurs quantités le sont. Une ligne "
        "sans quantité n'est pas reprise.",
    ),
    Label(
        "Convert these amounts, or gather with --currency.",
        "Convertissez ces montants, ou utilisez --currency.",
    ),
)
DISCOUNT_UNCLEAR = Code(
    "GAT25",
    _WARNING,
    Label(
        "Whether the amounts are before or after the column {column_q} is not said.",
        "Rien ne dit si les montants sont avant ou après la colonne {column_q}.",
    ),
    Label(
        "They are taken to be what was paid.",
        "Ils sont supposés être ce qui a été payé.",
    ),
    Label(
        "Check the prices.",
        "Vérifiez les prix.",
    ),
)
DISCOUNT_UNREAD = Code(
    "GAT35",
    _WARNING,
    Label(
        "Rows whose discount, in the column {column_q}, may be a percentage, a share or an amount: {count} ({source}).",
        "Lignes dont la remise, colonne {column_q}, peut être un pourcentage, une part ou un montant\u202f: {count} "
        "({source}).",
    ),
    Label("Their prices are left out.", "Leurs prix ne sont pas repris."),
    Label(
        "Write 10 % in the cells, or the amount with its currency.",
        "Écrivez 10 % dans les cases, ou le montant avec sa monnaie.",
    ),
)
RIVAL_COLUMNS = Code(
    "GAT26",
    _WARNING,
    Label(
        "Two columns may be meant: {first_q} and {second_q}.",
        "Deux colonnes peuvent convenir\u202f: {first_q} et {second_q}.",
    ),
    Label(
        "{first_q} is taken.",
        "{first_q} est retenue.",
    ),
    Label(
        "If the other one counts, rename the headings.",
        "Si c'est l'autre qui compte, renommez les titres.",
    ),
)
MIXED_DATES = Code(
    "GAT27",
    _WARNING,
    Label(
        "This column writes some dates day first and others month first.",
        "Cette colonne écrit certaines dates en commençant par le jour, d'autres par le mois.",
    ),
    Label(
        "A date that can be read in both ways is taken day first.",
        "Une date qui se lit des deux façons est lue en commençant par le jour.",
    ),
    Label(
        "Write all dates in one order.",
        "Écrivez toutes les dates dans le même ordre.",
    ),
)
NO_DATE = Code(
    "GAT28",
    _WARNING,
    Label(
        "Rows without a date that can be read, in a table that has dates: {count} ({source}).",
        "Lignes sans date lisible, dans un tableau qui en a\u202f: {count} ({source}).",
    ),
    Label(
        "They are counted where the files hold one year, and left out where one of several is chosen.",
        "Elles comptent si les fichiers couvrent une seule année et écartées si l'on en choisit une parmi plusieurs.",
    ),
    Label(
        "Give their dates.",
        "Donnez leur date.",
    ),
)
ERROR_CELL = Code(
    "GAT29",
    _WARNING,
    Label(
        "This cell holds no value that can be read: {text_q}.",
        "Cette cellule ne contient pas de valeur lisible\u202f: {text_q}.",
    ),
    Label(
        "An error, or a formula that was never computed, is no figure; it is left out.",
        "Une erreur, ou une formule jamais calculée, n'est pas un chiffre\u202f; elle n'est pas reprise.",
    ),
    Label(
        "Open the file, correct the formula, save it and gather again.",
        "Ouvrez le fichier, corrigez la formule, enregistrez-le et recommencez.",
    ),
)
QUANTITY_BY_PRICE = Code(
    "GAT58",
    _WARNING,
    Label(
        "Rows without a quantity that can be read, beside an amount and a price: {count} ({source}).",
        "Lignes sans quantité lisible, à côté d'un montant et d'un prix\u202f: {count} ({source}).",
    ),
    Label("The quantity is the one divided by the other.", "La quantité est le quotient des deux."),
    Label("Correct the cells if that is wrong.", "Si c'est faux, indiquez les quantités."),
)
BROKEN_QUANTITY = Code(
    "GAT56",
    _WARNING,
    Label(
        "This row is not gathered: its quantity cannot be read. {amount} {currency} of {product} are missing with it.",
        "Cette ligne n'est pas reprise\u202f: sa quantité est illisible. Il manque avec elle {amount} {currency} de "
        "{product}.",
    ),
    Label("An amount alone does not say how much was delivered.", "Un montant seul ne dit pas combien a été livré."),
    Label(
        "Correct the quantity and gather again, or type the exchange into the workbook.",
        "Corrigez la quantité et recommencez, ou tapez cet échange dans le classeur.",
    ),
)
LETTERS_MENDED = Code(
    "GAT30",
    _WARNING,
    Label(
        "Letters of this table were garbled by a former conversion, or typed in another alphabet: {text_q}.",
        "Des lettres de ce tableau sont abîmées par une conversion, ou tapées dans un autre alphabet\u202f: {text_q}.",
    ),
    Label(
        "They are put right where that is certain, else kept as they are.",
        "Elles sont rétablies si c'est certain, sinon laissées telles quelles.",
    ),
    Label(
        "Check the names.",
        "Vérifiez les noms.",
    ),
)
LONG_TEXT = Code(
    "GAT134",
    _WARNING,
    Label(
        "Rows with a text of more than {most} signs: {count} ({source}).",
        "Lignes avec un texte de plus de {most} signes\u202f: {count} ({source}).",
    ),
    Label("No more of such a text is read.", "La suite d'un tel texte n'est pas lue."),
    Label(
        "Nothing to do if it is a remark; else make it shorter and gather again.",
        "Rien à faire si c'est une remarque\u202f; sinon raccourcissez-le et recommencez.",
    ),
)
STRAY_SIGNS = Code(
    "GAT62",
    _WARNING,
    Label(
        "This file holds signs that are no letters, first on this line.",
        "Ce fichier contient des signes qui ne sont pas des lettres, d'abord à cette ligne.",
    ),
    Label("They are left out; the rest is read.", "Ils sont retirés\u202f; le reste est lu."),
    Label("Compare this line with the original.", "Comparez cette ligne à l'original."),
)
SECTION_ASIDE = Code(
    "GAT63",
    _WARNING,
    Label(
        "Rows below the line {word_q}: {count} ({source}).",
        "Lignes sous l'intertitre {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "By that line they are no purchase or sale that took place; they are left out.",
        "D'après cet intertitre, ce ne sont ni des achats ni des ventes réalisés\u202f; elles ne sont pas reprises.",
    ),
    Label("If they took place, take the line off.", "S'ils ont bien eu lieu, retirez cet intertitre."),
)
LINES_OF_TEXT = Code(
    "GAT64",
    _WARNING,
    Label(
        "Lines of text between the rows of this table: {count} ({source}).",
        "Lignes de texte entre les lignes de ce tableau\u202f: {count} ({source}).",
    ),
    Label("What they say is not read.", "Ce qu'elles disent n'est pas lu."),
    Label(
        "If they say that some rows do not count, take those rows away.",
        "Si elles disent que certaines lignes ne comptent pas, retirez ces lignes.",
    ),
)
PART_OF_A_YEAR = Code(
    "GAT65",
    _WARNING,
    Label(
        "This table says that it runs from {first} to {last}.",
        "Ce tableau annonce qu'il va du {first} au {last}.",
    ),
    Label(
        "The workbook describes a year; what is gathered is counted as one.",
        "Le classeur décrit une année\u202f; ce qui est repris est compté comme tel.",
    ),
    Label("Add the files of the other months.", "Ajoutez les fichiers des autres mois."),
)
PEOPLE_IN_LABELS = Code(
    "GAT66",
    _WARNING,
    Label(
        "Rows whose column {column_q} names people, or how to reach them: {count} ({source}).",
        "Lignes dont la colonne {column_q} nomme des personnes, ou dit comment les joindre\u202f: {count} ({source}).",
    ),
    Label("These words are not kept.", "Ces mots ne sont pas conservés."),
    Label("There is nothing to do.", "Il n'y a rien à faire."),
)
UNBALANCED = Code(
    "GAT67",
    _WARNING,
    Label(
        "Entry {number_q} does not balance: debit and credit are {gap} apart.",
        "L'écriture {number_q} n'est pas équilibrée\u202f: le débit et le crédit diffèrent de {gap}.",
    ),
    Label("Its purchase or sale is taken as it stands.", "Son achat ou sa vente est repris tel quel."),
    Label("Check it in the accounts.", "Vérifiez-la en comptabilité."),
)
UNREAD_IDENTIFIER = Code(
    "GAT68",
    _WARNING,
    Label(
        "Rows whose column {column_q} holds no number that can be read: {count} ({source}).",
        "Lignes dont la colonne {column_q} ne contient pas de numéro lisible\u202f: {count} ({source}).",
    ),
    Label("A SIREN has 9 digits, a SIRET 14.", "Un SIREN a 9 chiffres, un SIRET 14."),
    Label(
        "Format the column as text and type the numbers again.",
        "Mettez la colonne au format texte et ressaisissez les numéros.",
    ),
)
TWO_FIRMS = Code(
    "GAT69",
    _WARNING,
    Label(
        "Two firms with different numbers bear the name {word_q} ({source}).",
        "Deux entreprises de numéros différents portent le nom {word_q} ({source}).",
    ),
    Label("They are kept apart, the second with its number.", "Elles restent distinctes, la seconde avec son numéro."),
    Label(
        "If they are one, correct the number, or rename the second.",
        "Si elles n'en font qu'une, corrigez le numéro ou renommez la seconde.",
    ),
)
TRANSPOSED = Code(
    "GAT70",
    _WARNING,
    Label(
        "The headings of this table stand in its first column.",
        "Les titres de ce tableau sont dans sa première colonne.",
    ),
    Label(
        "Each further column is read as a row; a source tells the number of the column.",
        "Chaque autre colonne est lue comme une ligne\u202f; une source indique le numéro de la colonne.",
    ),
    Label("There is nothing to do.", "Il n'y a rien à faire."),
)
MERGED_FIGURE = Code(
    "GAT71",
    _WARNING,
    Label(
        "One figure of the column {column_q} stands for several rows: {count} ({source}).",
        "Un même chiffre de la colonne {column_q} vaut pour plusieurs lignes\u202f: {count} ({source}).",
    ),
    Label(
        "Nothing says how it is shared out; it is left out.",
        "Rien ne dit comment le répartir\u202f; il n'est pas repris.",
    ),
    Label("Type a figure on each row and gather again.", "Tapez un chiffre sur chaque ligne et recommencez."),
)
ROUGH_FIGURE = Code(
    "GAT132",
    _WARNING,
    Label(
        "Rough quantities in the column {column_q} (“about”, “?”): {count} ({source}).",
        "Quantités approximatives dans la colonne {column_q} (« environ », « ? »)\u202f: {count} ({source}).",
    ),
    Label("They are taken as estimates.", "Elles sont reprises comme estimées."),
    Label(
        "If you know the exact ones, type them into the workbook.",
        "Si vous connaissez les quantités exactes, tapez-les dans le classeur.",
    ),
)
NOT_OF_A_YEAR = Code(
    "GAT72",
    _WARNING,
    Label(
        "The column {column_q} holds quantities of a week, a month, one delivery or the like.",
        "La colonne {column_q} contient des quantités par semaine, par mois, par livraison ou autre.",
    ),
    Label(
        "They are counted as they stand, as if of the whole year.",
        "Elles sont comptées telles quelles, comme si elles étaient de l'année entière.",
    ),
    Label(
        "Correct the quantities of these exchanges in the workbook.",
        "Corrigez les quantités de ces échanges dans le classeur.",
    ),
)
PRICE_OF_ANOTHER_UNIT = Code(
    "GAT120",
    _WARNING,
    Label(
        "The column {column_q} prices another unit than these rows count in ({word}): {count} ({source}).",
        "La colonne {column_q} donne le prix d'une autre unité que celle de ces lignes ({word})\u202f: {count} "
        "({source}).",
    ),
    Label(
        "Nothing says how much of one is in the other; the price is left out.",
        "Rien ne dit combien l'une contient de l'autre\u202f; le prix n'est pas repris.",
    ),
    Label("Type the price of what is counted, or its amount.", "Tapez le prix de ce qui est compté, ou son montant."),
)
PRICE_OF_PACKAGE_OR_UNIT = Code(
    "GAT135",
    _WARNING,
    Label(
        "Rows that count packages of a size ({word_q}), whose column {column_q} does not say if the price is that of a "
        "package or of a unit: {count} ({source}).",
        "Lignes comptées en colis d'une taille ({word_q}), dont la colonne {column_q} ne dit pas si le prix est celui "
        "d'un colis ou d'une unité\u202f: {count} ({source}).",
    ),
    Label(
        "The quantity is what all hold; the price is left out.",
        "La quantité est le contenu de tous\u202f; le prix n'est pas repris.",
    ),
    Label(
        "Write in the heading what the price is for (€/kg), or add a column with the amounts.",
        "Écrivez dans le titre ce que vaut le prix (€/kg), ou ajoutez une colonne avec les montants.",
    ),
)
PRICES_OF_ROWS = Code(
    "GAT139",
    _WARNING,
    Label(
        "The column {column_q} takes the minus of the quantities that come back.",
        "La colonne {column_q} porte le signe moins des quantités rendues.",
    ),
    Label("Its prices are those of whole rows.", "Ses prix sont donc ceux de toute la ligne."),
    Label("If they are of one unit, take their minus away.", "Si ce sont des prix unitaires, retirez-leur ce signe."),
)
IS_MILK = Code(
    "GAT136",
    _WARNING,
    Label(
        "This table names no good, and gives fat and protein (TB, TP).",
        "Ce tableau ne nomme aucun produit et donne des taux (TB, TP).",
    ),
    Label("It is taken to be about milk.", "Il est pris pour un tableau de lait."),
    Label(
        "If it is about another good, add a column Product.", "S'il s'agit d'autre chose, ajoutez la colonne Produit."
    ),
)
MEMBERS_BRING = Code(
    "GAT137",
    _WARNING,
    Label(
        "This table is one of what members bring, and has a column of members.",
        "Ce tableau est un relevé d'apports et a une colonne d'adhérents.",
    ),
    Label("They are taken for the suppliers.", "Les adhérents sont pris pour les fournisseurs."),
    Label(
        "If they buy, give their column the heading Client.", "S'ils achètent, donnez à leur colonne le titre Client."
    ),
)
UNITS_DISAGREE = Code(
    "GAT121",
    _WARNING,
    Label(
        "The heading {column_q} says one unit and these rows another ({word}): {count} ({source}).",
        "L'en-tête {column_q} donne une unité et ces lignes une autre ({word})\u202f: {count} ({source}).",
    ),
    Label("The unit of the row is taken.", "L'unité de la ligne est retenue."),
    Label(
        "If the heading is right, correct the units of the rows.",
        "Si c'est l'en-tête qui est juste, corrigez les unités des lignes.",
    ),
)
TIMES_A_YEAR = Code(
    "GAT122",
    _WARNING,
    Label(
        "The column {column_q} says how often a year; rows that are multiplied by it: {count} ({source}).",
        "La colonne {column_q} dit combien de fois par an\u202f; lignes multipliées d'autant\u202f: {count} "
        "({source}).",
    ),
    Label("Quantities are of the whole year.", "Les quantités sont celles de l'année entière."),
    Label(
        "If they were already, correct them in the workbook.", "Si elles l'étaient déjà, corrigez-les dans le classeur."
    ),
)
TAX_UNSAID = Code(
    "GAT123",
    _WARNING,
    Label(
        "The column {column_q} does not say whether VAT is in it.",
        "La colonne {column_q} ne dit pas si la TVA y est comprise.",
    ),
    Label("It is read as without VAT.", "Elle est lue comme hors taxe."),
    Label(
        "If VAT is in it, write so in its heading (“incl. VAT”) and gather again.",
        "Si la TVA y est, écrivez-le dans l'en-tête (« TTC ») et recommencez.",
    ),
)
CAME_BACK = Code(
    "GAT145",
    _WARNING,
    Label(
        "Rows with an amount below zero, at the price at which the same goods are exchanged: {count} ({source}).",
        "Lignes d'un montant négatif, au prix auquel les mêmes biens sont échangés\u202f: {count} ({source}).",
    ),
    Label(
        "They are taken for goods that came back, and taken off.", "Elles sont prises pour des retours, et déduites."
    ),
    Label(
        "If somebody is paid to take these goods away, give them another name.",
        "Si quelqu'un est payé pour enlever ces biens, donnez-leur un autre nom.",
    ),
)
NEGATIVE_PRICE = Code(
    "GAT73",
    _WARNING,
    Label(
        "Rows with a quantity above zero and an amount below: {count} ({source}).",
        "Lignes avec une quantité positive et un montant négatif\u202f: {count} ({source}).",
    ),
    Label(
        "They are counted as goods that somebody pays to have taken away.",
        "Elles sont comptées comme des biens que l'on paie pour faire enlever.",
    ),
    Label(
        "If they are returns, put a minus before the quantity too, or say so in a column Type.",
        "Si ce sont des retours, mettez aussi un moins devant la quantité, ou indiquez-le dans une colonne Type.",
    ),
)
COPIED_TABLE = Code(
    "GAT95",
    _WARNING,
    Label(
        "All rows of this table, {count}, also stand in {other}, with their dates.",
        "Toutes les lignes de ce tableau ({count}) figurent aussi dans {other}, avec leurs dates.",
    ),
    Label("It is taken for a copy, and counted once.", "Il est pris pour une copie et compté une seule fois."),
    Label(
        "If there were as many deliveries again, change a date or give the pieces numbers.",
        "S'il y a bien eu autant de livraisons en plus, changez une date ou donnez des numéros aux pièces.",
    ),
)
SAME_TABLE = Code(
    "GAT96",
    _WARNING,
    Label(
        "All rows of this table, {count}, also stand in {other}.",
        "Toutes les lignes de ce tableau ({count}) figurent aussi dans {other}.",
    ),
    Label(
        "Nothing dates them; they are counted as deliveries of their own.",
        "Rien ne les date\u202f; elles sont comptées comme des livraisons distinctes.",
    ),
    Label("If it is a copy, take it away and gather again.", "Si c'est une copie, retirez-la et recommencez."),
)
PIECE_TOTAL = Code(
    "GAT97",
    _WARNING,
    Label(
        "Lines on which the column {column_q} repeats the total of their piece: {count} ({source}).",
        "Lignes où la colonne {column_q} répète le total de leur pièce\u202f: {count} ({source}).",
    ),
    Label(
        "Nothing says how it is shared out; the amounts are left out.",
        "Rien ne dit comment le répartir\u202f; ces montants ne sont pas repris.",
    ),
    Label("Export the amount of each line.", "Exportez le montant de chaque ligne."),
)
BLOCK_TOTAL = Code(
    "GAT131",
    _WARNING,
    Label(
        "This total of the accounts, {written} in debit and {other} in credit, is not that of the entries above it, "
        "{debit} and {credit}.",
        "Ce total comptable, {written} au débit et {other} au crédit, n'est pas celui des écritures placées au-dessus, "
        "{debit} et {credit}.",
    ),
    Label("The entries count, not the total.", "Ce sont les écritures qui comptent, pas le total."),
    Label(
        "See whether rows are missing in the file, and export them again.",
        "Voyez s'il manque des lignes dans le fichier, et refaites l'export.",
    ),
)
NO_ACCOUNT = Code(
    "GAT140",
    _WARNING,
    Label(
        "This row begins with no number of an account, as those of the other accounts do: rows below it: {count} "
        "({source}).",
        "Cette ligne ne commence pas par un numéro de compte, comme celles des autres comptes\u202f: lignes qui la "
        "suivent\u202f: {count} ({source}).",
    ),
    Label(
        "Nothing says of which account these entries are; they are left out.",
        "Rien ne dit de quel compte sont ces écritures\u202f; elles sont écartées.",
    ),
    Label(
        "Write the number of the account first (401000 Mill), or export the ledger by entry (FEC).",
        "Écrivez d'abord le numéro du compte (401000 Moulin), ou exportez le fichier des écritures comptables (FEC).",
    ),
)
TOTAL_OFF = Code(
    "GAT133",
    _WARNING,
    Label(
        "The total of the column {column_q}, {written}, is not the sum of its rows, {other}.",
        "Le total de la colonne {column_q}, {written}, n'est pas la somme de ses lignes, {other}.",
    ),
    Label("The rows count, not the total.", "Ce sont les lignes qui comptent, pas le total."),
    Label(
        "See whether rows are missing in the file, or whether the total is of something else.",
        "Voyez s'il manque des lignes dans le fichier, ou si le total porte sur autre chose.",
    ),
)
NO_PARTY_ACCOUNT = Code(
    "GAT31",
    _WARNING,
    Label(
        "Ledger lines of purchases or sales without one certain supplier or client: {amount} in all ({source}).",
        "Écritures d'achats ou de ventes sans fournisseur ou client certain\u202f: {amount} au total ({source}).",
    ),
    Label(
        "They were paid at once, or their entry names several parties or none, or an employee or partner; they "
        "are left out.",
        "Elles sont réglées au comptant, ou leur écriture nomme plusieurs tiers, aucun, ou un salarié ou associé"
        "\u202f; elles sont écartées.",
    ),
    Label(
        "Export the ledger with a column of third parties that names one in each entry, or add them as links.",
        "Exportez la comptabilité avec une colonne Tiers renseignée dans chaque écriture, ou ajoutez-les comme "
        "échanges si elles comptent.",
    ),
)
PARTY_BY_TEXT = Code(
    "GAT142",
    _WARNING,
    Label(
        "Accounts of all suppliers or all clients together name nobody: rows {source}.",
        "Des comptes collectifs de fournisseurs ou de clients ne nomment personne\u202f: lignes {source}.",
    ),
    Label(
        "The text of their entries is taken for the name of the party: {names}.",
        "Le libellé de leurs écritures est pris pour le nom du tiers\u202f: {names}.",
    ),
    Label(
        "If one of these is no firm, export the ledger with an auxiliary account for each party.",
        "Si l'un d'eux n'est pas une structure, exportez la comptabilité avec un compte auxiliaire pour chaque tiers.",
    ),
)
GOODS_BY_ACCOUNT = Code(
    "GAT138",
    _WARNING,
    Label(
        "Ledger lines with the text of their invoice and no name of their account: {count} ({source}).",
        "Écritures qui portent le texte de leur facture, sans intitulé de compte\u202f: {count} ({source}).",
    ),
    Label("Their good is called by the number of its account.", "Le produit prend le numéro de son compte pour nom."),
    Label(
        "Export the ledger with the names of the accounts, or rename these goods.",
        "Exportez la comptabilité avec l'intitulé des comptes, ou renommez ces produits.",
    ),
)
OWN_COSTS = Code(
    "GAT32",
    _WARNING,
    Label(
        "Own costs in the ledger (rent, insurance, fees, taxes, wages, interest): {amount} in all ({source}).",
        "Charges propres (loyer, assurance, honoraires, impôts, salaires)\u202f: {amount} en tout ({source}).",
    ),
    Label(
        "They are no exchange of goods: their year stands in one activity of the actor, as its fixed cost.",
        "Ce ne sont pas des échanges de biens\u202f: leur année figure dans une activité de l'acteur, en coût fixe.",
    ),
    Label(
        "Share it among the actor's activities where that says more.",
        "Répartissez-le entre les activités de l'acteur si c'est plus parlant.",
    ),
)
LEDGER_ASIDE = Code(
    "GAT39",
    _WARNING,
    Label("The ledger also holds {kinds}.", "Le fichier comptable contient aussi {kinds}."),
    Label(
        "These are neither exchanges nor own costs of the year; they are not gathered.",
        "Ce ne sont ni des échanges ni des charges propres de l'année\u202f; rien n'en est repris.",
    ),
    Label(
        "Enter grants as funding and new equipment as the investment of an activity if they matter.",
        "Inscrivez les subventions en financements et l'équipement en investissement d'une activité si besoin.",
    ),
)
BUSINESS_YEAR = Code(
    "GAT40",
    _WARNING,
    Label("The rows are dated from {first} to {last}.", "Les lignes vont du {first} au {last}."),
    Label("They are taken to be one business year.", "Elles sont prises pour un seul exercice comptable."),
    Label("Add --year to gather one calendar year.", "Ajoutez --year pour reprendre une année civile."),
)
SUMMARY_SHEET = Code(
    "GAT41",
    _WARNING,
    Label("This sheet sums up the others of its file.", "Cette feuille récapitule les autres du même fichier."),
    Label("It is left out, so that nothing counts twice.", "Elle est écartée, pour que rien ne compte deux fois."),
    Label("If it holds other exchanges, give it another name.", "Si elle contient d'autres échanges, renommez-la."),
)
NAMES_NOBODY = Code(
    "GAT81",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "That names nobody, or no good in particular; these rows are left out.",
        "Cela ne nomme personne, ou aucun bien précis\u202f; ces lignes ne sont pas reprises.",
    ),
    Label("Write the name there and gather again.", "Écrivez-y le nom et rassemblez de nouveau."),
)
CODES_FOR_NAMES = Code(
    "GAT82",
    _WARNING,
    Label("The column {column_q} holds codes.", "La colonne {column_q} contient des codes."),
    Label(
        "No column gives the names; the codes are taken for names.",
        "Aucune colonne ne donne les noms\u202f; les codes en tiennent lieu.",
    ),
    Label(
        "Export the names as well, or rename these rows in the workbook.",
        "Exportez aussi les noms, ou renommez ces lignes dans le classeur.",
    ),
)
PRICE_OF_ONE = Code(
    "GAT83",
    _WARNING,
    Label(
        "The heading {column_q} does not say whether the price is of one unit or of the whole row.",
        "Le titre {column_q} ne dit pas si le prix est celui d'une unité ou de toute la ligne.",
    ),
    Label("It is taken as the price of one unit.", "Il est pris comme prix d'une unité."),
    Label(
        "If it is what the whole row costs, head the column Amount.",
        "Si c'est le prix de toute la ligne, intitulez la colonne Montant.",
    ),
)
PEOPLE_WHO_SELL = Code(
    "GAT84",
    _WARNING,
    Label(
        "Rows whose supplier reads like a person: {count} ({source}).",
        "Lignes dont le fournisseur a l'air d'une personne\u202f: {count} ({source}).",
    ),
    Label(
        "Whoever sells goods is taken for a business, and its name is kept.",
        "Qui vend des biens est pris pour une entreprise, et son nom est conservé.",
    ),
    Label(
        "If one is no business, take these rows out of the file.",
        "Si l'un d'eux n'est pas une entreprise, ôtez ces lignes du fichier.",
    ),
)
MAYBE_PEOPLE = Code(
    "GAT110",
    _WARNING,
    Label(
        "Rows whose client may be a person or a firm: {count} ({source}).",
        "Lignes dont le client peut être une personne ou une entreprise\u202f: {count} ({source}).",
    ),
    Label(
        "They are taken for firms, and their names are kept.",
        "Ils sont pris pour des entreprises, et leurs noms sont conservés.",
    ),
    Label(
        "If they are people, write “particulier” in the place of their names.",
        "Si ce sont des personnes, écrivez «\u202fparticulier\u202f» à la place de leurs noms.",
    ),
)
STAFF_COLUMN = Code(
    "GAT111",
    _WARNING,
    Label(
        "The column {column_q} names people, beside the other party.",
        "La colonne {column_q} nomme des personnes, à côté de l'autre partie.",
    ),
    Label(
        "Whoever deals with a sale for somebody is no party to it: their names are not kept.",
        "Qui traite une vente pour le compte d'un autre n'y est pas partie\u202f: ces noms ne sont pas conservés.",
    ),
    Label(
        "If they are firms, head the column Supplier or Client.",
        "Si ce sont des entreprises, intitulez la colonne Fournisseur ou Client.",
    ),
)
LISTED_PEOPLE = Code(
    "GAT112",
    _WARNING,
    Label(
        "Rows of a members' list that are about people: {count} ({source}).",
        "Lignes d'une liste d'adhérents qui concernent des personnes\u202f: {count} ({source}).",
    ),
    Label("They are left out, with their names.", "Elles sont écartées, avec leurs noms."),
    Label(
        "If one trades under its own name, give its SIREN or legal form.",
        "Si l'une exerce sous son propre nom, donnez son SIREN ou sa forme juridique.",
    ),
)
LISTED_NAMES = Code(
    "GAT113",
    _WARNING,
    Label(
        "Members whose name reads like a person's: {count} ({source}).",
        "Adhérents dont le nom a l'air de celui d'une personne\u202f: {count} ({source}).",
    ),
    Label(
        "They are taken for businesses, and their names are kept.",
        "Ils sont pris pour des entreprises, et leurs noms sont conservés.",
    ),
    Label(
        "If one is no business, take this row out of the file.",
        "Si l'un d'eux n'est pas une entreprise, ôtez cette ligne du fichier.",
    ),
)
NO_PARTY = Code(
    "GAT114",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "Losses, stocks, own use and transfers inside a firm are no exchange; these rows are left out.",
        "Pertes, stocks, autoconsommation et transferts internes ne sont pas des échanges\u202f; ces lignes sont "
        "écartées.",
    ),
    Label(
        "Losses belong to an activity's yield, own use to a need of its owner.",
        "Les pertes relèvent du rendement d'une activité, l'autoconsommation d'un besoin de l'acteur.",
    ),
)
SUMMING_ROW = Code(
    "GAT115",
    _WARNING,
    Label(
        "Rows that sum up others of this table: {count} ({source}).",
        "Lignes qui en totalisent d'autres de ce tableau\u202f: {count} ({source}).",
    ),
    Label("They count nothing.", "Elles ne comptent pas."),
    Label(
        "If one is a purchase or sale of its own, give it another name.",
        "Si l'une est un achat ou une vente à part entière, donnez-lui un autre nom.",
    ),
)
FUNDING_APART = Code(
    "GAT116",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "Money given for no good is no sale; it is left apart.",
        "De l'argent donné sans contrepartie n'est pas une vente\u202f; il est mis à part.",
    ),
    Label("Enter grants on the sheet Funding.", "Inscrivez les subventions dans la feuille Financements."),
)
SHARED_TOTAL = Code(
    "GAT117",
    _WARNING,
    Label(
        "Rows of one total in the column {column_q}, with their share in the column {other_q}: {count} ({source}).",
        "Lignes d'un même total dans la colonne {column_q}, avec leur part dans la colonne {other_q}\u202f: "
        "{count} ({source}).",
    ),
    Label("Each counts for its share of the total.", "Chacune compte pour sa part du total."),
    Label(
        "If the figures are those of each row, head the column Quantity.",
        "Si les chiffres sont ceux de chaque ligne, intitulez la colonne Quantité.",
    ),
)
ONLY_ZEROS = Code(
    "GAT118",
    _WARNING,
    Label(
        "{product}, from {seller} to {buyer}: its rows give 0 and nothing else ({source}).",
        "{product}, de {seller} à {buyer}\u202f: ses lignes ne donnent que 0 ({source}).",
    ),
    Label(
        "A quantity above zero is expected; the link is left out.",
        "Une quantité positive est attendue\u202f; l'échange n'est pas repris.",
    ),
    Label("Give the quantity, if there was one.", "Donnez la quantité, s'il y en a une."),
)
MONEY_BACK_ALONE = Code(
    "GAT85",
    _WARNING,
    Label(
        "Credit notes for a price alone: {count} ({source}).",
        "Avoirs qui ne portent que sur un prix\u202f: {count} ({source}).",
    ),
    Label(
        "Their amounts are taken off; their quantities are not, as no goods went back.",
        "Leurs montants sont déduits, pas leurs quantités\u202f: aucune marchandise n'a été rendue.",
    ),
    Label(
        "If goods went back, say so in the kind of the piece.",
        "Si des marchandises ont été rendues, indiquez-le dans le type de pièce.",
    ),
)
CREDITED_BELOW = Code(
    "GAT124",
    _WARNING,
    Label(
        "Rows of credit notes at less than half of what these goods were sold for: {count} ({source}).",
        "Lignes d'avoir à moins de la moitié du prix de vente de ces marchandises\u202f: {count} ({source}).",
    ),
    Label(
        "They put a price right: their amounts are taken off, their quantities are not.",
        "Elles corrigent un prix\u202f: leurs montants sont déduits, pas leurs quantités.",
    ),
    Label(
        "If goods went back, take them off this year's quantity of the link.",
        "Si des marchandises ont été rendues, retirez-les de la quantité de cette année de l'échange.",
    ),
)
ONE_NUMBER = Code(
    "GAT86",
    _WARNING,
    Label(
        "{first} and {second} have one company number ({number}).",
        "{first} et {second} ont un même numéro d'entreprise ({number}).",
    ),
    Label(
        "They are one actor, under the first name.",
        "Ils forment un seul acteur, sous le premier nom.",
    ),
    Label("If they are two, correct the number.", "S'ils sont deux, corrigez le numéro."),
)
WRONG_NUMBER = Code(
    "GAT87",
    _WARNING,
    Label(
        "The check digit of the company number {word} is wrong: {count} ({source}).",
        "La clé de contrôle du numéro d'entreprise {word} est fausse\u202f: {count} ({source}).",
    ),
    Label(
        "A digit was probably mistyped; the number is kept as it stands.",
        "Un chiffre a sans doute été mal saisi\u202f; le numéro est gardé tel quel.",
    ),
    Label("Check it with the company.", "Vérifiez-le auprès de l'entreprise."),
)
HIDDEN_SHEET = Code(
    "GAT88",
    _WARNING,
    Label("The sheet {name_q} is hidden.", "La feuille {name_q} est masquée."),
    Label("Its rows count all the same.", "Ses lignes comptent malgré tout."),
    Label("If it is an old one, take it out of the file.", "Si elle est périmée, ôtez-la du fichier."),
)
TOLD_AGAINST = Code(
    "GAT147",
    _WARNING,
    Label(
        "Rows of which the column {column_q} says that they were cancelled or not delivered: {count} ({source}).",
        "Lignes que la colonne {column_q} dit annulées ou non livrées\u202f: {count} ({source}).",
    ),
    Label("Remarks decide nothing: they count all the same.",
          "Les remarques ne décident de rien\u202f: elles comptent malgré tout."),
    Label(
        "If they are not to count, delete them, or say so in a column Status.",
        "Si elles ne doivent pas compter, supprimez-les, ou indiquez-le dans une colonne Statut.",
    ),
)  # fmt: skip
STATEMENT = Code(
    "GAT146",
    _WARNING,
    Label(
        "This table has debits, credits and a running balance, and no quantity: it reads like a statement of account.",
        "Ce tableau porte débits, crédits et solde, sans quantité\u202f: il ressemble à un relevé de compte.",
    ),
    Label("Payments are no purchases or sales; it is left out.",
          "Des paiements ne sont ni des achats ni des ventes\u202f; il n'est pas repris."),
    Label(
        "If these are purchases (or sales), give the column of the other side the heading Supplier (or Client).",
        "Si ce sont des achats (ou ventes), donnez à la colonne de l'autre partie le titre Fournisseur (ou Client).",
    ),
)  # fmt: skip
HIDDEN_ROWS = Code(
    "GAT89",
    _WARNING,
    Label(
        "Rows that are hidden or filtered out: {count} ({source}).",
        "Lignes masquées ou filtrées\u202f: {count} ({source}).",
    ),
    Label("They count all the same.", "Elles comptent malgré tout."),
    Label("If they are not to count, delete them.", "Si elles ne doivent pas compter, supprimez-les."),
)
STRUCK_ROWS = Code(
    "GAT144",
    _WARNING,
    Label(
        "Rows with cells that are struck through: {count} ({source}).",
        "Lignes dont des cellules sont barrées\u202f: {count} ({source}).",
    ),
    Label("They count all the same.", "Elles comptent malgré tout."),
    Label("If they are not to count, delete them.", "Si elles ne doivent pas compter, supprimez-les."),
)
PRIVATE_CLIENTS = Code(
    "GAT45",
    _WARNING,
    Label(
        "Rows whose client reads like a person: {count} ({source}).",
        "Lignes dont le client a l'air d'une personne\u202f: {count} ({source}).",
    ),
    Label(
        "All private customers are one actor; their names are not kept.",
        "Tous les particuliers forment un seul acteur\u202f; leurs noms ne sont pas conservés.",
    ),
    Label(
        "If one is a firm, give its SIREN in a column of the table.",
        "Si l'un d'eux est une entreprise, donnez son SIREN dans une colonne du tableau.",
    ),
)
NO_GOOD = Code(
    "GAT42",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "Costs of transport, deposits, prepayments and rebates are no goods; they are left apart.",
        "Frais de port, consignes, acomptes et ristournes ne sont pas des biens\u202f; ils sont mis à part.",
    ),
    Label("Enter them where they count: the links' transport cost.", "Inscrivez le port en coût de transport."),
)
OWN_CHARGES = Code(
    "GAT61",
    _WARNING,
    Label(
        "Rows whose column {column_q} says {word_q}: {count} ({source}).",
        "Lignes dont la colonne {column_q} porte {word_q}\u202f: {count} ({source}).",
    ),
    Label(
        "What an actor pays whatever it trades is no good, and to whom is nobody's affair; these rows are left apart.",
        "Ce qu'un acteur paie quoi qu'il échange n'est pas un produit, et à qui ne regarde personne\u202f; ces lignes "
        "sont mises à part.",
    ),
    Label("Enter the sum as the fixed cost of an activity.", "Inscrivez-en la somme en coût fixe d'une activité."),
)
PRICE_DISAGREES = Code(
    "GAT43",
    _WARNING,
    Label(
        "Rows whose quantity times the price makes another amount than theirs: {count} ({source}).",
        "Lignes dont la quantité multipliée par le prix donne un autre montant que le leur\u202f: {count} ({source}).",
    ),
    Label("The amount counts.", "C'est le montant qui compte."),
    Label("Check quantities and prices.", "Vérifiez les quantités et les prix."),
)
NOUGHT_UNPRICED = Code(
    "GAT128",
    _WARNING,
    Label(
        "Rows with a quantity, an amount of 0 and no price: {count} ({source}).",
        "Lignes avec une quantité, un montant de 0 et aucun prix\u202f: {count} ({source}).",
    ),
    Label(
        "The price is missing, and what was paid is not known.",
        "Il y manque le prix\u202f: ce qui a été payé n'est pas connu.",
    ),
    Label("Write the price; write 0 if it was a gift.", "Indiquez le prix, ou 0 si c'était gratuit."),
)
ONLY_ORDERED = Code(
    "GAT44",
    _WARNING,
    Label("The column {column_q} says what was ordered.", "La colonne {column_q} dit ce qui a été commandé."),
    Label(
        "No other gives what was delivered: it is taken to have been delivered.",
        "Aucune autre ne donne ce qui a été livré\u202f: tout est supposé livré.",
    ),
    Label("Export what was delivered if it differs.", "Exportez les quantités livrées si elles diffèrent."),
)
LIST_OF_PEOPLE = Code(
    "GAT37",
    _WARNING,
    Label("This is a list of people, without structures.", "C'est une liste de personnes, sans structures."),
    Label("Nobody's personal data is gathered.", "Aucune donnée personnelle n'est reprise."),
    Label(
        "Add a column Structure if they act for farms, firms or associations.",
        "Ajoutez une colonne Structure si ces personnes agissent pour des fermes, entreprises ou associations.",
    ),
)
BY_THE_PACKAGE = Code(
    "GAT36",
    _WARNING,
    Label(
        "Rows with an amount, no quantity, and the content of one package in their label: {count} ({source}).",
        "Lignes avec un montant, sans quantité, et dont le libellé donne le contenu d'un colis\u202f: {count} "
        "({source}).",
    ),
    Label(
        "The cheapest purchase of each label counts as one package, the others in proportion: an estimate.",
        "L'achat le moins cher de chaque libellé compte pour un colis, les autres à proportion\u202f; la quantité est "
        "estimée.",
    ),
    Label("Give the quantities if they are known.", "Donnez les quantités si elles sont connues."),
)
MONTHS_WITHOUT_UNIT = Code(
    "GAT33",
    _WARNING,
    Label(
        "The months of this table are columns, and nothing says whether they hold quantities or amounts.",
        "Les mois de ce tableau sont en colonnes et rien ne dit s'il s'agit de quantités ou de montants.",
    ),
    Label(
        "A table of months needs a column Unit, or a total with its unit; it is left out.",
        "Un tableau par mois demande une colonne Unité, ou un total avec son unité\u202f; il n'est pas repris.",
    ),
    Label(
        "Add one and gather again.",
        "Ajoutez-en un et recommencez.",
    ),
)
PIVOT_UNNAMED = Code(
    "GAT46",
    _WARNING,
    Label(
        "The labels of this pivot table have no heading, and nothing tells goods from suppliers or clients.",
        "Les étiquettes de ce tableau croisé n'ont pas de titre, et rien ne distingue les produits des fournisseurs ou"
        " des clients.",
    ),
    Label(
        "It is not gathered.",
        "Il n'est pas repris.",
    ),
    Label(
        "In Excel: Design, Report Layout, Show in Tabular Form; save and gather again.",
        "Dans Excel\u202f: Création, Disposition du rapport, Afficher sous forme tabulaire\u202f; enregistrez et"
        " recommencez.",
    ),
)
LABELS_ABOVE = Code(
    "GAT47",
    _WARNING,
    Label(
        "Rows whose column {column_q} is blank: {count} ({source}).",
        "Lignes dont la colonne {column_q} est vide\u202f: {count} ({source}).",
    ),
    Label(
        "A name that is written once is taken to hold for the rows below it, as in a pivot table.",
        "Un nom écrit une fois vaut pour les lignes qui le suivent, comme dans un tableau croisé.",
    ),
    Label(
        "If they are of somebody else, fill these cells in.",
        "S'il s'agit de quelqu'un d'autre, remplissez ces cases.",
    ),
)
BASKETS = Code(
    "GAT141",
    _WARNING,
    Label(
        "This table is of baskets that members of a group take.",
        "Ce tableau porte sur des paniers que prennent les adhérents d'un groupe.",
    ),
    Label(
        "They are sales to private customers, whose names are not kept.",
        "Ce sont des ventes à des particuliers, dont les noms ne sont pas conservés.",
    ),
    Label(
        "If the members are suppliers, head their column Supplier.",
        "Si les adhérents sont des fournisseurs, donnez à leur colonne le titre Fournisseur.",
    ),
)
SALES_OF_A_TILL = Code(
    "GAT48",
    _WARNING,
    Label(
        "This table of a till, shop or market stall names no client.",
        "Ce tableau de caisse, de boutique ou de marché ne nomme aucun client.",
    ),
    Label(
        "Its sales are taken to be to private customers.",
        "Ses ventes sont attribuées à des clients particuliers.",
    ),
    Label(
        "If others buy there, add a column Client.",
        "Si d'autres y achètent, ajoutez une colonne Client.",
    ),
)
PARTY_BY_SHEET = Code(
    "GAT49",
    _WARNING,
    Label(
        "This table names neither supplier nor client.",
        "Ce tableau ne nomme ni fournisseur ni client.",
    ),
    Label(
        "As each sheet of the file is such a table, its name is taken for that of the other party: {name_q}.",
        "Chaque feuille du fichier étant un tel tableau, son nom est pris pour celui de l'autre partie"
        "\u202f: {name_q}.",
    ),
    Label(
        "If that is wrong, add a column Supplier or Client.",
        "Si ce n'est pas le cas, ajoutez une colonne Fournisseur ou Client.",
    ),
)
PRODUCT_BY_SHEET = Code(
    "GAT130",
    _WARNING,
    Label("This table names no product.", "Ce tableau ne nomme aucun produit."),
    Label(
        "As several sheets of the file are such tables, its sheet's name is taken for that of the product: {name_q}.",
        "Plusieurs feuilles du fichier étant de tels tableaux, le nom de la feuille est pris pour celui du produit"
        "\u202f: {name_q}.",
    ),
    Label(
        "If that is wrong, add a column Product.",
        "Si ce n'est pas le cas, ajoutez une colonne Produit.",
    ),
)
SALES_BY_NAMES = Code(
    "GAT57",
    _WARNING,
    Label(
        "Nothing says whether this table holds purchases or sales.",
        "Rien ne dit si ce tableau contient des achats ou des ventes.",
    ),
    Label(
        "It is taken to hold sales: those whom it names are such as buy.",
        "Il est pris pour des ventes\u202f: ceux qu'il nomme sont de ceux qui achètent.",
    ),
    Label(
        "If that is wrong, say so in the file's name, or head the column Supplier.",
        "Si c'est faux, indiquez-le dans le nom du fichier, ou intitulez la colonne Fournisseur.",
    ),
)
UNKNOWN_DIRECTION = Code(
    "GAT34",
    _WARNING,
    Label(
        "Nothing says whether this table holds purchases or sales.",
        "Rien ne dit si ce tableau contient des achats ou des ventes.",
    ),
    Label(
        "It is taken to hold purchases.",
        "Il est supposé contenir des achats.",
    ),
    Label(
        "Say so in the file's name, or head the column Supplier or Client.",
        "Indiquez-le dans le nom du fichier, ou intitulez la colonne Fournisseur ou Client.",
    ),
)

CODES = codes_in(globals())
