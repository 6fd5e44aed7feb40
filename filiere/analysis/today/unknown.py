"""What is not known of this year: rows that nobody typed and no typed figure asks for, and the measures they enter.

A measure of this year that is 0 is known to be 0 only where none of these rows would make it more: this is tried with
some of each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from filiere.analysis.today.typed import measured_chain
from filiere.chain.chain import Chain, Process
from filiere.indicators import Measures, measure
from filiere.indicators.groups import local_shares, served_shares
from filiere.language import Label
from filiere.solution.solution import COLUMNS, Plan

NOT_TYPED = Label("not known: what could enter it this year is not typed",
                  "pas connu : ce qui pourrait y entrer cette année n'est pas saisi")  # fmt: skip
_DUST = 1e-9
"""Quantities below this share of the largest of their kind are rounding."""
_ACCOUNT = ("receipts", "outlays", "surplus")
Place = tuple[str, str]
"""(actor, product), or (process, actor)."""


@dataclass(frozen=True)
class Unknown:
    """Rows of this year's chain of which nothing is known: positions of links and needs, keys of activities.

    ``actors`` are those of whom no figure of this year says anything; ``wanted`` is how many needs there are.
    """

    links: frozenset[int] = frozenset()
    processes: frozenset[Place] = frozenset()
    needs: frozenset[int] = frozenset()
    actors: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.links or self.processes or self.needs)


def is_blank(process: Process) -> bool:
    """Whether an activity exists, and nobody typed what it does this year."""
    return process.today is None and not (process.candidate or process.opened)


def unknown(chain: Chain, plan: Plan) -> Unknown:
    """Return what is not known of this year, of which ``plan`` is the nearest point; ``chain`` is as typed."""
    flows = _totals(plan.flows, ("link",), "quantity")
    levels = _totals(plan.levels, ("process", "actor"), "level")
    links = frozenset(i for i, e in enumerate(chain.links) if e.today is None and not e.candidate and (i,) not in flows)
    processes = frozenset(key for key, p in chain.processes.items() if is_blank(p) and key not in levels)
    needs = frozenset(_needs(chain, plan, links, processes))
    told = {end for i, e in enumerate(chain.links) if (i,) in flows or e.today is not None for end in (e.from_, e.to)}
    told |= {str(actor) for _, actor in levels} | {p.actor for p in chain.processes.values() if p.today is not None}
    asked = {end for e in chain.links if not e.candidate for end in (e.from_, e.to)}
    asked |= {p.actor for p in chain.processes.values() if is_blank(p)}
    shown = frozenset(key for key in processes if not chain.processes[key].serves)
    return Unknown(links, shown, needs, frozenset(asked - told))


def measured_today(chain: Chain, plan: Plan | None) -> Measures | None:
    """Return the measures of this year's plan, blank where they are not known; None where nobody typed a figure.

    What does not exist yet costs nothing this year.
    """
    if plan is None or not chain.has_today:
        return None
    seen = measured_chain(chain)
    found, missing = measure(seen, plan), unknown(chain, plan)
    if not missing:
        return found
    return _blanked(chain, found, measure(seen, with_some(chain, plan, missing), detailed=False), missing)


def _totals(frame: pd.DataFrame, keys: tuple[str, ...], amount: str) -> dict[tuple[object, ...], float]:
    """Return the totals by key that are more than rounding."""
    sums: dict[tuple[object, ...], float] = {}
    for *key, value in zip(*(frame[name] for name in (*keys, amount)), strict=True):
        at = tuple(int(part) if keys == ("link",) or keys == ("need",) else str(part) for part in key)
        sums[at] = sums.get(at, 0.0) + float(value)
    dust = _DUST * max((abs(total) for total in sums.values()), default=0.0)
    return {key: total for key, total in sums.items() if abs(total) > dust}


def _needs(chain: Chain, plan: Plan, links: frozenset[int], processes: frozenset[Place]) -> Iterator[int]:
    """Yield the needs of which nothing served is known, and that something unknown could serve."""
    served = _totals(plan.served, ("need",), "quantity")
    open_places = {(chain.links[i].to, chain.links[i].product) for i in links}
    open_places |= {(actor, product) for name, actor in processes for product in chain.processes[name, actor].outputs}
    taken = set(zip(plan.offers["actor"], plan.offers["product"], strict=True))
    open_places |= {(o.actor, o.product) for o in chain.offers if (o.actor, o.product) not in taken}
    for process in chain.processes.values():
        if process.serves and any((process.actor, product) in open_places for product in process.inputs):
            open_places |= {(process.actor, product) for product in process.outputs}
    for n, need in enumerate(chain.needs):
        if (n,) not in served and (need.actor, need.product) in open_places:
            yield n


def with_some(chain: Chain, plan: Plan, missing: Unknown) -> Plan:
    """Return a plan with some of each thing that is not known, whether or not it balances: to be measured only."""
    first = chain.periods[0].name
    flows = [
        (i, e.from_, e.to, e.product, e.period or first, 1.0, 1.0 - e.loss, e.price)
        for i, e in enumerate(chain.links) if i in missing.links
    ]  # fmt: skip
    levels = [(name, actor, first, 1.0) for name, actor in missing.processes]
    served = [(n, chain.needs[n].actor, chain.needs[n].product, first, _part(chain.needs[n].quantity))
              for n in missing.needs]  # fmt: skip
    return replace(
        plan, flows=_more(plan.flows, "flows", flows), levels=_more(plan.levels, "levels", levels),
        served=_more(plan.served, "served", served),
    )  # fmt: skip


def _part(quantity: float | None) -> float:
    return quantity / 2.0 if quantity else 1.0


def _more(frame: pd.DataFrame, name: str, rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    if not rows:
        return frame
    added = pd.DataFrame(rows, columns=list(COLUMNS[name]))
    return added if frame.empty else pd.concat([frame, added], ignore_index=True)


def _blanked(chain: Chain, found: Measures, might: Measures, missing: Unknown) -> Measures:
    """Return measures without those that are 0 and would be more, and without what needs lack that are not known."""
    gone = {key for key, value in found.chain.items() if value == 0.0 and might.chain.get(key) not in (0.0, None)}
    needs = {chain.needs[n].product for n in missing.needs}
    products = _without(found.products, might.products)
    products["unmet"] = np.where(products.index.isin(sorted(needs)), np.nan, products["unmet"])
    actors = _without(found.actors, might.actors, keep=_ACCOUNT)
    silent = actors.index.isin(sorted(missing.actors))
    for column in _ACCOUNT:
        actors[column] = np.where(silent, np.nan, actors[column])
    by_group = _without(found.groups, might.groups)
    told = {"local_share_by_group": local_shares(by_group), "served_by_group": served_shares(by_group)}
    return replace(
        found,
        chain={key: None if key in gone else value for key, value in found.chain.items()},
        reasons={**found.reasons, **dict.fromkeys(gone, NOT_TYPED)},
        products=products, actors=actors, groups=by_group, stages=_without(found.stages, might.stages),
        needs=_without(found.needs, might.needs), reliance=_without(found.reliance, might.reliance),
        details={**found.details, **told},
    )  # fmt: skip


def _without(frame: pd.DataFrame, might: pd.DataFrame, keep: Iterable[str] = ()) -> pd.DataFrame:
    """Return a frame of figures with blanks for those that are 0 and would be another."""
    other = might.reindex(frame.index)
    made = frame.copy()
    for column in frame.columns:
        if column in keep or not pd.api.types.is_numeric_dtype(frame[column]):
            continue
        now, then = (side[column].to_numpy(dtype=float) for side in (frame, other))
        made[column] = np.where((now == 0.0) & (np.nan_to_num(then) != 0.0), np.nan, now)
    return made
