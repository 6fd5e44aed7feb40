"""What a run proves beside its plan: prices of rows, and rays where there is no optimum."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from filiere.solver.programme.compile import Function, Programme, Vector
from filiere.solver.programme.scales import Scales
from filiere.solver.session.answer import Answer
from filiere.solver.session.basis import Basis
from filiere.solver.session.bounds import Bounds, Mask, Positions, near
from filiere.solver.session.highs import is_ok, run
from filiere.solver.session.outcome import Face, Held, Outcome

RAYS = 16
"""So many of the latest proofs that there is no plan are kept."""

LAST_DIGITS = 1e-12
"""What is left of a sum's terms, relative to them, is rounding."""


@dataclass(frozen=True)
class Inside:
    """A function and the rows, held ones included, in the units that the solver has them in."""

    matrix: Any
    costs: Vector
    scale: float
    """What the function is divided by."""
    columns: Vector
    """A column of the programme is so many times the solver's."""


@dataclass(frozen=True)
class Priced:
    """What a run proves of a function within any other bounds too: f ≥ d·x + Σ yᵢ·rowᵢ for whatever rows hold, by weak
    duality; or, as a ray, that 0 ≥ the same, where there is no plan.

    In the programme's own units, so that a session that scales it otherwise has them too.
    """

    coefficients: Vector | None
    """Those of the function, None for a ray."""
    reduced: Vector
    rows: Vector
    held: Vector
    terms: tuple[tuple[Positions, Vector], ...]
    """For each held row, its columns and what its price makes of their coefficients."""


@dataclass
class Rays:
    """What proved that there is no plan within some bounds, for others on the same matrix.

    Prices of rows and of columns that add up to 0 in every plan: where no values within the bounds come to that, there
    is none. Farkas, J. (1902), Theorie der einfachen Ungleichungen, Journal für die reine und angewandte Mathematik
    124.
    """

    _known: deque[tuple[Vector, Vector]] = field(default_factory=lambda: deque(maxlen=RAYS))
    _terms: tuple[_Terms, _Terms] | None = None

    def note(self, columns: Vector, rows: Vector) -> None:
        """Know one more, of which the oldest are forgotten."""
        self._known.append((columns, rows))
        self._terms = _terms([one for one, _ in self._known]), _terms([one for _, one in self._known])

    def proving(self, columns: Bounds, rows: Bounds, missed: float) -> tuple[Vector, Vector] | None:
        """Return one that proves it within these bounds, each of which may be missed by so much; None without any."""
        if self._terms is None:
            return None
        (of_columns, column_sizes), (of_rows, row_sizes) = (
            terms.least(bounds) for terms, bounds in zip(self._terms, (columns, rows), strict=True)
        )
        found = np.flatnonzero(of_columns + of_rows > missed * (column_sizes + row_sizes))
        return self._known[int(found[0])] if len(found) else None


@dataclass(frozen=True)
class _Terms:
    """The prices of several rays that are not 0: at which row or column, which, and of which ray."""

    at: Positions
    prices: Vector
    ray: Positions
    sizes: Vector
    """What the prices of each ray come to, signs apart."""

    def least(self, bounds: Bounds) -> tuple[Vector, Vector]:
        """Return the least that each ray's prices make of values within the bounds, and their sizes."""
        bound = np.where(self.prices > 0.0, bounds.lower[self.at], bounds.upper[self.at])
        least: Vector = np.bincount(self.ray, weights=self.prices * bound, minlength=len(self.sizes)).astype(float)
        return least, self.sizes


def _terms(rays: Sequence[Vector]) -> _Terms:
    used = [np.flatnonzero(prices) for prices in rays]
    ray = np.repeat(np.arange(len(rays), dtype=np.int32), [len(at) for at in used])
    prices = np.concatenate([prices[at] for prices, at in zip(rays, used, strict=True)])
    return _Terms(np.concatenate(used), prices, ray, np.array([np.abs(prices).sum() for prices in rays]))


class Proofs:
    """The part of a session that is asked for proofs."""

    notes_rays = False
    """Whether what proves that there is no plan is tried before each later run."""

    _highs: Any
    _plan: Vector | None
    _single: bool
    _basis: Basis | None
    _scales: Scales
    _rows: Bounds
    _columns: Bounds
    _missed: float
    _held: dict[int, Held]
    _row_scales: Vector
    _sent: Programme
    _rays: Rays
    _ray_known: tuple[Vector, Vector] | None
    """What proved without a run that there is no plan, since the last run."""
    programme: Programme

    @abstractmethod
    def _as_sent(self, function: Function) -> Function: ...

    @abstractmethod
    def _set(self, **options: Any) -> None: ...

    @abstractmethod
    def _send_bounds(self) -> None: ...

    @abstractmethod
    def _price(self, costs: Vector) -> None: ...

    @abstractmethod
    def _run(self, most: int | None = None) -> Outcome: ...

    @abstractmethod
    def _let_wait(self, waiting: Mask) -> None: ...

    @abstractmethod
    def _count(self, function: Function) -> None: ...

    @abstractmethod
    def _matrix(self) -> Any: ...

    def inside(self, function: Function) -> Inside:
        """Return a function as the solver has it, with the rows."""
        self._count(function)
        own = self._scales.function(function)
        return Inside(self._matrix(), own.scaled, own.scale, self._scales.columns)

    def priced_run(self, inside: Inside) -> tuple[Outcome, Vector | None]:
        """Minimise by a run of its own, and return a price for each row: what proves the optimum, or that none is.

        Prices are in the solver's units; where there is no plan, they are those of a ray, in either sense; None where
        numbers fail.
        """
        self._plan, self._single = None, False
        self._price(inside.costs)
        self._set(objective_bound=np.inf)
        outcome = self._run()
        if outcome.optimal:
            return outcome, np.array(self._highs.getSolution().row_dual, dtype=float)
        if outcome.answer is Answer.INFEASIBLE:
            _, found, ray = self._highs.getDualRay()
            return outcome, np.array(ray, dtype=float) if found else None
        return outcome, None

    def priced(self, function: Function, outcome: Outcome) -> Priced | None:
        """Return what the last run proved of ``function``, None where no prices are known."""
        if outcome.optimal and self._basis is not None:
            sent = self._as_sent(function)
            found = self._basis.duals(self._highs, self._matrix(), sent.scaled)
            return found and self._as_priced(function.coefficients, *(prices * sent.scale for prices in found))
        if outcome.answer is Answer.INFEASIBLE and (ray := self._ray()) is not None:
            return self._as_priced(None, *ray)
        return None

    def _as_priced(self, coefficients: Vector | None, columns: Vector, rows: Vector) -> Priced:
        own, units = len(self.programme.rows), self._scales.columns
        terms = tuple(
            (held.columns, rows[row] * held.values / units[held.columns]) for row, held in sorted(self._held.items())
        )
        prices = rows * self._row_scales
        return Priced(coefficients, columns / units, prices[:own], prices[own:], terms)

    def by_bounds(self, function: Function) -> Priced:
        """Return what columns' bounds alone prove of ``function``."""
        none = np.empty(0)
        return Priced(function.coefficients, function.coefficients, np.zeros(len(self.programme.rows)), none, ())

    def least(self, priced: Priced, function: Function) -> float:
        """Return what ``function`` comes to at least within the bounds as they are; infinite where there is no plan."""
        return self._least_by(priced, function, *self._brought(priced, function))

    def _least_by(self, priced: Priced, function: Function, prices: Vector, reduced: Vector) -> float:
        """Return the same by those prices of rows and of columns, in the solver's units of now."""
        least = self._rows.least(prices) + self._columns.least(reduced)
        if priced.coefficients is not None:
            return least + function.constant
        room = self._missed * (np.abs(prices).sum() + np.abs(reduced).sum())
        return np.inf if least > room else -np.inf

    def at_least(self, priced: Priced, function: Function) -> tuple[float, Face]:
        """Return what ``function`` comes to at least within the bounds as they are, and what all plans that come to no
        more have in common, if there are any.
        """
        self._count(function)
        scale = self._as_sent(function).scale
        prices, reduced = self._brought(priced, function)
        columns, values = self._columns.pushed(reduced / scale)
        rows, activities = self._rows.pushed(prices / scale)
        least = self._least_by(priced, function, prices, reduced)
        return least, Face(columns, values, rows, activities, single=False)

    def _brought(self, priced: Priced, function: Function) -> tuple[Vector, Vector]:
        """Return prices of rows and of columns that prove the same in the solver's units of now.

        The rows held now need not be those of then.
        """
        reduced, own, units = priced.reduced, len(self.programme.rows), self._scales.columns
        if priced.coefficients is not None and priced.coefficients is not function.coefficients:
            reduced = reduced + (function.coefficients - priced.coefficients)
        prices = np.zeros(len(self._row_scales))
        prices[:own] = priced.rows
        for row, (price, (columns, terms)) in enumerate(zip(priced.held, priced.terms, strict=True), start=own):
            if (now := self._held.get(row)) is None:
                reduced = _with(reduced, columns, terms)
                continue
            prices[row] = price
            others = price * now.values / (self._row_scales[row] * units[now.columns])
            if not (np.array_equal(columns, now.columns) and near(others, terms, LAST_DIGITS).all()):
                reduced = _with(_with(reduced, columns, terms), now.columns, -others)
        return self._without_free_rows(prices / self._row_scales, reduced * units)

    def _without_free_rows(self, prices: Vector, reduced: Vector) -> tuple[Vector, Vector]:
        """Return prices and reduced costs that prove the same, none at a row without the bound that it would push to.

        What goes with such a row, as an account with who is lost, is mostly fixed itself: then nothing is lost of it.
        """
        free = ~np.isfinite(np.where(prices > 0.0, self._rows.lower, self._rows.upper)) & (prices != 0.0)
        if not free.any():
            return prices, reduced
        moved = self._matrix().T @ np.where(free, prices, 0.0)
        found = reduced + moved
        found[np.abs(found) <= LAST_DIGITS * np.abs(moved)] = 0.0
        return np.where(free, 0.0, prices), found

    def _without_plan(self) -> bool:
        """Whether a ray of the last run proves that there is no plan, at a tenth of what bounds may be missed by.

        A run from scratch at that tolerance could then say nothing else.
        """
        return self._ray() is not None

    def _known_without_plan(self) -> Outcome | None:
        """Say that there is no plan where what proved it before proves it within the bounds as they are."""
        if (found := self._rays.proving(self._columns, self._rows, self._missed / 10)) is None:
            return None
        columns, rows = found
        self._ray_known = columns, np.append(rows, np.zeros(len(self._row_scales) - len(rows)))
        return Outcome(Answer.INFEASIBLE, np.empty(0))

    def _noted(self, outcome: Outcome) -> Outcome:
        """Note what proved that there is no plan, if that is how it ends; rows that are held have no part in it."""
        ray = self._ray() if self.notes_rays and outcome.answer is Answer.INFEASIBLE else None
        if ray is None:
            return outcome
        rows, matrix = ray[1][: len(self.programme.rows)], self._sent.matrix
        self._rays.note(-_pushed(matrix, rows), rows)
        return outcome

    def _ray(self) -> tuple[Vector, Vector] | None:
        """Return prices of columns and of rows that prove that there is no plan, None where none are known."""
        if self._ray_known is not None:
            return self._ray_known
        status, found = self._highs.getDualRayExist()
        if not (is_ok(status) and found):
            return None
        _, found, values = self._highs.getDualRay()
        if not found:
            return None
        ray, matrix = np.array(values, dtype=float), self._matrix()
        pushed = _pushed(matrix, ray)
        room = self._missed / 10 * (np.abs(ray).sum() + np.abs(pushed).sum())
        for sign in (1.0, -1.0):
            if self._rows.least(sign * ray) + self._columns.least(-sign * pushed) > room:
                return -sign * pushed, sign * ray
        return None

    def ray(self, function: Function) -> Vector | None:
        """Return a direction along which ``function`` falls for ever, whole columns taken as continuous."""
        self._highs.clearSolver()
        self._basis = None
        self._set(presolve="off", solver="simplex", objective_bound=np.inf)
        self._let_wait(np.zeros(len(self._rows.lower), dtype=bool))
        try:
            self._price(self._scales.function(function).scaled)
            self._send_bounds()
            run(self._highs)
            _, found, *values = self._highs.getPrimalRay()
            return np.array(values[0], dtype=float) * self._scales.columns if found else None
        finally:
            self._set(presolve="choose", solver="choose")


def _pushed(matrix: Any, prices: Vector) -> Vector:
    """Return what prices of rows make of each column, 0 where only rounding is left of it."""
    found: Vector = matrix.T @ prices
    found[np.abs(found) <= LAST_DIGITS * (abs(matrix).T @ np.abs(prices))] = 0.0
    return found


def _with(reduced: Vector, columns: Positions, terms: Vector) -> Vector:
    """Return reduced costs with so much more at some columns."""
    found = reduced.copy()
    found[columns] += terms
    return found
