"""The needs of a chain as arrays, for what a loss leaves unserved of them: thousands of losses ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from filiere.chain.chain import Chain, Need
from filiere.schema import words as w

Amounts = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NOTICED = 1e-6
"""A change below this share of what it is measured against is rounding."""


class Needs:
    """What is wanted of each need, in the order of the programme; an outlet is none."""

    def __init__(self, chain: Chain, needs: Sequence[Need]) -> None:
        self._needs = needs
        self.value: Amounts = np.array([chain.products[need.product].value for need in needs], dtype=float)
        self.importance: Amounts = np.array([need.importance for need in needs], dtype=float)
        quantity: Amounts = np.array([need.quantity or 0.0 for need in needs], dtype=float)
        self.wanted: Mask = np.array([need.obligation is w.Obligation.WANT for need in needs], dtype=bool)
        self.wanted &= quantity != 0.0
        self.asked = np.where(self.wanted, quantity * self.value, 0.0)
        """What is wanted, in reference value."""
        self._products = list(dict.fromkeys(need.product for need in needs))
        self._product = numbered(need.product for need in needs)
        self._of_product = self._by_product(quantity)
        pairs = [(n, group) for n, need in enumerate(needs) for group in chain.actors[need.actor].groups or ("",)]
        self._groups = list(dict.fromkeys(group for _, group in pairs))
        self._need, self._group = np.array([n for n, _ in pairs], dtype=np.intp), numbered(group for _, group in pairs)

    def of(self, actors: frozenset[str]) -> Mask:
        """Which needs are those of some actors."""
        if not actors:
            return np.zeros(len(self._needs), dtype=bool)
        return np.array([need.actor in actors for need in self._needs], dtype=bool)

    def missing(self, short: Amounts) -> Mapping[str, float]:
        """What is missing of each product, but for what the solver's tolerances leave of what is asked of it."""
        amounts = self._by_product(short)
        at = np.flatnonzero(amounts > NOTICED * self._of_product).tolist()
        return {self._products[p]: float(amounts[p]) for p in sorted(at, key=lambda p: self._products[p])}

    def groups(self, kept: Mask, before: Amounts, after: Amounts) -> Mapping[str, tuple[float, float]]:
        """The share of what each group wants that is served, by what is missing before and after, in value."""
        asked, was, now = (
            np.bincount(self._group, weights=np.where(kept, amounts, 0.0)[self._need], minlength=len(self._groups))
            for amounts in (self.asked, before, after)
        )
        at = np.flatnonzero(asked > 0.0)
        served = zip((1.0 - was[at] / asked[at]).tolist(), (1.0 - now[at] / asked[at]).tolist(), strict=True)
        return {self._groups[g]: pair for g, pair in zip(at.tolist(), served, strict=True)}

    def _by_product(self, amounts: Amounts) -> Amounts:
        return np.bincount(self._product, weights=amounts, minlength=len(self._products)).astype(float)


def numbered(names: Iterable[str]) -> npt.NDArray[np.intp]:
    """Return the number of each name, in the order in which they come."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)
