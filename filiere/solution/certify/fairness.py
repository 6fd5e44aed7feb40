"""Are shares as equal as they go? Nobody has less than another whom the same supplier could leave a little less.

The levels themselves come out of the solver; here they are tried from the plan's figures alone: where one supplier
ships a product to two that want it alike, and what it ships to the better served could go to the other, shares were
not equal. An exchange that something else may forbid (a rule that counts one of the two links, a budget of one of the
three, lots, what is made of the goods) is left alone; what must remain of today's relations stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

import numpy as np

from filiere.chain.chain import Chain, Link
from filiere.chain.derived.default_objectives import fairness
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.solution.accounts import Accounts, Flags
from filiere.solution.certify.check import Check
from filiere.solution.scope import counted_links
from filiere.solution.shares import ServedShare, served_shares

NAME = "equal shares"
ROOM = 1e-5
"""What rounding and traces that are cleared away may leave between two shares."""
SUMS = 10
"""With whole numbers no more than so many of the smallest shares are told apart."""


def equal_shares(accounts: Accounts, cut_short: bool) -> Check:
    """Return the largest gap between two shares that an exchange would narrow."""
    chain = accounts.chain
    if fairness(chain) is not w.Fairness.BEFORE or cut_short or _later(chain):
        return Check(NAME, 0.0)
    every = served_shares(chain, accounts.plan)
    told_apart = _told_apart(every) if _whole(chain) else {}
    worst = Check(NAME, 0.0)
    for gap, poor, cell in _gaps(accounts, _plain(chain, every)):
        if poor.share > told_apart.get(poor.importance, poor.share):
            continue
        if gap - ROOM > worst.residual:
            worst = Check(NAME, gap - ROOM, f"{poor.actor}, {poor.product}", cell)
    return worst


def _later(chain: Chain) -> bool:
    """Whether something is sought before what is wanted is served."""
    first = min((o.rank for o in chain.objectives), default=0)
    return all(o.kind is not w.Objective.UNMET for o in chain.objectives if o.rank == first)


def _ruled(accounts: Accounts) -> Flags:
    """Which links a rule that must hold counts."""
    found = np.zeros(len(accounts.links), dtype=bool)
    for rule in accounts.chain.limits:
        if not rule.wished:
            found |= counted_links(accounts, rule)
    return found


def _accountable(chain: Chain, name: str) -> bool:
    """Whether an actor's money may forbid it to pay or to earn otherwise."""
    actor = chain.actors[name]
    return actor.budget is w.Budget.YES or actor.least_surplus is not None


def _told_apart(shares: Sequence[ServedShare]) -> dict[float, float]:
    """Return, by importance, the largest of the smallest shares that are told apart with whole numbers."""
    by_importance: dict[float, list[float]] = defaultdict(list)
    for one in shares:
        by_importance[one.importance].append(one.share)
    return {importance: sorted(some)[:SUMS][-1] for importance, some in by_importance.items()}


def _whole(chain: Chain) -> bool:
    return any(link.candidate or link.multiple for link in chain.links) or any(
        p.whole or p.candidate or p.minimum_load for p in chain.processes.values()
    )


def _plain(chain: Chain, shares: Sequence[ServedShare]) -> list[ServedShare]:
    """Return the shares of which what the actor gets of the product serves this want and nothing else."""
    asked = Counter((need.actor, need.product) for need in chain.needs)
    elsewhere = {(link.from_, link.product) for link in chain.links} | set(chain.storages)
    elsewhere |= {(p.actor, name) for p in chain.processes.values() for name in (*p.takes, *p.outputs)}

    def alone(want: ServedShare) -> bool:
        product = chain.products.get(want.product)
        if product is None:  # a family
            return False
        names = {want.product, product.family or want.product}
        times = sum(asked[want.actor, name] for name in names)
        return times == 1 and (want.actor, want.product) not in elsewhere

    return [one for one in shares if alone(one)]


def _gaps(accounts: Accounts, shares: list[ServedShare]) -> Iterator[tuple[float, ServedShare, Cell | None]]:
    """Yield by how much an exchange at one supplier would narrow two shares, the smaller one, and its need's cell."""
    chain = accounts.chain
    known = {(one.actor, one.product): one for one in shares}
    needs = {(need.actor, need.product): need for need in reversed(chain.needs)}
    flows: dict[tuple[int, str], float] = defaultdict(float)
    rows = accounts.plan.flows
    for link, period, quantity in zip(rows["link"], rows["period"], rows["quantity"], strict=True):
        flows[int(link), str(period)] += float(quantity)
    lacking: dict[tuple[str, str, str], float] = defaultdict(float)
    gone = accounts.plan.unmet
    for actor, product, period, quantity in zip(
        gone["actor"], gone["product"], gone["period"], gone["quantity"], strict=True
    ):
        lacking[str(actor), str(product), str(period)] += float(quantity)
    ways: dict[tuple[str, str], list[int]] = defaultdict(list)
    ruled = _ruled(accounts)
    for position, link in enumerate(chain.links):
        if (link.to, link.product) in known and not ruled[position] and _free(accounts, position, link):
            ways[link.from_, link.product].append(position)
    for among in ways.values():
        for to, instead in permutations(among, 2):
            poor, rich = (known[chain.links[i].to, chain.links[i].product] for i in (to, instead))
            if poor.importance != rich.importance or rich.share - poor.share <= ROOM:
                continue
            moved = _movable(chain, (to, instead), flows, lacking)
            cell = needs[poor.actor, poor.product].row.at("quantity")
            yield min(rich.share - poor.share, moved / poor.wanted), poor, cell


def _free(accounts: Accounts, position: int, link: Link) -> bool:
    """Whether a link may carry a little more or less with nothing else to follow."""
    return not (
        _accountable(accounts.chain, link.from_) or _accountable(accounts.chain, link.to)
        or link.multiple or link.uses or link.period or link.minimum or link.candidate or link.loss >= 1.0
        or accounts.links["fixed_cost"][position]
    )  # fmt: skip


def _movable(
    chain: Chain,
    pair: tuple[int, int],
    flows: dict[tuple[int, str], float],
    lacking: dict[tuple[str, str, str], float],
) -> float:
    """How much could reach the one end instead of the other."""
    to, instead = (chain.links[i] for i in pair)
    periods = [period.name for period in chain.periods]
    room = float("inf") if to.maximum is None else to.maximum - sum(flows[pair[0], t] for t in periods)
    kept = chain.settings.continuity * (instead.today or 0.0)
    room = min(room, sum(flows[pair[1], t] for t in periods) - kept)
    found = 0.0
    for period in periods:
        if period in to.periods and period in instead.periods:
            asked = max(lacking[to.to, to.product, period], lacking[to.to, to.product, ""])
            found += min(flows[pair[1], period] * (1.0 - to.loss), asked)
    return max(0.0, min(found, room * (1.0 - to.loss)))
