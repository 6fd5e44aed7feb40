"""A plan's figures beside those of its chain, as arrays: what every recomputation starts from.

Names become positions once (actors, products, periods, processes in the chain's own order), so that a
certificate or an indicator on 100 000 flows is a handful of array operations. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from filiere.chain.chain import Calendar, Chain
from filiere.schema import words as w
from filiere.solution.of_chain import of_chain, tables_of
from filiere.solution.solution import Plan
from filiere.solution.table import Table, below, pairs
from filiere.units import is_energy

Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

UNKNOWN = -1
"""The position of a name the chain does not know, and of the period "" (the year as a whole)."""


def _table(rows: Iterable[Sequence[Any]], columns: Mapping[str, type]) -> Table:
    """Return the rows as a table with typed columns, typed too where there is no row."""
    data = list(zip(*rows, strict=True)) or [()] * len(columns)
    return Table({name: np.array(data[i], dtype=kind) for i, (name, kind) in enumerate(columns.items())})


def _amount(value: float | None, blank: float) -> float:
    return blank if value is None else value


class Accounts:
    """One chain and one plan of it, each table a frame of positions and numbers, made when first asked for.

    In every frame the columns ``actor``, ``product``, ``period``, ``process``, ``from`` and ``to`` hold
    positions; quantities are in the product's unit, amounts in the workbook's currency, masses in kg.
    """

    def __init__(self, chain: Chain, plan: Plan) -> None:
        self.chain, self.plan, self.shared = chain, plan, tables_of(chain)
        self.kept: dict[object, Any] = {}  # see filiere.solution.once

    # ------------------------------------------------------------------ names

    @of_chain
    def actor_index(self) -> pd.Index[str]:
        """Actor names in the chain's order."""
        return pd.Index(list(self.chain.actors), dtype=object)

    @of_chain
    def product_index(self) -> pd.Index[str]:
        """Product names in the chain's order."""
        return pd.Index(list(self.chain.products), dtype=object)

    @of_chain
    def period_index(self) -> pd.Index[str]:
        """Period names in the chain's order."""
        return pd.Index([p.name for p in self.chain.periods], dtype=object)

    @of_chain
    def process_position(self) -> Mapping[tuple[str, str], int]:
        """(process, actor) → position."""
        return {key: i for i, key in enumerate(self.chain.processes)}

    @of_chain
    def _places(self) -> list[dict[str, int]]:
        named = (self.actor_index, self.product_index, self.period_index)
        return [{name: at for at, name in enumerate(names)} for names in named]

    def actor_at(self, names: Iterable[str]) -> Positions:
        """Return the positions of actors."""
        return _positions(self._places[0], names)

    def product_at(self, names: Iterable[str]) -> Positions:
        """Return the positions of products."""
        return _positions(self._places[1], names)

    def period_at(self, names: Iterable[str]) -> Positions:
        """Return the positions of periods; "" gives :data:`UNKNOWN`."""
        return _positions(self._places[2], names)

    def process_at(self, frame: pd.DataFrame | Table) -> Positions:
        """Return the positions of the processes named by the columns ``process`` and ``actor``."""
        named = zip(frame["process"].tolist(), frame["actor"].tolist(), strict=True)
        return np.array([self.process_position.get(pair, UNKNOWN) for pair in named], dtype=np.int64)

    # ------------------------------------------------------------------ the chain

    @of_chain
    def actors(self) -> Table:
        """inside, weight (w_a), public, reserve, wish, yes: one row an actor."""
        wish, yes = w.Budget.WISH, w.Budget.YES
        rows = (
            (a.inside, a.weight, a.sector is w.Sector.PUBLIC, a.reserve, a.budget is wish, a.budget is yes)
            for a in self.chain.actors.values()
        )  # fmt: skip
        return _table(rows, {
            "inside": bool, "weight": float, "public": bool, "reserve": float, "wish": bool, "yes": bool,
        })  # fmt: skip

    @of_chain
    def products(self) -> Table:
        """Price (π), value (π°), kg (0 where unknown), criticality, discard_cost, and its kind as flags."""
        rows = (
            (p.price, p.value, p.kg or 0.0, p.kg is not None or p.service, p.criticality, p.discard_cost,
             p.may_discard, p.secondary, p.service, p.kind is w.ProductKind.PRIMARY, is_energy(p.unit))
            for p in self.chain.products.values()
        )  # fmt: skip
        return _table(rows, {
            "price": float, "value": float, "kg": float, "weighed": bool, "criticality": float,
            "discard_cost": float, "may_discard": bool, "secondary": bool, "service": bool, "primary": bool,
            "energy": bool,
        })  # fmt: skip

    @of_chain
    def processes(self) -> Table:
        """One row a process; a blank capacity or expansion is inf, a blank today or local share is nan."""
        rows = (
            (p.actor, _amount(p.capacity, 0.0 if p.scalable else np.inf), p.minimum, _amount(p.today, np.nan),
             p.unit_cost, p.fixed_cost, p.investment, _amount(p.expansion_max, np.inf), p.expansion_cost,
             _amount(p.local_share, np.nan), p.whole, p.whole_each_period, p.jobs, p.co2, p.candidate, p.opened,
             p.scalable, p.minimum_load or 0.0, p.serves)
            for p in self.chain.processes.values()
        )  # fmt: skip
        frame = _table(rows, {
            "actor": object, "capacity": float, "minimum": float, "today": float, "unit_cost": float,
            "fixed_cost": float, "investment": float, "expansion_max": float, "expansion_cost": float,
            "local_share": float, "whole": bool, "whole_each_period": bool, "jobs": float, "co2": float,
            "candidate": bool, "opened": bool, "scalable": bool, "minimum_load": float, "serves": bool,
        })  # fmt: skip
        return frame.assign(actor=self.actor_at(frame["actor"]))

    @of_chain
    def recipes(self) -> Table:
        """process, actor, product, input, output (per level): one row a process and product."""
        rows = [
            (i, p.actor, name, p.inputs.get(name, 0.0), p.outputs.get(name, 0.0), p.delays.get(name, 0))
            for i, p in enumerate(self.chain.processes.values())
            for name in dict.fromkeys((*p.inputs, *p.outputs))
        ]
        frame = _table(rows, {
            "process": int, "actor": object, "product": object, "input": float, "output": float, "delay": int,
        })  # fmt: skip
        return frame.assign(actor=self.actor_at(frame["actor"]), product=self.product_at(frame["product"]))

    @of_chain
    def links(self) -> Table:
        """One row a link; a blank maximum is inf, a blank today is nan; ``period`` -1 means all year."""
        rows = (
            (e.from_, e.to, e.product, _amount(e.maximum, np.inf), e.minimum, _amount(e.today, np.nan),
             e.price, e.transport_cost, e.loss, e.co2, e.distance, e.period or "", e.candidate, e.fixed_cost,
             e.multiple or 0.0)
            for e in self.chain.links
        )  # fmt: skip
        frame = _table(rows, {
            "from": object, "to": object, "product": object, "maximum": float, "minimum": float,
            "today": float, "price": float, "transport_cost": float, "loss": float, "co2": float,
            "distance": float, "period": object, "candidate": bool, "fixed_cost": float, "multiple": float,
        })  # fmt: skip
        placed = {"from": self.actor_at(frame["from"]), "period": self.period_at(frame["period"])}
        return frame.assign(to=self.actor_at(frame["to"]), product=self.product_at(frame["product"]), **placed)

    @of_chain
    def offer_rows(self) -> Table:
        """actor, product, maximum (inf where blank), unit_cost, free: one row an offer of the chain."""
        rows = (
            (o.actor, o.product, _amount(o.maximum, np.inf), o.unit_cost, o.calendar.free) for o in self.chain.offers
        )
        return self._placed(
            rows, {"actor": object, "product": object, "maximum": float, "unit_cost": float, "free": bool}
        )

    @of_chain
    def need_rows(self) -> Table:
        """One row a need of the chain; a blank quantity is inf; ``returns`` -1 where nothing comes back."""
        rows = (
            (n.actor, n.product, _amount(n.quantity, np.inf), n.calendar.free, n.revenue, n.importance,
             n.returns or "", n.returned, n.obligation is w.Obligation.MUST,
             n.obligation is w.Obligation.OUTLET, _amount(n.typed_revenue, np.nan))
            for n in self.chain.needs
        )  # fmt: skip
        frame = self._placed(rows, {
            "actor": object, "product": object, "quantity": float, "free": bool, "revenue": float,
            "importance": float, "returns": object, "returned": float, "must": bool, "outlet": bool,
            "typed_revenue": float,
        })  # fmt: skip
        return frame.assign(returns=self.product_at(frame["returns"]))

    @of_chain
    def storage_rows(self) -> Table:
        """actor, product, capacity (inf), loss, cost, initial (nan), final (nan): one row a storage."""
        rows = (
            (s.actor, s.product, _amount(s.capacity, np.inf), s.loss, s.cost, _amount(s.initial, np.nan),
             _amount(s.final, np.nan))
            for s in self.chain.storages.values()
        )  # fmt: skip
        return self._placed(rows, {
            "actor": object, "product": object, "capacity": float, "loss": float, "cost": float,
            "initial": float, "final": float,
        })  # fmt: skip

    @of_chain
    def funding_rows(self) -> Table:
        """funder, actor, maximum (inf), minimum, unit_amount (inf), weight: one row a funding."""
        rows = (
            (f.funder, f.actor, _amount(f.maximum, np.inf), f.minimum, _amount(f.unit_amount, np.inf), f.weight)
            for f in self.chain.funding
        )  # fmt: skip
        frame = _table(rows, {
            "funder": object, "actor": object, "maximum": float, "minimum": float, "unit_amount": float,
            "weight": float,
        })  # fmt: skip
        return frame.assign(funder=self.actor_at(frame["funder"]), actor=self.actor_at(frame["actor"]))

    def calendar_weights(self, calendars: Iterable[Calendar]) -> Floats:
        """Return one row of period weights a calendar; a free one gives a row of nan."""
        width = len(self.chain.periods)
        rows = [c.weights if c.weights is not None else (np.nan,) * width for c in calendars]
        return np.array(rows, dtype=float).reshape(len(rows), width)

    # ------------------------------------------------------------------ the plan

    @cached_property
    def flows(self) -> Table:
        """Every flow from one actor to another: columns as :attr:`moved`."""
        moved = self.moved
        own = moved["from"] == moved["to"]
        return moved[~own] if own.any() else moved

    @cached_property
    def moved(self) -> Table:
        """link, from, to, product, period, quantity (shipped), received (net of loss): a row a flow, own use too."""
        link = self.plan.flows["link"].to_numpy(dtype=np.int64)
        shipped = self.plan.flows["quantity"].to_numpy(dtype=float)
        rows = self.links[link]
        return Table({
            "link": link,
            "from": rows["from"],
            "to": rows["to"],
            "product": rows["product"],
            "period": self.period_at(self.plan.flows["period"]),
            "quantity": shipped,
            "received": shipped * (1.0 - rows["loss"]),
            "price": rows["price"],
            "value": shipped * rows["price"],
        })  # fmt: skip

    @cached_property
    def levels(self) -> Table:
        """process, actor, period, level: one row a process and period."""
        process = self.process_at(self.plan.levels)
        return Table({
            "process": process,
            "actor": self.processes["actor"][process],
            "period": self.period_at(self.plan.levels["period"]),
            "level": self.plan.levels["level"].to_numpy(dtype=float),
        })  # fmt: skip

    @cached_property
    def made(self) -> Table:
        """process, actor, product, period, input, output: what each level takes in and puts out."""
        levels, recipes = self.levels, self.recipes
        run, row = pairs(levels["process"], recipes["process"])
        level, made = levels["level"][run], recipes[row].assign(period=levels["period"][run])
        made = made.assign(input=made["input"] * level, output=made["output"] * level)
        late = made[(made["delay"] > 0) & (made["output"] > 0.0)]
        if len(late):
            later = late.assign(input=0.0, period=(late["period"] + late["delay"]) % len(self.chain.periods))
            made = below(made.assign(output=made["output"] * (made["delay"] == 0)), later)
        if not len(self.chosen):
            return made
        return below(made, self.chosen.renamed(quantity="input").assign(output=0.0, delay=0))

    @cached_property
    def chosen(self) -> Table:
        """process, actor, choice, product, period, quantity: what is taken of each input of a choice."""
        frame = self.plan.chosen
        placed = self._quantities(frame).assign(process=self.process_at(frame))
        return placed.assign(choice=frame["choice"].to_numpy(dtype=object))

    @cached_property
    def offers(self) -> Table:
        """offer, actor, product, period, quantity: what offers give."""
        return self._quantities(self.plan.offers, "offer")

    @cached_property
    def served(self) -> Table:
        """need, actor, product, period, quantity: what needs receive."""
        return self._quantities(self.plan.served, "need")

    @cached_property
    def returned(self) -> Table:
        """need, actor, product, period, quantity: what comes back of what needs are served."""
        served, needs = self.served, self.need_rows[self.served["need"]]
        back = served.assign(product=needs["returns"], quantity=served["quantity"] * needs["returned"])
        kept: Flags = back["product"] != UNKNOWN
        return back[kept]

    @cached_property
    def unmet(self) -> Table:
        """need, actor, product, period (-1 where only the year binds), quantity: what needs lack."""
        return self._quantities(self.plan.unmet, "need")

    @cached_property
    def stocks(self) -> Table:
        """actor, product, period, quantity: stocks at the period's end."""
        return self._quantities(self.plan.stocks)

    @cached_property
    def discarded(self) -> Table:
        """actor, product, period, quantity: what is thrown away."""
        return self._quantities(self.plan.discarded)

    @cached_property
    def left_over(self) -> Table:
        """actor, product, period, quantity: what is left of lots and of whole activities."""
        return self._quantities(self.plan.left_over)

    @cached_property
    def thrown(self) -> Table:
        """actor, product, period, quantity: what is thrown away or left over."""
        return below(self.discarded, self.left_over)

    @cached_property
    def grants(self) -> Table:
        """funding, funder, actor, amount: money granted."""
        frame = self.plan.grants
        return Table({
            "funding": frame["funding"].to_numpy(dtype=np.int64),
            "funder": self.actor_at(frame["funder"]),
            "actor": self.actor_at(frame["actor"]),
            "amount": frame["amount"].to_numpy(dtype=float),
        })  # fmt: skip

    @cached_property
    def level_by_process(self) -> Floats:
        """The year's level of each process."""
        return self.summed(self.levels["process"], self.levels["level"], len(self.processes))

    @cached_property
    def flow_by_link(self) -> Floats:
        """The year's shipped quantity of each link."""
        return self.summed(self.moved["link"], self.moved["quantity"], len(self.links))

    @cached_property
    def expansion(self) -> Floats:
        """What each process is enlarged by."""
        position = self.process_at(self.plan.expanded)
        return self.summed(position, self.plan.expanded["level"], len(self.processes))

    @cached_property
    def opened(self) -> Flags:
        """Which processes are opened by the plan."""
        flags = np.zeros(len(self.processes), dtype=bool)
        flags[[self.process_position[key] for key in self.plan.opened_processes]] = True
        return flags

    @cached_property
    def used(self) -> Flags:
        """Which candidate links are used by the plan."""
        flags = np.zeros(len(self.links), dtype=bool)
        flags[list(self.plan.opened_links)] = True
        return flags

    @staticmethod
    def summed(position: Any, amount: Any, length: int) -> Floats:
        """Return the sums of ``amount`` by ``position``, 0 where there is none."""
        positions, amounts = np.asarray(position, dtype=np.int64), np.asarray(amount, dtype=float)
        # Without any entry, bincount counts in integers.
        return np.bincount(positions, weights=amounts, minlength=length).astype(float)

    def _placed(self, rows: Iterable[Sequence[Any]], columns: Mapping[str, type]) -> Table:
        frame = _table(rows, columns)
        return frame.assign(actor=self.actor_at(frame["actor"]), product=self.product_at(frame["product"]))

    def _quantities(self, frame: pd.DataFrame, position: str | None = None) -> Table:
        own = {position: frame[position].to_numpy(dtype=np.int64)} if position else {}
        return Table({
            **own,
            "actor": self.actor_at(frame["actor"]),
            "product": self.product_at(frame["product"]),
            "period": self.period_at(frame["period"]),
            "quantity": frame["quantity"].to_numpy(dtype=float),
        })  # fmt: skip


def _positions(places: Mapping[str, int], names: Iterable[str]) -> Positions:
    given = names.tolist() if isinstance(names, pd.Series) else names  # which goes over a long column much faster
    return np.array([places.get(name, UNKNOWN) for name in given], dtype=np.int64)
