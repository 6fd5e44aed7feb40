"""Growth: what grows beyond the wish that nothing should grow by more than a share of today, row by row."""

from __future__ import annotations

from typing import NamedTuple

from filiere.chain.derived.observed import figures_of
from filiere.problems import Cell
from filiere.report.explain.figures import unit_of_level
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View
from filiere.solution.scope import grown

_LEAST = 1e-6
"""A growth beyond what is wished by less than this share of it is none."""


class Beyond(NamedTuple):
    """One relation or activity: what it is today, what it may reach, what it does reach."""

    who: str
    to: str | None
    what: str
    today: float
    most: float
    plan: float
    unit: str
    cell: Cell | None


def growth(view: View) -> Sheet | None:
    """Return one row for what grows beyond what is wished, the most beyond first; None without that wish."""
    if view.chain.settings.growth_max is None or view.shows_today:
        return None
    pick, rows = view.pick, sorted(_beyond(view), key=lambda row: (row.most - row.plan) / row.most)
    columns = (
        Column("from", pick("Supplier, or who acts", "Fournisseur, ou qui agit"), [row.who for row in rows]),
        Column("to", pick("Customer", "Client"), [row.to for row in rows]),
        Column("what", pick("Product or activity", "Produit ou activité"), [row.what for row in rows]),
        Column("today", pick("Today", "Cette année"), [row.today for row in rows], Show.QUANTITY),
        Column("most", pick("Most that is wished", "Maximum souhaité"), [row.most for row in rows], Show.QUANTITY),
        Column("plan", pick("Plan", "Plan"), [row.plan for row in rows], Show.QUANTITY),
        Column("beyond", pick("Beyond", "Au-delà"), [row.plan - row.most for row in rows], Show.CHANGE,
               formula="{plan}-{most}"),
        Column("unit", pick("Unit", "Unité"), [row.unit for row in rows]),
        Column("cell", pick("Typed in", "Saisi en"), [row.cell for row in rows], Show.SOURCE),
    )  # fmt: skip
    return Sheet("growth", pick("Growth beyond the wish", "Hausses au-delà du souhait"), columns, frozen=2)


def _beyond(view: View) -> list[Beyond]:
    accounts, chain = view.accounts, view.chain
    links, levels = grown(accounts)
    known, growth_max = figures_of(chain), chain.settings.growth_max or 0.0
    found = []
    for e, link in enumerate(chain.links):
        if links[e] > _LEAST:
            today = max(link.today or 0.0, known.flows[e])
            most, plan = max((1.0 + growth_max) * today, link.minimum), float(accounts.flow_by_link[e])
            found.append(Beyond(link.from_, link.to, link.product, today, most, plan, chain.products[link.product].unit,
                                link.row.at("today")))  # fmt: skip
    for k, (key, process) in enumerate(chain.processes.items()):
        if levels[k] > _LEAST:
            today = max(process.today or 0.0, known.levels.get(key, 0.0))
            most, plan = max((1.0 + growth_max) * today, process.minimum), float(accounts.level_by_process[k])
            unit = unit_of_level(chain, process) or view.pick("level", "volume d'activité")
            found.append(Beyond(process.actor, None, process.name, today, most, plan, unit, process.row.at("today")))
    return found
