"""Published input-output tables: multipliers of all rounds, and the content of what is finally used."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.indicators.multiplier import all_rounds
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan
from tests import hand
from tests.oracles import io_cases

# Eurostat Manual (2008), tables 15.4 to 15.14, as quoted by the tests of rOpenGov/iotables. The forward linkage of
# industry, quoted as 1.6691, is left out: the table itself gives 1.6910.
OUTPUT = [1.7048, 1.8413, 1.8136, 1.6035, 1.5951, 1.3782]
VALUE_ADDED = [0.8450, 0.7647, 0.8615, 0.9019, 0.9393, 0.9199]
EMPLOYMENT = [0.0326, 0.0162, 0.0207, 0.0237, 0.0112, 0.0242]
FORWARD = {"agriculture_group": 2.1126, "construction": 1.3558, "trade_group": 1.5848,
           "business_services_group": 2.1037, "other_services_group": 1.2106}  # fmt: skip


@pytest.fixture(scope="module")
def germany() -> pd.DataFrame:
    return io_cases.table("io_germany1995", "siot_germany_1995_meur.csv", index_col=0)


def sectors(table: pd.DataFrame) -> list[str]:
    return list(table.columns[:6])


def coefficients(table: pd.DataFrame) -> np.ndarray:
    own = sectors(table)
    return (table.loc[own, own] / table.loc["output", own]).to_numpy()


def test_multipliers_of_the_manual(germany: pd.DataFrame) -> None:
    own, shares = sectors(germany), coefficients(germany)
    output = germany.loc["output", own].to_numpy()
    assert np.round(all_rounds(shares), 4).tolist() == OUTPUT
    assert np.round(all_rounds(shares, germany.loc["gva", own].to_numpy() / output), 4).tolist() == VALUE_ADDED
    jobs = germany.loc["employment_domestic_total", own].to_numpy() / output
    assert np.round(all_rounds(shares, jobs), 4).tolist() == EMPLOYMENT


def test_forward_linkages_of_the_manual(germany: pd.DataFrame) -> None:
    own = sectors(germany)
    rows = (germany.loc[own, own].T / germany.loc["output", own]).to_numpy()  # by seller, turned
    found = dict(zip(own, np.round(all_rounds(rows), 4), strict=True))
    assert {name: found[name] for name in FORWARD} == FORWARD


def economy(table: pd.DataFrame) -> tuple[Chain, Plan]:
    """Each sector is an actor with one activity that takes in the others' goods and, from outside, imports and
    taxed goods; what it takes of its own it takes within."""
    own = sectors(table)
    away = table.loc[["imports", "net_tax_products"], own].sum()
    links, flows, processes = [], {}, []
    for sector in own:
        inputs = {s: float(table.loc[s, sector]) for s in own} | {"foreign": float(away[sector])}
        processes.append(hand.process("produce", sector, inputs, {sector: float(table.loc["output", sector])}))
        for seller, amount in inputs.items():
            if seller != sector:
                flows[len(links)] = amount
                links.append(hand.link("World" if seller == "foreign" else seller, sector, seller))
    users = [hand.need(sector, sector, None, "outlet") for sector in own]
    chain = hand.chain(
        [*(hand.actor(s) for s in own), hand.actor("World", "external")],
        [hand.product(name) for name in (*own, "foreign")],
        links, processes, needs=users,
    )  # fmt: skip
    final = {n: float(table.loc["output", s] - table.loc[s, own].sum()) for n, s in enumerate(own)}
    return chain, hand.plan(chain, flows, {("produce", s): 1.0 for s in own}, served=final)


def test_external_content_is_what_is_not_value_added(germany: pd.DataFrame) -> None:
    chain, plan = economy(germany)
    assert certify(chain, hand.solution(plan)).passed
    content = measure(chain, plan).products["external_content"]
    assert (1.0 - content[sectors(germany)]).round(4).tolist() == VALUE_ADDED


@pytest.fixture(scope="module")
def world() -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Coefficients, value added per unit of output, and final demand by region of the six-region table."""
    case = "io_pymrio_testmrio"
    between = io_cases.table(case, "Z_intermediate_mUSD.csv", index_col=0)
    final = io_cases.table(case, "Y_final_demand_mUSD.csv", index_col=0)
    # Columns of this table do not close: output is what its rows add up to.
    output = (between.sum(axis=1) + final.sum(axis=1)).to_numpy()
    added = io_cases.table(case, "extensions.csv", index_col=0).loc["value_added"].to_numpy() / output
    by_region = final.T.groupby(final.columns.str.split("|").str[0]).sum().T
    return between.to_numpy() / output, added, by_region


def test_value_added_multipliers_of_six_regions(world: tuple[np.ndarray, np.ndarray, pd.DataFrame]) -> None:
    shares, added, _ = world
    told = io_cases.published("io_pymrio_testmrio")["published_M_value_added_multipliers (pymrio tests)"]
    assert all_rounds(shares, added) == pytest.approx(list(told.values()), abs=1e-8)


def test_dependency_of_six_regions_on_the_others(world: tuple[np.ndarray, np.ndarray, pd.DataFrame]) -> None:
    shares, added, final = world
    told = io_cases.published("io_pymrio_testmrio")["published_D_imp_value_added_by_region (pymrio tests)"]
    home = final.index.str.split("|").str[0].to_numpy()
    for region, expected in told.items():
        elsewhere = all_rounds(shares, np.where(home == region, 0.0, added))
        assert elsewhere @ final[region].to_numpy() == pytest.approx(expected, rel=1e-9)
