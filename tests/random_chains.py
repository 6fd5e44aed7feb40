"""Random chains: small, rich, and as a coordinator could have typed them.

Whatever the workbook can say is drawn now and then: all kinds of products, by-products and returns, links named,
by group and by ``*``, seasonal and stepped prices, losses, stores, must, want and outlet, funding and budgets,
projects and whole numbers, rules, this year's figures, measures and ranks with tolerances. Most chains have a plan;
some have none, and some earn without end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import assume
from hypothesis import strategies as st

from filiere.schema import words as w
from tests.laws.draft import FREE, Draft, Row, measure, mended

Item = TypeVar("Item")

INSIDE = ("Ferme", "Moulin", "Boulangerie", "Épicerie", "Cantine", "Atelier du Sud")
OUTSIDE = ("Négoce", "Importateur", "Territoire voisin")
GOODS = ("blé", "farine", "pain", "son", "bocal", "heures")
PROFILES = ("saison", "ouverture")
HOURS = "insertion hours"
AMOUNTS = (10.0, 20.0, 5.0, 1.0, 50.0, 100.0, 7.5, 33.0, 2.0)
PRICES = (10.0, 1.0, 5.0, 25.0, 100.0, 3.5)
COSTS = (1.0, 2.0, 0.5, 8.0)
YIELDS = (1.0, 0.5, 0.8, 0.2, 2.0)
DISTANCES = (10.0, 40.0, 200.0)


class Hand:
    """Draws one thing after another; what comes first in a list is what a failing chain is reduced to."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def one(self, items: Sequence[Item]) -> Item:
        """Draw one of ``items``."""
        return self._draw(st.sampled_from(items))

    def chance(self, among: int) -> bool:
        """Draw true once in ``among`` times."""
        return self._draw(st.sampled_from((False,) * (among - 1) + (True,)))

    def number(self, least: int, most: int) -> int:
        """Draw a count, each as likely as any other."""
        return self.one(range(least, most + 1))

    def maybe(self, among: int, items: Sequence[Item]) -> Item | None:
        """Draw one of ``items`` once in ``among`` times, else nothing."""
        return self.one(items) if self.chance(among) else None

    def some(self, items: Sequence[Item], least: int, most: int) -> list[Item]:
        """Draw several different ``items``."""
        count = min(self.number(least, most), len(items))
        return self._draw(st.lists(st.sampled_from(items), min_size=count, max_size=count, unique=True))


class Sketch:
    """A chain in the making: the names that its rows may use."""

    def __init__(self, hand: Hand, projects: bool) -> None:
        self.hand = hand
        self.projects = projects
        self.inside = INSIDE[: hand.number(2, 6)]
        self.outside = OUTSIDE[: hand.number(1, 3)]
        self.goods = GOODS[: hand.one((2, 3, 4, 5, 6))]
        self.groups: list[str] = []
        self.kinds: dict[str, w.ProductKind] = {}
        self.periods = ("hiver", "été", "automne")[: hand.one((0, 0, 2, 2, 3))]
        self.profiles = [*PROFILES, FREE] if self.periods else []
        self.made: dict[str, list[str]] = {}
        """Product → inside actors that get it without buying: by making it, offering it, or as a return."""

    def source(self, product: str, actor: str) -> None:
        """Note where a product comes from."""
        self.made.setdefault(product, []).append(actor)

    def stored(self) -> list[str]:
        """Products that can be stored."""
        return [p for p in self.goods if self.kinds[p] is not w.ProductKind.SERVICE]

    def when(self) -> Row:
        """Draw a calendar or a period, seldom."""
        if not self.periods or not self.hand.chance(3):
            return {}
        if self.hand.chance(3):
            return {"period": self.hand.one(self.periods)}
        return {"profile": self.hand.one(self.profiles)}

    def measured(self) -> Row:
        """Draw an amount of the workbook's own measure, seldom."""
        return {"measures": {HOURS: self.hand.one(COSTS)}} if self.hand.chance(6) else {}


@st.composite
def drafts(draw: st.DrawFn, projects: bool = True, ranks: bool = True, keeping: bool = False) -> Draft:
    """Draw a workbook without errors; ``projects`` allows yes/no decisions and whole numbers, ``ranks`` objectives
    other than the default ones, ``keeping`` goods that spoil, outputs that come later, and common rounds.
    """
    sketch = Sketch(Hand(draw), projects)
    rows: dict[str, Sequence[Row]] = {"settings": _settings(sketch), "periods": _periods(sketch)}
    rows |= {"profiles": _profiles(sketch), "actors": _actors(sketch), "products": _products(sketch)}
    rows["processes"] = _processes(sketch)
    rows["recipes"] = _recipes(sketch, rows["processes"])
    rows |= {"offers": _offers(sketch), "needs": _needs(sketch)}
    rows["links"] = _links(sketch, rows["needs"], rows["recipes"], rows["processes"])
    rows |= {"storage": _storage(sketch), "funding": _funding(sketch), "limits": _limits(sketch)}
    if ranks and sketch.hand.chance(2):
        rows["objectives"] = _objectives(sketch)
    if keeping:
        rows |= _keeping(sketch, rows)
    draft = mended(Draft(rows))
    assume(draft is not None and draft["links"] and draft["needs"])
    assert draft is not None
    return draft


def _keeping(sketch: Sketch, rows: dict[str, Sequence[Row]]) -> dict[str, Sequence[Row]]:
    """Draw how long goods keep, outputs that come so many periods later, and one round for candidate links."""
    hand = sketch.hand
    products = [
        {**row, "shelf_life": None if row["kind"] is w.ProductKind.SERVICE else hand.maybe(2, (1.0, 0.0, 2.0))}
        for row in rows["products"]
    ]
    recipes = [
        {**row, "delay": hand.maybe(2, (1, 2))}
        if row.get("output") and not row.get("input") and sketch.periods
        else row
        for row in rows["recipes"]
    ]
    round_of = {"round": "tournée", "round_maximum": hand.maybe(2, (2000.0, 20.0, 50_000.0)), "fixed_cost": None}
    links = [
        {**row, **round_of} if row.get("status") is w.LinkStatus.CANDIDATE and hand.chance(2) else row
        for row in rows["links"]
    ]
    return {"products": products, "recipes": recipes, "links": links}


def _settings(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    drawn = {
        "continuity": hand.maybe(8, (0.5, 1.0)),
        "circularity_basis": hand.maybe(4, (w.Basis.VALUE,)),
        "dependency_basis": hand.maybe(4, tuple(w.DependencyBasis)),
        "downstream_weight": hand.maybe(6, (0.5, 0.0)),
    }
    return [{"setting": name, "value": value} for name, value in drawn.items() if value is not None]


def _periods(sketch: Sketch) -> list[Row]:
    shares = sketch.hand.maybe(2, ({2: (0.25, 0.75), 3: (0.5, 0.25, 0.25)},)) or {}
    shared = shares.get(len(sketch.periods), (None,) * len(sketch.periods))
    return [{"period": name, "share": share} for name, share in zip(sketch.periods, shared, strict=True)]


def _profiles(sketch: Sketch) -> list[Row]:
    if not sketch.periods:
        return []
    count = len(sketch.periods)
    spread = sketch.hand.one(((0.5,), (0.2, 0.8), (0.0, 1.0)))[:count]
    spread = (*spread, *(0.0,) * count)[: count - 1]
    opening = sketch.hand.one(((1.0, 1.0, 0.5), (0.0, 1.0, 1.0)))[:count]
    values = ((*spread, 1.0 - sum(spread)), opening)
    return [
        {"profile": name, "kind": kind, "values": dict(zip(sketch.periods, each, strict=True))}
        for name, kind, each in zip(PROFILES, (w.ProfileKind.SPREAD, w.ProfileKind.AVAILABILITY), values, strict=True)
    ]


def _actors(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    rows: list[Row] = []
    for name in (*sketch.inside, *sketch.outside):
        inside = name in sketch.inside
        perimeters = (w.Perimeter.MEMBER, w.Perimeter.LOCAL) if inside else (w.Perimeter.EXTERNAL, w.Perimeter.PARTNER)
        group = hand.maybe(3, ("réseau", "marché")) if inside else None
        sketch.groups += [group] if group else []
        rows.append({
            "actor": name,
            "perimeter": hand.one(perimeters),
            "group": group,
            "balanced_budget": hand.maybe(6, (w.Budget.WISH, w.Budget.WISH, w.Budget.YES)) if inside else None,
            "reserve": hand.maybe(8, (1000.0, 100.0)) if inside else None,
        })  # fmt: skip
    return rows


def _products(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    rows: list[Row] = []
    kinds = (w.ProductKind.PRODUCT, w.ProductKind.PRIMARY, w.ProductKind.SECONDARY, w.ProductKind.SERVICE)
    for name in sketch.goods:
        kind = hand.one(kinds)
        sketch.kinds[name] = kind
        piece = kind is not w.ProductKind.SERVICE and hand.chance(4)
        rows.append({
            "product": name,
            "unit": "h" if kind is w.ProductKind.SERVICE else "piece" if piece else "t",
            "kg": 2.0 if piece else None,
            "price": hand.one((*PRICES, *PRICES, None)),
            "kind": kind,
            "criticality": hand.maybe(6, (2.0, 0.5)),
            "may_discard": hand.maybe(5, (w.YesNo.YES, w.YesNo.NO)),
            "discard_cost": hand.maybe(6, COSTS),
        })  # fmt: skip
    return rows


def _processes(sketch: Sketch) -> list[Row]:
    names = [f"atelier {i}" for i in range(1, 1 + sketch.hand.one((1, 2, 0, 3, 4)))]
    return [_process(sketch, name, names[:i]) for i, name in enumerate(names)]


def _process(sketch: Sketch, name: str, earlier: Sequence[str]) -> Row:
    hand = sketch.hand
    status = hand.maybe(4, (w.ProcessStatus.SCALABLE,))
    if sketch.projects and hand.chance(3):
        status = hand.one((w.ProcessStatus.CANDIDATE, w.ProcessStatus.OPENED))
    project = status in (w.ProcessStatus.CANDIDATE, w.ProcessStatus.OPENED)
    capacity = hand.one((*AMOUNTS, None, None, None)) if not project else hand.one(AMOUNTS)
    scalable = status is w.ProcessStatus.SCALABLE
    return {
        "process": name,
        "actor": hand.one(sketch.inside),
        "status": status,
        "capacity": capacity,
        "minimum": min(1.0, capacity or 0.0) if hand.chance(15) else None,
        "today": capacity / 2 if capacity and not project and hand.chance(3) else None,
        "unit_cost": hand.maybe(2, COSTS),
        "fixed_cost": hand.maybe(5, PRICES),
        "whole": w.YesNo.YES if sketch.projects and hand.chance(8) else None,
        "minimum_load": hand.maybe(6, (0.2, 0.5)) if sketch.projects and capacity and not scalable else None,
        "requires": hand.maybe(3, earlier) if earlier and status is w.ProcessStatus.CANDIDATE else None,
        "local_share": hand.maybe(5, (0.5, 1.0)),
        "investment": hand.one(PRICES) if project else None,
        "expansion_max": hand.one(AMOUNTS) if status is w.ProcessStatus.SCALABLE else None,
        "expansion_cost": hand.maybe(2, COSTS) if status is w.ProcessStatus.SCALABLE else None,
        "jobs": hand.maybe(4, (0.1, 1.0)),
        "co2": hand.maybe(4, COSTS),
        "availability": hand.maybe(3, sketch.profiles) if sketch.profiles else None,
        **sketch.measured(),
    }


def _recipes(sketch: Sketch, processes: Sequence[Row]) -> list[Row]:
    """Draw a recipe for each activity. Inputs come before outputs in the list of products, so that no loop gains;
    a thing that is used and comes back is the exception.
    """
    hand = sketch.hand
    rows: list[Row] = []
    for process in processes:
        first = hand.number(0, len(sketch.goods) - 1)
        inputs = hand.some(sketch.goods[:first], 0, 2) if first else []
        outputs = hand.some(sketch.goods[first:], 1, 2)
        choice = "au choix" if len(inputs) == 2 and hand.chance(3) else None
        least = hand.maybe(3, (0.2, 0.5)) if choice else None
        rows += [
            {
                "process": process["process"], "product": p, "input": hand.one(YIELDS), "choice": choice,
                "choice_min": least,
            }
            for p in inputs
        ]  # fmt: skip
        rows += [{"process": process["process"], "product": p, "output": hand.one(YIELDS)} for p in outputs]
        if inputs and not choice and hand.chance(8):
            rows.append({"process": process["process"], "product": inputs[0], "output": 0.1})
        for p in outputs:
            sketch.source(p, process["actor"])
    return rows


def _offers(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    rows: list[Row] = []
    for product in sketch.goods:
        if hand.chance(2):
            actor = hand.one(sketch.inside)
            sketch.source(product, actor)
            rows.append({
                "actor": actor, "product": product, "maximum": hand.one((*AMOUNTS, None, None)),
                "unit_cost": hand.maybe(2, COSTS), **sketch.when(), **sketch.measured(),
            })  # fmt: skip
    if hand.chance(3):
        rows.append({
            "actor": hand.one(sketch.outside), "product": hand.one(sketch.goods), "maximum": hand.one(AMOUNTS),
            **sketch.when(),
        })  # fmt: skip
    return rows


def _needs(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    rows: list[Row] = []
    for _ in range(hand.number(1, 4)):
        obligation = hand.one((None,) * 5 + (w.Obligation.OUTLET,) * 4 + (w.Obligation.MUST,))
        quantity: float | None = hand.one(AMOUNTS)
        if obligation is w.Obligation.OUTLET and hand.chance(2):
            quantity = None
        comes_back = [p for p in sketch.goods if sketch.kinds[p] is w.ProductKind.SECONDARY]
        who = hand.one((*sketch.inside, *sketch.inside, *sketch.outside, *sketch.groups))
        returns = hand.maybe(6, comes_back) if comes_back else None
        product = hand.one((*sketch.made, *sketch.made, *sketch.goods))
        rows.append({
            "actor": who,
            "product": product,
            "quantity": quantity,
            "obligation": obligation,
            "revenue": hand.maybe(2, PRICES),
            "importance": hand.maybe(6, (2.0, 0.5)),
            "returns": returns if returns != product else None,
            "returned": 0.5 if returns and returns != product else None,
            **sketch.when(), **sketch.measured(),
        })  # fmt: skip
        if returns and who in sketch.inside:
            sketch.source(returns, who)
    return rows


def _links(sketch: Sketch, needs: Sequence[Row], recipes: Sequence[Row], processes: Sequence[Row]) -> list[Row]:
    """Draw ways from where products come from to where they are used, and a few for nothing."""
    hand = sketch.hand
    owner = {process["process"]: process["actor"] for process in processes}
    wanted = [(need["product"], need["actor"]) for need in needs]
    wanted += [(row["product"], owner[row["process"]]) for row in recipes if row.get("input")]
    rows: list[Row] = []
    for product, buyer in wanted:
        makers = [maker for maker in sketch.made.get(product, ()) if maker != buyer]
        if makers and not hand.chance(4):
            seller = hand.one((*makers, *makers, *makers, "*"))
        else:
            seller = hand.one(sketch.inside if buyer in sketch.outside else sketch.outside)
        rows.append(_link(sketch, seller, buyer, product))
    for _ in range(hand.number(0, 4)):
        ends = (*sketch.inside, *sketch.outside, *sketch.groups, "*")
        rows.append(_link(sketch, hand.one(ends), hand.one(ends), hand.one((*sketch.made, *sketch.goods))))
    for row in [row for row in rows if hand.chance(8)]:
        price = hand.one(PRICES)
        step = {"price": price, "today": None}
        rows.append({**row, **step} if row.get("maximum") else {**row, **step, "maximum": hand.one(AMOUNTS)})
    return rows


def _link(sketch: Sketch, seller: str, buyer: str, product: str) -> Row:
    hand = sketch.hand
    maximum = hand.one((None, None, None, *AMOUNTS))
    secondary = sketch.kinds[product] is w.ProductKind.SECONDARY
    candidate = sketch.projects and maximum is not None and hand.chance(4)
    return {
        "from_": seller,
        "to": buyer,
        "product": product,
        "maximum": maximum,
        "minimum": 1.0 if maximum and hand.chance(25 if not candidate else 2) else None,
        "today": (maximum or 10.0) / 2 if not candidate and hand.chance(4) else None,
        "price": hand.maybe(2, (*PRICES, -2.0) if secondary else PRICES),
        "transport_cost": hand.maybe(3, COSTS),
        "loss": hand.maybe(6, (0.1, 0.5)),
        "co2": hand.maybe(4, COSTS),
        "distance": hand.maybe(2, DISTANCES),
        "period": hand.maybe(6, sketch.periods) if sketch.periods else None,
        "status": w.LinkStatus.CANDIDATE if candidate else None,
        "fixed_cost": hand.one(PRICES) if candidate and hand.chance(2) else None,
        "multiple": hand.maybe(8, (5.0, 2.0)) if sketch.projects else None,
        **_means(sketch),
        **sketch.measured(),
    }


def _means(sketch: Sketch) -> Row:
    """Draw a means that each unit takes, seldom, lent by whoever has it or by anybody."""
    hand = sketch.hand
    services = [p for p in sketch.goods if sketch.kinds[p] is w.ProductKind.SERVICE]
    if not services or not hand.chance(6):
        return {}
    means = hand.one(services)
    lenders = (*sketch.made.get(means, ()), *sketch.made.get(means, ()), *sketch.outside)
    return {"uses": means, "uses_quantity": hand.one((0.5, 1.0, 2.0)), "carrier": hand.maybe(2, lenders)}


def _storage(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    goods = sketch.stored()
    if not goods or not hand.chance(2):
        return []
    initial = hand.maybe(2, (0.0, 5.0, 10.0))
    return [
        {
            "actor": hand.one(sketch.inside),
            "product": product,
            "capacity": hand.one(AMOUNTS),
            "loss": hand.maybe(4, (0.1,)),
            "cost": hand.maybe(2, COSTS),
            "initial": initial,
            "final": hand.maybe(3, (initial, initial, initial, 1.0)) if initial is not None else None,
        }
        for product in hand.some(goods, 1, 2)
    ]


def _funding(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    if not hand.chance(3):
        return []
    funders = (*sketch.outside, *sketch.inside)
    return [
        {
            "funder": hand.one(funders),
            "actor": hand.one(sketch.inside),
            "maximum": hand.one((500.0, 50.0, None)),
            "minimum": hand.maybe(6, (10.0,)),
            "kind": hand.maybe(2, tuple(w.FundingKind)),
            "dependency_weight": hand.maybe(4, (0.5,)),
        }
        for _ in range(hand.number(1, 2))
    ]


def _limits(sketch: Sketch) -> list[Row]:
    hand = sketch.hand
    rows: list[Row] = []
    for i in range(hand.one((0, 0, 1, 2))):
        measured = hand.one((*_ON_FLOWS, *_ON_FLOWS, *_ON_ACTIVITIES, measure(HOURS)))
        share = measured in _ON_FLOWS and hand.chance(2)
        sense = hand.one((w.Comparison.AT_MOST,) * 4 + (w.Comparison.AT_LEAST,))
        least = sense is w.Comparison.AT_LEAST
        on_flows = measured in _ON_FLOWS
        rows.append({
            "limit": f"engagement {i + 1}",
            "measure": measured,
            "from_": hand.one((*sketch.inside, w.Perimeter.MEMBER)) if share or hand.chance(2) else None,
            "to": hand.one((*sketch.inside, w.Perimeter.LOCAL)) if on_flows and hand.chance(3) else None,
            "product": hand.one(sketch.goods) if on_flows and hand.chance(2) else None,
            "period": hand.maybe(4, sketch.periods)
            if sketch.periods and measured is not w.LimitMeasure.OPENED else None,
            "sense": sense,
            "value": hand.one((0.5, 0.2) if share else (1.0, 5.0) if least else (*AMOUNTS, 1000.0)),
            "basis": w.LimitBasis.PURCHASES if share else None,
        })  # fmt: skip
    return rows


_ON_FLOWS = (w.LimitMeasure.QUANTITY, w.LimitMeasure.VALUE, w.LimitMeasure.MASS, w.LimitMeasure.TRANSPORT)
_ON_ACTIVITIES = (
    w.LimitMeasure.LEVEL, w.LimitMeasure.JOBS, w.LimitMeasure.CO2, w.LimitMeasure.COST, w.LimitMeasure.OPENED,
)  # fmt: skip


_RANKED = [
    w.Objective.DEFICIT, w.Objective.DEPENDENCY, w.Objective.DEPENDENCY_UPSTREAM, w.Objective.DEPENDENCY_DOWNSTREAM,
    w.Objective.DEPENDENCY_FUNDING, w.Objective.CIRCULARITY, w.Objective.COST, w.Objective.JOBS, w.Objective.CO2,
    w.Objective.TRANSPORT, w.Objective.CHANGE,
]  # fmt: skip


def _objectives(sketch: Sketch) -> list[Row]:
    """Draw ranks: usually what is missing first, then some others, now and then two on one rank."""
    hand = sketch.hand
    chosen: list[w.Objective | None] = hand.some(_RANKED, 1, 4)
    chosen = chosen if hand.chance(6) else [w.Objective.UNMET, *chosen]
    chosen = [*chosen, None] if hand.chance(4) else chosen
    rows: list[Row] = []
    rank = 0
    for objective in chosen:
        alone = w.Objective.CIRCULARITY in (objective, rows[-1]["objective"] if rows else None)
        rank += 1 if not rows or alone or not hand.chance(5) else 0
        rows.append({
            "rank": rank,
            "objective": measure(HOURS) if objective is None else objective,
            "weight": hand.maybe(6, (2.0, 0.5)),
            "tolerance": hand.maybe(4, (0.05, 0.2)),
            "tolerance_amount": hand.maybe(8, (1.0,)) if objective is not w.Objective.CIRCULARITY else None,
        })  # fmt: skip
    return rows
