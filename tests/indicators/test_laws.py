"""What must not change an indicator: names, the order of rows, the cut of the year, a reseller in between."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiere.chain.chain import Calendar, Chain, Period
from filiere.indicators import Measures, measure
from filiere.solution.certify.certify import certify
from filiere.solution.evaluate import objective_value
from filiere.solution.solution import COLUMNS, Plan
from tests import hand
from tests.solution import worked

ACTORS = ("Ada", "Bob", "Cleo", "Dan", "Eve", "Fay")
GOODS = ("ore", "ware", "scrap", "care")


@st.composite
def chains(draw: st.DrawFn) -> tuple[Chain, Plan]:
    """A chain of a few actors and goods, and any plan of it: indicators hold of plans that do not balance, too."""
    places = draw(st.lists(st.sampled_from(["member", "local", "partner", "external"]), min_size=6, max_size=6))
    sectors = draw(st.lists(st.sampled_from(["private", "public", "household"]), min_size=6, max_size=6))
    amounts = st.floats(0.5, 50.0)
    inside = [a for a, p in zip(ACTORS, places, strict=True) if p in ("member", "local")]
    pairs = [(i, j) for i in ACTORS for j in ACTORS if i != j and (i in inside or j in inside)]
    links = [
        hand.link(*pair, good, float(draw(st.integers(-5, 20))), loss=draw(st.sampled_from([0.0, 0.1])))
        for pair in draw(st.lists(st.sampled_from(pairs), max_size=8)) if pairs
        for good in (draw(st.sampled_from(GOODS)),)
    ] if pairs else []  # fmt: skip
    processes = [
        hand.process(
            f"work {i}", owner, {draw(st.sampled_from(GOODS)): draw(amounts)}, {draw(st.sampled_from(GOODS)): draw(amounts)},
            unit_cost=draw(amounts), local_share=draw(st.sampled_from([None, 0.3, 1.0])), jobs=0.2,
        )
        for i, owner in enumerate(inside)
    ]  # fmt: skip
    needs = [
        hand.need(a, draw(st.sampled_from(GOODS)), 60.0, revenue=draw(st.sampled_from([0.0, 9.0]))) for a in inside
    ]
    offers = [hand.offer(a, draw(st.sampled_from(GOODS)), unit_cost=1.0) for a in inside]
    chain = hand.chain(
        [hand.actor(a, p, s, groups=("all", s)) for a, p, s in zip(ACTORS, places, sectors, strict=True)],
        [hand.product("ore", 3.0, "primary", stage="one"), hand.product("ware", 8.0, family="goods"),
         hand.product("scrap", 0.5, "secondary"), hand.product("care", 2.0, "service", stage="one")],
        links, processes, {"early": 0.4, "late": 0.6}, offers=offers, needs=needs,
    )  # fmt: skip

    def figures(count: int) -> dict[int, list[float]]:
        return {i: [draw(amounts), draw(amounts)] for i in range(count)}

    levels = dict(zip(chain.processes, figures(len(processes)).values(), strict=True))
    plan = hand.plan(chain, figures(len(links)), levels, figures(len(offers)), figures(len(needs)))
    return chain, plan


def same(first: Measures, second: Measures, names: Mapping[str, str] | None = None) -> None:
    names = names or {}
    assert first.reasons == second.reasons
    known = [key for key in second.chain if key not in second.reasons]
    assert [first.chain[k] for k in known] == pytest.approx([second.chain[k] for k in known], rel=1e-9, abs=1e-9)
    for frame in ("products", "actors", "stages", "groups", "needs", "reliance"):
        one, other = getattr(first, frame).rename(index=names), getattr(second, frame)
        one = one.map(lambda v: names.get(v, v) if isinstance(v, str) else v).loc[other.index, other.columns]
        assert list(one.index) == list(other.index)
        numbers = other.select_dtypes("number").columns
        np.testing.assert_allclose(one[numbers].astype(float), other[numbers], rtol=1e-9, atol=1e-9)
        texts = other.columns.difference(numbers)
        assert one[texts].to_numpy().tolist() == other[texts].to_numpy().tolist()


@settings(max_examples=12, deadline=None)
@given(chains(), st.randoms(use_true_random=False))
def test_order_changes_nothing(made: tuple[Chain, Plan], random: object) -> None:
    chain, plan = made

    def shuffled(rows: Mapping[object, object]) -> dict[object, object]:
        items = list(rows.items())
        random.shuffle(items)
        return dict(items)

    other = dataclasses.replace(
        chain, actors=shuffled(chain.actors), products=shuffled(chain.products), processes=shuffled(chain.processes)
    )
    mixed = {}
    for name in COLUMNS:
        frame = getattr(plan, name)
        order = list(range(len(frame)))
        random.shuffle(order)
        mixed[name] = frame.iloc[order].reset_index(drop=True)
    same(measure(other, dataclasses.replace(plan, **mixed)), measure(chain, plan))


@settings(max_examples=12, deadline=None)
@given(chains())
def test_names_change_nothing(made: tuple[Chain, Plan]) -> None:
    chain, plan = made
    # Names in the same order: the first by name of equal partners stays the first.
    names = {name: f"x{i}" for i, name in enumerate(sorted(ACTORS))}
    renamed = dataclasses.replace(
        chain,
        actors={names[a]: dataclasses.replace(v, name=names[a]) for a, v in chain.actors.items()},
        processes={(k, names[a]): dataclasses.replace(v, actor=names[a]) for (k, a), v in chain.processes.items()},
        links=tuple(dataclasses.replace(e, from_=names[e.from_], to=names[e.to]) for e in chain.links),
        offers=tuple(dataclasses.replace(o, actor=names[o.actor]) for o in chain.offers),
        needs=tuple(dataclasses.replace(n, actor=names[n.actor]) for n in chain.needs),
    )
    frames = {
        name: getattr(plan, name).replace({c: names for c in ("from", "to", "actor", "funder") if c in columns})
        for name, columns in COLUMNS.items()
    }
    same(measure(chain, plan), measure(renamed, dataclasses.replace(plan, **frames)), names)


def halved(chain: Chain, plan: Plan) -> tuple[Chain, Plan]:
    """The same year with each period cut into two halves."""

    def cut(calendar: Calendar) -> Calendar:
        if calendar.weights is None:
            return calendar
        return dataclasses.replace(calendar, weights=tuple(w / 2 for w in calendar.weights for _ in range(2)))

    def dated(rows: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(dataclasses.replace(row, calendar=cut(row.calendar)) for row in rows)

    periods = tuple(Period(f"{p.name} {i}", p.share / 2) for p in chain.periods for i in (1, 2))
    other = dataclasses.replace(
        chain,
        periods=periods,
        processes={k: dataclasses.replace(v, calendar=cut(v.calendar)) for k, v in chain.processes.items()},
        links=tuple(
            dataclasses.replace(e, periods=tuple(f"{p} {i}" for p in e.periods for i in (1, 2))) for e in chain.links
        ),
        offers=dated(chain.offers),
        needs=dated(chain.needs),
    )
    frames = {}
    for name in COLUMNS:
        frame = getattr(plan, name)
        if "period" not in frame:
            continue
        amounts = [c for c in ("quantity", "received", "value", "level") if c in frame]
        halves = [
            frame.assign(period=frame["period"].astype(str) + f" {i}", **{c: frame[c] / 2 for c in amounts})
            for i in (1, 2)
        ]
        frames[name] = pd.concat(halves, ignore_index=True)
    return other, dataclasses.replace(plan, **frames)


@settings(max_examples=12, deadline=None)
@given(chains())
def test_cutting_periods_in_halves_changes_nothing(made: tuple[Chain, Plan]) -> None:
    same(measure(*halved(*made)), measure(*made))


def test_a_plan_cut_in_halves_is_still_certified() -> None:
    chain = dataclasses.replace(worked.chain(), storages={}, links=worked.chain().links[1:2], offers=(), needs=(),
                                processes={}, limits=(), funding=(), objectives=())  # fmt: skip
    plan = hand.plan(chain, {0: (3.0, 0.0)})
    first = certify(chain, hand.solution(plan))
    second = certify(*((pair := halved(chain, plan))[0], hand.solution(pair[1])))
    # The same rows break: the mill ships 3 it does not have, the shop keeps them; in halves, 1.5 at a time.
    assert (first.max_residual, second.max_residual) == (1.0, 1.0)
    kept = {c.name for c in first.checks if c.residual > 0}
    assert kept == {c.name for c in second.checks if c.residual > 0} == {"balances", "relations kept"}


@settings(max_examples=12, deadline=None)
@given(st.floats(0.0, 1.0), st.floats(1.0, 3.0), st.integers(1, 4))
def test_a_reseller_changes_neither_origin_nor_imports(imported: float, margin: float, tiers: int) -> None:
    def served_through(resellers: int) -> Measures:
        hands = [f"Wholesaler {i}" for i in range(resellers)]
        way = ["Port", *hands, "Canteen"]
        actors = [hand.actor("Port", "external"), hand.actor("Farm"), hand.actor("Canteen", "local", groups=("kids",))]
        chain = hand.chain(
            [*actors, *(hand.actor(h) for h in hands)],
            [hand.product("peas", 4.0)],
            [hand.link("Farm", "Canteen", "peas", 4.0)]
            + [hand.link(i, j, "peas", 4.0 * margin**n) for n, (i, j) in enumerate(itertools.pairwise(way))],
            offers=[hand.offer("Farm", "peas")], needs=[hand.need("Canteen", "peas", 100.0)],
        )  # fmt: skip
        brought = 100.0 * imported
        flows = {0: 100.0 - brought} | dict.fromkeys(range(1, len(way)), brought)
        return measure(chain, hand.plan(chain, flows, offers={0: 100.0 - brought}, served={0: 100.0}))

    direct, resold = served_through(0), served_through(tiers)
    assert direct.products.loc["peas", "import_dependency"] == pytest.approx(imported, abs=1e-9)
    assert direct.products.loc["peas", "external_content"] == pytest.approx(imported, abs=1e-9)
    for column in ("import_dependency", "self_sufficiency", "external_content"):
        assert resold.products.loc["peas", column] == pytest.approx(direct.products.loc["peas", column], abs=1e-9)
    assert resold.needs.loc[0, "external_content"] == pytest.approx(imported, abs=1e-9)
    assert resold.reliance.loc["Port", "passing"] == pytest.approx(imported, abs=1e-9)
    assert resold.groups.loc[("kids", "*"), "local_share"] == pytest.approx(1.0 - imported, abs=1e-9)


RANGES = {"lm3": (1.0, 3.0), "local_multiplier": (1.0, np.inf)}


@settings(max_examples=12, deadline=None)
@given(chains())
def test_shares_stay_in_their_range(made: tuple[Chain, Plan]) -> None:
    found = measure(*made).chain
    for key in ("upstream_dependency", "downstream_dependency", "funding_dependency", "external_content",
                "finn_cycling_index_mass", "finn_cycling_index_value", "unknown_spending_share"):  # fmt: skip
        assert found[key] is None or -1e-9 <= found[key] <= 1.0 + 1e-9, key
    for key, (low, high) in RANGES.items():
        assert found[key] is None or low - 1e-9 <= found[key] <= high + 1e-9, key
    for name in ("upstream", "downstream", "funding"):
        whole = found[f"{name}_dependency"]
        parts = [found[f"{name}_dependency_{sector}"] for sector in ("public", "private")]
        assert whole is None or whole == pytest.approx(sum(parts))


def _dearer(row: Any, rate: float, *amounts: str) -> Any:
    """The row with its amounts of money in another currency."""
    return dataclasses.replace(row, **{name: getattr(row, name) * rate for name in amounts})


@given(st.floats(0.01, 100.0))
@settings(max_examples=12, deadline=None)
def test_prices_in_another_currency_change_money_alone(rate: float) -> None:
    chain, plan = worked.chain(), worked.plan()
    dearer = dataclasses.replace(
        chain,
        products={
            k: dataclasses.replace(p, price=p.price * rate, value=p.value * rate, discard_cost=p.discard_cost * rate)
            for k, p in chain.products.items()
        },
        links=tuple(_dearer(e, rate, "price", "transport_cost", "fixed_cost") for e in chain.links),
        processes={
            k: _dearer(p, rate, "unit_cost", "fixed_cost", "investment", "expansion_cost")
            for k, p in chain.processes.items()
        },
        offers=tuple(_dearer(o, rate, "unit_cost") for o in chain.offers),
        storages={k: _dearer(one, rate, "cost") for k, one in chain.storages.items()},
        needs=tuple(_dearer(n, rate, "revenue") for n in chain.needs),
    )
    first, second = measure(chain, plan).chain, measure(dearer, plan).chain
    for key in ("circular_use_rate_value", "external_content", "served_share", "upstream_dependency"):
        assert first[key] == pytest.approx(second[key])
    assert second["purchases"] == pytest.approx(rate * first["purchases"])
    assert objective_value(dearer, plan, "training") == objective_value(chain, plan, "training")
