"""TerriFlux's demonstration of an undetermined system: totals known, leaves in intervals, hierarchies counted once."""

from __future__ import annotations

import pandas as pd
import pytest

from filiere.analysis.today.reconcile import today_by
from filiere.analysis.today.reconciliation import Today
from tests.oracles import io_cases
from tests.sheets import chain as read

CASE = "food_fr_terriflux_demo"
CHAINS = {"Cereales": ("MpCereales", "PCereales", "CpCereales"), "Oleopro": ("MpOleopro", "POleopro", "CpOleopro"),
          "Animales": ("MpAnimales", "PAnimaux", "CpAnimaux")}  # fmt: skip
TYPES = ("MatieresPremieres", "Produits", "Coproduits")
USES = ("AlimHumaine", "AlimAnimale", "Energie", "Materiaux")
FEED_AND_FOOD = ("AlimHumaine", "AlimAnimale")
LEAVES = [(TYPES[i], name, use) for use in USES for names in CHAINS.values() for i, name in enumerate(names)]


def given() -> pd.DataFrame:
    return io_cases.table(CASE, "flows.csv", index_col=["from", "to"])


def source(kind: str, use: str) -> str:
    """Where a flow of a type comes from: a node for each total of that type that is known, one for each use else."""
    together = kind != "Coproduits" and use in FEED_AND_FOOD
    return f"{kind} {'Alimentation' if together else use}"


def network(column: str, leaves: bool) -> Today:
    """A flow is a link from its type's node to its chain's node of its use: what is known are the nodes' totals."""
    table = given()
    chain_of = {name: chain for chain, names in CHAINS.items() for name in names}
    nodes = sorted({source(kind, use) for kind, _, use in LEAVES} | {f"{c} {u}" for c in CHAINS for u in USES})
    lines = ["## Actors", "| actor | perimeter |", "| Monde | external |"]
    lines += [f"| {node} | local |" for node in nodes]
    lines += ["## Products", "| product | unit | price |", "| matière | t | 1 |", "## Links",
              "| from | to | product | today | confidence |"]  # fmt: skip
    for node in sorted({source(kind, use) for kind, _, use in LEAVES}):
        kind, use = node.split()
        known = use == "Alimentation" or (kind == "Coproduits" and use != "Materiaux")
        lines.append(f"| Monde | {node} | matière | {table.loc[(kind, use), column] if known else ''} | measured |")
    for chain in CHAINS:
        lines += [f"| {chain} {use} | Monde | matière | {table.loc[(chain, use), column]} | measured |" for use in USES]
    for kind, name, use in LEAVES:
        typed = table.loc[(name, use), column] if leaves else ""
        lines.append(f"| {source(kind, use)} | {chain_of[name]} {use} | matière | {typed} | measured |")
    return today_by("least-squares", read("\n".join(lines)))


@pytest.fixture(scope="module")
def proteins() -> Today:
    return network("tp_result", leaves=False)


def test_every_published_interval_of_a_leaf_is_found(proteins: Today) -> None:
    table, found = given(), proteins.reconciliation
    assert found is not None
    links = proteins.chain.links
    inside = [one for one in found.unmeasured if one.position is not None and "Monde" not in
              (links[one.position].from_, links[one.position].to)]  # fmt: skip
    assert len(inside) == len(LEAVES) == 36
    for (_, name, use), one in zip(LEAVES, inside, strict=True):
        row = table.loc[(name, use)]
        assert (one.lower, one.upper) == pytest.approx((row["tp_min"], row["tp_max"]), abs=1e-6), (name, use)
        assert not one.determinable


def test_totals_that_agree_are_left_as_they_are(proteins: Today) -> None:
    found = proteins.reconciliation
    assert found is not None
    assert all(figure.correction == pytest.approx(0.0, abs=1e-9) for figure in found.figures)


def test_leaves_are_counted_once() -> None:
    found = network("t_result", leaves=True)
    plan = found.solution.plan
    assert plan is not None
    served = plan.flows[plan.flows["to"] != "Monde"]
    leaves = served[served["from"] != "Monde"]
    assert leaves["quantity"].sum() == pytest.approx(145.0)
    assert given()["t_result"].sum() == 756.0
    uses = leaves.groupby(leaves["to"].str.split().str[1])["quantity"].sum()
    assert uses.to_dict() == pytest.approx({"AlimHumaine": 47, "AlimAnimale": 60, "Energie": 15, "Materiaux": 23})
    assert found.reconciliation is not None
    assert found.reconciliation.test is not None
    assert found.reconciliation.test.chi_square == pytest.approx(0.0, abs=1e-12)
