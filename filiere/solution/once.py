"""What is worked out of a plan is worked out once: certificate, indicators and report share it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar, cast

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import Figures, figures_of
from filiere.solution.accounts import Accounts
from filiere.solution.solution import Plan

Result = TypeVar("Result")
Asked = TypeVar("Asked", bound=Hashable)

_LATEST: deque[Accounts] = deque(maxlen=4)


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


def accounts_of(chain: Chain, plan: Plan) -> Accounts:
    """Return the accounts of a plan, the same as before where they were asked for lately."""
    found = next((known for known in _LATEST if known.chain is chain and known.plan is plan), None)
    if found is not None:
        _LATEST.remove(found)  # to the end, as the plan that is worked on is asked for between others
    _LATEST.append(Accounts(chain, plan) if found is None else found)
    return _LATEST[-1]
