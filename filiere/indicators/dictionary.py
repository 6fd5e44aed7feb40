"""What every indicator is: the one place where they are declared, for every sheet, page and manual.

A key is the English key of ``--json`` (scope chain) or a column of a frame of
:class:`filiere.indicators.measures.Measures`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from filiere.language import Label, as_written

if TYPE_CHECKING:
    from filiere.chain.chain import Chain

Scope = Literal["chain", "product", "actor", "stage", "group", "need", "reliance"]
Better = Literal["higher", "lower"]

FROM_ZERO_TO_ONE = Label("0 to 100%", "de 0 à 100 %")
FROM_ZERO = Label("0 or more", "0 ou plus")
ANY = Label("any", "quelconque")
SHARE = Label("share", "part")
MONEY = Label("currency per year", "monnaie par an")
OWN_UNIT = Label("the product's unit, per year", "l'unité du produit, par an")
NAME = Label("name", "nom")
INDEX = Label("index", "indice")

OWN = Label("filiere's own definition", "définition propre à filiere")
NEF = Label(
    "New Economics Foundation, The Money Trail (2002)",
    "New Economics Foundation, The Money Trail (2002)",
)
NEF_PURCHASES = Label(
    "after the local purchasing share of the New Economics Foundation, The Money Trail (2002)",
    "d'après la part d'achats locaux de la New Economics Foundation, The Money Trail (2002)",
)
FAO = Label("FAO, Food Balance Sheets: a handbook (2001)", "FAO, Food Balance Sheets: a handbook (2001)")
EUROSTAT = Label(
    "after Eurostat's circular material use rate (cei_srm030), with direct input for consumption",
    "d'après le taux d'utilisation circulaire d'Eurostat (cei_srm030), avec l'entrée directe pour consommation",
)
FINN = Label(
    "J. T. Finn, Journal of Theoretical Biology 56 (1976); on throughflow, as the software enaR",
    "J. T. Finn, Journal of Theoretical Biology 56 (1976) ; sur les flux traversants, comme le logiciel enaR",
)
LEONTIEF = Label(
    "type I multiplier after W. Leontief; Eurostat Manual of Supply, Use and Input-Output Tables (2008), ch. 15",
    "multiplicateur de type I d'après W. Leontief ; manuel Eurostat des tableaux entrées-sorties (2008), ch. 15",
)
CONTENT = Label(
    "after the import content of final demand (W. Leontief), on the chain's own recipes",
    "d'après le contenu en importations de la demande finale (W. Leontief), avec les activités de la filière",
)
CONTENT_OF_USE = Label(
    "after the import content of final use (W. Leontief; Eurostat, FIGARO)",
    "d'après le contenu en importations des emplois finals (W. Leontief ; Eurostat, FIGARO)",
)
HERFINDAHL = Label("Herfindahl-Hirschman index", "indice de Herfindahl-Hirschman")


@dataclass(frozen=True)
class Kpi:
    """One indicator: what it is called, how it is defined, in what it is counted, and how to read it.

    ``better`` says which way is better, None where neither is; ``percent`` that it is shown as a percentage;
    ``digits`` how many decimals are shown, None for as many as make sense.
    """

    key: str
    label: Label
    definition: Label
    unit: Label
    range: Label
    better: Better | None
    source: Label
    scope: Scope = "chain"
    percent: bool = False
    digits: int | None = None


def _share(key: str, label: Label, definition: Label, better: Better | None, source: Label, scope: Scope = "chain",
           span: Label = FROM_ZERO_TO_ONE) -> Kpi:  # fmt: skip
    return Kpi(key, label, definition, SHARE, span, better, source, scope, percent=True, digits=1)


def _with_sectors(kpi: Kpi) -> tuple[Kpi, Kpi, Kpi]:
    """The dependency itself, and its parts on public and on private outside actors."""
    parts = (
        ("public", Label("on public actors", "part des acteurs publics"),
         Label("The part of it that lies with public outside actors.",
               "La part qui tient à des acteurs extérieurs publics.")),
        ("private", Label("on private actors", "part des acteurs privés"),
         Label("The part of it that lies with other outside actors (private, social economy, households).",
               "La part qui tient aux autres acteurs extérieurs (privés, ESS, habitants).")),
    )  # fmt: skip
    public, private = (
        replace(
            kpi,
            key=f"{kpi.key}_{key}",
            label=Label(f"{kpi.label.en}, {said.en}", f"{kpi.label.fr}, {said.fr}"),
            definition=definition,
        )
        for key, said, definition in parts
    )
    return kpi, public, private


UPSTREAM = _share(
    "upstream_dependency",
    Label("Upstream dependency", "Dépendance amont"),
    Label(
        "What is bought and paid outside, weighted by how far out it goes, over the value of what is finally used and "
        "sold outside (or over all that is bought outside and spent, where that is more). Trade inside the territory "
        "changes nothing.",
        "Ce qui est acheté et payé à l'extérieur, pondéré par l'éloignement, sur la valeur de ce qui est finalement "
        "utilisé et vendu à l'extérieur (ou sur tout ce qui est acheté dehors et dépensé, si c'est plus). Les échanges "
        "internes au territoire n'y changent rien.",
    ),
    "lower",
    CONTENT_OF_USE,
)
DOWNSTREAM = _share(
    "downstream_dependency",
    Label("Downstream dependency", "Dépendance aval"),
    Label(
        "Sales of goods that are not by-products, weighted by how much farther outside the buyer stands than the "
        "seller, over the same base as the upstream dependency.",
        "Ventes de biens qui ne sont pas des coproduits, pondérées par l'éloignement du client par rapport au vendeur, "
        "sur la même base que la dépendance amont.",
    ),
    "lower",
    OWN,
)
PURCHASING = _share(
    "outside_purchasing_share",
    Label("Outside purchasing share", "Part d'achats extérieurs"),
    Label(
        "Purchases weighted by how much farther outside the seller stands than the buyer, over all purchases of inside "
        "actors; more trade between them lowers it.",
        "Achats pondérés par l'éloignement du fournisseur par rapport à l'acheteur, sur tous les achats des acteurs "
        "du territoire ; davantage d'échanges entre eux la font baisser.",
    ),
    "lower",
    NEF_PURCHASES,
)
UPSTREAM_OF_ONE = replace(PURCHASING, key=UPSTREAM.key, label=UPSTREAM.label)
DOWNSTREAM_OF_ONE = replace(
    DOWNSTREAM,
    definition=Label(
        "Sales weighted by how much farther outside the buyer stands than the seller, over all sales of inside actors, "
        "what final users pay included.",
        "Ventes pondérées par l'éloignement du client par rapport au vendeur, sur toutes les ventes des acteurs du "
        "territoire, recettes hors échanges comprises.",
    ),
)
FUNDING = _share(
    "funding_dependency",
    Label("Funding dependency", "Dépendance aux financements"),
    Label(
        "Grants weighted by how much farther outside their money comes from, over grants and what the outside and "
        "final users pay inside actors. Trade inside the territory changes nothing.",
        "Aides pondérées par l'éloignement de l'argent versé, sur les aides et ce que paient l'extérieur et les "
        "usagers aux acteurs du territoire. Les échanges internes au territoire n'y changent rien.",
    ),
    "lower",
    OWN,
)
FUNDING_OF_ONE = replace(
    FUNDING,
    definition=Label(
        "Grants weighted by how much farther outside their money comes from, over the actor's sales and grants.",
        "Aides pondérées par l'éloignement de l'argent versé, sur les ventes et les aides de l'acteur.",
    ),
)
SUPPLIED = (
    ("production", Label("Production", "Production"),
     Label("What inside activities put out beyond what they take in of the same family and stage (sorting is no "
           "production), and inside offers give.",
           "Ce que produisent les activités au-delà de ce qu'elles prennent de la même famille et du même maillon "
           "(trier n'est pas produire), et ce que donnent les ressources du territoire.")),
    ("imports", Label("Imports", "Importations"),
     Label("What inside actors receive from outside, net of losses on the way.",
           "Ce que les acteurs du territoire reçoivent de l'extérieur, pertes en route déduites.")),
    ("exports", Label("Exports", "Exportations"),
     Label("What inside actors ship outside.", "Ce que les acteurs du territoire expédient à l'extérieur.")),
    ("available", Label("Available", "Disponible"),
     Label("Production + imports − exports: the denominator of the two ratios.",
           "Production + importations − exportations : le dénominateur des deux taux.")),
)  # fmt: skip


def _supply(scope: Scope) -> tuple[Kpi, ...]:
    """What both FAO ratios are made of, and the ratios: of products in their unit, of stages in money."""
    unit = OWN_UNIT if scope == "product" else MONEY
    amounts = (
        Kpi(key, label, said, unit, ANY if key == "available" else FROM_ZERO, None, FAO, scope)
        for key, label, said in SUPPLIED
    )
    return (
        *amounts,
        _share(
            "self_sufficiency",
            Label("Self-sufficiency", "Taux d'auto-approvisionnement"),
            Label("Production / available; above 100% for a net exporter.",
                  "Production / disponible ; au-dessus de 100 % pour qui exporte plus qu'il n'importe."),
            "higher", FAO, scope, FROM_ZERO,
        ),
        _share(
            "import_dependency",
            Label("Import dependency", "Taux de dépendance aux importations"),
            Label("Imports / available.", "Importations / disponible."),
            "lower", FAO, scope, FROM_ZERO,
        ),
        _share(
            "net_import_dependency",
            Label("Net import dependency", "Taux net de dépendance aux importations"),
            Label("(Imports − exports) / available: goods that only pass through do not count; below 0 for a net "
                  "exporter.",
                  "(Importations − exportations) / disponible : ce qui ne fait que transiter ne compte pas ; sous 0 "
                  "pour qui exporte plus qu'il n'importe."),
            "lower", FAO, scope, ANY,
        ),
    )  # fmt: skip


def _both_bases(
    key: str, label: Label, definition: Label, source: Label, value: Label, mass: Label, span: Label
) -> tuple[Kpi, ...]:
    """One circular indicator in mass and in value."""
    return tuple(
        _share(
            f"{key}_{basis}",
            Label(f"{label.en}, by {basis}", f"{label.fr} ({said})"),
            Label(f"{definition.en} {counted.en}", f"{definition.fr} {counted.fr}"),
            "higher",
            source,
            span=span,
        )
        for basis, said, counted in (("mass", "en masse", mass), ("value", "en valeur", value))
    )


IN_TONNES = Label("In tonnes; services have no mass.", "En tonnes ; les services n'ont pas de masse.")
AT_REFERENCE = Label("At reference prices.", "Aux prix de référence.")
AT_PRICES = Label("At the prices paid.", "Aux prix payés.")
CIRCULAR = (
    *_both_bases(
        "circular_use_rate",
        Label("Circular use rate", "Taux d'utilisation circulaire"),
        Label("What is used again, over that and all that enters (from nature, inside offers and the outside).",
              "Ce qui est réutilisé, rapporté à cela et à tout ce qui entre (nature, ressources, extérieur)."),
        EUROSTAT, AT_REFERENCE, IN_TONNES, FROM_ZERO_TO_ONE,
    ),
    *_both_bases(
        "loop_closure",
        Label("Loop closure", "Bouclage"),
        Label("By-products and re-used items that find a use inside, over those that arise inside.",
              "Coproduits et réemplois qui trouvent un usage sur le territoire, sur ceux qui y apparaissent."),
        OWN, AT_REFERENCE, IN_TONNES, FROM_ZERO_TO_ONE,
    ),
    *_both_bases(
        "finn_cycling_index",
        Label("Finn cycling index", "Indice de recyclage de Finn"),
        Label("The part of all that passes through inside actors which comes round to the same actor again.",
              "La part de ce qui traverse les acteurs du territoire et qui repasse par le même acteur."),
        FINN, AT_PRICES, IN_TONNES, FROM_ZERO_TO_ONE,
    ),
)  # fmt: skip

SPENDING = (
    Kpi(
        "lm3",
        Label("Local multiplier LM3", "Multiplicateur local LM3"),
        Label("What one unit of money from outside or final users makes over its first three rounds on the territory.",
              "Ce que fait sur ses trois premiers tours une unité d'argent venue de l'extérieur ou des usagers."),
        INDEX, Label("1 to 3", "de 1 à 3"), "higher", NEF, digits=2,
    ),
    Kpi(
        "local_multiplier",
        Label("Local multiplier, all rounds", "Multiplicateur local, tous tours"),
        Label("The same over all rounds, until the last of it has left: mean over the money that comes in.",
              "La même chose sur tous les tours, jusqu'à ce que tout soit reparti : moyenne sur l'argent qui entre."),
        INDEX, Label("1 or more", "1 ou plus"), "higher", LEONTIEF, digits=2,
    ),
    _share(
        "unknown_spending_share",
        Label("Spending of unknown recipient", "Dépenses sans destinataire connu"),
        Label("Own costs without a local share, over all outlays: how far the multipliers can be trusted.",
              "Coûts propres sans part locale indiquée, sur toutes les dépenses : la fiabilité des multiplicateurs."),
        "lower", OWN,
    ),
    Kpi("purchases", Label("Purchases", "Achats"),
        Label("What inside actors pay their suppliers, inside and outside.",
              "Ce que les acteurs du territoire paient à leurs fournisseurs, du territoire ou d'ailleurs."),
        MONEY, FROM_ZERO, None, OWN, digits=0),
    Kpi("sales", Label("Sales", "Ventes"),
        Label("What inside actors are paid by their customers and by final users.",
              "Ce que les acteurs du territoire reçoivent de leurs clients et des usagers."),
        MONEY, FROM_ZERO, None, OWN, digits=0),
    Kpi("grants", Label("Grants", "Aides reçues"),
        Label("What inside actors are granted.", "Les financements que reçoivent les acteurs du territoire."),
        MONEY, FROM_ZERO, None, OWN, digits=0),
    Kpi("outlays", Label("Outlays", "Dépenses"),
        Label("All that inside actors pay: purchases, transport, own costs, grants given.",
              "Tout ce que paient les acteurs du territoire : achats, transport, coûts propres, aides versées."),
        MONEY, FROM_ZERO, None, OWN, digits=0),
)  # fmt: skip

SERVICE = (
    _share(
        "served_share",
        Label("Needs served", "Besoins couverts"),
        Label("What is served of what must or should be, at reference prices; outlets apart.",
              "Ce qui est servi de ce qui doit ou devrait l'être, aux prix de référence ; débouchés à part."),
        "higher", OWN,
    ),
    _share(
        "external_content",
        Label("External content", "Contenu extérieur"),
        Label("The part of the value of what inside needs are served that was paid to the outside, over all tiers, own "
              "costs known to be paid there included.",
              "La part de la valeur servie aux besoins du territoire qui a été payée au dehors, tous rangs compris, "
              "avec les coûts propres dont on sait qu'ils y sont payés."),
        "lower", CONTENT,
    ),
    _share(
        "local_share",
        Label("Local share", "Part locale"),
        Label("1 − external content: the part of what is served that is of inside origin, over all tiers.",
              "1 − contenu extérieur : la part de ce qui est servi qui est d'origine locale, tous rangs compris."),
        "higher", CONTENT,
    ),
)  # fmt: skip

TOTALS = (
    Kpi("jobs", Label("Jobs", "Emplois"), Label("Jobs of all activities.", "Emplois de toutes les activités."),
        Label("full-time equivalents", "équivalents temps plein"), FROM_ZERO, "higher", OWN, digits=1),
    Kpi("co2", Label("Emissions", "Émissions"),
        Label("Greenhouse gases of activities and links.", "Gaz à effet de serre des activités et des échanges."),
        Label("t CO₂e per year", "t CO₂e par an"), FROM_ZERO, "lower", OWN, digits=1),
    Kpi("tonne_kilometres", Label("Transport", "Transport"),
        Label("Mass shipped times distance, over all links.",
              "Masse expédiée multipliée par la distance, sur tous les échanges."),
        Label("tonne-kilometres per year", "tonnes-kilomètres par an"), FROM_ZERO, "lower", OWN, digits=0),
    Kpi("net_cost", Label("Net cost", "Coût net"),
        Label("Purchases from outside − sales outside + transport + own costs − what final users pay: what the inside "
              "as a whole spends; negative for a gain.",
              "Achats à l'extérieur − ventes à l'extérieur + transport + coûts propres − recettes hors échanges : ce "
              "que dépense le territoire dans son ensemble ; négatif pour un gain."),
        MONEY, ANY, "lower", OWN, digits=0),
    Kpi("net_cost_after_grants", Label("Net cost after grants", "Coût net après aides"),
        Label("Net cost − what outside funders give: what the territory itself bears.",
              "Coût net − ce que donnent les financeurs extérieurs : ce que le territoire supporte lui-même."),
        MONEY, ANY, "lower", OWN, digits=0),
    Kpi("jobs_per_1000_inhabitants", Label("Jobs per 1,000 inhabitants", "Emplois pour 1 000 habitants"),
        Label("Jobs over inhabitants.", "Emplois rapportés aux habitants."),
        Label("full-time equivalents per 1,000", "équivalents temps plein pour 1 000"), FROM_ZERO, "higher", OWN,
        digits=2),
    Kpi("co2_per_inhabitant", Label("Emissions per inhabitant", "Émissions par habitant"),
        Label("Emissions over inhabitants.", "Émissions rapportées aux habitants."),
        Label("t CO₂e per inhabitant and year", "t CO₂e par habitant et par an"), FROM_ZERO, "lower", OWN, digits=3),
    Kpi("net_cost_per_inhabitant", Label("Net cost per inhabitant", "Coût net par habitant"),
        Label("Net cost over inhabitants.", "Coût net rapporté aux habitants."),
        Label("currency per inhabitant and year", "monnaie par habitant et par an"), ANY, "lower", OWN, digits=2),
)  # fmt: skip


def _traded(scope: Scope) -> tuple[Kpi, ...]:
    """Purchases and sales with their dependencies, public and private apart, of products or of stages."""
    whole = (*(k for k in SPENDING if k.key == "purchases"), *_with_sectors(UPSTREAM_OF_ONE),
             *(k for k in SPENDING if k.key == "sales"), *_with_sectors(DOWNSTREAM_OF_ONE))  # fmt: skip
    return tuple(replace(kpi, scope=scope) for kpi in whole)


PRODUCTS = (
    *_supply("product"),
    Kpi("hhi", Label("Supplier concentration", "Concentration des fournisseurs"),
        Label("Sum of the squared shares of the sellers in what the inside receives: 1 for a single one.",
              "Somme des carrés des parts des fournisseurs dans ce que reçoit le territoire : 1 pour un seul."),
        INDEX, Label("0 to 1", "de 0 à 1"), "lower", HERFINDAHL, "product", digits=2),
    replace(next(k for k in SERVICE if k.key == "external_content"), scope="product"),
    Kpi("served", Label("Served", "Servi"), Label("What needs and outlets receive, inside and outside.",
        "Ce que reçoivent besoins et débouchés, du territoire ou d'ailleurs."), OWN_UNIT, FROM_ZERO, "higher", OWN,
        "product"),
    Kpi("unmet", Label("Unmet", "Non couvert"), Label("What needs lack.", "Ce qui manque aux besoins."), OWN_UNIT,
        FROM_ZERO, "lower", OWN, "product"),
    Kpi("discarded", Label("Thrown away", "Jeté"), Label("What is thrown away inside.",
        "Ce qui est jeté sur le territoire."), OWN_UNIT, FROM_ZERO, "lower", OWN, "product"),
    *_traded("product"),
)  # fmt: skip


def _largest(key: str, who: Label, whole: Label) -> tuple[Kpi, Kpi]:
    """An actor's largest outside partner, and how much depends on it."""
    return (
        Kpi(f"largest_{key}", Label(f"Largest outside {who.en}", f"Premier {who.fr} extérieur"),
            Label("The outside actor with the largest amount.", "L'acteur extérieur au plus gros montant."),
            NAME, Label("an actor, or none", "un acteur, ou aucun"), None, OWN, "actor"),
        _share(f"largest_{key}_share",
               Label(f"Share of the largest outside {who.en}", f"Part du premier {who.fr} extérieur"),
               Label(f"Its part of {whole.en}.", f"Sa part {whole.fr}."), "lower", OWN, "actor"),
    )  # fmt: skip


def _of_actors(kpis: tuple[Kpi, ...]) -> tuple[Kpi, ...]:
    return tuple(replace(kpi, scope="actor") for kpi in kpis)


ACTORS = (
    Kpi("receipts", Label("Receipts", "Recettes"), Label("Sales, final users and grants.",
        "Ventes, recettes hors échanges et aides."), MONEY, FROM_ZERO, "higher", OWN, "actor", digits=0),
    Kpi("outlays", Label("Outlays", "Dépenses"), Label("Purchases, their transport, own costs and grants given.",
        "Achats, leur transport, coûts propres et aides versées."), MONEY, FROM_ZERO, None, OWN, "actor", digits=0),
    Kpi("surplus", Label("Receipts less outlays", "Recettes moins dépenses"),
        Label("Receipts − outlays.", "Recettes − dépenses."), MONEY, ANY,
        "higher", OWN, "actor", digits=0),
    *_of_actors(tuple(k for k in TOTALS if k.key == "jobs")),
    *_of_actors(tuple(k for k in SPENDING if k.key in ("purchases", "sales", "grants"))),
    *_of_actors(
        (*_with_sectors(UPSTREAM_OF_ONE), *_with_sectors(DOWNSTREAM_OF_ONE), *_with_sectors(FUNDING_OF_ONE))
    ),
    *_largest("supplier", Label("supplier", "fournisseur"), Label("the actor's purchases", "des achats de l'acteur")),
    *_largest("customer", Label("customer", "client"), Label("the actor's sales", "des ventes de l'acteur")),
    *_largest("funder", Label("funder", "financeur"),
              Label("the actor's sales and grants", "des ventes et des aides de l'acteur")),
    *_of_actors(tuple(k for k in SPENDING if k.key == "local_multiplier")),
)  # fmt: skip

STAGES = (*_supply("stage"), *_traded("stage"))

GROUPS = (
    Kpi("wanted", Label("Wanted", "Demandé"), Label("What must or should be served, at reference prices.",
        "Ce qui doit ou devrait être servi, aux prix de référence."), MONEY, FROM_ZERO, None, OWN, "group", digits=0),
    Kpi("served", Label("Served", "Servi"), Label("What is served of it, at reference prices.",
        "Ce qui en est servi, aux prix de référence."), MONEY, FROM_ZERO, "higher", OWN, "group", digits=0),
    *(replace(k, scope="group") for k in SERVICE if k.key in ("served_share", "local_share")),
)  # fmt: skip

NEEDS = (replace(next(k for k in SERVICE if k.key == "external_content"), scope="need"),)

RELIANCE = (
    _share(
        "passing", Label("What is served that passes through the actor", "Ce qui est servi et passe par l'acteur"),
        Label("The part of the value of what inside needs are served that has passed through the actor at some tier; "
              "its own needs apart.",
              "La part de la valeur servie aux besoins du territoire qui est passée par l'acteur, à un rang "
              "quelconque ; ses propres besoins à part."),
        None, CONTENT, "reliance",
    ),
    _share(
        "cut", Label("What stops without the actor", "Ce qui s'arrête sans l'acteur"),
        Label("The part of it that stops if the actor fails and nobody replaces it: no plan is made again, an activity "
              "runs as far as its scarcest input. For what a chain can do about it, see the stress test.",
              "La part qui s'arrête si l'acteur fait défaut et que personne ne le remplace : rien n'est replanifié, "
              "une activité tourne selon son entrée la plus rare. Pour les parades, voir le test de résistance."),
        "lower", OWN, "reliance",
    ),
)  # fmt: skip

KPIS: tuple[Kpi, ...] = (
    *_with_sectors(UPSTREAM), PURCHASING, *_with_sectors(DOWNSTREAM), *_with_sectors(FUNDING),
    *CIRCULAR, *SPENDING, *SERVICE, *TOTALS, *PRODUCTS, *ACTORS, *STAGES, *GROUPS, *NEEDS, *RELIANCE,
)  # fmt: skip
"""Every indicator that every chain has, in the order in which they are shown."""


def kpis(chain: Chain) -> tuple[Kpi, ...]:
    """Return the indicators of ``chain``: those of every chain, and two for each measure of its workbook."""
    from filiere.solution.evaluate import measure_names

    return (*KPIS, *(kpi for name in measure_names(chain) for kpi in _measure(name)))


def _measure(name: str) -> tuple[Kpi, Kpi]:
    whole = Kpi(
        f"measure: {name}",
        as_written(name),
        Label(f"Sum of the columns “measure: {name}”.", f"Somme des colonnes « mesure : {name} »."),
        Label("the measure's unit", "l'unité de la mesure"),
        ANY, None, Label("the workbook", "le classeur"),
    )  # fmt: skip
    each = replace(
        whole,
        key=f"measure: {name} per inhabitant",
        label=Label(f"{name} per inhabitant", f"{name} par habitant"),
        definition=Label("The same over inhabitants.", "La même, rapportée aux habitants."),
        unit=Label("the measure's unit per inhabitant", "l'unité de la mesure par habitant"),
    )
    return whole, each


def kpi(key: str, scope: Scope = "chain") -> Kpi:
    """Return one indicator that every chain has. Raises KeyError where there is none of that key and scope."""
    for found in KPIS:
        if (found.key, found.scope) == (key, scope):
            return found
    raise KeyError(f"{scope}: {key}")
