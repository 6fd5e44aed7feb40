"""Whether one programme allows nothing that another does not, and counts alike what it allows.

A plan of the wider one that the narrower one allows is then as good a plan there: a search in the wider one has looked
through everything that the narrower one has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.chain.chain import Chain
from filiere.chain.derived.default_objectives import cost_bound, fairness
from filiere.chain.derived.observed import funding_keys, link_keys, need_keys, observed_of, offer_keys
from filiere.model.facts import facts_of
from filiere.model.index import Index
from filiere.model.ranked_cost import FRUGAL, OUTLAYS
from filiere.solver.programme.compile import Name, Names, Programme, Vector

Positions = npt.NDArray[np.int32]

EXACT = 1e-8
"""What a plan may miss a row or a bound by, relative to what the row adds up: what held ranks are loosened by."""

BOUNDING = (FRUGAL, OUTLAYS)
"""What this year's plan comes to in these bounds the cost, whatever the plan does."""


@dataclass(frozen=True)
class Told:
    """A programme whose rows and columns are told by what their row of the workbook names, not by its number.

    ``numbers`` are those of the names that are told so, the same for all programmes that are compared.
    """

    programme: Programme
    numbers: dict[Name, int]

    @cached_property
    def columns(self) -> Positions:
        """The numbers of the columns' names."""
        return self._numbered(self.programme.columns)

    @cached_property
    def rows(self) -> Positions:
        """The numbers of the rows' names."""
        return self._numbered(self.programme.rows)

    @cached_property
    def wants(self) -> list[Any]:
        """What the wants are known by."""
        return [want.key for want in self.programme.index.wants]

    @cached_property
    def _keys(self) -> _Keys:
        return _keys(self.programme.index)

    def _numbered(self, names: Names) -> Positions:
        numbers, found = self.numbers, np.empty(len(names), dtype=np.int32)
        for family, of in names.families.items():
            facts = facts_of(family)
            known = self._keys.get(facts.owner or _KINDS.get(getattr(facts, "table", None) or "", ""))
            told = of.keys if known is None else [_told(key, known) for key in of.keys]
            found[of.positions] = [numbers.setdefault((family, key), len(numbers)) for key in told]
        return found


def where(narrow: Told, wide: Told) -> Positions | None:
    """Return where the columns of ``narrow`` stand in ``wide``; None unless all that it allows, with 0 in the other
    columns, is allowed in ``wide`` and counts as much there.
    """
    one, other = narrow.programme, wide.programme
    if len(one.columns) > len(other.columns) or _constants(one) != _constants(other):
        return None
    if not _asks_alike(narrow, wide):
        return None
    at = _matched(one.columns, other.columns, lambda: (narrow.columns, wide.columns))
    if (at < 0).any():
        return None
    alike = all(
        np.array_equal(function.coefficients, other.functions[name].coefficients[at])
        for name, function in one.functions.items()
    )
    gone = np.ones(len(other.columns), dtype=bool)
    gone[at] = False
    within = (
        alike
        and not any(other.functions[name].coefficients[gone].any() for name in BOUNDING if name in other.functions)
        and np.array_equal(one.whole, other.whole[at])
        and bool((one.column_lower >= np.maximum(other.column_lower[at], 0.0)).all())
        and bool((one.column_upper <= other.column_upper[at]).all())
        and _nothing_is_within(other.column_lower[gone], other.column_upper[gone])
        and _rows_within(narrow, wide, at)
    )
    return at if within else None


def _constants(programme: Programme) -> dict[str, float]:
    return {name: function.constant for name, function in programme.functions.items()}


def allows(programme: Programme, columns: Vector) -> bool:
    """Whether a programme allows columns, as exactly as a solver would."""
    return programme.holds(columns, EXACT)


def _asks_alike(narrow: Told, wide: Told) -> bool:
    """Whether the same is asked of both, in the same order, of the same people."""
    x, y = narrow.programme.index, wide.programme.index
    one, other = x.chain, y.chain
    return (
        one.objectives == other.objectives
        and _same_today(one, other)
        and cost_bound(one) == cost_bound(other)
        and fairness(one) is fairness(other)
        and narrow.wants == wide.wants
        and x.smallest_sums == y.smallest_sums
    )


def _same_today(one: Chain, other: Chain) -> bool:
    """Whether this year's figures are the same."""
    if one.observed is not None or other.observed is not None:
        return one.observed is other.observed
    first, second = observed_of(one), observed_of(other)
    return first.flows == second.flows and first.levels == second.levels and first.grants == second.grants


def _matched(one: Names, other: Names, numbers: Callable[[], tuple[Positions, Positions]]) -> Positions:
    """Return where each of some names stands among others, -1 where it does not."""
    if one is other:
        return np.arange(len(one), dtype=np.int32)
    wanted, others = numbers()
    places = np.full(max(wanted.max(initial=-1), others.max(initial=-1)) + 1, -1, dtype=np.int32)
    places[others] = np.arange(len(others), dtype=np.int32)
    return places[wanted]


def _rows_within(narrow: Told, wide: Told, at: Positions) -> bool:
    """Whether what keeps the rows of ``narrow`` keeps those of ``wide``, no column being negative."""
    one, other = narrow.programme, wide.programme
    rows = _matched(other.rows, one.rows, lambda: (wide.rows, narrow.rows))
    matrix = other.matrix[:, at]
    there = np.flatnonzero(rows >= 0)
    alone = np.flatnonzero(rows < 0)
    least, most = _reach(matrix[alone], one.column_lower, one.column_upper)
    if (least < other.row_lower[alone]).any() or (most > other.row_upper[alone]).any():
        return False
    lower, upper = other.row_lower[there], other.row_upper[there]
    same = rows[there]
    if (one.row_lower[same] < lower).any() or (one.row_upper[same] > upper).any():
        return False
    more = sparse.csr_array(one.matrix[same] - matrix[there])
    row = np.repeat(np.arange(len(there)), np.diff(more.indptr))
    return not bool(
        ((more.data < 0.0) & np.isfinite(upper[row])).any() or ((more.data > 0.0) & np.isfinite(lower[row])).any()
    )


def _reach(matrix: sparse.csr_array, lower: Vector, upper: Vector) -> tuple[Vector, Vector]:
    """Return the least and the most that rows come to within the bounds of the columns."""
    count, values = matrix.shape[0], matrix.data
    row = np.repeat(np.arange(count), np.diff(matrix.indptr))
    ends = values * lower[matrix.indices], values * upper[matrix.indices]
    return (
        np.bincount(row, weights=np.minimum(*ends), minlength=count).astype(float),
        np.bincount(row, weights=np.maximum(*ends), minlength=count).astype(float),
    )


def _nothing_is_within(lower: Vector, upper: Vector) -> bool:
    return bool((lower <= 0.0).all() and (upper >= 0.0).all())


_KINDS = {"links": "link", "processes": "process", "recipes": "process", "needs": "need", "offers": "offer",
          "funding": "grant"}  # fmt: skip
"""What the rows of a table are, where the number of one begins a key."""

_Keys = Mapping[str, Any]


def _keys(x: Index) -> _Keys:
    """What each link, activity, need, offer and grant of an index is known by."""
    chain = x.chain
    every = {
        "link": (link_keys(chain.links), x.link_positions),
        "need": (need_keys(chain.needs), x.need_positions),
        "offer": (offer_keys(chain.offers), x.offer_positions),
        "grant": (funding_keys(chain.funding), x.funding_positions),
    }
    found: dict[str, Any] = {kind: [keys[place] for place in places] for kind, (keys, places) in every.items()}
    return {**found, "process": [process.key for process in x.processes]}


def _told(key: Any, known: Any) -> Any:
    """Return the index of a row or column as its name tells it, its first part known by what owns it."""
    first = key[0] if isinstance(key, tuple) else key
    if not isinstance(first, int):
        return key
    return (known[first], *key[1:]) if isinstance(key, tuple) else known[first]
