"""Sizes of projects that nobody measured: 1e12 in a cell means "as much as one likes".

A solver lets a yes/no be 1e-9 of a yes; times 1e12, that runs a project which nobody opened. So what is let through
once a project is opened is bounded by what anything could do with it, from row to row of the programme: a level by
what takes its products, a link by what its buyer uses and its seller has. Where nothing bounds that use, the size is
an error at its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse

from filiere.model.equations.balance import balance
from filiere.model.equations.exchange import link_maximum
from filiere.model.equations.lots import round_limit
from filiere.model.equations.transformation import capacity_limit, yearly_capacity_limit
from filiere.problems import Problem, WorkbookError
from filiere.problems.solving import UNBOUNDED_SIZE
from filiere.solver.programme.compile import Programme, Vector
from filiere.solver.programme.places import cell_of_row, subject_of_row
from filiere.solver.programme.sizes import PLACEHOLDER

ROOM = 100.0
"""How many times what could be used a size is left: what is rounded, lots and whole numbers, has room in it."""

SAFE = 1e3
"""A yes/no times this is no more than a trace: smaller sizes are left as they are."""

MANIFOLD = 1e6
"""What an activity makes or takes a run, from which on a hair of a run is something."""

LEAST = 1e-6
SWEEPS = 60
"""Rows after rows along which a bound is carried on."""

SIZES = tuple(row.__name__ for row in (capacity_limit, yearly_capacity_limit, link_maximum, round_limit))
SWITCHES = ("open_process", "open_link")

Positions = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


def tightened(programme: Programme) -> Programme:
    """Return the programme with sizes of projects that mean something; itself, where all do.

    Raises ``WorkbookError`` for those that nothing bounds.
    """
    wide = _is_wide(programme)
    entries = list(_large(programme, 0.0 if wide else SAFE))
    if not entries:
        return programme
    most, lowest = bounds(programme), 0.0 if wide else LEAST
    matrix, unbounded = programme.matrix.copy(), []
    for row, entry in entries:
        others = _others(matrix, row, entry)
        use = float((matrix.data[others] * most[matrix.indices[others]]).sum())
        size = -float(matrix.data[entry])
        if use >= size:
            # All that is known of its use is the size itself, or less.
            unbounded += [row] if size >= PLACEHOLDER else []
            continue
        least = max(use, _least(programme, int(matrix.indices[entry])), lowest)
        if least > 0.0 and (size > SAFE or size > SAFE * least):
            matrix.data[entry] = -min(size, ROOM * least)
    if unbounded:
        raise WorkbookError(_refused(programme, unbounded))
    if np.array_equal(matrix.data, programme.matrix.data):
        return programme
    return replace(programme, matrix=matrix, typed=programme.matrix)


def _refused(programme: Programme, rows: list[int]) -> list[Problem]:
    found = {}
    for row in rows:
        name = programme.rows[row]
        cell = cell_of_row(programme.index, name)
        found[str(cell)] = UNBOUNDED_SIZE.at(cell, name=", ".join(subject_of_row(programme.index, name)[:2]))
    return list(found.values())


def _is_wide(programme: Programme) -> bool:
    """Whether any activity makes or takes so much a run that little of a run is much: small sizes are large then."""
    family = programme.rows.families.get(balance.__name__)
    positions = np.empty(0, dtype=np.int32) if family is None else family.positions
    return bool(np.abs(programme.matrix[positions, :].data).max(initial=0.0) >= MANIFOLD)


def _large(programme: Programme, safe: float) -> Iterator[tuple[int, int]]:
    """Yield rows that let something through once a yes/no is yes, by more than is safe, and where that stands."""
    switches = {j for name in SWITCHES for j in _columns(programme, name)}
    if not switches:
        return
    matrix = programme.matrix
    for name in SIZES:
        family = programme.rows.families.get(name)
        for row in () if family is None else family.positions.tolist():
            for entry in range(matrix.indptr[row], matrix.indptr[row + 1]):
                if matrix.data[entry] < -safe and int(matrix.indices[entry]) in switches:
                    yield row, entry


def _columns(programme: Programme, name: str) -> list[int]:
    family = programme.columns.families.get(name)
    return [] if family is None else family.positions.tolist()


def _others(matrix: sparse.csr_array, row: int, entry: int) -> Positions:
    found = np.arange(matrix.indptr[row], matrix.indptr[row + 1], dtype=np.int32)
    return np.asarray(found[(found != entry) & (matrix.data[found] > 0)])


def _least(programme: Programme, switch: int) -> float:
    """What the project does at the least once it is opened."""
    name, key = programme.columns[switch]
    x = programme.index
    return x.processes[key].minimum if name == "open_process" else x.links[key].minimum


def bounds(programme: Programme, as_used: bool = True) -> Vector:
    """Return what no plan goes beyond, by column: what each row lets its terms be, carried on from row to row.

    Asked for ``as_used``, what is thrown away is no use: a level is bounded by the largest use of any of its products,
    so that what comes along with it may still go; plans that only throw more away go beyond that. Balances count over
    the year too, where what was stored has been taken out again.
    """
    matrix, lower, upper, balances = _with_years(programme)
    rows, columns, values = matrix.row, matrix.col, np.abs(matrix.data)
    up, count = matrix.data > 0, len(lower)
    thrown = np.isin(columns, _columns(programme, "discarded"))
    made = as_used & up & balances[rows] & np.isin(columns, _columns(programme, "level"))

    def within_use(most: Vector, terms: Vector) -> Vector:
        counted = ~up & ~thrown
        used = np.bincount(rows[counted], weights=terms[counted], minlength=count)
        use = np.full(len(most), -np.inf)
        np.maximum.at(use, columns[made], np.maximum((upper + used)[rows[made]], 0.0) / values[made])
        return np.where(use > -np.inf, np.minimum(most, use), most)

    return _carried(matrix, (lower, upper), programme.column_upper, SWEEPS, within_use)


def bounds_by_rows(programme: Programme, sweeps: int, most: Vector) -> Vector:
    """Return the same by so many sweeps over the rows alone, whatever they are: no plan goes beyond that either.

    ``most`` is what is known of it already, beside the columns' own bounds.
    """
    rows = programme.row_lower, programme.row_upper
    return _carried(programme.matrix.tocoo(), rows, np.minimum(most, programme.column_upper), sweeps)


def _carried(
    matrix: sparse.coo_array, bounds: tuple[Vector, Vector], most: Vector, sweeps: int,
    within: Callable[[Vector, Vector], Vector] | None = None,
) -> Vector:  # fmt: skip
    """Carry what columns are at most on from row to row; ``within`` narrows it further, given what terms come to."""
    rows, columns, values, up = matrix.row, matrix.col, np.abs(matrix.data), matrix.data > 0
    (lower, upper), most, count = bounds, most.copy(), matrix.shape[0]
    for _ in range(sweeps):
        before, terms = most.copy(), values * most[columns]
        given, taken = (np.bincount(rows[some], weights=terms[some], minlength=count) for some in (up, ~up))
        room = np.where(up, (upper + taken)[rows], (given - lower)[rows])
        np.minimum.at(most, columns, np.maximum(room, 0.0) / values)
        most = most if within is None else within(most, terms)
        if np.array_equal(most, before):
            break
    return most


def _with_years(programme: Programme) -> tuple[sparse.coo_array, Vector, Vector, Flags]:
    """Return the rows, and the balances of each place added up over the year: entries, bounds, which are balances."""
    family = programme.rows.families.get(balance.__name__)
    keys, positions = ((), np.empty(0, dtype=np.int32)) if family is None else (family.keys, family.positions)
    places: dict[tuple[str, str], int] = {}
    at = np.array([places.setdefault(key[:2], len(places)) for key in keys], dtype=np.int32)
    shape = (len(places), len(programme.row_lower))
    years = sparse.csr_array((np.ones(len(at)), (at, positions)), shape=shape)
    bounds = [np.concatenate([bound, np.bincount(at, weights=bound[positions], minlength=len(places))])
              for bound in (programme.row_lower, programme.row_upper)]  # fmt: skip
    balances = np.ones(len(bounds[0]), dtype=bool)
    balances[: shape[1]] = False
    balances[positions] = True
    return sparse.coo_array(sparse.vstack([programme.matrix, years @ programme.matrix])), *bounds, balances
