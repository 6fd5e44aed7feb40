"""Each objective, declared once: which way it is better, what it counts, in which unit, and how it is spoken of.

Whatever names, shows or explains an objective asks here. An objective that :class:`filiere.schema.words.Objective`
has and this table has not is a ``KeyError`` at import.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from filiere.language import Label
from filiere.schema import words as w


class Measured(Enum):
    """What an objective's values are amounts of. ``label`` is None for money: the workbook's currency is shown."""

    MONEY = None
    WEIGHTED = None, "money that counts by how far outside it goes"
    SHARE = Label("share", "part")
    SCALES = Label("scales", "échelles")
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
    ),
    w.Objective.DEFICIT: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What the actors' budgets lack to balance",
                      "Ce qui manque aux budgets des acteurs pour s'équilibrer"),
        noun=Label("the deficit", "le déficit"),
        short=Label("deficits", "les déficits"),
        of=Label("of deficits", "des déficits"),
        heading=Label("Deficits", "Déficits"),
    ),
    w.Objective.RULES: ObjectiveFacts(
        measured=Measured.SCALES,
        meaning=Label("How far wished rules are missed, each against its own scale",
                      "De combien les règles souhaitées sont manquées, chacune à sa propre échelle"),
        noun=Label("what wished rules miss", "ce qui manque aux règles souhaitées"),
        short=Label("what wished rules miss", "l'écart aux règles souhaitées"),
        of=Label("of what wished rules miss", "de l'écart aux règles souhaitées"),
        heading=Label("Wished rules missed", "Écart aux règles souhaitées"),
    ),
    w.Objective.DEPENDENCY: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="upstream_dependency",
        meaning=Label("Purchases, sales and funding that depend on the outside, added up with their weights",
                      "Achats, ventes et financements qui dépendent de l'extérieur, additionnés avec leurs poids"),
        noun=Label("dependency on the outside", "la dépendance à l'extérieur"),
        short=Label("dependency", "la dépendance"),
        of=Label("of dependency", "de la dépendance"),
        heading=Label("Dependency, weighted", "Dépendance pondérée"),
    ),
    w.Objective.LOST: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What the territory made or collected this year and no longer would, counted at reference prices",
                      "Ce que le territoire fait ou collecte cette année et ne ferait plus, au prix de référence"),
        noun=Label("lost output", "l'activité perdue"),
        short=Label("lost output", "l'activité perdue"),
        of=Label("of lost output", "de l'activité perdue"),
        heading=Label("Lost output", "Activité perdue"),
    ),
    w.Objective.OUTLETS: ObjectiveFacts(
        better="more", measured=Measured.MONEY,
        meaning=Label("What is sold of what the outlets say they take",
                      "Ce qui est vendu de ce que les débouchés annoncent"),
        noun=Label("outlets served", "les débouchés servis"),
        short=Label("outlets served", "les débouchés servis"),
        of=Label("of outlets served", "des débouchés servis"),
        heading=Label("Outlets served", "Débouchés servis"),
    ),
    w.Objective.DEPENDENCY_UPSTREAM: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="upstream_dependency",
        meaning=Label("Purchases that depend on the outside", "Achats qui dépendent de l'extérieur"),
        noun=Label("outside purchases", "les achats extérieurs"),
        short=Label("upstream dependency", "la dépendance amont"),
        of=Label("of upstream dependency", "de la dépendance amont"),
        heading=Label("Upstream dependency", "Dépendance amont"),
    ),
    w.Objective.DEPENDENCY_DOWNSTREAM: ObjectiveFacts(
        measured=Measured.WEIGHTED, share="downstream_dependency",
        meaning=Label("Sales that depend on the outside, and usable goods thrown away",
                      "Ventes qui dépendent de l'extérieur, et biens utilisables jetés"),
        noun=Label("dependency on outside sales", "la dépendance aux ventes extérieures"),
        short=Label("downstream dependency", "la dépendance aval"),
        of=Label("of downstream dependency", "de la dépendance aval"),
        heading=Label("Downstream dependency", "Dépendance aval"),
    ),
    w.Objective.DEPENDENCY_FUNDING: ObjectiveFacts(
        measured=Measured.MONEY, share="funding_dependency",
        meaning=Label("Funding that comes from the outside", "Financements venus de l'extérieur"),
        noun=Label("dependency on outside funding", "la dépendance aux financements extérieurs"),
        short=Label("funding dependency", "la dépendance aux financements"),
        of=Label("of funding dependency", "de la dépendance aux financements"),
        heading=Label("Funding dependency", "Dépendance aux financements"),
    ),
    w.Objective.CIRCULARITY: ObjectiveFacts(
        better="more", measured=Measured.SHARE,
        meaning=Label("Share of what is used that is by-products or re-use",
                      "Part de ce qui est utilisé qui vient de coproduits ou du réemploi"),
        noun=Label("the circular use rate", "le taux d'usage circulaire"),
        short=Label("circularity", "la circularité"),
        of=Label("of circularity", "de la circularité"),
        heading=Label("Circular use", "Utilisation circulaire"),
    ),
    w.Objective.COST: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("Net cost of the territory as a whole, exchanges between its actors apart",
                      "Coût net pour l'ensemble du territoire, hors échanges entre ses acteurs"),
        noun=Label("the net cost", "le coût net"),
        short=Label("cost", "le coût"),
        of=Label("of cost", "du coût"),
        heading=Label("Net cost", "Coût net"),
    ),
    w.Objective.VALUE_KEPT: ObjectiveFacts(
        better="more", measured=Measured.MONEY,
        meaning=Label("What stays on the territory of what is used and sold",
                      "Ce qui reste sur le territoire de ce qui est utilisé et vendu"),
        noun=Label("the value kept on the territory", "la valeur conservée sur le territoire"),
        short=Label("value kept", "la valeur conservée"),
        of=Label("of value kept", "de la valeur conservée"),
        heading=Label("Value kept on the territory", "Valeur conservée sur le territoire"),
    ),
    w.Objective.JOBS: ObjectiveFacts(
        better="more", measured=Measured.POSTS,
        meaning=Label("Full-time equivalents", "Équivalents temps plein"),
        noun=Label("jobs", "les emplois"),
        short=Label("jobs", "les emplois"),
        of=Label("of jobs", "des emplois"),
        heading=Label("Jobs", "Emplois"),
    ),
    w.Objective.CO2: ObjectiveFacts(
        measured=Measured.EMISSIONS,
        meaning=Label("Emissions of activities and transport", "Émissions des activités et des transports"),
        noun=Label("emissions", "les émissions"),
        short=Label("emissions", "les émissions"),
        of=Label("of emissions", "des émissions"),
        heading=Label("Emissions", "Émissions"),
    ),
    w.Objective.TRANSPORT: ObjectiveFacts(
        measured=Measured.CARRIAGE,
        meaning=Label("Tonnes carried times kilometres", "Tonnes transportées multipliées par les kilomètres"),
        noun=Label("transport", "le transport"),
        short=Label("transport", "les transports"),
        of=Label("of transport", "des transports"),
        heading=Label("Transport", "Transport"),
    ),
    w.Objective.WASTE: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("What is thrown away, unused services included, counted at reference prices",
                      "Ce qui est jeté, services inutilisés compris, au prix de référence"),
        noun=Label("what is thrown away", "les rejets"),
        short=Label("what is thrown away", "les rejets"),
        of=Label("of what is thrown away", "des rejets"),
        heading=Label("Thrown away", "Rejets"),
    ),
    w.Objective.CHANGE: ObjectiveFacts(
        measured=Measured.MONEY,
        meaning=Label("How far the plan is from today's relations, counted at reference prices",
                      "À quelle distance le plan est des relations de cette année, au prix de référence"),
        noun=Label("the distance to this year", "l'écart à l'existant"),
        short=Label("distance from today", "l'écart à l'existant"),
        of=Label("of distance from today", "de l'écart à l'existant"),
        heading=Label("Distance from today", "Écart à l'existant"),
    ),
}  # fmt: skip


CLOSING: dict[str, Label] = {
    "openings": Label("projects opened", "projets ouverts"),
    "expansions": Label("enlargements", "extensions"),
    "grants": Label("new grants", "nouvelles subventions"),
    "stocks": Label("stocks", "stocks"),
    "idle_services": Label("services that nobody uses", "services que personne n'utilise"),
    "activity": Label("activity and resources", "activité et ressources"),
    "discards": Label("what is thrown away", "rejets"),
    "shipments": Label("deliveries", "livraisons"),
    "kilometres": Label("distance of deliveries", "distance des livraisons"),
    "payments": Label("compensation paid", "compensations versées"),
    "by_name": Label("equal plans, told apart by names", "plans équivalents, départagés par les noms"),
}
"""What is minimised last, so that nothing moves or opens without a reason, and how it is named."""


def facts_of(kind: w.Objective) -> ObjectiveFacts:
    """Return what is known of an objective."""
    return OBJECTIVES[kind]


def objective_of(key: str) -> ObjectiveFacts | None:
    """Return the facts of the objective with this JSON key; None for a measure of the workbook's own."""
    if key.startswith("measure: ") or key in CLOSING:
        return None
    return OBJECTIVES[w.Objective[key.upper()]]
