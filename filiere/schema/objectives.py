"""Each objective, declared once: which way it is better, what it counts, in which unit, and how it is spoken of.

Whatever names, shows or explains an objective asks here. An objective that :class:`filiere.schema.words.Objective`
has and this table has not is a ``KeyError`` at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from filiere.language import Label, as_written
from filiere.schema import words as w


class Measured(Enum):
    """What an objective's values are amounts of. ``label`` is None for money: the workbook's currency is shown."""

    MONEY = None
    WEIGHTED = None, "money that counts by how far outside it goes"
    SHARE = Label("share", "part")
    RULES = Label("missed rule", "règle manquée")
    POSTS = Label("FTE", "ETP")
    EMISSIONS = Label("kg CO₂e", "kg éq. CO₂")
    CARRIAGE = Label("t·km", "t·km")

    @property
    def label(self) -> Label | None:
        """The unit as shown; None for money."""
        return self.value if isinstance(self.value, Label) else None


@dataclass(frozen=True, kw_only=True)
class ObjectiveFacts:
    """What there is to know of one objective besides its formula."""

    better: Literal["less", "more"] = "less"
    measured: Measured
    meaning: Label
    """What it counts, in one sentence without a full stop."""
    noun: Label
    """With its article, as the sentences of an explanation take it."""
    short: Label
    """Its short name, French with the article."""
    of: Label
    """Its short name after “of” and “de”."""
    heading: Label
    """At the top of a column."""
    without: tuple[Label, Label]
    """What refusing a decision does to it, ``{by}`` how much: when it gets worse, and when it gets better."""
    plural: bool = False
    """Whether its short English name is plural."""
    share: str | None = None
    """The indicator that coordinators know for it, a share."""

    @property
    def direction(self) -> w.Direction:
        """The natural direction."""
        return w.Direction.MAX if self.better == "more" else w.Direction.MIN


OBJECTIVES: dict[w.Objective, ObjectiveFacts] = {
    w.Objective.UNMET: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What is missing, counted at reference prices and by importance",
                      "Ce qui manque, compté au prix de référence et selon son importance"),
        noun=Label("unmet needs", "les besoins non couverts"),
        short=Label("unmet needs", "les besoins non couverts"),
        of=Label("of unmet needs", "des besoins non couverts"),
        heading=Label("Unmet needs", "Besoins non couverts"),
        plural=True,
        without=(
            Label("{by} more of what is asked for would go unserved",
                  "{by} de plus de ce qui est demandé ne seraient pas couverts"),
            Label("{by} more of what is asked for would be served",
                  "{by} de plus de ce qui est demandé seraient couverts"),
        ),
    ),
    w.Objective.DEFICIT: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What the actors' budgets lack beyond what they lack this year",
                      "Ce qui manque aux budgets des acteurs, au-delà de ce qui leur manque cette année"),
        noun=Label("the deficit", "le déficit"),
        short=Label("deficits", "les déficits"),
        of=Label("of deficits", "des déficits"),
        heading=Label("Deficits", "Déficits"),
        plural=True,
        without=(
            Label("{by} more would be missing from accounts", "il manquerait {by} de plus dans les comptes"),
            Label("{by} less would be missing from accounts", "il manquerait {by} de moins dans les comptes"),
        ),
    ),
    w.Objective.RULES: ObjectiveFacts(
        measured=Measured.RULES,
        meaning=Label("How far wished rules are missed, each against its own scale",
                      "De combien les règles souhaitées sont manquées, chacune à sa propre échelle"),
        noun=Label("what wished rules miss", "ce qui manque aux règles souhaitées"),
        short=Label("what wished rules miss", "l'écart aux règles souhaitées"),
        of=Label("of what wished rules miss", "de l'écart aux règles souhaitées"),
        heading=Label("Wished rules missed", "Écart aux règles souhaitées"),
        without=(
            Label("wished rules would be missed by more", "des règles souhaitées seraient moins bien respectées"),
            Label("wished rules would be missed by less", "des règles souhaitées seraient mieux respectées"),
        ),
    ),
    w.Objective.DEPENDENCY: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="upstream_dependency",
        meaning=Label("Purchases, sales and new grants that depend on the outside, added up with their weights; grants "
                      "that are had this year weigh nothing",
                      "Achats, ventes et aides nouvelles qui dépendent de l'extérieur, additionnés avec leurs poids ; "
                      "les aides déjà reçues cette année ne pèsent rien"),
        noun=Label("dependency on the outside", "la dépendance à l'extérieur"),
        short=Label("dependency", "la dépendance"),
        of=Label("of dependency", "de la dépendance"),
        heading=Label("Dependency, weighted", "Dépendance pondérée"),
        without=(
            Label("{by} more would depend on the outside", "{by} de plus dépendraient de l'extérieur"),
            Label("{by} less would depend on the outside", "{by} de moins dépendraient de l'extérieur"),
        ),
    ),
    w.Objective.LOST: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What the territory made or collected this year and no longer would, at reference prices; more "
                      "of a product of the same family and stage makes up for less of another",
                      "Ce que le territoire fait ou collecte cette année et ne ferait plus, au prix de référence ; "
                      "plus d'un produit de même famille et de même maillon compense moins d'un autre"),
        noun=Label("lost output", "l'activité perdue"),
        short=Label("lost output", "l'activité perdue"),
        of=Label("of lost output", "de l'activité perdue"),
        heading=Label("Lost output", "Activité perdue"),
        without=(
            Label("{by} of today's activity would be given up", "{by} d'activité d'aujourd'hui seraient abandonnés"),
            Label("{by} more of today's activity would be kept",
                  "{by} d'activité d'aujourd'hui de plus seraient gardés"),
        ),
    ),
    w.Objective.OUTLETS: ObjectiveFacts(
        better="more", measured=Measured.MONEY,
        meaning=Label("What is sold of what the outlets say they take",
                      "Ce qui est vendu de ce que les débouchés annoncent"),
        noun=Label("outlets served", "les débouchés servis"),
        short=Label("outlets served", "les débouchés servis"),
        of=Label("of outlets served", "des débouchés servis"),
        heading=Label("Outlets served", "Débouchés servis"),
        plural=True,
        without=(
            Label("{by} less would be sold", "il se vendrait {by} de moins"),
            Label("{by} more would be sold", "il se vendrait {by} de plus"),
        ),
    ),
    w.Objective.DEPENDENCY_UPSTREAM: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="upstream_dependency",
        meaning=Label("Purchases that depend on the outside", "Achats qui dépendent de l'extérieur"),
        noun=Label("outside purchases", "les achats extérieurs"),
        short=Label("upstream dependency", "la dépendance amont"),
        of=Label("of upstream dependency", "de la dépendance amont"),
        heading=Label("Upstream dependency", "Dépendance amont"),
        without=(
            Label("{by} more would be bought outside", "{by} de plus seraient achetés à l'extérieur"),
            Label("{by} less would be bought outside", "{by} de moins seraient achetés à l'extérieur"),
        ),
    ),
    w.Objective.DEPENDENCY_DOWNSTREAM: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="downstream_dependency",
        meaning=Label("Sales that depend on the outside, and usable goods thrown away",
                      "Ventes qui dépendent de l'extérieur, et biens utilisables jetés"),
        noun=Label("dependency on outside sales", "la dépendance aux ventes extérieures"),
        short=Label("downstream dependency", "la dépendance aval"),
        of=Label("of downstream dependency", "de la dépendance aval"),
        heading=Label("Downstream dependency", "Dépendance aval"),
        without=(
            Label("{by} more would depend on outside customers", "{by} de plus dépendraient de clients extérieurs"),
            Label("{by} less would depend on outside customers", "{by} de moins dépendraient de clients extérieurs"),
        ),
    ),
    w.Objective.DEPENDENCY_FUNDING: ObjectiveFacts(
        measured=Measured.MONEY, share="funding_dependency",
        meaning=Label("Funding that comes from the outside", "Financements venus de l'extérieur"),
        noun=Label("dependency on outside funding", "la dépendance aux financements extérieurs"),
        short=Label("funding dependency", "la dépendance aux financements"),
        of=Label("of funding dependency", "de la dépendance aux financements"),
        heading=Label("Funding dependency", "Dépendance aux financements"),
        without=(
            Label("{by} more would come from outside funders", "{by} de plus viendraient de financeurs extérieurs"),
            Label("{by} less would come from outside funders", "{by} de moins viendraient de financeurs extérieurs"),
        ),
    ),
    w.Objective.CIRCULARITY: ObjectiveFacts(
        better="more", measured=Measured.SHARE,
        meaning=Label("Share of what is used that is by-products or re-use",
                      "Part de ce qui est utilisé qui vient de coproduits ou du réemploi"),
        noun=Label("the circular use rate", "le taux d'utilisation circulaire"),
        short=Label("circularity", "la circularité"),
        of=Label("of circularity", "de la circularité"),
        heading=Label("Circular use", "Utilisation circulaire"),
        without=(
            Label("the circular use rate would fall by {by}", "le taux d'utilisation circulaire baisserait de {by}"),
            Label("the circular use rate would rise by {by}", "le taux d'utilisation circulaire monterait de {by}"),
        ),
    ),
    w.Objective.COST: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("Net cost of the territory as a whole, exchanges between its actors apart",
                      "Coût net pour l'ensemble du territoire, hors échanges entre ses acteurs"),
        noun=Label("the net cost", "le coût net"),
        short=Label("cost", "le coût"),
        of=Label("of cost", "du coût"),
        heading=Label("Net cost", "Coût net"),
        without=(
            Label("the territory would pay {by} more a year", "le territoire paierait {by} de plus par an"),
            Label("the territory would pay {by} less a year", "le territoire paierait {by} de moins par an"),
        ),
    ),
    w.Objective.VALUE_KEPT: ObjectiveFacts(
        better="more", measured=Measured.MONEY,
        meaning=Label("What stays on the territory of what is used and sold",
                      "Ce qui reste sur le territoire de ce qui est utilisé et vendu"),
        noun=Label("the value kept on the territory", "la valeur conservée sur le territoire"),
        short=Label("value kept", "la valeur conservée"),
        of=Label("of value kept", "de la valeur conservée"),
        heading=Label("Value kept on the territory", "Valeur conservée sur le territoire"),
        without=(
            Label("{by} less would stay on the territory", "{by} de moins resteraient sur le territoire"),
            Label("{by} more would stay on the territory", "{by} de plus resteraient sur le territoire"),
        ),
    ),
    w.Objective.JOBS: ObjectiveFacts(
        better="more", measured=Measured.POSTS,
        meaning=Label("Full-time equivalents", "Équivalents temps plein"),
        noun=Label("jobs", "les emplois"),
        short=Label("jobs", "les emplois"),
        of=Label("of jobs", "des emplois"),
        heading=Label("Jobs", "Emplois"),
        plural=True,
        without=(
            Label("there would be {by} fewer", "il y aurait {by} de moins"),
            Label("there would be {by} more", "il y aurait {by} de plus"),
        ),
    ),
    w.Objective.CO2: ObjectiveFacts(
        measured=Measured.EMISSIONS,
        meaning=Label("Emissions of activities and transport", "Émissions des activités et des transports"),
        noun=Label("emissions", "les émissions"),
        short=Label("emissions", "les émissions"),
        of=Label("of emissions", "des émissions"),
        heading=Label("Emissions", "Émissions"),
        plural=True,
        without=(
            Label("{by} more would be emitted", "{by} de plus seraient émis"),
            Label("{by} less would be emitted", "{by} de moins seraient émis"),
        ),
    ),
    w.Objective.TRANSPORT: ObjectiveFacts(
        measured=Measured.CARRIAGE,
        meaning=Label("Tonnes carried times kilometres", "Tonnes transportées multipliées par les kilomètres"),
        noun=Label("transport", "le transport"),
        short=Label("transport", "les transports"),
        of=Label("of transport", "des transports"),
        heading=Label("Transport", "Transport"),
        without=(
            Label("{by} more would be carried", "{by} de plus seraient transportées"),
            Label("{by} less would be carried", "{by} de moins seraient transportées"),
        ),
    ),
    w.Objective.WASTE: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What is thrown away or left over, unused services included, at reference prices; by-products "
                      "and what spoils in stocks are not counted here",
                      "Ce qui est jeté ou reste, services inutilisés compris, au prix de référence ; coproduits et "
                      "pertes de stock n'y sont pas comptés"),
        noun=Label("what is thrown away", "les rejets"),
        short=Label("what is thrown away", "les rejets"),
        of=Label("of what is thrown away", "des rejets"),
        heading=Label("Thrown away", "Rejets"),
        without=(
            Label("{by} more would be thrown away", "{by} de plus seraient jetés"),
            Label("{by} less would be thrown away", "{by} de moins seraient jetés"),
        ),
    ),
    w.Objective.CHANGE: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("How far the plan is from today's relations, counted at reference prices",
                      "À quelle distance le plan est des relations de cette année, au prix de référence"),
        noun=Label("the distance to this year", "l'écart à l'existant"),
        short=Label("distance from today", "l'écart à l'existant"),
        of=Label("of distance from today", "de l'écart à l'existant"),
        heading=Label("Distance from today", "Écart à l'existant"),
        without=(
            Label("{by} more would change from this year", "{by} de plus changeraient par rapport à cette année"),
            Label("{by} less would change from this year", "{by} de moins changeraient par rapport à cette année"),
        ),
    ),
}  # fmt: skip


CLOSING: dict[str, Label] = {
    "openings": Label("projects opened", "projets ouverts"),
    "expansions": Label("enlargements", "extensions"),
    "grants": Label("new grants", "nouvelles subventions"),
    "stocks": Label("stocks", "stocks"),
    "idle_services": Label("services that nobody uses", "services que personne n'utilise"),
    "activity": Label("activity and resources", "activité et ressources"),
    "discards": Label("what is thrown away, by-products included", "rejets, coproduits compris"),
    "shipments": Label("deliveries", "livraisons"),
    "kilometres": Label("distance of deliveries", "distance des livraisons"),
    "payments": Label("compensation paid", "compensations versées"),
    "by_name": Label("equal plans, told apart once and for all", "choix entre plans équivalents, toujours le même"),
}
"""What is minimised last, so that nothing moves or opens without a reason, and how it is named."""

CLOSING_MEANINGS: dict[str, Label] = {
    "openings": Label("How many candidate activities and relations are opened",
                      "Combien d'activités et d'échanges en projet sont ouverts"),
    "expansions": Label("Capacity added, times the value of what one unit of activity puts out at reference prices: no "
                        "spending", "Capacité ajoutée × valeur, au prix de référence, de ce que produit une unité "
                        "d'activité : ce n'est pas une dépense"),
    "grants": Label("What grants exceed those of this year by", "Ce que les aides dépassent celles de cette année"),
    "stocks": Label("What is in stock at the end of each period, at reference prices, added up",
                    "Ce qui est en stock à la fin de chaque période, au prix de référence, additionné"),
    "idle_services": Label("Hours, places and the like that are made and not used, at reference prices",
                           "Heures, places et autres services produits sans être utilisés, au prix de référence"),
    "activity": Label("Levels times the value of what they put out, and resources used, at reference prices",
                      "Volumes d'activité × valeur de ce qu'ils produisent, et ressources utilisées, au prix de "
                      "référence"),
    "discards": Label("What is thrown away or left over, by-products included, what spoils in stocks apart, at "
                      "reference prices", "Ce qui est jeté ou reste, coproduits compris, pertes de stock à part, au "
                      "prix de référence"),
    "shipments": Label("All that is delivered, at reference prices", "Tout ce qui est livré, au prix de référence"),
    "kilometres": Label("What is delivered, at reference prices, times kilometres",
                        "Ce qui est livré, au prix de référence, × kilomètres"),
    "payments": Label("What actors pay one another so that nobody loses",
                      "Ce que des acteurs versent à d'autres pour que personne ne perde"),
    "by_name": Label("A sum without a meaning of its own, which tells equal plans apart",
                     "Une somme sans signification propre, qui départage des plans équivalents"),
}  # fmt: skip
"""What each of these counts, so that its figure can be worked out again."""


def facts_of(kind: w.Objective) -> ObjectiveFacts:
    """Return what is known of an objective."""
    return OBJECTIVES[kind]


def objective_of(key: str) -> ObjectiveFacts | None:
    """Return the facts of the objective with this JSON key; None for a measure of the workbook's own."""
    if key.startswith("measure: ") or key in CLOSING:
        return None
    return OBJECTIVES[w.Objective[key.upper()]]


def named(rank: str) -> Label:
    """Return what a rank is called: its objectives joined by ``+``, each by its heading; a step of its own as it is."""
    headings = [_heading(key) for key in rank.split(" + ")]
    return Label(" + ".join(one.en for one in headings), " + ".join(one.fr for one in headings))


def _heading(key: str) -> Label:
    if key in CLOSING:
        return CLOSING[key]
    kind = w.Objective.__members__.get(key.upper())
    return OBJECTIVES[kind].heading if kind is not None else as_written(key.removeprefix("measure: "))
