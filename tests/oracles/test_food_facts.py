"""Published food balances: rye in the United States (FAO), milling in France (ANMF as reported by the press)."""

from __future__ import annotations

import pandas as pd
import pytest

from filiere.chain.chain import Chain
from filiere.indicators import measure
from filiere.solution.certify.certify import certify
from filiere.solution.solution import Plan
from tests import hand
from tests.oracles import io_cases

YEARS = (2009, 2010, 2011, 2012, 2013)
SELF_SUFFICIENCY = dict(zip(YEARS, (60.47678710, 61.85100840, 49.03899560, 51.36734563, 53.84279440), strict=True))
IMPORT_DEPENDENCY = dict(zip(YEARS, (40.88337033, 39.44033947, 52.19300655, 49.80836775, 47.27307404), strict=True))
FLOUR = dict(zip(YEARS, (101.1573341, 104.0089363, 98.8089987, 98.8089987, 98.8089987), strict=True))


@pytest.fixture(scope="module")
def accounts() -> pd.Series:
    return io_cases.table("food_us_rye", "sua_long.csv").set_index(["year", "item", "element"])["value"]


def rye(told: pd.Series, year: int) -> tuple[Chain, Plan]:
    """One country, one world: grain is grown, imported, sown, fed, kept and ground into flour and bran."""

    def of(item: str, element: str) -> float:
        return float(told.get((year, f"Rye {item}", element), 0.0))

    ground, opening = of("grain", "processed_t"), of("grain", "opening_stock_t")
    needs = [("grain", "feed_t"), ("grain", "seed_t"), ("flour", "food_t"), ("bran", "feed_t")]
    goods = ("grain", "flour", "bran")
    links = [
        (i, j, p, f"{way}_t") for p in goods for i, j, way in (("World", "US", "imports"), ("US", "World", "exports"))
    ]
    chain = hand.chain(
        [hand.actor("US", "local"), hand.actor("World", "external")],
        [hand.product("grain", kind="primary"), hand.product("flour"), hand.product("bran", kind="secondary")],
        [hand.link(i, j, p) for i, j, p, _ in links],
        [hand.process("grow", "US", {}, {"grain": 1.0}), hand.process("mill", "US", {"grain": 1.0}, {"flour": 0.8, "bran": 0.16})],
        needs=[hand.need("US", p, of(p, element), "must") for p, element in needs],
        storages=[hand.storage("US", "grain", initial=opening, final=opening - of("grain", "stock_variation_balancing_t"))],
    )  # fmt: skip
    plan = hand.plan(
        chain,
        {e: of(p, element) for e, (_, _, p, element) in enumerate(links)},
        {("grow", "US"): of("grain", "production_t"), ("mill", "US"): ground},
        served={n: of(p, element) for n, (p, element) in enumerate(needs)},
        stocks={("US", "grain"): opening - of("grain", "stock_variation_balancing_t")},
    )
    return chain, plan


@pytest.mark.parametrize("year", YEARS)
def test_rye_balances_close_and_its_ratios_are_those_of_fao(accounts: pd.Series, year: int) -> None:
    chain, plan = rye(accounts, year)
    certificate = certify(chain, hand.solution(plan))
    assert certificate.passed, certificate.worst
    products = measure(chain, plan).products
    assert 100 * products.loc["grain", "self_sufficiency"] == pytest.approx(SELF_SUFFICIENCY[year], rel=1e-9)
    assert 100 * products.loc["grain", "import_dependency"] == pytest.approx(IMPORT_DEPENDENCY[year], rel=1e-9)
    assert 100 * products.loc["flour", "self_sufficiency"] == pytest.approx(FLOUR[year], rel=1e-8)


def test_french_flour_of_2022_by_either_denominator() -> None:
    # 5.1 Mt of wheat gave 3.96 Mt of flour; 186 kt left, 268.6 kt came in (La France Agricole, 2023).
    chain = hand.chain(
        [hand.actor("Mills"), hand.actor("Abroad", "external")], [hand.product("wheat"), hand.product("flour")],
        [hand.link("Mills", "Abroad", "flour"), hand.link("Abroad", "Mills", "flour")],
        [hand.process("mill", "Mills", {"wheat": 5100.0}, {"flour": 3960.0})],
        offers=[hand.offer("Mills", "wheat")], needs=[hand.need("Mills", "flour", None, "outlet")],
    )  # fmt: skip
    plan = hand.plan(
        chain, {0: 186.0, 1: 268.6}, {("mill", "Mills"): 1.0}, {0: 5100.0}, {0: 3960.0 - 186.0 + 268.6}
    )  # fmt: skip
    assert certify(chain, hand.solution(plan)).passed
    flour = measure(chain, plan).products.loc["flour"]
    assert 100 * flour["import_dependency"] == pytest.approx(6.644238856181666)
    assert 100 * flour["self_sufficiency"] == pytest.approx(97.95676050066788)
    assert flour["available"] == pytest.approx(4042.6)  # the denominator that is shown beside them
    # The press divides by what is made here: both shares can be read off the same three figures.
    assert round(100 * flour["imports"] / flour["production"], 1) == 6.8
