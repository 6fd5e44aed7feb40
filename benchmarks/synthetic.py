"""Chains of any size with the shape of a real one: growers, makers, shops, outside suppliers, seasons."""

from __future__ import annotations

import random

from filiere.chain.chain import Actor, Calendar, Chain, Link, Need, Offer, Period, Process, Product
from filiere.chain.default_objectives import default_objectives
from filiere.schema import tables as t
from filiere.schema import words as w

PERIODS = 4


def synthetic(flows: int, seed: int = 1) -> Chain:
    """Return a feasible chain with about ``flows`` flow variables over four seasons.

    Crops go from growers to makers, goods from makers to shops; outsiders sell everything, dearer; by-products
    go back to growers.
    """
    draw = random.Random(seed)
    links_wanted = flows // PERIODS
    size = max(6, round((links_wanted / 12) ** 0.9))
    names = {kind: [f"{kind} {i}" for i in range(n)] for kind, n in _sizes(size).items()}
    goods = 8
    shares = tuple(Calendar((0.25,) * PERIODS).weights or ())
    everyday = Calendar(shares)
    actors = {name: _actor(name, kind == "outsider") for kind, group in names.items() for name in group}
    products = {p.name: p for p in _products(goods)}
    processes = {
        process.key: process
        for i, maker in enumerate(names["maker"])
        for process in _recipes(maker, i % goods, everyday, draw)
    }
    offers = tuple(
        Offer(grower, f"crop {g}", draw.uniform(40, 160), draw.uniform(80, 120), everyday, {},
              t.OfferRow(actor=grower, product=f"crop {g}"))
        for i, grower in enumerate(names["grower"]) for g in (i % goods, (i + 3) % goods)
    )  # fmt: skip
    needs = tuple(
        Need(shop, f"good {g}", draw.uniform(5, 30), everyday, w.Obligation.WANT, 0.0, 1.0, None, 0.0, {},
             t.NeedRow(actor=shop, product=f"good {g}"))
        for i, shop in enumerate(names["shop"]) for g in (i % goods, (i + 1) % goods)
    )  # fmt: skip
    links = _links(names, goods, links_wanted, draw)
    periods = tuple(Period(f"season {i + 1}", share) for i, share in enumerate(shares))
    return Chain(
        t.SettingsValues(), periods, actors, products, processes, links, offers, needs, {}, (), default_objectives()
    )


def _sizes(size: int) -> dict[str, int]:
    return {"grower": size, "maker": max(8, size // 2), "shop": size, "outsider": max(3, size // 20)}


def _actor(name: str, outside: bool) -> Actor:
    perimeter = w.Perimeter.EXTERNAL if outside else w.Perimeter.MEMBER
    row = t.ActorRow(actor=name, perimeter=perimeter)
    return Actor(name, perimeter, w.Sector.PRIVATE, (), float(outside), w.Budget.NO, 0.0, None, None, None, row)


def _products(goods: int) -> list[Product]:
    made = []
    for kind, price, nature in (
        ("crop", 200.0, w.ProductKind.PRIMARY), ("good", 900.0, w.ProductKind.PRODUCT),
        ("rest", 50.0, w.ProductKind.SECONDARY),
    ):  # fmt: skip
        for g in range(goods):
            name = f"{kind} {g}"
            row = t.ProductRow(product=name, unit="t")
            secondary = nature is w.ProductKind.SECONDARY
            made.append(
                Product(name, "t", price, price, nature, 1000.0, 1.0, secondary, 0.0, (), None, None, row)
            )
    return made


def _recipes(maker: str, g: int, calendar: Calendar, draw: random.Random) -> list[Process]:
    recipes = []
    for good in (g, (g + 5) % 8):
        name = f"make good {good}"
        rate = draw.uniform(0.6, 0.9)
        recipes.append(
            Process(
                name, maker, w.ProcessStatus.EXISTING, draw.uniform(30, 120), 0.0, draw.uniform(5, 50),
                draw.uniform(20, 60), 0.0, 0.0, None, 0.0, 0.8, False, 0.02, 1.0, calendar, {f"crop {good}": 1.0},
                {f"good {good}": rate, f"rest {good}": 1.0 - rate}, {}, t.ProcessRow(process=name, actor=maker),
            )
        )  # fmt: skip
    return recipes


def _links(names: dict[str, list[str]], goods: int, wanted: int, draw: random.Random) -> tuple[Link, ...]:
    found: dict[tuple[str, str, str], Link] = {}
    kinds = (("grower", "maker", "crop", 1.0), ("maker", "shop", "good", 1.0), ("outsider", "shop", "good", 1.2),
             ("outsider", "maker", "crop", 1.1), ("maker", "grower", "rest", 1.0))  # fmt: skip
    for shop in names["shop"]:
        for g in range(goods):
            _put(found, draw.choice(names["outsider"]), shop, f"good {g}", 1.3, draw)
    while len(found) < wanted:
        seller, buyer, product, factor = draw.choices(kinds, (4, 5, 1, 1, 1))[0]
        _put(found, draw.choice(names[seller]), draw.choice(names[buyer]), f"{product} {draw.randrange(goods)}",
             factor, draw)  # fmt: skip
    return tuple(found.values())


def _put(
    found: dict[tuple[str, str, str], Link], seller: str, buyer: str, product: str, factor: float, draw: random.Random
) -> None:
    price = {"crop": 200.0, "good": 900.0, "rest": 50.0}[product.split(maxsplit=1)[0]]
    seasons = tuple(f"season {i + 1}" for i in range(PERIODS))
    today = draw.uniform(1, 20) if draw.random() < 0.3 else None
    found[seller, buyer, product] = Link(
        seller, buyer, product, None, 0.0, today, price * factor * draw.uniform(0.9, 1.1), draw.uniform(0, 20), 0.0,
        0.5, draw.uniform(1, 60), None, seasons, False, 0.0, {}, t.LinkRow(from_=seller, to=buyer, product=product),
    )  # fmt: skip
