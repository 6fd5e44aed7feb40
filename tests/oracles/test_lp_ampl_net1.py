"""A transhipment with capacities: one plant, two depots, five cities.

Every node is a member, what the plant can ship is its offer, what a city asks is a must, and the cost of an arc
is the transport cost of its link.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracles.book import OPTIMUM, Sheets, cheapest, figures, solved
from tests.solving import ABOUT

CASE = "lp_ampl_net1"
PUBLISHED = 1819.0
FLOWS = {
    ("PITT", "NE"): 250, ("PITT", "SE"): 200, ("NE", "BOS"): 90, ("NE", "EWR"): 100, ("NE", "BWI"): 60,
    ("SE", "EWR"): 20, ("SE", "BWI"): 60, ("SE", "ATL"): 70, ("SE", "MCO"): 50,
}  # fmt: skip


def sheets() -> Sheets:
    nodes, links = figures(CASE, "nodes"), figures(CASE, "links")
    return {
        "Actors": [["actor", "perimeter"], *([node["node"], "member"] for node in nodes)],
        "Products": [["product", "unit", "price"], ["packages", "piece", 1]],
        "Offers": [
            ["actor", "product", "maximum"],
            *([node["node"], "packages", float(node["supply"])] for node in nodes if float(node["supply"])),
        ],
        "Needs": [
            ["actor", "product", "quantity", "obligation"],
            *([node["node"], "packages", float(node["demand"]), "must"] for node in nodes if float(node["demand"])),
        ],
        "Links": [
            ["from", "to", "product", "transport_cost", "maximum"],
            *([link["from"], link["to"], "packages", float(link["cost"]), float(link["capacity"])] for link in links),
        ],
        "Objectives": cheapest(),
    }


def test_the_published_cost_and_flows(tmp_path: Path) -> None:
    plan = solved(tmp_path, sheets())
    assert plan.value("cost") == ABOUT(PUBLISHED, rel=OPTIMUM)
    assert {pair: plan.flow(*pair, "packages") for pair in FLOWS} == ABOUT(FLOWS)
