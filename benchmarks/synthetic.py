"""Chains of any size with the shape of a real one: growers, makers, shops, outside suppliers, seasons, stores."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from filiere.chain.chain import Actor, Calendar, Chain, Link, Need, Offer, Period, Process, Product, Storage
from filiere.chain.derived.default_objectives import default_objectives
from filiere.schema import tables as t
from filiere.schema import words as w

SEASONS = ("winter", "spring", "summer", "autumn")
HARVEST = Calendar((0.1, 0.2, 0.3, 0.4))
EVEN = Calendar((0.25,) * 4)
GOODS = 8
PRICES = {"crop": 200.0, "good": 900.0, "rest": 50.0}


def synthetic(flows: int, seed: int = 1) -> Chain:
    """Return a feasible chain with about ``flows`` flow variables over four seasons.

    Growers harvest crops in their season, makers store them and make goods of them, shops need goods; outsiders
    sell both, dearer; what is left of a crop goes back to growers, who compost it into the next one. Makers
    can make a little more than half of what the shops want, and no link leads where nobody uses what it brings.
    """
    draw = random.Random(seed)
    wanted = flows // len(SEASONS)
    size = max(30, round((wanted / 12) ** 0.9))
    goods = {
        "grower": {f"grower {i}": (i % GOODS, (i + 3) % GOODS) for i in range(size)},
        "maker": {f"maker {i}": (i % GOODS, (i + 5) % GOODS) for i in range(size // 2)},
        "shop": {f"shop {i}": (i % GOODS, (i + 1) % GOODS, (i + 3) % GOODS) for i in range(size)},
        "outsider": {f"outsider {i}": tuple(range(GOODS)) for i in range(max(3, size // 20))},
    }
    processes = [*_making(goods["maker"], draw), *_composting(goods["grower"], draw)]
    return Chain(
        settings=t.SettingsValues(),
        periods=tuple(Period(name, 0.25) for name in SEASONS),
        actors={name: _actor(name, kind == "outsider") for kind, names in goods.items() for name in names},
        products={f"{kind} {g}": _product(kind, g) for kind in PRICES for g in range(GOODS)},
        processes={process.key: process for process in processes},
        links=_links(goods, wanted, draw),
        offers=tuple(_offer(a, g, draw) for a, grown in goods["grower"].items() for g in grown),
        needs=tuple(_need(a, g, draw) for a, sold in goods["shop"].items() for g in sold),
        storages={(s.actor, s.product): s for s in _stores(goods["maker"], draw)},
        objectives=default_objectives(),
    )


def _actor(name: str, outside: bool) -> Actor:
    perimeter = w.Perimeter.EXTERNAL if outside else w.Perimeter.MEMBER
    row = t.ActorRow(actor=name, perimeter=perimeter)
    return Actor(name, perimeter, w.Sector.PRIVATE, (), float(outside), w.Budget.NO, 0.0, None, None, None, row)


def _product(kind: str, g: int) -> Product:
    name = f"{kind} {g}"
    nature = {"crop": w.ProductKind.PRIMARY, "good": w.ProductKind.PRODUCT, "rest": w.ProductKind.SECONDARY}[kind]
    secondary = nature is w.ProductKind.SECONDARY
    return Product(
        name, "t", PRICES[kind], PRICES[kind], nature, 1000.0, 1.0, secondary, 0.0, (), None, None,
        t.ProductRow(product=name, unit="t"),
    )  # fmt: skip


def _making(makers: dict[str, tuple[int, ...]], draw: random.Random) -> Iterator[Process]:
    for maker, made in makers.items():
        for g in made:
            rate = draw.uniform(0.6, 0.9)
            outputs = {f"good {g}": rate, f"rest {g}": 1.0 - rate}
            yield _process(
                f"make good {g}", maker, draw.uniform(40, 100), draw.uniform(20, 60), {f"crop {g}": 1.0}, outputs, draw
            )


def _composting(growers: dict[str, tuple[int, ...]], draw: random.Random) -> Iterator[Process]:
    for grower, grown in growers.items():
        for g in grown:
            yield _process(
                f"compost rest {g}", grower, draw.uniform(5, 10), draw.uniform(5, 15), {f"rest {g}": 1.0},
                {f"crop {g}": 0.2}, draw,
            )  # fmt: skip


def _process(
    name: str, actor: str, capacity: float, cost: float, inputs: dict[str, float], outputs: dict[str, float],
    draw: random.Random,
) -> Process:  # fmt: skip
    return Process(
        name=name, actor=actor, status=w.ProcessStatus.EXISTING, capacity=capacity, minimum=0.0,
        today=draw.uniform(0.1, 0.5) * capacity, unit_cost=cost, fixed_cost=0.0, investment=0.0, expansion_max=None,
        expansion_cost=0.0, local_share=0.8, whole=False, jobs=0.02, co2=1.0, calendar=EVEN, inputs=inputs,
        outputs=outputs, measures={}, row=t.ProcessRow(process=name, actor=actor),
    )  # fmt: skip


def _offer(actor: str, g: int, draw: random.Random) -> Offer:
    row = t.OfferRow(actor=actor, product=f"crop {g}")
    return Offer(actor, f"crop {g}", draw.uniform(20, 60), draw.uniform(80, 120), HARVEST, {}, row)


def _need(actor: str, g: int, draw: random.Random) -> Need:
    row = t.NeedRow(actor=actor, product=f"good {g}")
    return Need(actor, f"good {g}", draw.uniform(5, 30), EVEN, w.Obligation.WANT, 0.0, 1.0, None, 0.0, {}, row)


def _stores(makers: dict[str, tuple[int, ...]], draw: random.Random) -> Iterator[Storage]:
    for maker, made in makers.items():
        for g in made:
            row = t.StorageRow(actor=maker, product=f"crop {g}")
            yield Storage(maker, f"crop {g}", draw.uniform(5, 30), 0.01, 2.0, None, None, row)


def _links(goods: dict[str, dict[str, tuple[int, ...]]], wanted: int, draw: random.Random) -> tuple[Link, ...]:
    found: dict[tuple[str, str, str], Link] = {}
    trading: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, names in goods.items():
        for name, traded in names.items():
            for g in traded:
                trading[kind, g].append(name)
    for shop, sold in goods["shop"].items():
        for g in sold:
            _put(found, draw.choice(trading["outsider", g]), shop, "good", g, 1.3, draw)
    kinds = (("grower", "maker", "crop", 1.0), ("maker", "shop", "good", 1.0), ("outsider", "shop", "good", 1.2),
             ("outsider", "maker", "crop", 1.1), ("maker", "grower", "rest", 1.0))  # fmt: skip
    while len(found) < wanted:
        seller, buyer, product, factor = draw.choices(kinds, (4, 5, 1, 1, 1))[0]
        g = draw.randrange(GOODS)
        _put(found, draw.choice(trading[seller, g]), draw.choice(trading[buyer, g]), product, g, factor, draw)
    return tuple(found.values())


def _put(
    found: dict[tuple[str, str, str], Link], seller: str, buyer: str, kind: str, g: int, factor: float,
    draw: random.Random,
) -> None:  # fmt: skip
    product = f"{kind} {g}"
    today = draw.uniform(1, 20) if draw.random() < 0.3 else None
    found[seller, buyer, product] = Link(
        seller, buyer, product, None, 0.0, today, PRICES[kind] * factor * draw.uniform(0.9, 1.1), draw.uniform(0, 20),
        0.0, 0.5, draw.uniform(1, 60), None, SEASONS, False, 0.0, {},
        t.LinkRow(from_=seller, to=buyer, product=product),
    )  # fmt: skip
