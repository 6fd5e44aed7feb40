"""The certificate: everything a plan must obey, recomputed from its own figures and its chain.

Nothing here knows the model or the solver: a plan that passes holds whatever found it, and one written by
hand can be certified too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from filiere.chain.chain import Chain
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.solution.certify.balance import balances, discards, storage
from filiere.solution.certify.capacity import capacities, expansions, loads, minimums, required_projects, whole_levels
from filiere.solution.certify.check import TOLERANCE, Check
from filiere.solution.certify.choices import choices
from filiere.solution.certify.exchange import continuity, links, needs, offers
from filiere.solution.certify.fairness import equal_shares
from filiere.solution.certify.keeping import shelf_lives
from filiere.solution.certify.limits import limits
from filiere.solution.certify.lots import rests, rounds, whole_lots
from filiere.solution.certify.money import budgets, funding, payments, surplus_floors
from filiere.solution.certify.ranks import bounded, ranks
from filiere.solution.certify.references import frames_agree, references, signs
from filiere.solution.once import accounts_of
from filiere.solution.solution import Solution
from filiere.watch import CHECKING, tell


@dataclass(frozen=True)
class Certificate:
    """What was found: the largest relative residual, and the worst row of each family of rows.

    A residual is a row's violation over the largest absolute term in it, or over 1 where that is less.
    """

    max_residual: float
    passed: bool
    checks: tuple[Check, ...]

    @property
    def worst(self) -> Check | None:
        """The check that is farthest from holding, None where all hold exactly."""
        broken = [check for check in self.checks if check.residual > 0.0]
        return max(broken, key=lambda check: check.residual, default=None)


def certify(chain: Chain, solution: Solution, observed: bool = False) -> Certificate:
    """Return the certificate of a solution's plan.

    ``observed`` is for today's plan, which policy never bends: limits, minimums, whole levels, continuity,
    funding, budgets, expansions and stocks at the year's ends are not asked of it, must is read as want, and what
    goes beyond a need counts as served.

    Raises ValueError for a solution without a plan.
    """
    if solution.plan is None:
        raise ValueError("a solution without a plan cannot be certified")
    tell(CHECKING)
    if observed:
        stores = {key: replace(storage, initial=None, final=None) for key, storage in chain.storages.items()}
        chain = replace(chain, storages=stores)
    accounts = accounts_of(_as_seen(chain) if observed else chain, solution.plan)
    known = references(accounts)
    if known.residual > TOLERANCE:
        # Figures that point nowhere cannot be added up.
        return _certificate((known,))
    return _certificate((known, *_physical(accounts, observed), *_agreed(accounts, solution, observed)))


def _as_seen(chain: Chain) -> Chain:
    """Return the chain as its own figures of this year are measured: against those typed; no account is followed."""
    actors = {name: replace(actor, budget=w.Budget.NO) for name, actor in chain.actors.items()}
    return replace(chain, observed=None, actors=actors)


def _physical(accounts: Accounts, observed: bool) -> tuple[Check, ...]:
    """What nature asks, of today as of any plan."""
    return (
        signs(accounts),
        frames_agree(accounts),
        balances(accounts),
        storage(accounts),
        shelf_lives(accounts),
        discards(accounts),
        rests(accounts),
        choices(accounts, observed),
        capacities(accounts, observed),
        links(accounts, observed),
        offers(accounts),
        needs(accounts, observed),
    )


def _agreed(accounts: Accounts, solution: Solution, observed: bool) -> tuple[Check, ...]:
    """What people decided, and what the ranks reached."""
    if observed:
        return (ranks(accounts, solution.objectives, solution.closing),)
    return (
        whole_levels(accounts),
        loads(accounts),
        whole_lots(accounts),
        rounds(accounts),
        required_projects(accounts),
        minimums(accounts),
        expansions(accounts),
        continuity(accounts),
        funding(accounts),
        budgets(accounts),
        surplus_floors(accounts),
        payments(accounts),
        limits(accounts),
        ranks(accounts, solution.objectives, solution.closing),
        equal_shares(accounts, solution.shares_cut),
        bounded(accounts, solution.bound),
    )


def _certificate(checks: tuple[Check, ...]) -> Certificate:
    residual = max(check.residual for check in checks)
    return Certificate(residual, residual <= TOLERANCE, checks)
