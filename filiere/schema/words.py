"""The closed lists of words a cell may hold, in both languages, with the synonyms that are read too.

The first two texts of a word are the ones shown (English, French); every other is read as well. Case,
accents, spaces and underscores do not matter when they are read.
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property

from filiere.language import Label


class Word(Enum):
    """A word of a closed list; its value is (shown in English, shown in French, *other spellings)."""

    @property
    def label(self) -> Label:
        """The word as shown in both languages."""
        return Label(self.value[0], self.value[1])

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every text that is read as this word."""
        return tuple(self.value)

    @property
    def key(self) -> str:
        """The word's stable English key, as in ``--json``."""
        return str(self.name.lower())


class Perimeter(Word):
    """Where an actor stands. Members and locals are inside."""

    MEMBER = ("member", "membre", "adhérent")
    LOCAL = ("local", "du territoire, non membre", "local, non membre", "du territoire", "territoire")
    PARTNER = ("partner", "partenaire", "territoire partenaire")
    EXTERNAL = ("external", "extérieur", "outside", "externe", "hors territoire")

    @cached_property
    def inside(self) -> bool:
        """Whether who stands there is inside: members and locals are."""
        return self in (Perimeter.MEMBER, Perimeter.LOCAL)


class Sector(Word):
    """The kind of actor."""

    PRIVATE = ("private", "privé", "entreprise")
    PUBLIC = ("public", "public", "publique", "collectivité")
    SSE = ("sse", "ess", "économie sociale et solidaire", "social economy")
    HOUSEHOLD = ("household", "habitants", "ménage", "ménages", "households")


class Budget(Word):
    """Whether an actor's yearly budget must balance."""

    YES = ("yes", "oui", "must", "obligatoire", "true", "vrai", "x", "1")
    WISH = ("wish", "souhaité", "wished")
    NO = ("no", "non", "false", "faux", "0")


class YesNo(Word):
    """Yes or no."""

    YES = ("yes", "oui", "y", "o", "true", "vrai", "x", "1")
    NO = ("no", "non", "n", "false", "faux", "0")


class Whole(Word):
    """Whether a level is a whole number, of the year or of each period."""

    YES = YesNo.YES.value
    NO = YesNo.NO.value
    EACH_PERIOD = ("each period", "chaque période", "every period", "par période", "à chaque période")


class ProductKind(Word):
    """What a product is for the circular economy."""

    PRIMARY = ("primary", "ressource naturelle", "primaire", "matière première", "matière première brute")
    PRODUCT = ("product", "produit")
    SECONDARY = (
        "secondary", "coproduit ou réemploi", "secondaire", "coproduit", "sous-produit", "réemploi", "by-product",
        "déchet", "waste", "coproduit, déchet ou réemploi",
    )  # fmt: skip
    SERVICE = ("service", "service")


class ProcessStatus(Word):
    """Whether an activity exists, may be opened, is opened, or may grow."""

    EXISTING = ("existing", "existant", "existante")
    CANDIDATE = ("candidate", "en projet", "candidat", "candidate", "projet")
    OPENED = ("opened", "ouvert", "ouverte")
    SCALABLE = ("scalable", "agrandissable", "extensible")


class LinkStatus(Word):
    """Whether a link exists or is used or not as a whole."""

    EXISTING = ("existing", "existant", "existante")
    CANDIDATE = ("candidate", "en projet", "candidat", "candidate", "projet")


class Obligation(Word):
    """How strongly a need asks to be served."""

    MUST = ("must", "obligatoire")
    WANT = ("want", "souhaité")
    OUTLET = ("outlet", "débouché")


class ProfileKind(Word):
    """How a calendar shares a year out."""

    SPREAD = ("spread", "part de l'année", "répartition")
    AVAILABILITY = ("availability", "taux d'ouverture", "disponibilité", "taux de disponibilité")


class Basis(Word):
    """What circularity is counted in."""

    MASS = ("mass", "masse")
    VALUE = ("value", "valeur")


class DependencyBasis(Word):
    """What an outside purchase or sale counts by."""

    REFERENCE = ("reference", "référence")
    PAID = ("paid", "payé")
    MASS = ("mass", "masse")


class Objective(Word):
    """What a rank optimises."""

    UNMET = ("unmet", "besoins non couverts", "manque", "manques")
    DEFICIT = ("deficit", "déficit")
    RULES = ("rules", "règles souhaitées", "règles_souhaitées")
    DEPENDENCY = ("dependency", "dépendance")
    LOST = ("lost", "activité perdue", "activité_perdue")
    OUTLETS = ("outlets", "débouchés servis", "débouchés_servis")
    DEPENDENCY_UPSTREAM = ("dependency_upstream", "dépendance amont", "dépendance_amont")
    DEPENDENCY_DOWNSTREAM = ("dependency_downstream", "dépendance aval", "dépendance_aval")
    DEPENDENCY_FUNDING = ("dependency_funding", "dépendance financement", "dépendance_financement")
    CIRCULARITY = ("circularity", "circularité")
    COST = ("cost", "coût")
    VALUE_KEPT = (
        "value_kept", "valeur conservée sur le territoire", "valeur_conservée_sur_le_territoire", "valeur conservée",
    )  # fmt: skip
    JOBS = ("jobs", "emplois")
    CO2 = ("co2", "co2")
    TRANSPORT = ("transport", "transport")
    WASTE = ("waste", "rejets")
    CHANGE = ("change", "écart à l'existant", "changement")


class Fairness(Word):
    """Whether equal shares come before the needs as a whole, after them, or are not sought."""

    BEFORE = ("before", "avant les besoins", "before needs", "avant")
    AFTER = ("after", "après les besoins", "after needs", "après")
    NO = ("no", "non")


class Direction(Word):
    """Which way a measure is optimised."""

    MIN = ("min", "min", "minimise", "minimiser", "minimum")
    MAX = ("max", "max", "maximise", "maximiser", "maximum")


class LimitMeasure(Word):
    """What a limit sums."""

    QUANTITY = ("quantity", "quantité")
    VALUE = ("value", "valeur")
    MASS = ("mass", "masse")
    LEVEL = ("level", "volume d'activité", "niveau")
    JOBS = ("jobs", "emplois")
    CO2 = ("co2", "co2")
    TRANSPORT = ("transport", "transport")
    FUNDING = ("funding", "financement")
    COST = ("cost", "coût")
    OPENED = ("opened", "ouverts", "ouvertures")
    INVESTMENT = ("investment", "investissement", "annuité d'investissement")


class Comparison(Word):
    """The sign of a limit."""

    AT_MOST = ("<=", "<=", "≤", "=<", "at most", "au plus", "maximum", "max")
    AT_LEAST = (">=", ">=", "≥", "=>", "at least", "au moins", "minimum", "min")
    EQUAL = ("=", "=", "==", "equal", "égal")


class Firmness(Word):
    """Whether a rule holds, or is held as nearly as it goes."""

    MUST = ("must", "obligatoire")
    WISH = ("wish", "souhaité", "wished", "want", "souhaitée", "souhait")


class Each(Word):
    """What a rule is repeated for: one row for each of them."""

    FROM = ("from", "fournisseur", "supplier", "seller", "de", "chaque fournisseur")
    TO = ("to", "client", "customer", "buyer", "vers", "chaque client")
    PRODUCT = ("product", "produit")
    PROCESS = ("process", "activité", "activity")
    PERIOD = ("period", "période", "season", "saison")


class LimitBasis(Word):
    """Whether a limit's value is an amount or a share."""

    ABSOLUTE = ("absolute", "absolu")
    PURCHASES = ("purchases", "en part des achats", "achats")
    SALES = ("sales", "en part des ventes", "ventes")


class FundingKind(Word):
    """The usual kinds of funding; any other label may be typed."""

    GRANT = ("grant", "subvention")
    JOB_AID = ("job aid", "aide au poste")
    GIFT = ("gift", "don")
    MEMBERSHIP = ("membership", "cotisation")


class CoalitionKind(Word):
    """Whether a coalition's value is what it gains or what it pays."""

    GAIN = ("gain", "gain", "gains")
    COST = ("cost", "coût", "costs", "coûts")


class Confidence(Word):
    """How well a figure is known."""

    MEASURED = ("measured", "mesuré", "mesurée")
    ESTIMATED = ("estimated", "estimé", "estimée")
    GUESSED = ("guessed", "supposé", "supposée")


class LanguageWord(Word):
    """The language of the results."""

    FR = ("fr", "fr", "français", "french")
    EN = ("en", "en", "anglais", "english")
