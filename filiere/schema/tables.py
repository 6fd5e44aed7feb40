"""Every table and column of a workbook.

A class is a sheet, a field is a column: its labels, type, unit, default, bounds and help are said here and
nowhere else. Field names are the English headings with ``_`` (``from`` and ``to`` are ``from_`` and ``to``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from filiere.language import Label
from filiere.schema import words as w
from filiere.schema.columns import Addressed, Column, Reads, Table, name, names, numeric, rare, text, word
from filiere.schema.units import Unit


@dataclass(frozen=True, kw_only=True)
class Row(Addressed):
    """What every table carries besides its own columns."""

    table: ClassVar[Table]

    source: str | None = text(
        "source",
        "source",
        "Where the figures of this row come from.",
        "D'où viennent les chiffres de cette ligne.",
        "sources",
        common=True,
    )
    confidence: w.Confidence | None = field(
        default=None,
        metadata={
            "column": Column(
                Label("confidence", "confiance"),
                Reads.WORD,
                Label(
                    "How well the figures of this row are known.",
                    "À quel point les chiffres de cette ligne sont connus.",
                ),
                words=w.Confidence,
                common=True,
            )
        },
    )
    uncertainty: float | None = field(
        default=None,
        metadata={
            "column": Column(
                Label("uncertainty", "incertitude"),
                Reads.NUMBER,
                Label(
                    "By what share the figures of this row may be wrong, either way; for reconciling, their relative "
                    "standard deviation.",
                    "De quelle part les chiffres de cette ligne peuvent être faux, en plus ou en moins ; pour la "
                    "réconciliation, leur écart type relatif.",
                ),
                unit=Unit.SHARE,
                lowest=0.0,
                largest=1e4,
                asks_at_one=True,
                common=True,
            )
        },
    )
    note: str | None = text(
        "note",
        "note",
        "Anything worth remembering.",
        "Tout ce qui mérite d'être noté.",
        "notes",
        "remarque",
        "remarques",
        "comment",
        "commentaire",
        common=True,
    )
    scenario: str | None = text(
        "scenario",
        "scénario",
        "This row exists in that scenario only.",
        "Cette ligne n'existe que dans ce scénario.",
        common=True,
    )


@dataclass(frozen=True, kw_only=True)
class SettingsRow(Row):
    """One setting."""

    table: ClassVar[Table] = Table(
        "settings",
        Label("Settings", "Paramètres"),
        Label("What holds for the whole chain.", "Ce qui vaut pour toute la filière."),
        ("Réglages",),
    )
    setting: str = text("setting", "paramètre", "Which setting.", "Quel paramètre.", "réglage", key=True, required=True)
    value: str | float | None = text("value", "valeur", "Its value.", "Sa valeur.", anything=True)


@dataclass(frozen=True, kw_only=True)
class SettingsValues(Addressed):
    """The settings themselves, each declared as a column is."""

    name: str | None = text("name", "nom", "The chain's name.", "Le nom de la filière.", "chain", "filière")
    territory: str | None = text("territory", "territoire", "The territory.", "Le territoire.")
    currency: str = text(
        "currency",
        "monnaie",
        "The currency of every amount of money.",
        "La monnaie de tous les montants.",
        "devise",
        default="EUR",
    )
    language: w.LanguageWord | None = word(
        "language",
        "langue",
        "Language of the results (fr or en).",
        "Langue des résultats (fr ou en).",
        words=w.LanguageWord,
    )
    circularity_basis: w.Basis = word(
        "circularity_basis",
        "base de la circularité",
        "Whether circularity is counted by mass or by value.",
        "La circularité se compte en masse ou en valeur.",
        "base_circularité",
        words=w.Basis,
        default=w.Basis.MASS,
    )
    dependency_basis: w.DependencyBasis = word(
        "dependency_basis",
        "base de la dépendance",
        "What an outside purchase or sale counts by: the product's price (reference), the price paid, or mass.",
        "Ce par quoi compte un achat ou une vente à l'extérieur : le prix du produit (référence), le prix payé ou la "
        "masse.",
        "base_dépendance",
        words=w.DependencyBasis,
        default=w.DependencyBasis.REFERENCE,
    )
    upstream_weight: float = numeric(
        "upstream_weight",
        "poids de l'amont",
        "Weight of outside purchases in dependency.",
        "Poids des achats extérieurs dans la dépendance.",
        "poids_amont",
        unit=Unit.PLAIN,
        weight=True,
        default=1.0,
    )
    downstream_weight: float = numeric(
        "downstream_weight",
        "poids de l'aval",
        "Weight of outside sales in dependency.",
        "Poids des ventes extérieures dans la dépendance.",
        "poids_aval",
        unit=Unit.PLAIN,
        weight=True,
        default=0.5,
    )
    funding_weight: float = numeric(
        "funding_weight",
        "poids des financements",
        "Weight of outside funding in dependency.",
        "Poids des financements extérieurs dans la dépendance.",
        "poids_financement",
        unit=Unit.PLAIN,
        weight=True,
        default=1.0,
    )
    cost_bound: float | None = numeric(
        "cost_bound",
        "surcoût accepté",
        "How much a plan may cost beyond the cheapest one that serves the needs (or beyond today), as a share of gross "
        "outlays. Blank: 10 % under the default objectives, else no bound.",
        "De combien un plan peut coûter plus que le moins cher qui couvre les besoins (ou que cette année), en part "
        "des dépenses brutes. Vide : 10 % avec les objectifs par défaut, sinon aucune limite.",
        "surcoût_accepté",
        unit=Unit.SHARE,
    )
    continuity: float = numeric(
        "continuity",
        "continuité",
        "Share of each of today's relations that must remain.",
        "Part de chacune des relations de cette année qui doit rester.",
        unit=Unit.SHARE,
        default=0.0,
        highest=1.0,
    )
    fairness: w.Fairness | None = word(
        "fairness",
        "équité",
        "Where not all that is wanted can be had: equal shares first (before), equal shares as far as they add no more "
        "than 5% to what is missing (after), or none sought (no).",
        "Quand tout ce qui est souhaité ne peut pas être servi : d'abord des parts égales (avant les besoins), des "
        "parts égales tant qu'il ne manque pas plus de 5 % de plus (après les besoins), ou sans les chercher (non).",
        words=w.Fairness,
        default_said=(
            "before under the default objectives, else no",
            "avant les besoins avec les objectifs par défaut, sinon non",
        ),
    )
    growth_max: float | None = numeric(
        "growth_max",
        "hausse maximale",
        "By what share any of today's relations and activities should grow at most; held as nearly as it goes.",
        "De quelle part au plus chaque échange et chaque activité de cette année devrait augmenter ; respectée d'aussi "
        "près que possible.",
        "hausse_maximale",
        unit=Unit.SHARE,
        default_said=("none", "aucune"),
    )
    nobody_worse_off: w.YesNo = word(
        "nobody_worse_off",
        "personne ne perd",
        "yes: no inside actor's account (receipts less outlays) may fall below today's.",
        "oui : le compte d'aucun acteur du territoire (recettes moins dépenses) ne descend sous celui de cette année.",
        "personne_ne_perd",
        words=w.YesNo,
        default=w.YesNo.NO,
    )
    no_member_worse_off: w.YesNo = word(
        "no_member_worse_off",
        "aucun membre ne perd",
        "The same for members alone.",
        "De même pour les seuls membres.",
        "aucun_membre_ne_perd",
        words=w.YesNo,
        default=w.YesNo.NO,
    )
    inhabitants: float | None = numeric(
        "inhabitants",
        "habitants",
        "Inhabitants of the territory, for results per head.",
        "Habitants du territoire, pour les résultats par habitant.",
        "population",
        unit=Unit.PLAIN,
    )
    household_local_spend: float = rare(
        numeric(
            "household_local_spend",
            "dépense locale des habitants",
            "Share of their wages that the people of the territory spend again with its sellers, for the local "
            "multiplier.",
            "Part de leurs salaires que les habitants dépensent à nouveau chez les vendeurs du territoire, pour le "
            "multiplicateur local.",
            "dépense_locale_des_habitants",
            unit=Unit.SHARE,
            rate=True,
            default=0.0,
            highest=1.0,
        )
    )
    discount_rate: float = numeric(
        "discount_rate",
        "taux d'actualisation",
        "Yearly rate that turns an investment into a constant annuity.",
        "Taux annuel qui transforme un investissement en annuité constante.",
        "taux_actualisation",
        unit=Unit.SHARE,
        rate=True,
        default=0.0,
    )
    detour: float = numeric(
        "detour",
        "détour",
        "Road distance over great-circle distance.",
        "Distance par la route rapportée à la distance à vol d'oiseau.",
        unit=Unit.PLAIN,
        default=1.3,
        lowest=1.0,
    )
    schema: float = numeric(
        "schema",
        "schéma",
        "Version of this format.",
        "Version de ce format.",
        unit=Unit.PLAIN,
        default=1.0,
        whole=True,
    )


@dataclass(frozen=True, kw_only=True)
class PeriodRow(Row):
    """One period of the year."""

    table: ClassVar[Table] = Table(
        "periods",
        Label("Periods", "Périodes"),
        Label(
            "The periods of the year. Without this sheet there is one, the year.",
            "Les périodes de l'année. Sans cette feuille il n'y en a qu'une, l'année.",
        ),
        ("Saisons", "Seasons"),
    )
    period: str = name("period", "période", "Its name.", "Son nom.", "saison", "season", key=True)
    share: float | None = numeric(
        "share",
        "part",
        "Its part of the year; together they make 1.",
        "Sa part de l'année ; ensemble elles font 1.",
        unit=Unit.SHARE,
        highest=1.0,
        default_said=("equal parts", "parts égales"),
    )


@dataclass(frozen=True, kw_only=True)
class ProfileRow(Row):
    """One calendar."""

    table: ClassVar[Table] = Table(
        "profiles",
        Label("Profiles", "Calendriers"),
        Label(
            "How a yearly quantity falls on the periods. One column a period. “free” needs no row: only the "
            "year's total binds.",
            "Comment une quantité annuelle se répartit sur les périodes. Une colonne par période. « libre » n'a pas "
            "besoin de ligne : seul le total de l'année compte.",
        ),
        ("Profils", "Calendars"),
        extra="periods",
    )
    profile: str = name("profile", "calendrier", "Its name.", "Son nom.", "profil", "calendar", key=True)
    kind: w.ProfileKind = word(
        "kind",
        "type",
        "spread: parts of a yearly total, summing to 1. availability: 0 to 1 of what an even year would give.",
        "part de l'année : parts d'un total annuel, qui font 1. taux d'ouverture : de 0 à 1 de ce que "
        "donnerait une année régulière.",
        "nature",
        words=w.ProfileKind,
        default=w.ProfileKind.SPREAD,
    )
    values: Mapping[str, float] = field(default_factory=dict)
    """Period heading as typed → value."""


@dataclass(frozen=True, kw_only=True)
class ActorRow(Row):
    """One actor."""

    table: ClassVar[Table] = Table(
        "actors",
        Label("Actors", "Acteurs"),
        Label(
            "Who takes part, inside and outside the territory.",
            "Qui participe, sur le territoire et au dehors.",
        ),
        ("Structures", "Organisations"),
        required=True,
    )
    actor: str = name("actor", "acteur", "Its name.", "Son nom.", "nom", "name", "structure", key=True)
    perimeter: w.Perimeter = word(
        "perimeter",
        "périmètre",
        "member, local, partner or external. Members and locals are inside: what comes in must go out.",
        "membre, du territoire, partenaire ou extérieur. Membres et acteurs du territoire sont à "
        "l'intérieur : ce qui entre doit ressortir.",
        words=w.Perimeter,
        required=True,
    )
    sector: w.Sector = word(
        "sector",
        "secteur",
        "private, public, sse or household.",
        "privé, public, ess ou habitants.",
        words=w.Sector,
        default=w.Sector.PRIVATE,
    )
    identifier: str | None = text(
        "identifier",
        "identifiant",
        "SIRET, SIREN, VAT number or any number that other files know it by; several separated by “;”.",
        "SIRET, SIREN, numéro de TVA ou tout numéro sous lequel d'autres fichiers le connaissent ; plusieurs séparés "
        "par « ; ».",
        "identifiants",
        "siret",
        "siren",
    )
    group: tuple[str, ...] = names(
        "group",
        "groupe",
        "Free labels, several separated by “;”, usable wherever an actor is asked for.",
        "Étiquettes libres, plusieurs séparées par « ; », utilisables partout où l'on demande un acteur.",
        "groups",
        "groupes",
    )
    dependency_weight: float | None = numeric(
        "dependency_weight",
        "poids dans la dépendance",
        "How far outside it counts, 0 to 1.",
        "À quel point il compte comme extérieur, de 0 à 1.",
        "poids_dépendance",
        unit=Unit.PLAIN,
        highest=1.0,
        default_said=(
            "member 0, local 0, partner 0.5, external 1",
            "membre 0, du territoire 0, partenaire 0,5, extérieur 1",
        ),
    )
    balanced_budget: w.Budget | None = word(
        "balanced_budget",
        "budget_équilibré",
        "yes: its receipts and reserve must cover its outlays; wish: the shortfall is measured and minimised; no.",
        "oui : ses recettes et sa réserve couvrent ses dépenses ; souhaité : le déficit est mesuré et réduit ; non.",
        words=w.Budget,
        default_said=(
            "wish where a Funding row names the actor, no otherwise",
            "souhaité si un financement nomme l'acteur, non sinon",
        ),
    )
    reserve: float = numeric(
        "reserve",
        "réserve",
        "What it may draw from its own funds in the year.",
        "Ce qu'il peut prélever sur ses fonds propres dans l'année.",
        unit=Unit.MONEY,
        default=0.0,
    )
    may_transfer: w.YesNo = rare(
        word(
            "may_transfer",
            "peut verser une compensation",
            "Whether it may pay other members so that a plan in which they would lose is possible (nobody worse off, "
            "no member worse off).",
            "S'il peut dédommager d'autres membres, pour qu'un plan où ils perdraient devienne possible (personne ne "
            "perd, aucun membre ne perd).",
            "peut_verser_une_compensation",
            words=w.YesNo,
            default=w.YesNo.NO,
        )
    )
    place: str | None = text("place", "lieu", "Town or village.", "Commune ou lieu-dit.", "commune", "town")
    latitude: float | None = numeric(
        "latitude",
        "latitude",
        "Decimal degrees.",
        "Degrés décimaux.",
        "lat",
        unit=Unit.DEGREES,
        lowest=-90.0,
        highest=90.0,
    )
    longitude: float | None = numeric(
        "longitude",
        "longitude",
        "Decimal degrees.",
        "Degrés décimaux.",
        "lon",
        "lng",
        unit=Unit.DEGREES,
        lowest=-180.0,
        highest=180.0,
    )


@dataclass(frozen=True, kw_only=True)
class ProductRow(Row):
    """One product."""

    table: ClassVar[Table] = Table(
        "products",
        Label("Products", "Produits"),
        Label(
            "Everything that circulates: goods, by-products, hours, seats.",
            "Tout ce qui circule : biens, coproduits, heures, places.",
        ),
        required=True,
    )
    product: str = name("product", "produit", "Its name.", "Son nom.", "nom", "name", key=True)
    unit: str = text(
        "unit",
        "unité",
        "The unit all its quantities are in (t, kg, L, h, seat…).",
        "L'unité de toutes ses quantités (t, kg, L, h, place…).",
        required=True,
    )
    price: float | None = numeric(
        "price",
        "prix",
        "Reference price; negative where one pays to be rid of it.",
        "Prix de référence ; négatif si l'on paie pour s'en débarrasser.",
        "prix de référence",
        unit=Unit.PRICE,
        lowest=None,
        default_said=("0: unknown", "0 : inconnu"),
    )
    kind: w.ProductKind = word(
        "kind",
        "nature",
        "primary (taken from nature), product, secondary (by-product, waste, re-used) or service.",
        "ressource naturelle, produit, coproduit ou réemploi, ou service.",
        "type",
        words=w.ProductKind,
        default=w.ProductKind.PRODUCT,
    )
    kg: float | None = numeric(
        "kg",
        "kg",
        "Mass of one unit.",
        "Masse d'une unité.",
        "masse",
        "mass",
        unit=Unit.MASS,
        default_said=("from the unit where it is a mass", "tirée de l'unité si c'est une masse"),
    )
    criticality: float = numeric(
        "criticality",
        "importance",
        "Weight in dependency and shortage.",
        "Poids dans la dépendance et les manques.",
        "criticité",
        unit=Unit.PLAIN,
        weight=True,
        default=1.0,
    )
    may_discard: w.YesNo | None = word(
        "may_discard",
        "peut être jeté",
        "Whether it may be thrown away.",
        "S'il peut être jeté.",
        "rejet_possible",
        words=w.YesNo,
        default_said=(
            "yes for secondary and service, no otherwise",
            "oui pour les coproduits et les services, non sinon",
        ),
    )
    discard_cost: float = numeric(
        "discard_cost",
        "coût d'élimination",
        "What throwing one unit away costs.",
        "Ce que coûte l'élimination d'une unité.",
        "coût_rejet",
        unit=Unit.PRICE,
        default=0.0,
    )
    labels: tuple[str, ...] = names(
        "labels",
        "labels",
        "Free marks, several separated by “;” (organic, EGalim…).",
        "Marques libres, plusieurs séparées par « ; » (bio, EGalim…).",
        "label",
    )
    family: str | None = name(
        "family",
        "famille",
        "Free label for grouping results.",
        "Étiquette libre pour regrouper les résultats.",
    )
    stage: str | None = name(
        "stage",
        "maillon",
        "Stage of the chain, for grouping results.",
        "Maillon de la filière, pour regrouper les résultats.",
        "étape",
    )
    shelf_life: float | None = rare(
        numeric(
            "shelf_life",
            "conservation",
            "How many periods it keeps in store; 0: it does not keep.",
            "Combien de périodes il se garde en stock ; 0 : il ne se garde pas.",
            "durée de conservation",
            "shelf life",
            unit=Unit.PLAIN,
            whole=True,
            default_said=("any length of time", "aussi longtemps qu'on veut"),
        )
    )


@dataclass(frozen=True, kw_only=True)
class ProcessRow(Row):
    """One activity of one actor."""

    table: ClassVar[Table] = Table(
        "processes",
        Label("Processes", "Activités"),
        Label(
            "What an actor can do; its level counts yearly runs of its recipe.",
            "Ce qu'un acteur sait faire ; son volume d'activité compte les réalisations de sa recette dans l'année.",
        ),
        ("Process", "Activities", "Procédés"),
        extra="measures",
    )
    process: str = name("process", "activité", "Its name.", "Son nom.", "activity", "procédé", key=True)
    actor: str = name("actor", "acteur", "Who does it.", "Qui la réalise.", key=True, refers=("actors",))
    capacity: float | None = numeric(
        "capacity",
        "capacité",
        "Largest level in a year.",
        "Volume d'activité maximal dans l'année.",
        unit=Unit.LEVEL,
        default_said=("no limit", "sans limite"),
    )
    minimum: float = numeric(
        "minimum",
        "minimum",
        "Smallest level in a year.",
        "Volume d'activité minimal dans l'année.",
        unit=Unit.LEVEL,
        default=0.0,
    )
    today: float | None = numeric(
        "today",
        "cette année",
        "This year's level.",
        "Volume d'activité de cette année.",
        "actuel",
        "aujourd'hui",
        unit=Unit.LEVEL,
        default_said=("unknown", "inconnu"),
    )
    unit_cost: float = numeric(
        "unit_cost",
        "coût_unitaire",
        "Cost per unit of activity, besides its inputs.",
        "Coût par unité d'activité, hors intrants.",
        unit=Unit.MONEY_PER_LEVEL,
        default=0.0,
    )
    fixed_cost: float = numeric(
        "fixed_cost",
        "coût_fixe",
        "Cost per year, paid whatever happens once it exists.",
        "Coût par an, payé quoi qu'il arrive dès lors qu'elle existe.",
        unit=Unit.MONEY,
        default=0.0,
    )
    status: w.ProcessStatus = word(
        "status",
        "statut",
        "existing, candidate (opened or not as a whole), opened, or scalable.",
        "existant, en projet (ouvert ou non en bloc), ouvert, ou agrandissable.",
        words=w.ProcessStatus,
        default=w.ProcessStatus.EXISTING,
    )
    whole: w.Whole = word(
        "whole",
        "entier",
        "Whether the level is a whole number: yes (of the year: creations, editions), each period (trips), or no.",
        "Si le volume est un nombre entier : oui (sur l'année : créations, éditions), chaque période (tournées), ou "
        "non.",
        words=w.Whole,
        default=w.Whole.NO,
    )
    local_share: float | None = numeric(
        "local_share",
        "part_locale",
        "Share of its own costs paid to people and firms of the territory.",
        "Part de ses coûts propres payée à des gens et des entreprises du territoire.",
        unit=Unit.SHARE,
        highest=1.0,
        default_said=("unknown, counted as inside", "inconnue, comptée comme locale"),
    )
    investment: float | None = numeric(
        "investment",
        "annuité d'investissement",
        "Yearly cost of a candidate once opened.",
        "Coût annuel d'une activité en projet une fois ouverte.",
        "investissement",
        unit=Unit.MONEY,
        default_said=("0", "0"),
    )
    investment_total: float | None = numeric(
        "investment_total",
        "investissement_total",
        "Total investment, turned into an annuity over its life.",
        "Investissement total, transformé en annuité sur sa durée.",
        unit=Unit.CAPITAL,
        default_said=("0", "0"),
    )
    life: float | None = numeric(
        "life",
        "durée",
        "Years over which the total is spread.",
        "Années sur lesquelles le total est étalé.",
        unit=Unit.YEARS,
        lowest=0.0,
    )
    expansion_max: float | None = numeric(
        "expansion_max",
        "extension maximale",
        "Largest expansion of a scalable activity.",
        "Plus grande extension d'une activité agrandissable.",
        "extension_max",
        unit=Unit.LEVEL,
        default_said=("no limit", "sans limite"),
    )
    expansion_cost: float = numeric(
        "expansion_cost",
        "coût d'extension",
        "Cost of the expansion, per level and year.",
        "Coût de l'extension, par unité d'activité et par an.",
        "coût_extension",
        unit=Unit.MONEY_PER_LEVEL,
        default=0.0,
    )
    jobs: float = numeric(
        "jobs",
        "ETP par unité",
        "Full-time equivalents per unit of activity.",
        "Équivalents temps plein par unité d'activité.",
        "emplois",
        unit=Unit.JOBS,
        default=0.0,
    )
    co2: float = numeric(
        "co2",
        "co2",
        "kg CO₂e per unit of activity.",
        "kg CO₂e par unité d'activité.",
        unit=Unit.CO2_PER_LEVEL,
        default=0.0,
        lowest=None,
    )
    availability: str | None = name(
        "availability",
        "calendrier",
        "A profile: when in the year it can run.",
        "Un calendrier : quand dans l'année elle peut tourner.",
        "disponibilité",
        "profile",
        "profil",
        refers=("profiles",),
    )
    minimum_load: float | None = rare(
        numeric(
            "minimum_load",
            "taux d'activité minimal",
            "Share of its capacity under which it does not run in a period: an oven is not lit for three loaves.",
            "Part de sa capacité en dessous de laquelle elle ne tourne pas dans une période : on n'allume pas un four "
            "pour trois pains.",
            "taux_d'activité_minimal",
            "minimum load",
            unit=Unit.SHARE,
            highest=1.0,
            default_said=("none", "aucun"),
        )
    )
    requires: tuple[str, ...] = rare(
        names(
            "requires",
            "nécessite le projet",
            "For a project: the projects without which it is not opened, separated by “;”.",
            "Pour un projet : les projets sans lesquels il n'est pas ouvert, séparés par « ; ».",
            "nécessite_le_projet",
            refers=("processes",),
        )
    )
    measures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RecipeRow(Row):
    """One input or output of an activity."""

    table: ClassVar[Table] = Table(
        "recipes",
        Label("Recipes", "Entrées-sorties"),
        Label(
            "What one unit of an activity takes in and puts out.",
            "Ce qu'une unité d'activité consomme et produit.",
        ),
        ("Recettes", "Inputs-outputs"),
        unique=False,
    )
    process: str = name(
        "process",
        "activité",
        "Which activity.",
        "Quelle activité.",
        "activity",
        "procédé",
        key=True,
        refers=("processes",),
    )
    product: str = name("product", "produit", "Which product.", "Quel produit.", key=True, refers=("products",))
    input: float | None = numeric(
        "input",
        "entrée",
        "Taken in per unit of activity.",
        "Consommé par unité d'activité.",
        "in",
        "intrant",
        unit=Unit.AMOUNT_PER_LEVEL,
        default_said=("none", "aucune"),
    )
    output: float | None = numeric(
        "output",
        "sortie",
        "Put out per unit of activity.",
        "Produit par unité d'activité.",
        "out",
        unit=Unit.AMOUNT_PER_LEVEL,
        default_said=("none", "aucune"),
    )
    delay: float = rare(
        numeric(
            "delay",
            "délai",
            "For an output: so many periods after the run (cheese that ripens, a show in rehearsal), round the year.",
            "Pour une sortie : tant de périodes après l'activité (un fromage qui s'affine, un spectacle en "
            "répétition) ; la fin de l'année rejoint son début.",
            "delais",
            unit=Unit.PLAIN,
            whole=True,
            default=0.0,
        )
    )
    choice: str | None = rare(
        name(
            "choice",
            "au choix",
            "Inputs of one activity with the same label stand in for each other; each quantity is what one unit of "
            "activity takes of that one alone.",
            "Les entrées d'une activité qui portent la même étiquette se remplacent l'une l'autre ; chaque quantité "
            "est ce que prend une unité d'activité de cette entrée seule.",
            "au_choix",
        )
    )
    choice_min: float = rare(
        numeric(
            "choice_min",
            "part minimale du choix",
            "The least part that this input has in its choice.",
            "La plus petite part de cette entrée dans son choix.",
            "part_minimale_du_choix",
            "choice min",
            unit=Unit.SHARE,
            highest=1.0,
            default=0.0,
        )
    )
    choice_max: float = rare(
        numeric(
            "choice_max",
            "part maximale du choix",
            "The largest part that this input has in its choice.",
            "La plus grande part de cette entrée dans son choix.",
            "part_maximale_du_choix",
            "choice max",
            unit=Unit.SHARE,
            highest=1.0,
            default=1.0,
        )
    )


@dataclass(frozen=True, kw_only=True)
class LinkRow(Row):
    """Who can deliver what to whom."""

    table: ClassVar[Table] = Table(
        "links",
        Label("Links", "Échanges"),
        Label(
            "Who can deliver what to whom. An actor, a group, or * for every inside actor.",
            "Qui peut livrer quoi à qui. Un acteur, un groupe, ou * pour tous les acteurs de l'intérieur.",
        ),
        ("Liens", "Relations", "Flux", "Flows"),
        required=True,
        extra="measures",
        unique=False,
    )
    from_: str = name(
        "from",
        "fournisseur",
        "Who delivers.",
        "Qui livre.",
        "de",
        "supplier",
        "seller",
        "vendeur",
        key=True,
        refers=("actors", "groups", "everyone"),
    )
    to: str = name(
        "to",
        "client",
        "Who receives.",
        "Qui reçoit.",
        "vers",
        "customer",
        "buyer",
        "acheteur",
        "à",
        key=True,
        refers=("actors", "groups", "everyone"),
    )
    product: str = name("product", "produit", "What is delivered.", "Ce qui est livré.", key=True, refers=("products",))
    maximum: float | None = numeric(
        "maximum",
        "maximum",
        "Largest quantity in a year.",
        "Plus grande quantité dans l'année.",
        "max",
        unit=Unit.AMOUNT,
        default_said=("no limit", "sans limite"),
    )
    minimum: float = numeric(
        "minimum",
        "minimum",
        "Smallest quantity in a year.",
        "Plus petite quantité dans l'année.",
        "min",
        unit=Unit.AMOUNT,
        default=0.0,
    )
    today: float | None = numeric(
        "today",
        "cette année",
        "This year's real quantity.",
        "La quantité réelle de cette année.",
        "actuel",
        "aujourd'hui",
        unit=Unit.AMOUNT,
        default_said=("unknown", "inconnue"),
    )
    today_buyer: float | None = rare(
        numeric(
            "today_buyer",
            "cette année selon le client",
            "The same quantity as the buyer declares it, where both sides were asked; the two are settled by their "
            "confidence.",
            "La même quantité telle que le client la déclare, quand les deux ont répondu ; les deux chiffres sont "
            "départagés selon leur confiance.",
            "today by buyer",
            "actuel selon le client",
            "quantité selon le client",
            unit=Unit.AMOUNT,
            default_said=("not declared", "non déclarée"),
        )
    )
    confidence_buyer: w.Confidence | None = rare(
        word(
            "confidence_buyer",
            "confiance du client",
            "How well the buyer's own figure is known.",
            "À quel point le chiffre du client est connu.",
            "confiance selon le client",
            words=w.Confidence,
            default_said=("the row's confidence", "la confiance de la ligne"),
        )
    )
    price: float | None = numeric(
        "price",
        "prix",
        "What the buyer pays the seller; negative where the giver pays, as for waste.",
        "Ce que le client paie au fournisseur ; négatif si c'est le fournisseur qui paie, comme pour un déchet.",
        unit=Unit.PRICE,
        lowest=None,
        default_said=("the product's price", "le prix du produit"),
    )
    transport_cost: float = numeric(
        "transport_cost",
        "coût_transport",
        "Paid by the buyer, per unit.",
        "Payé par le client, par unité.",
        "transport",
        unit=Unit.PRICE,
        default=0.0,
    )
    loss: float = numeric(
        "loss",
        "perte",
        "Share lost on the way.",
        "Part perdue en route.",
        unit=Unit.SHARE,
        rate=True,
        default=0.0,
        highest=1.0,
    )
    co2: float = numeric(
        "co2",
        "co2",
        "kg CO₂e per unit delivered.",
        "kg CO₂e par unité livrée.",
        unit=Unit.CO2_PER_AMOUNT,
        default=0.0,
        lowest=None,
    )
    distance: float | None = numeric(
        "distance",
        "distance",
        "Kilometres by road.",
        "Kilomètres par la route.",
        "km",
        unit=Unit.DISTANCE,
        default_said=(
            "from the coordinates where both are known, else 0",
            "d'après les coordonnées si les deux sont connues, sinon 0",
        ),
    )
    within: float | None = numeric(
        "within",
        "rayon",
        "Drops the pairs farther apart than this.",
        "Écarte les couples plus éloignés que cela.",
        "radius",
        unit=Unit.DISTANCE,
        default_said=("no limit", "sans limite"),
    )
    period: str | None = name(
        "period",
        "période",
        "Blank: all year. A period: in that period only, with quantities of that period; it "
        "replaces there the rows without a period.",
        "Vide : toute l'année. Une période : dans cette période seulement, "
        "avec des quantités de la période ; la ligne y remplace celles sans période.",
        "saison",
        refers=("periods",),
    )
    status: w.LinkStatus = word(
        "status",
        "statut",
        "existing, or candidate (used or not as a whole).",
        "existant, ou en projet (utilisé ou non en bloc).",
        words=w.LinkStatus,
        default=w.LinkStatus.EXISTING,
    )
    fixed_cost: float = numeric(
        "fixed_cost",
        "coût_fixe",
        "Yearly cost if a candidate is used, borne by the buyer.",
        "Coût annuel si l'échange en projet est utilisé, à la charge du client.",
        unit=Unit.MONEY,
        default=0.0,
    )
    multiple: float | None = rare(
        numeric(
            "multiple",
            "taille du lot",
            "Delivered in whole lots of this size only, over the year or the row's own period: pallets, full loads. "
            "What is left of a lot is listed.",
            "Livré seulement par lots entiers de cette taille, sur l'année ou sur la période de la ligne : palettes, "
            "camions pleins. Ce qui reste d'un lot est listé.",
            "taille_du_lot",
            "lot",
            "lot size",
            unit=Unit.AMOUNT,
            default_said=("any quantity", "toute quantité"),
        )
    )
    round: str | None = rare(
        name(
            "round",
            "tournée de livraison",
            "Projects of one round are opened together, at one fixed cost: a route for several products.",
            "Les échanges en projet d'une même tournée s'ouvrent ensemble, pour un seul coût fixe : une route pour "
            "plusieurs produits.",
            "tournée_de_livraison",
            "delivery round",
        )
    )
    round_maximum: float | None = rare(
        numeric(
            "round_maximum",
            "maximum de la tournée",
            "Largest quantity of all rows of the round together; in kg where their units differ. Typed once, or alike.",
            "Plus grande quantité de toutes les lignes de la tournée ; en kg si leurs unités diffèrent. Indiqué une "
            "fois, ou partout le même.",
            "maximum_de_la_tournée",
            "round maximum",
            unit=Unit.PLAIN,
            default_said=("no limit", "sans limite"),
        )
    )
    uses: str | None = rare(
        name(
            "uses",
            "moyen utilisé",
            "What each unit delivered takes of a service: van places, pallets of a cold room, driver's hours.",
            "Ce que chaque unité livrée prend d'un service : places de camionnette, palettes d'une chambre froide, "
            "heures de conduite.",
            "moyen_utilisé",
            "means used",
            refers=("products",),
        )
    )
    uses_quantity: float = rare(
        numeric(
            "uses_quantity",
            "quantité de moyen par unité",
            "How much of it each unit delivered takes.",
            "Combien chaque unité livrée en prend.",
            "quantité_de_moyen_par_unité",
            "uses quantity",
            unit=Unit.MEANS_PER_AMOUNT,
            default=1.0,
            product="uses",
        )
    )
    carrier: str | None = rare(
        name(
            "carrier",
            "fourni par",
            "Who lends that service; the buyer pays for it. Blank: the seller.",
            "Qui fournit ce service ; le client le paie. Vide : le fournisseur.",
            "fourni_par",
            "lent by",
            refers=("actors",),
        )
    )
    measures: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = names(
        "labels",
        "labels",
        "Marks of what is delivered here, several separated by “;”: they take the place of the product's. "
        "none: no mark.",
        "Les marques de ce qui est livré ici, plusieurs séparées par « ; » : elles remplacent celles du produit. "
        "aucune : pas de marque.",
        "label",
    )


@dataclass(frozen=True, kw_only=True)
class OfferRow(Row):
    """What an actor can supply without making it."""

    table: ClassVar[Table] = Table(
        "offers",
        Label("Offers", "Ressources disponibles"),
        Label(
            "What an actor can supply without making it: land, work, a stock, an outside supplier's limit.",
            "Ce qu'un acteur peut fournir sans le fabriquer : terre, travail, stock, limite d'un fournisseur "
            "extérieur.",
        ),
        ("Ressources", "Offres", "Resources"),
        extra="measures",
        unique=False,
    )
    actor: str = name("actor", "acteur", "Who has it.", "Qui en dispose.", key=True, refers=("actors",))
    product: str = name("product", "produit", "What.", "Quoi.", key=True, refers=("products",))
    maximum: float | None = numeric(
        "maximum",
        "maximum",
        "Largest quantity in a year.",
        "Plus grande quantité dans l'année.",
        "max",
        "quantity",
        "quantité",
        unit=Unit.AMOUNT,
        default_said=("no limit", "sans limite"),
    )
    unit_cost: float = numeric(
        "unit_cost",
        "coût_unitaire",
        "Cost per unit used.",
        "Coût par unité utilisée.",
        unit=Unit.PRICE,
        default=0.0,
    )
    profile: str | None = name(
        "profile",
        "calendrier",
        "How it falls on the periods.",
        "Comment elle se répartit sur les périodes.",
        "profil",
        refers=("profiles",),
    )
    period: str | None = name(
        "period",
        "période",
        "In that period only; the quantity is that period's.",
        "Dans cette période seulement ; la quantité est celle de la période.",
        "saison",
        refers=("periods",),
    )
    measures: Mapping[str, float] = field(default_factory=dict)
    labels: tuple[str, ...] = names(
        "labels",
        "labels",
        "Marks of what is delivered here, several separated by “;”: they take the place of the product's. "
        "none: no mark.",
        "Les marques de ce qui est livré ici, plusieurs séparées par « ; » : elles remplacent celles du produit. "
        "aucune : pas de marque.",
        "label",
    )


@dataclass(frozen=True, kw_only=True)
class NeedRow(Row):
    """What is finally used, or can be sold."""

    table: ClassVar[Table] = Table(
        "needs",
        Label("Needs", "Besoins"),
        Label(
            "What is finally used, or can be sold.",
            "Ce qui est utilisé au bout du compte, ou peut être vendu.",
        ),
        ("Demande", "Demandes", "Demands"),
        extra="measures",
        unique=False,
    )
    actor: str = name(
        "actor",
        "acteur",
        "Who needs it: an actor, or a group (one row for each).",
        "Qui en a besoin : un acteur, ou un groupe (une ligne pour chacun).",
        key=True,
        refers=("actors", "groups"),
    )
    product: str = name(
        "product",
        "produit",
        "What: a product, or a family, which any mix of its products serves.",
        "Quoi : un produit, ou une famille, que n'importe quel mélange de ses produits peut servir.",
        key=True,
        refers=("products", "families"),
    )
    quantity: float | None = numeric(
        "quantity",
        "quantité",
        "How much in a year.",
        "Combien dans l'année.",
        unit=Unit.AMOUNT,
        default_said=("no limit, for an outlet only", "sans limite, pour un débouché seulement"),
    )
    profile: str | None = name(
        "profile",
        "calendrier",
        "How it falls on the periods.",
        "Comment il se répartit sur les périodes.",
        "profil",
        refers=("profiles",),
    )
    period: str | None = name(
        "period",
        "période",
        "In that period only; the quantity is that period's.",
        "Dans cette période seulement ; la quantité est celle de la période.",
        "saison",
        refers=("periods",),
    )
    obligation: w.Obligation = word(
        "obligation",
        "obligation",
        "must, want (served as far as possible) or outlet (may be sold).",
        "obligatoire, souhaité (servi autant que possible) ou débouché (peut être vendu).",
        words=w.Obligation,
        default=w.Obligation.WANT,
    )
    revenue: float = numeric(
        "revenue",
        "recette hors échanges",
        "Paid per unit by final users who are no actors.",
        "Payé par unité par des usagers qui ne sont pas des acteurs.",
        "recette",
        "recette_hors_échanges",
        unit=Unit.PRICE,
        default=0.0,
    )
    importance: float | None = numeric(
        "importance",
        "importance",
        "Weight when not all needs can be served.",
        "Poids lorsque tout ne peut être servi.",
        unit=Unit.PLAIN,
        weight=True,
        default_said=("the product's criticality", "l'importance du produit"),
    )
    returns: str | None = name(
        "returns",
        "produit en retour",
        "A product that comes back at this actor once served.",
        "Un produit qui revient chez cet acteur une fois le besoin servi.",
        "retour_produit",
        "returned product",
        refers=("products",),
    )
    returned: float = numeric(
        "returned",
        "quantité en retour",
        "How much of it comes back, per unit served.",
        "Combien il en revient par unité servie.",
        "retour_quantité",
        unit=Unit.AMOUNT_PER_AMOUNT,
        default=0.0,
        product="returns",
    )
    measures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class StorageRow(Row):
    """What an actor can keep from one period to the next."""

    table: ClassVar[Table] = Table(
        "storage",
        Label("Storage", "Stocks"),
        Label(
            "What an actor can keep from one period to the next.",
            "Ce qu'un acteur peut garder d'une période à l'autre.",
        ),
        ("Stockage", "Stock", "Storages"),
    )
    actor: str = name("actor", "acteur", "Who stores.", "Qui stocke.", key=True, refers=("actors",))
    product: str = name("product", "produit", "What.", "Quoi.", key=True, refers=("products",))
    capacity: float | None = numeric(
        "capacity",
        "capacité",
        "Largest stock.",
        "Plus grand stock.",
        "maximum",
        unit=Unit.STOCK,
        default_said=("no limit", "sans limite"),
    )
    loss: float = numeric(
        "loss",
        "perte",
        "Share lost per period.",
        "Part perdue par période.",
        unit=Unit.SHARE,
        rate=True,
        default=0.0,
        highest=1.0,
    )
    cost: float = numeric(
        "cost",
        "coût",
        "Cost per unit and period.",
        "Coût par unité et par période.",
        unit=Unit.STOCK_COST,
        default=0.0,
    )
    initial: float | None = numeric(
        "initial",
        "initial",
        "Stock at the start of the year.",
        "Stock au début de l'année.",
        unit=Unit.STOCK,
        default_said=("the stock at the end of the year", "le stock de fin d'année"),
    )
    final: float | None = numeric(
        "final",
        "final",
        "Stock at the end of the year.",
        "Stock à la fin de l'année.",
        unit=Unit.STOCK,
        default_said=("at most the initial stock", "au plus le stock initial"),
    )
    uses: str | None = rare(
        name(
            "uses",
            "moyen utilisé",
            "What each unit in stock takes of a service: van places, pallets of a cold room, driver's hours.",
            "Ce que chaque unité en stock prend d'un service : places de camionnette, palettes d'une chambre froide, "
            "heures de conduite.",
            "moyen_utilisé",
            "means used",
            refers=("products",),
        )
    )
    uses_quantity: float = rare(
        numeric(
            "uses_quantity",
            "quantité de moyen par unité",
            "How much of it each unit takes in each period.",
            "Combien chaque unité en prend à chaque période.",
            "quantité_de_moyen_par_unité",
            "uses quantity",
            unit=Unit.MEANS_PER_AMOUNT,
            default=1.0,
            product="uses",
        )
    )
    carrier: str | None = rare(
        name(
            "carrier",
            "fourni par",
            "Who lends that service; whoever stores pays for it. Blank: whoever stores.",
            "Qui fournit ce service ; celui qui stocke le paie. Vide : celui qui stocke.",
            "fourni_par",
            "lent by",
            refers=("actors",),
        )
    )


@dataclass(frozen=True, kw_only=True)
class FundingRow(Row):
    """Who can fund whom."""

    table: ClassVar[Table] = Table(
        "funding",
        Label("Funding", "Financements"),
        Label("Who can fund whom, and how far.", "Qui peut financer qui, et jusqu'où."),
        ("Financement",),
        unique=False,
    )
    funder: str = name("funder", "financeur", "Who pays.", "Qui verse.", key=True, refers=("actors",))
    actor: str = name("actor", "acteur", "Who receives.", "Qui reçoit.", "bénéficiaire", key=True, refers=("actors",))
    maximum: float | None = numeric(
        "maximum",
        "maximum",
        "Largest amount in a year.",
        "Plus grand montant dans l'année.",
        "max",
        "amount",
        "montant",
        unit=Unit.MONEY,
        default_said=("no limit", "sans limite"),
    )
    minimum: float = numeric(
        "minimum",
        "minimum",
        "Smallest amount in a year.",
        "Plus petit montant dans l'année.",
        "min",
        unit=Unit.MONEY,
        default=0.0,
    )
    today: float | None = numeric(
        "today",
        "cette année",
        "This year's amount.",
        "Montant de cette année.",
        "actuel",
        "aujourd'hui",
        unit=Unit.MONEY,
        default_said=("unknown", "inconnu"),
    )
    kind: w.FundingKind | str = word(
        "kind",
        "nature",
        "grant, job aid, gift, membership, or any label.",
        "subvention, aide au poste, don, cotisation, ou toute autre étiquette.",
        "type",
        words=w.FundingKind,
        default=w.FundingKind.GRANT,
        open_words=True,
    )
    process: str | None = name(
        "process",
        "activité",
        "The activity it is tied to.",
        "L'activité à laquelle il est lié.",
        "activity",
        refers=("processes",),
    )
    unit_amount: float | None = numeric(
        "unit_amount",
        "montant_unitaire",
        "At most this much per unit of that activity.",
        "Au plus ce montant par unité de cette activité.",
        unit=Unit.MONEY_PER_LEVEL,
        default_said=("no limit", "sans limite"),
    )
    dependency_weight: float | None = numeric(
        "dependency_weight",
        "poids dans la dépendance",
        "How far outside this money counts, 0 to 1.",
        "À quel point cet argent compte comme extérieur, de 0 à 1.",
        "poids_dépendance",
        unit=Unit.PLAIN,
        highest=1.0,
        default_said=("the funder's", "celui du financeur"),
    )


@dataclass(frozen=True, kw_only=True)
class ObjectiveRow(Row):
    """One rank of the order in which the chain is optimised."""

    table: ClassVar[Table] = Table(
        "objectives",
        Label("Objectives", "Objectifs"),
        Label("In which order the chain is optimised.", "Dans quel ordre la filière est optimisée."),
        ("Objectif",),
    )
    rank: float = numeric(
        "rank",
        "priorité",
        "1 comes first.",
        "1 vient en premier.",
        "rang",
        unit=Unit.PLAIN,
        lowest=1.0,
        required=True,
        whole=True,
    )
    objective: str = text(
        "objective",
        "objectif",
        "What is optimised, or “measure: NAME”.",
        "Ce qui est optimisé, ou « mesure : NOM ».",
        key=True,
        required=True,
    )
    sense: w.Direction | None = word(
        "sense",
        "sens",
        "min or max, for a measure.",
        "min ou max, pour une mesure.",
        words=w.Direction,
        default_said=("min", "min"),
    )
    weight: float = numeric(
        "weight",
        "poids",
        "Weight among the objectives of one rank.",
        "Poids parmi les objectifs d'une même priorité.",
        unit=Unit.PLAIN,
        default=1.0,
    )
    tolerance: float = numeric(
        "tolerance",
        "marge laissée",
        "Share of the optimum that later ranks may give up.",
        "Part de l'optimum que les priorités suivantes peuvent céder.",
        "tolérance",
        unit=Unit.SHARE,
        rate=True,
        default=0.0,
    )
    tolerance_amount: float = numeric(
        "tolerance_amount",
        "marge en montant",
        "The same in the objective's unit.",
        "La même, dans l'unité de l'objectif.",
        "tolérance_montant",
        unit=Unit.PLAIN,
        default=0.0,
    )


@dataclass(frozen=True, kw_only=True)
class LimitRow(Row):
    """One side condition."""

    table: ClassVar[Table] = Table(
        "limits",
        Label("Limits", "Règles et engagements"),
        Label(
            "Rules the chain must follow: ceilings, floors, shares of purchases or of sales.",
            "Les règles à respecter : plafonds, planchers, parts des achats ou des ventes.",
        ),
        ("Contraintes", "Constraints", "Règles", "Engagements"),
    )
    limit: str = name("limit", "règle", "Its name.", "Son nom.", "contrainte", "engagement", key=True)
    measure: w.LimitMeasure | str = word(
        "measure",
        "mesure",
        "What is summed: quantity, value, mass, level, jobs, co2, transport, funding, cost, "
        "opened, investment, or a measure's name.",
        "Ce qui est additionné : quantité, valeur, masse, volume "
        "d'activité, emplois, co2, transport, financement, coût, ouverts, investissement, ou le nom d'une mesure.",
        words=w.LimitMeasure,
        required=True,
        open_words=True,
    )
    from_: str | None = name(
        "from",
        "fournisseur",
        "An actor, a group, a perimeter or a sector; blank for all.",
        "Un acteur, un groupe, un périmètre ou un secteur ; vide pour tous.",
        "de",
        "supplier",
        refers=("actors", "groups", "perimeters", "sectors"),
    )
    to: str | None = name(
        "to",
        "client",
        "An actor, a group, a perimeter or a sector; blank for all.",
        "Un acteur, un groupe, un périmètre ou un secteur ; vide pour tous.",
        "vers",
        "customer",
        refers=("actors", "groups", "perimeters", "sectors"),
    )
    product: str | None = name(
        "product",
        "produit",
        "A product, a family or a label; blank for all.",
        "Un produit, une famille ou un label ; vide pour tous.",
        refers=("products", "families", "labels"),
    )
    process: str | None = name(
        "process",
        "activité",
        "An activity; blank for all.",
        "Une activité ; vide pour toutes.",
        "activity",
        refers=("processes",),
    )
    period: str | None = name(
        "period",
        "période",
        "A period; blank for the year.",
        "Une période ; vide pour l'année.",
        refers=("periods",),
    )
    sense: w.Comparison = word("sense", "sens", "<=, >= or =.", "<=, >= ou =.", words=w.Comparison, required=True)
    value: float = numeric(
        "value",
        "valeur",
        "The amount, or the share.",
        "Le montant, ou la part.",
        unit=Unit.PLAIN,
        lowest=None,
        required=True,
    )
    basis: w.LimitBasis = word(
        "basis",
        "base",
        "absolute, or purchases / sales: the value is a share of the same sum over every seller / buyer.",
        "absolu, ou en part des achats / des ventes : la valeur est une part de la même somme sur tous les "
        "fournisseurs / clients.",
        words=w.LimitBasis,
        default=w.LimitBasis.ABSOLUTE,
    )
    of: str | None = name(
        "of",
        "parmi",
        "The product, family or label that the share is of.",
        "Le produit, la famille ou le label dont c'est une part.",
        refers=("products", "families", "labels"),
    )
    obligation: w.Firmness = word(
        "obligation",
        "obligation",
        "must: the rule holds. wish: it is held as nearly as it goes, and the results say what it misses and what "
        "holding it would cost.",
        "obligatoire : la règle est respectée. souhaité : elle l'est d'aussi près que possible, et les résultats "
        "disent ce qui y manque et ce que coûterait de la respecter.",
        words=w.Firmness,
        default=w.Firmness.MUST,
    )
    each: w.Each | None = word(
        "each",
        "pour chaque",
        "The rule is repeated for each seller, buyer, product, activity or period in scope: no supplier above 40%.",
        "La règle vaut séparément pour chaque fournisseur, client, produit, activité ou période concernés : aucun "
        "fournisseur au-delà de 40 %.",
        "pour_chaque",
        words=w.Each,
        default_said=("one sum over all", "une seule somme sur l'ensemble"),
    )


@dataclass(frozen=True, kw_only=True)
class CoalitionRow(Row):
    """What some members reach, or pay, by themselves."""

    table: ClassVar[Table] = Table(
        "coalitions",
        Label("Coalitions", "Regroupements"),
        Label(
            "What each group gains, or pays, by itself: for sharing a common gain or a common bill (filiere share).",
            "Ce que chaque groupe gagne, ou paie, de son côté : pour partager un gain ou une facture en commun "
            "(filiere share).",
        ),
        ("Coalition", "Regroupement"),
        unique=False,
    )
    members: str = text(
        "members",
        "membres",
        "Who makes up the group, separated by “;”; one row names everybody.",
        "Qui forme le groupe, séparés par « ; » ; une ligne nomme tout le monde.",
        "member",
        "membre",
        "players",
        "joueurs",
        key=True,
        required=True,
    )
    value: float = numeric(
        "value",
        "valeur",
        "What the group gains or pays by itself.",
        "Ce que le groupe gagne ou paie de son côté.",
        "montant",
        "amount",
        unit=Unit.MONEY,
        lowest=None,
        required=True,
    )
    kind: w.CoalitionKind = word(
        "kind",
        "nature",
        "gain or cost; the same in every row.",
        "gain ou coût ; la même à toutes les lignes.",
        "type",
        words=w.CoalitionKind,
        default=w.CoalitionKind.GAIN,
    )


@dataclass(frozen=True, kw_only=True)
class ScenarioRow(Row):
    """One change that a scenario makes."""

    table: ClassVar[Table] = Table(
        "scenarios",
        Label("Scenarios", "Scénarios"),
        Label(
            "Named changes to any table: “= 120”, “x 1.2”, “+ 10”, “- 10 %”, “off”.",
            "Des changements nommés à n'importe quelle table : « = 120 », « x 1,2 », « + 10 », « - 10 % », « retiré ».",
        ),
        ("Scenario", "Variantes"),
        unique=False,
    )
    scenario: str = name("scenario", "scénario", "The scenario's name.", "Le nom du scénario.", "variante", key=True)
    changed: str = text("table", "table", "Which sheet.", "Quelle feuille.", "feuille", "sheet", required=True)
    row: str = text(
        "row",
        "ligne",
        "The row's key, its parts separated by “ / ”, * for any.",
        "La clé de la ligne, ses parties séparées par « / », * pour toutes.",
        required=True,
    )
    column: str | None = text("column", "colonne", "Which column.", "Quelle colonne.")
    change: str | float = text(
        "change",
        "changement",
        "= 120, x 1.2, + 10, - 10 %, or off; = 100 to 200 by 25 makes a scenario of each figure.",
        "= 120, x 1,2, + 10, - 10 %, ou retiré ; = 100 à 200 par 25 fait un scénario par valeur.",
        required=True,
        anything=True,
    )
    base: str | None = name("base", "base", "The scenario this one starts from.", "Le scénario dont celui-ci part.")


TABLES: tuple[type[Row], ...] = (
    SettingsRow, PeriodRow, ProfileRow, ActorRow, ProductRow, ProcessRow, RecipeRow, LinkRow, OfferRow, NeedRow,
    StorageRow, FundingRow, ObjectiveRow, LimitRow, CoalitionRow, ScenarioRow,
)  # fmt: skip
