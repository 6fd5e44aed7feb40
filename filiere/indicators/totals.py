"""What the chain adds up to: jobs, emissions, transport, cost, the workbook's own measures, and results by stage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from filiere.indicators import dependency
from filiere.indicators.figure import NO_INHABITANTS, Figure, ratio, ratios
from filiere.indicators.sufficiency import import_dependency, net_import_dependency, self_sufficiency
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.evaluate import measure_names, value_of

KG_PER_TONNE = 1000.0


def totals(accounts: Accounts) -> dict[str, Figure]:
    """Return jobs (full-time equivalents), co2 (t CO2e), tonne_kilometres and net_cost (currency) of the year."""
    return {
        "jobs": value_of(accounts, w.Objective.JOBS),
        "co2": value_of(accounts, w.Objective.CO2) / KG_PER_TONNE,
        "tonne_kilometres": value_of(accounts, w.Objective.TRANSPORT),
        "net_cost": value_of(accounts, w.Objective.COST),
    }


def per_inhabitant(accounts: Accounts, summed: dict[str, Figure]) -> dict[str, Figure]:
    """Return the totals per inhabitant (jobs per 1 000), blank where the inhabitants are not given."""
    return {
        "jobs_per_1000_inhabitants": _each(accounts, summed["jobs"], 1000.0),
        "co2_per_inhabitant": _each(accounts, summed["co2"]),
        "net_cost_per_inhabitant": _each(accounts, summed["net_cost"]),
    }


def measures(accounts: Accounts) -> dict[str, Figure]:
    """Return ``measure: NAME`` and ``measure: NAME per inhabitant`` for each measure of the workbook."""
    found: dict[str, Figure] = {}
    for name in measure_names(accounts.chain):
        found[f"measure: {name}"] = value = value_of(accounts, name)
        found[f"measure: {name} per inhabitant"] = _each(accounts, value)
    return found


def _each(accounts: Accounts, value: Figure, many: float = 1.0) -> Figure:
    if not isinstance(value, float):
        return value
    return ratio(many * value, accounts.chain.settings.inhabitants or 0.0, NO_INHABITANTS)


def by_stage(accounts: Accounts, supplied: pd.DataFrame) -> pd.DataFrame:
    """Return one row a stage (of products; "" for those without): what is made, imported and exported at reference
    prices, its two FAO ratios, and its purchases and sales with their dependencies.
    """
    said = [p.stage or "" for p in accounts.chain.products.values()]
    stages = list(dict.fromkeys(said))
    stage = np.array([stages.index(name) for name in said], dtype=np.int64)
    count = len(stages)
    value = accounts.products["value"]
    worth = pd.DataFrame({
        name: accounts.summed(stage, supplied[name] * value, count)
        for name in ("production", "imports", "exports", "available")
    })  # fmt: skip
    columns: dict[str, object] = {str(name): worth[name].to_numpy() for name in worth}
    columns["self_sufficiency"] = self_sufficiency(worth)
    columns["import_dependency"] = import_dependency(worth)
    columns["net_import_dependency"] = net_import_dependency(worth)
    columns |= traded(accounts, stage, count)
    return pd.DataFrame(columns, index=pd.Index(stages, name="stage", dtype=object)).sort_index()


def traded(accounts: Accounts, place: np.ndarray, count: int) -> dict[str, np.ndarray]:
    """Return purchases and sales with their dependencies, public and private apart, by each product's ``place``."""
    columns: dict[str, np.ndarray] = {}
    for side, name, frame in (
        ("purchases", "upstream", dependency.purchases(accounts)),
        ("sales", "downstream", dependency.sales(accounts)),
    ):
        split = dependency.split_by(frame, place[frame["product"]], count)
        columns[side] = split["amount"]
        columns[f"{name}_dependency"] = ratios(split["total"], split["amount"])
        columns[f"{name}_dependency_public"] = ratios(split["public"], split["amount"])
        columns[f"{name}_dependency_private"] = ratios(split["private"], split["amount"])
    return columns
