"""What is done this year, as a value that a chain carries into its plan: that of the scenario ``reference``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from filiere.analysis.today.today import as_agreed, today
from filiere.chain.chain import Chain, Product
from filiere.chain.derived.fees import with_fees_bounded
from filiere.chain.derived.observed import (
    Observed,
    RowKey,
    chain_of_today,
    funding_keys,
    link_keys,
    need_keys,
    offer_keys,
)
from filiere.chain.read import Book
from filiere.chain.scenario.names import REFERENCE
from filiere.solution.solution import Plan, Solution, Status
from filiere.table import RawTable, RawWorkbook

Key = TypeVar("Key")


@dataclass(frozen=True)
class Seen:
    """A chain that carries this year's figures, and the plan of this year that they are read off.

    The plan is one of :func:`filiere.chain.derived.observed.chain_of_today`.
    """

    chain: Chain
    solution: Solution | None = None


def read_with_today(
    raw: RawWorkbook | Sequence[RawTable] | Book, scenario: str = REFERENCE, time_limit: float | None = None
) -> Seen:  # fmt: skip
    """Return the chain of a scenario with this year's figures, and their plan: that of the scenario reference.

    Whom the settings spare is no worse off than today. Raises what :func:`filiere.chain.read.read_chain` raises.
    """
    book = raw if isinstance(raw, Book) else Book(raw)
    chain = book.chain(scenario)
    if chain.scenario == REFERENCE:
        seen = with_today(chain, time_limit)
        return replace(seen, chain=as_agreed(seen.chain, seen.solution.plan if seen.solution else None))
    seen = with_today(book.chain(), time_limit)
    return Seen(as_agreed(carried(chain, seen.chain.observed)), seen.solution)


def with_today(chain: Chain, time_limit: float | None = None) -> Seen:
    """Return a chain with its own figures of this year, made consistent; as it is, where none can be reached."""
    from filiere.solver.ranks.scales import with_scales
    from filiere.solver.ranks.step import RankError

    if not chain.has_today:
        return Seen(with_scales(with_fees_bounded(replace(chain, observed=Observed(chain=chain)))))
    try:
        found = today(chain, time_limit)
    except RankError:  # nothing is known of this year then but what is typed
        return Seen(with_fees_bounded(chain))
    if found.plan is None or found.status is not Status.OPTIMAL:
        return Seen(with_fees_bounded(chain))
    return Seen(with_scales(with_fees_bounded(replace(chain, observed=observed(chain, found.plan)))), found)


def carried(chain: Chain, figures: Observed | None) -> Chain:
    """Return the chain of a scenario with the figures of this year, and the reference prices that go with them."""
    from filiere.solver.ranks.scales import with_scales

    if figures is None:
        return with_scales(with_fees_bounded(chain))
    priced = replace(chain, observed=figures, products=_priced(chain.products, figures.chain.products))
    return with_scales(with_fees_bounded(priced))


def observed(chain: Chain, plan: Plan) -> Observed:
    """Return a plan's yearly totals as this year's figures of ``chain``."""
    return Observed(
        chain=replace(chain, observed=None),
        flows=_of_rows(plan.flows, "link", link_keys(chain.links)),
        levels=_of_pairs(plan.levels, ("process", "actor"), "level"),
        offers=_of_rows(plan.offers, "offer", offer_keys(chain.offers)),
        served=_of_rows(plan.served, "need", need_keys(chain.needs)),
        stocks=_of_pairs(plan.stocks, ("actor", "product")),
        discarded=_of_pairs(plan.discarded, ("actor", "product")),
        grants=_of_rows(plan.grants, "funding", funding_keys(chain.funding), "amount"),
        deficits=_totals(plan.deficits["actor"].astype(str), plan.deficits["amount"]),
    )


def in_rows_of(chain: Chain, plan: Plan) -> Plan:
    """Return this year's plan with its rows numbered as those of a scenario's ``chain``; rows it lacks are left out."""
    base = chain_of_today(chain)
    if base is chain:
        return plan
    return replace(
        plan,
        flows=_renumbered(plan.flows, "link", link_keys(base.links), link_keys(chain.links)),
        offers=_renumbered(plan.offers, "offer", offer_keys(base.offers), offer_keys(chain.offers)),
        served=_renumbered(plan.served, "need", need_keys(base.needs), need_keys(chain.needs)),
        unmet=_renumbered(plan.unmet, "need", need_keys(base.needs), need_keys(chain.needs)),
        grants=_renumbered(plan.grants, "funding", funding_keys(base.funding), funding_keys(chain.funding)),
        levels=_kept(plan.levels, (key in chain.processes for key in _pairs(plan.levels, ("process", "actor")))),
        stocks=_held(chain, plan.stocks),
        discarded=_held(chain, plan.discarded),
    )


def _renumbered(frame: pd.DataFrame, position: str, old: Sequence[RowKey], new: Sequence[RowKey]) -> pd.DataFrame:
    spots = {key: at for at, key in enumerate(new)}
    found = frame[position].astype(int).map(lambda row: spots.get(old[row], -1))
    return frame.assign(**{position: found})[found >= 0].reset_index(drop=True)


def _held(chain: Chain, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of an actor and a product that the chain has."""
    return _kept(frame, (a in chain.actors and p in chain.products for a, p in _pairs(frame, ("actor", "product"))))


def _kept(frame: pd.DataFrame, wanted: Iterable[bool]) -> pd.DataFrame:
    """Return some rows of a frame; an empty list in brackets would ask for none of its columns instead."""
    return frame[np.fromiter(wanted, dtype=bool, count=len(frame))]


def _pairs(frame: pd.DataFrame, names: tuple[str, str]) -> list[tuple[str, str]]:
    return list(zip(*(frame[name].astype(str) for name in names), strict=True))


def _of_rows(
    frame: pd.DataFrame, position: str, keys: Sequence[RowKey], amount: str = "quantity"
) -> Mapping[RowKey, float]:  # fmt: skip
    return _totals([keys[row] for row in frame[position].astype(int)], frame[amount])


def _of_pairs(
    frame: pd.DataFrame, names: tuple[str, str], amount: str = "quantity"
) -> Mapping[tuple[str, str], float]:  # fmt: skip
    first, second = names
    return _totals(zip(frame[first].astype(str), frame[second].astype(str), strict=True), frame[amount])


def _totals(keys: Iterable[Key], amounts: Iterable[float]) -> Mapping[Key, float]:
    totals: defaultdict[Key, float] = defaultdict(float)
    for key, amount in zip(keys, amounts, strict=True):
        totals[key] += float(amount)
    return dict(totals)


def _priced(products: Mapping[str, Product], reference: Mapping[str, Product]) -> Mapping[str, Product]:
    """Return products at the reference prices of the scenario ``reference``; those it has not keep their own."""
    return {
        name: replace(product, value=reference[name].value) if name in reference else product
        for name, product in products.items()
    }
