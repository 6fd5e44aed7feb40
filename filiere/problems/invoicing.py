"""What remains to be decided once electronic invoices, canteens' purchases and tickets were gathered."""

from __future__ import annotations

from filiere.language import Label
from filiere.problems.problem import Code, Severity

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
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
    _ASK_ANOTHER,
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

CODES: tuple[Code, ...] = (
    DOCTYPE,
    BROKEN_XML,
    TOO_LARGE,
    TOO_DEEP,
    OTHER_XML,
    ENCRYPTED,
    BROKEN_PDF,
    NOTHING_ATTACHED,
    SEVERAL_ATTACHED,
    EMPTY_INVOICE,
    NO_SALE,
)
