"""The year as typed: every figure as it stands, what does not balance told, and what actors use of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from filiere.analysis.today.point import as_observed
from filiere.analysis.today.reconciliation import Imbalance
from filiere.chain.chain import Chain, Link, Process
from filiere.schema import words as w
from filiere.solution.solution import COLUMNS, Plan, Solution, Status

Place = tuple[str, str]
"""(actor, product)."""
_DUST = 1e-9


def measured_chain(chain: Chain) -> Chain:
    """Return the chain as observed with what actors use of their own behind its links."""
    seen = as_observed(chain)
    return replace(seen, links=(*seen.links, *chain.own_use), own_use=()) if chain.own_use else seen


def with_own_use(chain: Chain, plan: Plan) -> Plan:
    """Return a plan of this year with what actors use of their own, for :func:`measured_chain`."""
    rows = [row for i, link in enumerate(chain.own_use) for row in _flows(chain, len(chain.links) + i, link)]
    if not rows:
        return plan
    return replace(plan, flows=pd.concat([plan.flows, _frame("flows", rows)], ignore_index=True))


def as_typed(chain: Chain) -> tuple[Solution, tuple[Imbalance, ...]]:
    """Return this year's plan with every typed figure as it is, blanks as 0, and the accounts that do not balance.

    What an account has left serves its needs, or is thrown away where it may be; what it lacks is taken from its
    offers. The rest is an imbalance.
    """
    seen = as_observed(chain)
    flows = [row for e, link in enumerate(seen.links) for row in _flows(seen, e, link)]
    levels = [row for process in seen.processes.values() for row in _levels(seen, process)]
    into, out = _through(seen)
    blank_in, blank_out = _blank(chain)
    closed = _Closed(seen)
    imbalances = []
    for place in sorted({*into, *out}):
        left = closed.close(place, into.get(place, 0.0) - out.get(place, 0.0))
        if abs(left) > _DUST * max(1.0, into.get(place, 0.0), out.get(place, 0.0)) and seen.inside(place[0]):
            come = into.get(place, 0.0)
            gone = come - left
            imbalances.append(Imbalance(*place, come, gone, not come and place in blank_in,
                                        not gone and place in blank_out))  # fmt: skip
    grants = [(f, row.funder, row.actor, row.today) for f, row in enumerate(chain.funding) if row.today]
    plan = Plan(
        flows=_frame("flows", flows), levels=_frame("levels", levels), offers=_frame("offers", closed.offers),
        served=_frame("served", closed.served), unmet=_frame("unmet", closed.unmet()),
        discarded=_frame("discarded", closed.discarded), grants=_frame("grants", grants), stocks=_frame("stocks", []),
        deficits=_frame("deficits", []), expanded=_frame("expanded", []),
    )  # fmt: skip
    imbalances.sort(key=lambda i: (-abs(i.gap) * chain.products[i.product].value, i.actor, i.product))
    return Solution(Status.OPTIMAL, plan), tuple(imbalances)


def _frame(name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS[name]))


def _flows(chain: Chain, position: int, link: Link) -> Iterator[tuple[object, ...]]:
    if not link.today or not link.periods:
        return
    shares = {period.name: period.share for period in chain.periods if period.name in link.periods}
    total = sum(shares.values())
    for name, share in shares.items():
        amount = link.today * share / total
        yield (position, link.from_, link.to, link.product, name, amount, amount * (1.0 - link.loss),
               amount * link.price)  # fmt: skip


def _levels(chain: Chain, process: Process) -> Iterator[tuple[object, ...]]:
    if process.today:
        weights = process.calendar.weights or tuple(period.share for period in chain.periods)
        total = sum(weights)
        for period, weight in zip(chain.periods, weights, strict=True):
            if weight:
                yield process.name, process.actor, period.name, process.today * weight / total


def _through(chain: Chain) -> tuple[Mapping[Place, float], Mapping[Place, float]]:
    """Return what typed figures bring into, and take out of, each account in the year."""
    into: dict[Place, float] = defaultdict(float)
    out: dict[Place, float] = defaultdict(float)
    for link in chain.links:
        out[link.from_, link.product] += link.today or 0.0
        into[link.to, link.product] += (link.today or 0.0) * (1.0 - link.loss)
    for process in chain.processes.values():
        for product, amount in process.outputs.items():
            into[process.actor, product] += amount * (process.today or 0.0)
        for product, amount in process.inputs.items():
            out[process.actor, product] += amount * (process.today or 0.0)
    return into, out


def _blank(chain: Chain) -> tuple[set[Place], set[Place]]:
    """Return the accounts that something could come into, and go out of, though nobody typed how much."""
    links = [link for link in chain.links if link.today is None and not link.candidate]
    runs = [process for process in chain.processes.values()
            if process.today is None and not (process.candidate or process.opened)]  # fmt: skip
    into = {(link.to, link.product) for link in links} | {(p.actor, product) for p in runs for product in p.outputs}
    out = {(link.from_, link.product) for link in links} | {(p.actor, product) for p in runs for product in p.inputs}
    return into, out


class _Closed:
    """What closes an account: its needs and discards for what is left, its offers for what lacks."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self.offers: list[tuple[object, ...]] = []
        self.served: list[tuple[object, ...]] = []
        self.discarded: list[tuple[object, ...]] = []
        self._got: dict[int, float] = defaultdict(float)
        self._needs: dict[Place, list[int]] = defaultdict(list)
        self._offers: dict[Place, int] = {}
        for n, need in enumerate(chain.needs):
            self._needs[need.actor, need.product].append(n)
        for o, offer in enumerate(chain.offers):
            self._offers.setdefault((offer.actor, offer.product), o)
        made = ((p.actor, product) for p in chain.processes.values() for product in p.outputs)
        self._makers = set(made)

    def close(self, place: Place, left: float) -> float:
        """Close an account as far as its rows allow; return what still does not balance."""
        if left > 0.0:
            for n in self._needs[place]:
                wanted = self._chain.needs[n].quantity
                last = n == self._needs[place][-1]
                taken = left if last or wanted is None else min(left, wanted)
                self.served += [(n, *place, period, amount) for period, amount in self._spread(taken)]
                self._got[n] += taken
                left -= taken
            product = self._chain.products[place[1]]
            if left > 0.0 and product.may_discard and (product.secondary or place in self._makers):
                self.discarded += [(*place, period, amount) for period, amount in self._spread(left)]
                left = 0.0
        elif left < 0.0 and place in self._offers:
            self.offers += [(self._offers[place], *place, period, amount) for period, amount in self._spread(-left)]
            left = 0.0
        return left

    def unmet(self) -> list[tuple[object, ...]]:
        """Return what needs lack over the year."""
        wants = w.Obligation.WANT
        return [
            (n, need.actor, need.product, "", (need.quantity or 0.0) - self._got[n])
            for n, need in enumerate(self._chain.needs)
            if need.obligation is wants and (need.quantity or 0.0) > self._got[n] * (1 + _DUST)
        ]

    def _spread(self, amount: float) -> Iterator[tuple[str, float]]:
        return ((period.name, amount * period.share) for period in self._chain.periods if amount and period.share)
