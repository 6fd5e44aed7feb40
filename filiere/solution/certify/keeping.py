"""Is nothing kept longer than it keeps?"""

from __future__ import annotations

import numpy as np

from filiere.solution.accounts import Accounts
from filiere.solution.certify.check import Check, at_most, at_rows, worst
from filiere.solution.table import Table, added_up, below

SPOT = ("actor", "product", "period")


def shelf_lives(accounts: Accounts) -> Check:
    """A stock holds no more than what came in over as many periods as its product keeps, this one included: received
    (from no inside actor that stores it too), made, offered or returned; round the year where the stock goes round.
    An initial stock came in just before the year.
    """
    chain, count = accounts.chain, len(accounts.chain.periods)
    kept = [
        (place, stock)
        for place, stock in chain.storages.items()
        if chain.products[stock.product].shelf_life is not None
    ]
    if not kept:
        return worst("shelf lives")
    stores = set(accounts.storage_rows.rows("actor", "product"))
    flows = accounts.flows
    fresh = np.array(
        [place not in stores for place in flows.rows("from", "product")],
        dtype=bool,
    )
    parts = [
        flows[fresh].renamed(to="actor").only(*SPOT, "received").renamed(received="quantity"),
        accounts.made.only(*SPOT, "output").renamed(output="quantity"),
        accounts.offers,
        accounts.returned,
    ]
    came, held = _by_spot(below(*parts)), _by_spot(accounts.stocks)
    stock, most, rows = [], [], []
    for (actor, product), row in kept:
        a, p = int(accounts.actor_at([actor])[0]), int(accounts.product_at([product])[0])
        life = chain.products[product].shelf_life or 0
        for t in range(count):
            days = [t - i for i in range(life)]
            if row.initial is None:
                arrivals = sum(came.get((a, p, s), 0.0) for s in {day % count for day in days})
            else:
                arrivals = sum(came.get((a, p, s), 0.0) for s in days if s >= 0) + (row.initial if -1 in days else 0.0)
            stock.append(held.get((a, p, t), 0.0))
            most.append(arrivals)
            rows.append(row)
    return worst("shelf lives", at_most(np.array(stock), np.array(most), at_rows(rows, "product")))


def _by_spot(rows: Table) -> dict[tuple[int, ...], float]:
    found = added_up(rows, "quantity", *SPOT)
    return dict(zip(found.rows(*SPOT), found["quantity"].tolist(), strict=True))
