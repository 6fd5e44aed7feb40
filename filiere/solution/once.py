"""What is worked out of a plan is worked out once: certificate, indicators and report share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar, cast

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import Figures, figures_of
from filiere.latest import latest
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Plan

Result = TypeVar("Result")
Asked = TypeVar("Asked", bound=Hashable)


def once(work: Callable[[Accounts], Result]) -> Callable[[Accounts], Result]:
    """Return the same function, which works out its result once for each accounts. Nobody may change that result."""
    return _kept_in(work, lambda accounts: accounts.kept)


def once_of_chain(work: Callable[[Accounts], Result]) -> Callable[[Accounts], Result]:
    """Return the same function of a chain alone, which works out its result once for all plans of that chain.

    Nobody may change that result.
    """
    return _kept_in(work, lambda accounts: accounts.shared)


def _kept_in(
    work: Callable[[Accounts], Result], place: Callable[[Accounts], dict[object, object]]
) -> Callable[[Accounts], Result]:  # fmt: skip
    @wraps(work)
    def kept(accounts: Accounts) -> Result:
        known = place(accounts)
        if work not in known:
            known[work] = work(accounts)
        return cast(Result, known[work])

    return kept


@once_of_chain
def known_figures(accounts: Accounts) -> Figures:
    """Return this year's figures for the chain's rows, 0 for what is not known."""
    return figures_of(accounts.chain)


def once_each(work: Callable[[Accounts, Asked], Result]) -> Callable[[Accounts, Asked], Result]:
    """Return the same function, which works out its result once for each accounts and for each that is asked of them.

    Nobody may change that result.
    """

    @wraps(work)
    def kept(accounts: Accounts, asked: Asked) -> Result:
        if (work, asked) not in accounts.kept:
            accounts.kept[work, asked] = work(accounts, asked)
        result: Result = accounts.kept[work, asked]
        return result

    return kept


@latest(4)
def accounts_of(chain: Chain, plan: Plan) -> Accounts:
    """Return the accounts of a plan, the same as before where they were asked for lately."""
    return Accounts(chain, plan)
