"""What is done this year as a plan of one period, so that whatever is measured on a plan is measured on them alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import figures_of, observed_of
from filiere.latest import latest
from filiere.solution.accounts import Accounts
from filiere.solution.solution import COLUMNS, Plan


@latest(3)
def this_year(chain: Chain) -> Accounts:
    """Return this year's figures of the chain that they are of: its own recipes, prices and actors.

    They are the same accounts as before where they were asked for lately.
    """
    known = observed_of(chain)
    return Accounts(known.chain, figures_on(known.chain, chain))


def figures_on(chain: Chain, carrier: Chain | None = None) -> Plan:
    """Return this year's figures, as ``carrier`` (the chain itself) has them, for the rows of ``chain``.

    All of a year stands in its first period; projects that run this year are opened.
    """
    known = observed_of(carrier or chain)
    figures = figures_of(chain if carrier is None else _carrying(chain, carrier))
    first, processes = chain.periods[0].name, chain.processes
    levels = {key: level for key, level in known.levels.items() if key in processes and level}
    links, needs, offers, funding = chain.links, chain.needs, chain.offers, chain.funding
    return Plan(
        flows=_frame("flows", (
            (i, e.from_, e.to, e.product, first, q, q * (1.0 - e.loss), q * e.price)
            for i, (e, q) in enumerate(zip(links, figures.flows, strict=True)) if q
        )),
        levels=_frame("levels", ((k, a, first, level) for (k, a), level in levels.items())),
        offers=_frame("offers", _rows(offers, figures.offers, first)),
        served=_frame("served", _rows(needs, figures.served, first)),
        unmet=_frame("unmet", ()),
        stocks=_frame("stocks", _places(chain, known.stocks, first)),
        discarded=_frame("discarded", _places(chain, known.discarded, first)),
        grants=_frame("grants", (
            (i, row.funder, row.actor, g) for i, (row, g) in enumerate(zip(funding, figures.grants, strict=True)) if g
        )),
        deficits=_frame("deficits", known.deficits.items()),
        expanded=_frame("expanded", (
            (k, a, max(0.0, level - (processes[k, a].capacity or 0.0)))
            for (k, a), level in levels.items() if processes[k, a].scalable
        )),
        opened_processes=tuple(sorted(key for key in levels if processes[key].candidate)),
        opened_links=tuple(
            i for i, (e, q) in enumerate(zip(links, figures.flows, strict=True)) if e.candidate and q
        ),
    )  # fmt: skip


def _carrying(chain: Chain, carrier: Chain) -> Chain:
    return replace(chain, observed=observed_of(carrier))


def _frame(name: str, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(COLUMNS[name]))


def _rows(rows: Sequence[Any], amounts: Sequence[float], period: str) -> Iterable[Sequence[Any]]:
    return (
        (i, row.actor, row.product, period, amount)
        for i, (row, amount) in enumerate(zip(rows, amounts, strict=True)) if amount
    )  # fmt: skip


def _places(chain: Chain, amounts: Mapping[tuple[str, str], float], period: str) -> Iterable[Sequence[Any]]:
    return ((a, p, period, q) for (a, p), q in amounts.items() if q and a in chain.actors and p in chain.products)
