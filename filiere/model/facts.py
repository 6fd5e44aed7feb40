"""What is known of each equation and variable besides its formula: where its figure stands, which way gives room,
in what it is counted, how it is spoken of.

Whoever explains, stresses, patches or repairs a plan asks here; no other place knows an equation by its name. An
equation without its facts fails a test, and a name that nobody declared is a ``KeyError``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from filiere.language import Label


class Counted(Enum):
    """What the figures of an equation or variable are counted in."""

    GOODS = "the product's unit"
    LEVELS = "activity levels"
    MONEY = "currency"
    RULE = "what the rule sums"
    PART = "a part of a whole"
    LOAD = "what a round carries"


class Asks(Enum):
    """What an equation asks for, if anything: those that stand for the whole come first where several clash."""

    BUDGET = "budget"
    FLOOR = "floor"
    RULE = "rule"
    SERVED = "served"
    MINIMUM = "minimum"
    FINAL = "final"


Table = Literal[
    "processes", "recipes", "links", "needs", "offers", "storages", "actors", "funding", "limits", "products"
]
Owner = Literal["link", "process", "need", "offer", "actor", "grant"]
Touched = Literal["places", "links", "processes", "wants", "never"]
Widened = Literal["capacity", "link", "offer"]


@dataclass(frozen=True, kw_only=True)
class EquationFacts:
    """The facts of one equation. A law of the model has no ``table``: nobody typed a figure that it rests on."""

    table: Table | None = None
    """The table of the chain that holds the figure."""
    field: str | None = None
    """The field of its elements that is the figure; None where it is a calendar."""
    setting: str | None = None
    """A share in Settings that the figure is multiplied by."""
    number: str | None = None
    """The column of the workbook where the number stands, where the equation rests on another cell."""
    loosens: Literal[-1, 0, 1] = 1
    """Whether raising (1) or lowering (-1) the figure gives room; 0 where both may."""
    counted: Counted | None = None
    arrow: bool = False
    """Whether its subject begins with who gives and who gets."""
    noun: Label | None = None
    """The figure's name, such as ``the capacity of {subject}``."""
    clash: Label | None = None
    """What it says of itself where it cannot hold, with ``{subject}`` and ``{amount}``."""
    asks: Asks | None = None
    seasonal: bool = False
    """Whether a calendar shares the figure out over the periods."""
    switch: str | None = None
    """The yes/no variable without which the row of a candidate does not bind."""
    per_level: bool = False
    """Whether the figure is an amount per unit of activity: what it allows moves with the plan."""
    of_two: bool = False
    """Whether its rows are numbered by two activities: the second number is no period."""
    owner: Owner | None = None
    """With whose loss its rows fall away."""
    given_up: bool = False
    """Whether it is what people decided, and given up where a loss makes it impossible."""
    upheld: Label | None = None
    """What falls where it is given up, where that is not its figure."""
    sums: bool = False
    """Whether it sums prices, costs and measures of many rows."""
    touched: Touched = "never"
    """For a law: what a change of the workbook must touch for its rows to be written again."""
    widened: Widened | None = None
    """What is widened where more of its figure would help."""


@dataclass(frozen=True, kw_only=True)
class VariableFacts:
    """The facts of one variable."""

    counted: Counted | None = None
    arrow: bool = False
    owner: Owner | None = None
    loop: Label | None = None
    """How it is named as a member of a loop that feeds on itself, with ``{subject}``."""
    limit: Label | None = None
    """What to do to limit it."""


_CAPACITY = EquationFacts(
    table="processes", field="capacity", counted=Counted.LEVELS, seasonal=True, switch="open_process",
    widened="capacity", noun=Label("the capacity of {subject}", "la capacité de {subject}"),
    clash=Label("the capacity of {subject} is too small{amount}",
                "la capacité est trop faible pour {subject}{amount}"),
)  # fmt: skip
_NEED = EquationFacts(
    table="needs", field="quantity", counted=Counted.GOODS, asks=Asks.SERVED, seasonal=True, owner="need",
    noun=Label("the need of {subject}", "le besoin de {subject}"),
    clash=Label("this need must be served: {subject}; too much is asked{amount}",
                "ce besoin est obligatoire : {subject} ; il demande trop{amount}"),
)  # fmt: skip
_OFFER = EquationFacts(
    table="offers", field="maximum", counted=Counted.GOODS, seasonal=True, widened="offer",
    noun=Label("the resource of {subject}", "la ressource de {subject}"),
    clash=Label("too little is available, {subject}{amount}",
                "la ressource disponible est trop faible : {subject}{amount}"),
)  # fmt: skip

EQUATION_FACTS: dict[str, EquationFacts] = {
    "balance": EquationFacts(owner="actor", touched="places"),
    "capacity_limit": _CAPACITY,
    "yearly_capacity_limit": EquationFacts(
        table="processes", field="capacity", counted=Counted.LEVELS, switch="open_process", widened="capacity",
        noun=Label("the capacity of {subject}", "la capacité de {subject}"),
        clash=Label("the yearly capacity of {subject} is too small{amount}",
                    "la capacité annuelle est trop faible pour {subject}{amount}"),
    ),
    "closed_season": EquationFacts(
        table="processes", noun=Label("the calendar of {subject}", "le calendrier de {subject}"),
        clash=Label("the calendar keeps {subject} closed{amount}", "le calendrier ferme {subject}{amount}"),
    ),
    "activity_minimum": EquationFacts(
        table="processes", field="minimum", loosens=-1, counted=Counted.LEVELS, asks=Asks.MINIMUM,
        switch="open_process", owner="process", given_up=True,
        noun=Label("the minimum of {subject}", "le minimum de {subject}"),
        clash=Label("the minimum asked of {subject} is too high{amount}",
                    "le minimum demandé est trop élevé pour {subject}{amount}"),
    ),
    "expansion_limit": EquationFacts(
        table="processes", field="expansion_max", counted=Counted.LEVELS,
        noun=Label("the largest enlargement of {subject}", "l'extension maximale de {subject}"),
        clash=Label("the largest enlargement of {subject} is too small{amount}",
                    "l'extension possible est trop faible pour {subject}{amount}"),
    ),
    "whole_level": EquationFacts(
        table="processes", touched="processes", noun=Label("the whole numbers of {subject}",
                                                           "les nombres entiers de {subject}"),
        clash=Label("{subject} runs in whole numbers only{amount}", "{subject} ne va que par nombres entiers{amount}"),
    ),
    "whole_level_in_period": EquationFacts(
        table="processes", touched="processes", noun=Label("the whole numbers of {subject}",
                                                           "les nombres entiers de {subject}"),
        clash=Label("{subject} runs in whole numbers only, each period{amount}",
                    "{subject} ne va que par nombres entiers, à chaque période{amount}"),
    ),
    "load_reached": EquationFacts(
        table="processes", touched="processes", noun=Label("the minimum load of {subject}",
                                                           "le taux d'activité minimal de {subject}"),
        clash=Label("{subject} does not run below its minimum load{amount}",
                    "{subject} ne tourne pas en dessous de son taux d'activité minimal{amount}"),
    ),
    "runs_or_not": EquationFacts(touched="processes"),
    "project_required": EquationFacts(
        table="processes", of_two=True,
        noun=Label("what the project {subject} requires", "ce que nécessite le projet {subject}"),
        clash=Label("the project {subject} requires another one{amount}",
                    "le projet {subject} en nécessite un autre{amount}"),
    ),
    "choice_made": EquationFacts(owner="process", touched="processes"),
    "choice_least": EquationFacts(
        table="recipes", field="least", loosens=-1, counted=Counted.PART, owner="process",
        noun=Label("the least part in the choice, {subject}", "la part minimale dans le choix : {subject}"),
        clash=Label("the least part in the choice is too large, {subject}{amount}",
                    "la part minimale dans le choix est trop grande : {subject}{amount}"),
    ),
    "choice_most": EquationFacts(
        table="recipes", field="most", counted=Counted.PART, owner="process",
        noun=Label("the largest part in the choice, {subject}", "la part maximale dans le choix : {subject}"),
        clash=Label("the largest part in the choice is too small, {subject}{amount}",
                    "la part maximale dans le choix est trop petite : {subject}{amount}"),
    ),
    "link_maximum": EquationFacts(
        table="links", field="maximum", counted=Counted.GOODS, arrow=True, switch="open_link", widened="link",
        noun=Label("the maximum delivered {subject}", "le maximum livré {subject}"),
        clash=Label("the maximum delivered, {subject}, is too small{amount}",
                    "le maximum livré est trop faible pour {subject}{amount}"),
    ),
    "whole_lots": EquationFacts(
        table="links", arrow=True, noun=Label("the lot delivered {subject}", "le lot livré {subject}"),
        clash=Label("what is delivered, {subject}, comes in whole lots only{amount}",
                    "la livraison {subject} ne se fait que par lots entiers{amount}"),
    ),
    "round_shared": EquationFacts(touched="never"),
    "round_limit": EquationFacts(
        table="links", field="round_maximum", counted=Counted.LOAD, switch="open_link", sums=True,
        noun=Label("the maximum of the round {subject}", "le maximum de la tournée {subject}"),
        clash=Label("the maximum of the round is too small, {subject}{amount}",
                    "le maximum de la tournée est trop faible : {subject}{amount}"),
    ),
    "rest_limit": EquationFacts(owner="actor", touched="places"),
    "link_minimum": EquationFacts(
        table="links", field="minimum", loosens=-1, counted=Counted.GOODS, arrow=True, asks=Asks.MINIMUM,
        switch="open_link", owner="link", given_up=True,
        noun=Label("the minimum delivered {subject}", "le minimum livré {subject}"),
        clash=Label("the minimum delivered, {subject}, is too high{amount}",
                    "le minimum livré est trop élevé pour {subject}{amount}"),
    ),
    "relation_kept": EquationFacts(
        table="links", field="today", setting="continuity", loosens=-1, counted=Counted.GOODS, arrow=True,
        asks=Asks.MINIMUM, owner="link", given_up=True,
        noun=Label("what must remain of {subject}", "ce qui doit rester de {subject}"),
        clash=Label("too much of today's relation must remain, {subject}{amount}",
                    "la part à garder de la relation actuelle est trop élevée pour {subject}{amount}"),
    ),
    "need_served": _NEED,
    "need_served_in_year": EquationFacts(
        table="needs", field="quantity", counted=Counted.GOODS, asks=Asks.SERVED, owner="need", noun=_NEED.noun,
        clash=_NEED.clash,
    ),
    "outside_demand": EquationFacts(touched="places"),
    "outside_supply": EquationFacts(touched="places"),
    "offer_limit": _OFFER,
    "offer_limit_in_year": EquationFacts(
        table="offers", field="maximum", counted=Counted.GOODS, widened="offer", noun=_OFFER.noun, clash=_OFFER.clash,
    ),
    "storage_capacity": EquationFacts(
        table="storages", field="capacity", counted=Counted.GOODS,
        noun=Label("the store of {subject}", "le stockage de {subject}"),
        clash=Label("the store is too small, {subject}{amount}", "le stockage est trop petit : {subject}{amount}"),
    ),
    "kept_no_longer": EquationFacts(
        table="products", owner="actor", touched="places",
        noun=Label("how long it keeps, {subject}", "la durée de conservation, {subject}"),
        clash=Label("it does not keep long enough, {subject}{amount}",
                    "il ne se conserve pas assez longtemps : {subject}{amount}"),
    ),
    "final_stock": EquationFacts(
        table="storages", field="final", loosens=0, counted=Counted.GOODS, asks=Asks.FINAL, owner="actor",
        given_up=True, noun=Label("the final stock of {subject}", "le stock final de {subject}"),
        clash=Label("the stock asked for at the year's end is out of reach, {subject}{amount}",
                    "le stock demandé en fin d'année est hors d'atteinte : {subject}{amount}"),
    ),
    "no_build_up": EquationFacts(
        table="storages", field="initial", number="initial", loosens=0, counted=Counted.GOODS,
        noun=Label("the initial stock of {subject}", "le stock initial de {subject}"),
        clash=Label("the stock may not end above its start, {subject}{amount}",
                    "le stock ne peut pas finir plus haut qu'au départ : {subject}{amount}"),
    ),
    "budget": EquationFacts(
        table="actors", field="reserve", number="reserve", counted=Counted.MONEY, asks=Asks.BUDGET, owner="actor",
        given_up=True, sums=True, noun=Label("the reserve of {subject}", "la réserve de {subject}"),
        upheld=Label("the balanced budget of {subject}", "l'équilibre du budget de {subject}"),
        clash=Label("the budget must balance, {subject}{amount}", "le budget doit être équilibré : {subject}{amount}"),
    ),
    "worse_than_today": EquationFacts(owner="actor", sums=True),
    "surplus_floor": EquationFacts(
        table="actors", field="least_surplus", loosens=-1, counted=Counted.MONEY, asks=Asks.FLOOR, owner="actor",
        given_up=True, sums=True, noun=Label("what {subject} must be left with", "ce qui doit rester à {subject}"),
        clash=Label("{subject} cannot be as well off as today{amount}",
                    "{subject} y perdrait par rapport à cette année{amount}"),
    ),
    "payments_balance": EquationFacts(sums=True),
    "grant_maximum": EquationFacts(
        table="funding", field="maximum", counted=Counted.MONEY, arrow=True,
        noun=Label("the largest funding {subject}", "le financement maximal {subject}"),
        clash=Label("the funding is too small, {subject}{amount}",
                    "le financement maximal est trop faible : {subject}{amount}"),
    ),
    "grant_minimum": EquationFacts(
        table="funding", field="minimum", loosens=-1, counted=Counted.MONEY, arrow=True, asks=Asks.MINIMUM,
        owner="grant", given_up=True, noun=Label("the least funding {subject}", "le financement minimal {subject}"),
        clash=Label("the least funding is too high, {subject}{amount}",
                    "le financement minimal est trop élevé : {subject}{amount}"),
    ),
    "grant_per_unit": EquationFacts(
        table="funding", field="unit_amount", counted=Counted.MONEY, arrow=True, per_level=True,
        noun=Label("the funding per unit {subject}", "le montant unitaire {subject}"),
        clash=Label("the funding per unit of activity is too small, {subject}{amount}",
                    "le financement par unité d'activité est trop faible : {subject}{amount}"),
    ),
    "limit": EquationFacts(
        table="limits", field="value", counted=Counted.RULE, asks=Asks.RULE, given_up=True, sums=True,
        noun=Label("the rule {subject}", "la règle {subject}"),
        clash=Label("the rule {subject} does not fit{amount}", "la règle {subject} est incompatible{amount}"),
    ),
    "wished_limit": EquationFacts(
        table="limits", field="value", counted=Counted.RULE, sums=True,
        noun=Label("the wished rule {subject}", "la règle souhaitée {subject}"),
        clash=Label("the wished rule {subject} is missed{amount}", "la règle souhaitée {subject} est manquée{amount}"),
    ),
    "share_of_want": EquationFacts(touched="wants"),
    "least_share": EquationFacts(touched="wants"),
    "sum_of_smallest": EquationFacts(touched="wants"),
    "growth_of_link": EquationFacts(owner="link", touched="links"),
    "growth_of_activity": EquationFacts(owner="process", touched="processes"),
    "kept_by_all": EquationFacts(sums=True),
    "kept_by_members": EquationFacts(sums=True),
    "kept_for_users": EquationFacts(sums=True),
    "half_kept": EquationFacts(sums=True),
    "served_beyond_today": EquationFacts(owner="need"),
    "sold_beyond_today": EquationFacts(owner="link"),
    "deviation_of_flow": EquationFacts(owner="link", touched="links"),
    "deviation_of_level": EquationFacts(owner="process", touched="processes"),
    "deviation_of_grant": EquationFacts(owner="grant", sums=True),
    "secondary_from_outside": EquationFacts(sums=True),
    "reused_intake": EquationFacts(sums=True),
    "reused_service": EquationFacts(sums=True),
}  # fmt: skip

_MAXIMUM = Label("give it a maximum", "donnez-lui un maximum")
_A_CAPACITY = Label("give it a capacity", "donnez-lui une capacité")

VARIABLE_FACTS: dict[str, VariableFacts] = {
    "flow": VariableFacts(
        counted=Counted.GOODS, arrow=True, owner="link", limit=_MAXIMUM,
        loop=Label("the relation {subject}", "l'échange {subject}"),
    ),
    "open_link": VariableFacts(arrow=True, owner="link"),
    "lots": VariableFacts(owner="link"),
    "more_flow": VariableFacts(owner="link"),
    "less_flow": VariableFacts(owner="link"),
    "level": VariableFacts(
        counted=Counted.LEVELS, owner="process", limit=_A_CAPACITY,
        loop=Label("the activity {subject}", "l'activité {subject}"),
    ),
    "open_process": VariableFacts(owner="process"),
    "runs": VariableFacts(owner="process"),
    "runs_in_period": VariableFacts(owner="process"),
    "running": VariableFacts(owner="process"),
    "chosen": VariableFacts(owner="process"),
    "more_level": VariableFacts(owner="process"),
    "less_level": VariableFacts(owner="process"),
    "expansion": VariableFacts(
        counted=Counted.LEVELS, owner="process",
        loop=Label("the enlargement of {subject}", "l'extension de l'activité {subject}"),
        limit=Label("give it a largest enlargement", "donnez-lui une extension maximale"),
    ),
    "offered": VariableFacts(
        counted=Counted.GOODS, owner="offer", limit=_MAXIMUM,
        loop=Label("the resource {subject}", "la ressource {subject}"),
    ),
    "served": VariableFacts(
        counted=Counted.GOODS, owner="need", loop=Label("the outlet {subject}", "le débouché {subject}"),
        limit=Label("give it a quantity", "donnez-lui une quantité"),
    ),
    "unmet": VariableFacts(owner="need"),
    "unmet_year": VariableFacts(owner="need"),
    "stock": VariableFacts(
        counted=Counted.GOODS, owner="actor", limit=_A_CAPACITY, loop=Label("the stock {subject}", "le stock {subject}")
    ),
    "discarded": VariableFacts(
        counted=Counted.GOODS, owner="actor",
        loop=Label("what is thrown away, {subject}", "ce qui est jeté : {subject}"),
    ),
    "left_over": VariableFacts(owner="actor"),
    "deficit": VariableFacts(owner="actor"),
    "worse": VariableFacts(owner="actor"),
    "paid": VariableFacts(owner="actor"),
    "received": VariableFacts(owner="actor"),
    "grant": VariableFacts(
        counted=Counted.MONEY, arrow=True, owner="grant", limit=_MAXIMUM,
        loop=Label("the funding {subject}", "le financement {subject}"),
    ),
    "share": VariableFacts(),
    "ahead": VariableFacts(),
    "least": VariableFacts(),
    "kth": VariableFacts(),
    "below_kth": VariableFacts(),
    "above_rule": VariableFacts(),
    "below_rule": VariableFacts(),
    "grown_flow": VariableFacts(owner="link"),
    "grown_level": VariableFacts(owner="process"),
    "secondary_bought": VariableFacts(),
    "reused": VariableFacts(),
    "lost": VariableFacts(),
    "lost_by": VariableFacts(),
    "served_beyond": VariableFacts(owner="need"),
    "sold_beyond": VariableFacts(owner="link"),
    "more_grant": VariableFacts(owner="grant"),
    "less_grant": VariableFacts(owner="grant"),
    "nothing": VariableFacts(),
}  # fmt: skip


def facts_of(name: str) -> EquationFacts | VariableFacts:
    """Return the facts of an equation or a variable. Raises ``KeyError`` for any other name."""
    return EQUATION_FACTS[name] if name in EQUATION_FACTS else VARIABLE_FACTS[name]
