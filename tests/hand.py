"""Small chains and plans made by hand: only what a test is about is said, all else has the usual default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from filiere.chain.chain import (
    Actor,
    Calendar,
    Chain,
    Funding,
    Limit,
    Link,
    Need,
    Objective,
    Offer,
    Period,
    Process,
    Product,
    Scope,
    Storage,
)
from filiere.problems import Cell
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.solution.solution import COLUMNS, Plan, RankValue, Solution, Status

Spread = float | Sequence[float]
"""A figure for the only period, or one a period."""

WEIGHTS = {"member": 0.0, "local": 0.0, "partner": 0.5, "external": 1.0}


def actor(name: str, perimeter: str = "member", sector: str = "private", **fields: object) -> Actor:
    """An actor; ``weight`` is the usual one of its perimeter unless given."""
    stands = w.Perimeter[perimeter.upper()]
    said: dict[str, object] = {
        "groups": (), "weight": WEIGHTS[perimeter], "budget": w.Budget.NO, "reserve": 0.0, "place": None,
        "latitude": None, "longitude": None,
    }  # fmt: skip
    return Actor(
        name=name, perimeter=stands, sector=w.Sector[sector.upper()],
        row=t.ActorRow(actor=name, perimeter=stands, cells=_at("Actors", name)), **{**said, **fields},
    )  # fmt: skip


def product(name: str, price: float = 1.0, kind: str = "product", **fields: object) -> Product:
    """A product in tonnes (a service in hours); ``value`` is its price, or 1 where it has none."""
    nature = w.ProductKind[kind.upper()]
    service = nature is w.ProductKind.SERVICE
    said: dict[str, object] = {
        "unit": "h" if service else "t", "value": price or 1.0, "kg": 0.0 if service else 1000.0, "criticality": 1.0,
        "may_discard": nature in (w.ProductKind.SECONDARY, w.ProductKind.SERVICE), "discard_cost": 0.0,
        "labels": (), "family": None, "stage": None,
    }  # fmt: skip
    return Product(
        name=name, price=price, kind=nature,
        row=t.ProductRow(product=name, unit="t", cells=_at("Products", name)), **{**said, **fields},
    )  # fmt: skip


def process(
    name: str, owner: str, inputs: Mapping[str, float], outputs: Mapping[str, float], **fields: object
) -> Process:
    """An existing activity without limit or cost."""
    said: dict[str, object] = {
        "status": w.ProcessStatus.EXISTING, "capacity": None, "minimum": 0.0, "today": None, "unit_cost": 0.0,
        "fixed_cost": 0.0, "investment": 0.0, "expansion_max": None, "expansion_cost": 0.0, "local_share": None,
        "whole": False, "jobs": 0.0, "co2": 0.0, "calendar": EVEN, "measures": {},
    }  # fmt: skip
    return Process(
        name=name, actor=owner, inputs=inputs, outputs=outputs,
        row=t.ProcessRow(process=name, actor=owner, cells=_at("Processes", name)), **{**said, **fields},
    )  # fmt: skip


def link(seller: str, buyer: str, good: str, price: float = 1.0, **fields: object) -> Link:
    """A link without limit, loss or transport."""
    said: dict[str, object] = {
        "maximum": None, "minimum": 0.0, "today": None, "transport_cost": 0.0, "loss": 0.0, "co2": 0.0,
        "distance": 0.0, "period": None, "periods": (), "candidate": False, "fixed_cost": 0.0, "measures": {},
    }  # fmt: skip
    return Link(
        from_=seller, to=buyer, product=good, price=price,
        row=t.LinkRow(from_=seller, to=buyer, product=good, cells=_at("Links", seller)), **{**said, **fields},
    )  # fmt: skip


def offer(owner: str, good: str, maximum: float | None = None, **fields: object) -> Offer:
    """An offer without cost."""
    said: dict[str, object] = {"unit_cost": 0.0, "calendar": EVEN, "measures": {}}
    row = t.OfferRow(actor=owner, product=good, cells=_at("Offers", owner))
    return Offer(actor=owner, product=good, maximum=maximum, row=row, **{**said, **fields})


def need(user: str, good: str, quantity: float | None, obligation: str = "want", **fields: object) -> Need:
    """A need of importance 1 that pays nothing beyond the links' prices."""
    said: dict[str, object] = {
        "calendar": EVEN, "revenue": 0.0, "importance": 1.0, "returns": None, "returned": 0.0, "measures": {},
    }  # fmt: skip
    return Need(
        actor=user, product=good, quantity=quantity, obligation=w.Obligation[obligation.upper()],
        row=t.NeedRow(actor=user, product=good, cells=_at("Needs", user)), **{**said, **fields},
    )  # fmt: skip


def storage(owner: str, good: str, capacity: float | None = None, **fields: object) -> Storage:
    """A storage without loss or cost whose year ends as it began."""
    said: dict[str, object] = {"loss": 0.0, "cost": 0.0, "initial": None, "final": None}
    row = t.StorageRow(actor=owner, product=good, cells=_at("Storage", owner))
    return Storage(actor=owner, product=good, capacity=capacity, row=row, **{**said, **fields})


def funding(funder: str, receiver: str, maximum: float | None = None, **fields: object) -> Funding:
    """A grant from money that counts as fully outside."""
    said: dict[str, object] = {
        "minimum": 0.0, "today": None, "kind": w.FundingKind.GRANT, "processes": (), "unit_amount": None,
        "weight": 1.0,
    }  # fmt: skip
    row = t.FundingRow(funder=funder, actor=receiver, cells=_at("Funding", funder))
    return Funding(funder=funder, actor=receiver, maximum=maximum, row=row, **{**said, **fields})


def limit(name: str, measure: w.LimitMeasure | str, sense: str, value: float, **fields: object) -> Limit:
    """A side condition over everything, unless a filter is given."""
    scope = Scope(**{
        key: fields.pop(key, None) for key in ("sellers", "buyers", "products", "processes", "period")
    })  # fmt: skip
    comparison = next(c for c in w.Comparison if c.value[0] == sense)
    said: dict[str, object] = {"basis": w.LimitBasis.ABSOLUTE, "of": None}
    row = t.LimitRow(limit=name, measure=measure, sense=comparison, value=value, cells=_at("Limits", name))
    return Limit(name=name, measure=measure, scope=scope, sense=comparison, value=value, row=row, **{**said, **fields})


def chain(
    actors: Sequence[Actor],
    products: Sequence[Product],
    links: Sequence[Link] = (),
    processes: Sequence[Process] = (),
    shares: Mapping[str, float] | None = None,
    settings: Mapping[str, object] | None = None,
    storages: Sequence[Storage] = (),
    objectives: Sequence[Objective] = (),
    **fields: object,
) -> Chain:
    """A chain; ``shares`` are the periods, one of the whole year unless given."""
    periods = tuple(Period(name, share) for name, share in (shares or {"year": 1.0}).items())
    every = tuple(p.name for p in periods)
    even = Calendar(tuple(p.share for p in periods))
    filled = {
        key: tuple(_dated(row, even) for row in fields.pop(key, ())) for key in ("offers", "needs")
    }  # fmt: skip
    return Chain(
        settings=t.SettingsValues(**(settings or {})),
        periods=periods,
        actors={a.name: a for a in actors},
        products={p.name: p for p in products},
        processes={p.key: _dated(p, even) for p in processes},
        links=tuple(_replace(e, periods=e.periods or ((e.period,) if e.period else every)) for e in links),
        storages={(s.actor, s.product): s for s in storages},
        objectives=tuple(objectives),
        **filled, **fields,
    )  # fmt: skip


def plan(
    made_for: Chain,
    flows: Mapping[int, Spread] | None = None,
    levels: Mapping[tuple[str, str], Spread] | None = None,
    offers: Mapping[int, Spread] | None = None,
    served: Mapping[int, Spread] | None = None,
    unmet: Mapping[int, Spread] | None = None,
    unmet_year: Mapping[int, float] | None = None,
    stocks: Mapping[tuple[str, str], Spread] | None = None,
    discarded: Mapping[tuple[str, str], Spread] | None = None,
    left_over: Mapping[tuple[str, str], Spread] | None = None,
    grants: Mapping[int, float] | None = None,
    deficits: Mapping[str, float] | None = None,
    expanded: Mapping[tuple[str, str], float] | None = None,
    opened: Sequence[tuple[str, str]] = (),
    used: Sequence[int] = (),
) -> Plan:
    """A plan from quantities by position or name; each is a figure, or one a period."""
    names = [p.name for p in made_for.periods]

    def by_period(figures: Mapping[object, Spread] | None) -> list[tuple[object, str, float]]:
        rows = []
        for key, figure in (figures or {}).items():
            amounts = [figure] if isinstance(figure, int | float) else list(figure)
            rows += [(key, name, float(amount)) for name, amount in zip(names, amounts, strict=True)]
        return [row for row in rows if row[2] != 0.0]

    def goods(figures: Mapping[int, Spread] | None, rows: Sequence[Offer | Need]) -> list[tuple[object, ...]]:
        return [(i, rows[i].actor, rows[i].product, name, q) for i, name, q in by_period(figures)]

    lacking = goods(unmet, made_for.needs) + [
        (i, made_for.needs[i].actor, made_for.needs[i].product, "", q) for i, q in (unmet_year or {}).items()
    ]
    return Plan(
        flows=_frame("flows", [_flow(made_for.links[i], i, name, q) for i, name, q in by_period(flows)]),
        levels=_frame("levels", [(*key, name, q) for key, name, q in by_period(levels)]),
        offers=_frame("offers", goods(offers, made_for.offers)),
        served=_frame("served", goods(served, made_for.needs)),
        unmet=_frame("unmet", lacking),
        stocks=_frame("stocks", [(*key, name, q) for key, name, q in by_period(stocks)]),
        discarded=_frame("discarded", [(*key, name, q) for key, name, q in by_period(discarded)]),
        left_over=_frame("left_over", [(*key, name, q) for key, name, q in by_period(left_over)]),
        grants=_frame(
            "grants",
            [(i, made_for.funding[i].funder, made_for.funding[i].actor, q) for i, q in (grants or {}).items()],
        ),
        deficits=_frame("deficits", list((deficits or {}).items())),
        expanded=_frame("expanded", [(*key, q) for key, q in (expanded or {}).items()]),
        opened_processes=tuple(opened),
        opened_links=tuple(used),
    )


def solution(found: Plan, *ranks: RankValue) -> Solution:
    """An optimal solution with that plan."""
    return Solution(Status.OPTIMAL, found, tuple(ranks))


EVEN = Calendar((1.0,), "even")
"""Stands for "no calendar": a chain replaces it by the shares of its periods."""

FREE = Calendar(None, "free")


def _dated(row: object, even: Calendar) -> object:
    return _replace(row, calendar=even) if row.calendar is EVEN else row


def _replace(row: object, **fields: object) -> object:
    import dataclasses

    return dataclasses.replace(row, **fields)


def _flow(row: Link, position: int, period: str, quantity: float) -> tuple[object, ...]:
    return (
        position, row.from_, row.to, row.product, period, quantity, quantity * (1 - row.loss), quantity * row.price,
    )  # fmt: skip


def _frame(name: str, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    numbers = {"quantity", "received", "value", "level", "amount"}
    positions = {"link", "offer", "need", "funding"}
    kinds = {c: float if c in numbers else "int64" if c in positions else object for c in COLUMNS[name]}
    return pd.DataFrame(list(rows), columns=list(COLUMNS[name])).astype(kinds)


def _at(sheet: str, key: str) -> dict[str, Cell]:
    return {"": Cell(sheet, 2)}
