"""Indicators, objectives and products side by side: each case's figure, its difference to the reference, and in %."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from filiere.indicators.dictionary import kpi, kpis
from filiere.report.comparison.sides import CHANGES, Figure, Sides, as_shown, difference, share_of
from filiere.report.result.tables.indicators import show_of
from filiere.report.result.tables.plan.objectives import name_of, unit_of
from filiere.report.sheet import Column, Sheet, Show
from filiere.schema.objectives import objective_of

PRODUCT_FIGURES = (
    "production", "imports", "exports", "served", "unmet", "discarded", "self_sufficiency", "import_dependency",
    "external_content",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One figure of every case, and how it is shown."""

    values: tuple[Figure, ...]
    show: Show

    def differs(self) -> bool:
        """Whether any case is not as the reference."""
        return any(bool(difference(value, self.values[0])) for value in self.values[1:])


def indicators(sides: Sides) -> Sheet:
    """Return one row a chain-wide indicator."""
    declared = {k.key: k for view in sides.views if view for k in kpis(view.chain) if k.scope == "chain"}
    measured = {key for at in sides.cases if (measures := sides.measures(at)) for key in measures.chain}
    rows = [indicator for key, indicator in declared.items() if key in measured]
    lines = [Line(tuple(_measured(sides, at, k.key) for at in sides.cases), show_of(k)) for k in rows]
    better = {"higher": sides.pick("higher", "plus haut"), "lower": sides.pick("lower", "plus bas"), None: None}
    currency = sides.lead.currency
    units = ["%" if k.percent else sides.set(k.unit).replace(sides.pick("currency", "monnaie"), currency) for k in rows]
    columns = (
        Column("indicator", sides.pick("Indicator", "Indicateur"), [sides.set(k.label) for k in rows]),
        Column("unit", sides.pick("Unit", "Unité"), units),
        Column("better", sides.pick("Better when", "Meilleur quand"), [better[k.better] for k in rows]),
        *side_by_side(sides, lines),
        Column("definition", sides.pick("Definition", "Définition"), [sides.set(k.definition) for k in rows],
               Show.PROSE),
    )  # fmt: skip
    return Sheet("indicators", sides.pick("Indicators", "Indicateurs"), columns, frozen=1, across=True,
                 printed=last_of(columns, *(["difference"] if sides.roomy else []), "case"))  # fmt: skip


def objectives(sides: Sides) -> Sheet:
    """Return one row an objective that any case has, with its value in the finished plan."""
    ranks: dict[str, float] = {}
    for view in sides.views:
        for rank in view.result.solution.objectives if view else ():
            ranks.setdefault(rank.objective, float(rank.rank))
    keys = sorted(ranks, key=lambda key: ranks[key])
    lines = [
        Line(tuple(_reached(sides, at, key) for at in sides.cases),
             Show.PERCENT if key == "circularity" else Show.QUANTITY)
        for key in keys
    ]  # fmt: skip
    view = sides.lead
    columns = (
        Column("rank", sides.pick("Rank", "Priorité"), [ranks[key] for key in keys], Show.COUNT),
        Column("objective", sides.pick("Objective", "Objectif"), [name_of(view, key) for key in keys]),
        Column("unit", sides.pick("Unit", "Unité"),
               ["%" if key == "circularity" else unit_of(view, key) for key in keys]),
        *side_by_side(sides, lines),
        Column("meaning", sides.pick("What it counts", "Ce qui est compté"),
               [sides.set(facts.meaning) if (facts := objective_of(key)) else None for key in keys], Show.PROSE),
    )  # fmt: skip
    return Sheet("objectives", sides.pick("Objectives", "Objectifs"), columns, frozen=2, across=True,
                 printed=last_of(columns, *(["difference"] if sides.roomy else []), "case"))  # fmt: skip


def products(sides: Sides) -> Sheet:
    """Return one row a product and figure that is not nothing everywhere."""
    rows: list[tuple[str, str, Line]] = []
    names = dict.fromkeys(name for view in sides.views if view for name in view.chain.products)
    for name in names:
        for key in PRODUCT_FIGURES:
            indicator = kpi(key, "product")
            values = tuple(_of_product(sides, at, name, key) for at in sides.cases)
            if any(values):
                rows.append((name, key, Line(values, Show.PERCENT if indicator.percent else Show.QUANTITY)))
    goods = {name: view.chain.products[name] for view in sides.views if view for name in view.chain.products}
    columns = (
        Column("product", sides.pick("Product", "Produit"), [name for name, _, _ in rows]),
        Column("figure", sides.pick("Figure", "Grandeur"), [sides.set(kpi(k, "product").label) for _, k, _ in rows]),
        Column("unit", sides.pick("Unit", "Unité"),
               ["%" if line.show is Show.PERCENT else goods[name].unit for name, _, line in rows]),
        Column("differs", sides.pick("Changes", "Change"),
               [sides.pick("yes", "oui") if line.differs() else sides.pick("no", "non") for _, _, line in rows]),
        *side_by_side(sides, [line for _, _, line in rows]),
    )  # fmt: skip
    return Sheet("products", sides.pick("Products", "Produits"), columns, frozen=2, across=True,
                 printed=last_of(columns, "case"))  # fmt: skip


def side_by_side(sides: Sides, lines: Sequence[Line]) -> list[Column]:
    """Return each case's column of figures, then the differences of each but the reference, then the same in %."""
    shows = [line.show for line in lines]
    columns, differences, percentages = [_values(sides, lines, 0, shows)], [], []
    for at in sides.others():
        columns.append(_values(sides, lines, at, shows))
        if sides.base is None or sides.views[at] is None:
            continue
        found = [as_shown(difference(line.values[at], line.values[0]), line.show) for line in lines]
        differences.append(
            Column(f"difference{at}", sides.heading(at, "difference", "écart"), found, Show.CHANGE, keep=True,
                   shows=[CHANGES[show] for show in shows])
        )  # fmt: skip
        shares = [share_of(line.values[at], line.values[0], line.show) for line in lines]
        if any(share is not None for share in shares):
            percentages.append(Column(f"share{at}", sides.heading(at, "in %", "en %"), shares, Show.PERCENT_CHANGE))
    return [*columns, *differences, *percentages]


def last_of(columns: Sequence[Column], *kinds: str) -> str | None:
    """Return the key of the last column of the first kind that there is, such as ``difference``: what is printed."""
    for kind in kinds:
        found = [column.key for column in columns if re.fullmatch(rf"{kind}\d+", column.key)]
        if found:
            return found[-1]
    return None


def _values(sides: Sides, lines: Sequence[Line], at: int, shows: Sequence[Show]) -> Column:
    return Column(
        f"case{at}", sides.titles[at], [line.values[at] for line in lines], Show.QUANTITY, keep=True, shows=shows
    )


def _measured(sides: Sides, at: int, key: str) -> Figure:
    measures = sides.measures(at)
    return measures.chain.get(key) if measures else None


def _reached(sides: Sides, at: int, key: str) -> Figure:
    view = sides.views[at]
    ranks = view.result.solution.objectives if view else ()
    return next((rank.final for rank in ranks if rank.objective == key), None)


def _of_product(sides: Sides, at: int, name: str, key: str) -> Figure:
    measures = sides.measures(at)
    if measures is None or name not in measures.products.index:
        return None
    value = float(measures.products[key].to_dict()[name])
    return None if math.isnan(value) else 0.0 if abs(value) < 1e-9 else value
