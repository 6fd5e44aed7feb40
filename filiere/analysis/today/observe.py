"""What is done this year, as a value that a chain carries into its plan: that of the scenario ``reference``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import pandas as pd

from filiere.analysis.today.today import as_agreed, today
from filiere.chain.chain import Chain, Product
from filiere.chain.derived.observed import Observed, RowKey, funding_keys, link_keys, need_keys, offer_keys
from filiere.chain.read import read_chain
from filiere.chain.scenario.names import REFERENCE
from filiere.solution.solution import Plan, Solution, Status
from filiere.table import RawTable, RawWorkbook

Key = TypeVar("Key")


@dataclass(frozen=True)
class Seen:
    """A chain that carries this year's figures, and the plan of this year that they are read off."""

    chain: Chain
    solution: Solution | None = None


def read_with_today(
    raw: RawWorkbook | Sequence[RawTable], scenario: str = REFERENCE, time_limit: float | None = None
) -> Seen:  # fmt: skip
    """Return the chain of a scenario with this year's figures; with their plan where the scenario is the reference.

    Whom the settings spare is no worse off than today. Raises what :func:`filiere.chain.read.read_chain` raises.
    """
    chain = read_chain(raw, scenario)
    if chain.scenario == REFERENCE:
        seen = with_today(chain, time_limit)
        return replace(seen, chain=as_agreed(seen.chain, seen.solution.plan if seen.solution else None))
    return Seen(as_agreed(carried(chain, with_today(read_chain(raw), time_limit).chain.observed)))


def with_today(chain: Chain, time_limit: float | None = None) -> Seen:
    """Return a chain with its own figures of this year, made consistent; as it is, where none can be reached."""
    from filiere.solver.ranks.scales import with_scales
    from filiere.solver.ranks.step import RankError

    if not chain.has_today:
        return Seen(with_scales(replace(chain, observed=Observed(chain=chain))))
    try:
        found = today(chain, time_limit)
    except RankError:  # nothing is known of this year then but what is typed
        return Seen(chain)
    if found.plan is None or found.status is not Status.OPTIMAL:
        return Seen(chain)
    return Seen(with_scales(replace(chain, observed=observed(chain, found.plan))), found)


def carried(chain: Chain, figures: Observed | None) -> Chain:
    """Return the chain of a scenario with the figures of this year, and the reference prices that go with them."""
    from filiere.solver.ranks.scales import with_scales

    if figures is None:
        return with_scales(chain)
    return with_scales(replace(chain, observed=figures, products=_priced(chain.products, figures.chain.products)))


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
