"""Published networks: Finn's cycling index as Finn (1980) and enaR print it, from chains made of their flows."""

from __future__ import annotations

import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure, network
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Plan
from tests import hand
from tests.oracles import io_cases

CASE = "ena_fci_dev"
NETWORKS = {
    "Oyster Reef": "oyster_reef", "Cone Springs": "cone_springs", "Silver Springs": "silver_springs",
    "Marine Coprophagy (oyster)": "marine_coprophagy_oyster",
}  # fmt: skip


def chain_of(name: str) -> tuple[Chain, Plan]:
    """Compartments are inside actors, their surroundings one outside actor, energy or carbon the only product."""
    nodes = io_cases.table(CASE, f"{NETWORKS[name]}_nodes.csv")
    flows = io_cases.table(CASE, f"{NETWORKS[name]}_flows.csv")
    moved = [
        *((i, j, f) for i, j, f in zip(flows["from"], flows["to"], flows["flow"], strict=True)),
        *(("outside", node, f) for node, f in zip(nodes["node"], nodes["input"], strict=True)),
        *((node, "outside", f) for node, f in zip(nodes["node"], nodes["output_total"], strict=True)),
    ]
    chain = hand.chain(
        [*(hand.actor(node) for node in nodes["node"]), hand.actor("outside", "external")],
        [hand.product("matter")],
        [hand.link(i, j, "matter") for i, j, _ in moved],
    )
    return chain, hand.plan(chain, {e: float(f) for e, (_, _, f) in enumerate(moved)})


@pytest.mark.parametrize("name", NETWORKS)
def test_the_cycling_index_of_a_chain_is_the_published_one(name: str) -> None:
    expected = io_cases.published(CASE)[name]
    found = measure(*chain_of(name)).chain
    index = expected["own_recomputed"]["FCI"]
    assert found["finn_cycling_index_mass"] == pytest.approx(index, rel=1e-4, abs=1e-12)
    # At one price everywhere, value goes the way mass goes.
    assert found["finn_cycling_index_value"] == pytest.approx(found["finn_cycling_index_mass"])
    if expected["published"]:
        assert found["finn_cycling_index_mass"] == pytest.approx(expected["published"]["FCI"], abs=1e-4)


@pytest.mark.parametrize("name", ["Oyster Reef", "Marine Coprophagy (oyster)"])
def test_every_published_digit(name: str) -> None:
    told = io_cases.published(CASE)[name]["published"]
    chain, plan = chain_of(name)
    nodes = io_cases.table(CASE, f"{NETWORKS[name]}_nodes.csv")
    flows, _ = network.mass_network(Accounts(chain, plan))
    enters = [*nodes["input"], 0.0]
    assert flows.sum() + sum(enters) == pytest.approx(told["TST"], rel=1e-9)
    assert (flows.sum() + sum(enters)) / sum(enters) == pytest.approx(told["APL"], abs=5e-7)
    assert round(network.finn_cycling_index(flows, enters), 7) == told["FCI"]


def test_a_network_without_a_cycle_has_index_zero() -> None:
    assert measure(*chain_of("Silver Springs")).chain["finn_cycling_index_mass"] == 0.0
