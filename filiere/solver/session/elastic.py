"""A programme whose rows may give way at a price: one session, in which each of them is made hard or left soft."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from filiere.solver.programme.compile import Function, Names, Programme, Vector
from filiere.solver.programme.figures import Figure, Slope
from filiere.solver.session.cases.search import Search
from filiere.solver.session.outcome import Outcome
from filiere.solver.session.probe import Probe

TRIED = 8
"""Rows that give way each of which is tried as the only one that must."""

NOTHING = 1e-7
"""What gives way by less than this, relative to its own size, does not give way."""


@dataclass(frozen=True)
class Way:
    """One way in which a unit may give way: the rows it enters, and the yes/no columns without which it cannot."""

    unit: int
    rows: dict[int, float]
    switches: dict[int, float] = field(default_factory=dict)
    """Column → the most that it allows."""


class Elastic:
    """Units that give way. The amount of each is relative to its size; whole columns stay whole."""

    def __init__(self, programme: Programme, ways: Sequence[Way], counted: bool = False, most: float = 0.0) -> None:
        self.units = max((way.unit for way in ways), default=-1) + 1
        self._of_unit: list[list[int]] = [[] for _ in range(self.units)]
        self._count = len(programme.columns)
        for j, way in enumerate(ways):
            self._of_unit[way.unit].append(self._count + j)
        self._ways = len(ways)
        self._given = ways
        self.programme = _relaxed(programme, ways, self.units if counted else 0, most)
        self._session = Probe(self.programme)
        size = len(self.programme.columns)
        self.price = Function(np.zeros(size), 0.0)
        self.price.coefficients[self._count : self._count + self._ways] = 1.0
        self.number = Function(np.zeros(size), 0.0)
        self.number.coefficients[self._count + self._ways :] = 1.0
        self._hard = np.zeros(self.units, dtype=bool)

    def give_way(self, hard: Collection[int] | None = None, soft: Collection[int] | None = None) -> Vector | None:
        """Return by how much each unit gives way at the least, None where no plan is left.

        Units in ``hard`` do not give way, the others may; or, with ``soft``, only those may.
        """
        outcome = self._solve(hard, soft)
        return None if outcome is None else self.amounts(outcome)

    def columns(self, hard: Collection[int] | None = None, soft: Collection[int] | None = None) -> Vector | None:
        """Return the plan itself, ways included, None where there is none."""
        return self._solve(hard, soft)

    def _solve(self, hard: Collection[int] | None, soft: Collection[int] | None) -> Vector | None:
        self._harden(hard, soft)
        outcome = self._minimise(self.price)
        return outcome.columns if outcome.optimal else None

    def _minimise(self, function: Function) -> Outcome:
        """Minimise over what is left; that nothing is left is expected, and not doubted every time."""
        if self.programme.has_whole_columns:
            return Search(self._session).minimise(function)
        return self._session.minimise(function, believe_infeasible=True)

    def fewest(self) -> Vector | None:
        """Return the plan in which the fewest units give way and, among those, the least by their size."""
        self._harden((), None)
        search = Search(self._session)
        outcome = search.minimise(self.number)
        if not outcome.optimal:
            return None
        self._session.hold(self.number, round(self.number.at(outcome.columns)))
        least = search.minimise(self.price)
        return least.columns if least.optimal else outcome.columns

    def moves(self, unit: int, hard: Collection[int]) -> float:
        """Return by how much one unit must move where ``hard`` do not and all others may, downwards if negative."""
        self._harden(hard, None)
        outcome = self._minimise(self._own(unit))
        if not outcome.optimal:
            return 0.0
        plan = outcome.columns
        return float(sum(-sum(self._given[j - self._count].rows.values()) * plan[j] for j in self._of_unit[unit]))

    def _own(self, unit: int) -> Function:
        price = Function(np.zeros(len(self.price.coefficients)), 0.0)
        price.coefficients[self._of_unit[unit]] = 1.0
        return price

    def touched(self) -> list[int] | None:
        """Return units that clash, read off the prices of the rows; None where only whole columns make them clash.

        The price of giving way rests on the rows with a price alone: without the others it would be as high. One
        of those that give way, all the others of them left free, is enough for a clash, and for a smaller one.
        """
        relaxed = dataclasses.replace(self.programme, whole=np.zeros_like(self.programme.whole))
        session = Probe(relaxed)
        outcome = session.minimise(self.price)
        if not outcome.optimal or self.price.at(outcome.columns) <= NOTHING:
            return None
        found = self._priced(session)
        giving = np.flatnonzero(self.amounts(outcome.columns) > NOTHING).tolist()
        others = sorted(set(range(self.units)) - set(giving))
        columns = np.array([j for unit in others for j in self._of_unit[unit]], dtype=np.int32)
        session.set_bounds(columns, np.zeros(len(columns)), np.zeros(len(columns)))
        for unit in giving[:TRIED]:
            outcome = session.minimise(self._own(unit))
            if outcome.optimal and self._own(unit).at(outcome.columns) > NOTHING:
                return self._priced(session)
        return found

    def _priced(self, session: Probe) -> list[int]:
        prices = session.duals()
        of_row = {row: way.unit for way in self._given for row in way.rows}
        return sorted({unit for row, unit in of_row.items() if abs(prices[row]) > 0.0})

    def mended(self, soft: Collection[int], rows: Sequence[tuple[Function, float]]) -> bool:
        """Whether there is a plan where only the units ``soft`` give way but each of ``rows`` stays below its bound."""
        before = self._session.row_count
        for function, upper in rows:
            self._session.hold(function, upper)
        found = self._solve(None, soft)
        self._session.drop_rows_after(before)
        return found is not None

    def amounts(self, columns: Vector) -> Vector:
        """Return how much each unit gives way in a plan."""
        return np.array([columns[own].sum() for own in self._of_unit])

    def ways(self, columns: Vector) -> Vector:
        """Return how much is given in each way."""
        return columns[self._count : self._count + self._ways]

    def _harden(self, hard: Collection[int] | None, soft: Collection[int] | None) -> None:
        wanted = np.zeros(self.units, dtype=bool)
        if soft is not None:
            wanted[:] = True
            wanted[list(soft)] = False
        else:
            wanted[list(hard or ())] = True
        changed = [j for unit in np.flatnonzero(wanted != self._hard) for j in self._of_unit[unit]]
        if changed:
            upper = [0.0 if wanted[unit] else np.inf for unit in np.flatnonzero(wanted != self._hard)
                     for _ in self._of_unit[unit]]  # fmt: skip
            self._session.set_bounds(np.array(changed), np.zeros(len(changed)), np.array(upper))
        self._hard = wanted

    def giving(self, hard: Iterable[int]) -> list[int] | None:
        """Return the units that must give way where ``hard`` do not, None where that is not enough."""
        given = self.give_way(frozenset(hard))
        if given is None:
            return None
        return np.flatnonzero(given > min(NOTHING, 0.5 * float(given.max(initial=0.0)))).tolist()


def dropped(programme: Programme, found: Sequence[Figure], most: float) -> tuple[list[Way], list[int]]:
    """Return one unit a row that rests on a figure, which gives way without limit, and the unit's row.

    What a project may do once opened gives way only if it is opened.
    """
    ways: list[Way] = []
    owners = [(row, figure) for figure in found for row in figure.rows]
    for unit, (row, figure) in enumerate(owners):
        size = row_size(programme, row) if not figure.switches else max(figure.scale, 1e-6)
        if np.isfinite(programme.row_upper[row]):
            ways.append(Way(unit, {row: -size}, {figure.switches[row]: most} if row in figure.switches else {}))
        if np.isfinite(programme.row_lower[row]):
            ways.append(Way(unit, {row: size}))
    return ways, [row for row, _ in owners]


def most_of(programme: Programme, found: Sequence[Figure]) -> float:
    """Return how many times its size a figure may grow where that must have an end: ten times the largest bound."""
    bounds = np.concatenate([programme.row_lower, programme.row_upper])
    largest = float(np.abs(bounds[np.isfinite(bounds)]).max(initial=1.0))
    least = min((figure.scale for figure in found if figure.mends), default=1.0)
    return float(np.clip(10.0 * largest / least, 1e3, 1e6))


def changed(programme: Programme, found: Sequence[Figure], most: float) -> tuple[list[Way], list[float]]:
    """Return one unit a figure, which gives way by changing its number, and the sign of each way.

    A figure of what is opened or not changes only what is opened; a share gives way by an amount.
    """
    ways: list[Way] = []
    signs: list[float] = []
    for unit, figure in enumerate(found):
        for sign in (1.0, -1.0) if figure.loosens == 0 else (float(figure.loosens),):
            if not figure.mends or (sign < 0 and figure.value == 0.0 and figure.equation != "limit"):
                continue
            rows = {row: -sign * figure.scale * _fixed(slope) for row, slope in figure.slopes.items()}
            rows |= {row: -sign * figure.scale * slope for row, slope in figure.also.items()}
            ways.append(Way(unit, rows, dict.fromkeys(set(figure.switches.values()), most)))
            signs.append(sign)
    return ways, signs


def _fixed(slope: Slope) -> float:
    """The slope where it is a number; that of a yes/no once opened; 1 for a sum, which gives way by an amount."""
    if isinstance(slope, float | int):
        return float(slope)
    return next(iter(slope.values())) if len(slope) == 1 else 1.0


def row_size(programme: Programme, row: int) -> float:
    """Return the size that a row's giving way is relative to."""
    bounds = [abs(b) for b in (programme.row_lower[row], programme.row_upper[row]) if np.isfinite(b)]
    return float(max([1e-6, *bounds])) if max(bounds, default=0.0) > 0 else 1.0


def _relaxed(programme: Programme, ways: Sequence[Way], counted: int, most: float) -> Programme:
    """The programme with a column for each way and, where they are ``counted``, a yes/no column for each unit."""
    rows, columns = programme.matrix.shape
    entries = [(row, j, value) for j, way in enumerate(ways) for row, value in way.rows.items()]
    ties = [(j, columns_, top) for j, way in enumerate(ways) for columns_, top in way.switches.items()]
    if counted:
        ties += [(j, columns + len(ways) + way.unit, most) for j, way in enumerate(ways)]
    width = columns + len(ways) + counted
    added = sparse.lil_array((len(ties), width))
    for i, (j, column, top) in enumerate(ties):
        added[i, columns + j], added[i, column] = 1.0, -top
    given = sparse.coo_array(
        ([v for _, _, v in entries], ([r for r, _, _ in entries], [j for _, j, _ in entries])),
        shape=(rows, len(ways) + counted),
    )
    matrix = sparse.vstack([sparse.hstack([programme.matrix, given]), added]) if ties else sparse.hstack(
        [programme.matrix, given]
    )  # fmt: skip
    return dataclasses.replace(
        programme,
        matrix=sparse.csr_array(matrix),
        row_lower=np.concatenate([programme.row_lower, np.full(len(ties), -np.inf)]),
        row_upper=np.concatenate([programme.row_upper, np.zeros(len(ties))]),
        column_lower=np.concatenate([programme.column_lower, np.zeros(len(ways) + counted)]),
        column_upper=np.concatenate([programme.column_upper, np.full(len(ways), np.inf), np.ones(counted)]),
        whole=np.concatenate([programme.whole, np.zeros(len(ways), dtype=bool), np.ones(counted, dtype=bool)]),
        rows=Names((*programme.rows, *(("gives_way_if", i) for i in range(len(ties))))),
        columns=Names((*programme.columns, *(("gives_way", j) for j in range(len(ways) + counted)))),
    )
