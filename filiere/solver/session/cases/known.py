"""What other solves of a programme proved of its cases, and where their runs ended."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from filiere.solver.programme.compile import Function
from filiere.solver.session.cases.case import Case
from filiere.solver.session.highs import Start
from filiere.solver.session.proofs import Priced


@dataclass(frozen=True)
class Proved:
    """A case, what its run proved of it, where that is known, and where it ended."""

    case: Case
    priced: Priced | None
    start: Start | None


@dataclass
class Cases:
    """How a solve split the cases of each function, for others of the same programme within other bounds."""

    notes: bool = False
    """Whether a solve is noted now; the others begin with what was noted."""
    learns: bool = False
    """Whether the others note where a run ended with so many rows held, if none is known: what is told then depends on
    their order.
    """
    _parts: dict[Hashable, list[Proved]] = field(default_factory=dict)
    _starts: dict[Hashable, Start] = field(default_factory=dict)
    _proofs: dict[Hashable, Priced] = field(default_factory=dict)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what is solved meanwhile."""
        self.notes = True
        try:
            yield
        finally:
            self.notes = False

    def note(self, step: Step, proved: dict[int, Proved], kept: list[Case], start: Start | None = None) -> None:
        """Note into what the cases of a step were split, and where the run ended that found its best plan.

        ``proved`` are those that were solved, by their identity; of ``kept`` some were not.
        """
        others = [Proved(case, None, None) for case in kept if id(case) not in proved]
        self._parts |= {key: [*proved.values(), *others] for key in step.keys}
        self.ended(step, start)

    def ended(self, step: Step, start: Start | None) -> None:
        """Note where the run ended that found the best plan of a step."""
        if start is not None and self.notes:
            self._starts |= dict.fromkeys(step.keys, start.known)
        elif start is not None and self.learns:
            self._starts.setdefault(step.keys[0], start.known)

    def parts(self, step: Step) -> list[Proved]:
        """Return into what the cases of a step were split, nothing where that is not known."""
        return next((self._parts[key] for key in step.keys if key in self._parts and not self.notes), [])

    def prove(self, step: Step, priced: Priced | None) -> None:
        """Note what proved alone that nothing is better than the best plan of a step."""
        if priced is not None:
            self._proofs |= dict.fromkeys(step.keys, priced)

    def proof(self, step: Step) -> Priced | None:
        """Return what proved that, None where nothing did alone."""
        parts = self.parts(step)
        alone = parts[0].priced if len(parts) == 1 else None
        return next((self._proofs[key] for key in step.keys if key in self._proofs and not self.notes), alone)

    def start(self, step: Step) -> Start | None:
        """Return where the run ended that found the best plan of a step."""
        return next((self._starts[key] for key in step.keys if key in self._starts and not self.notes), None)


@dataclass(frozen=True)
class Step:
    """By what a step of a solve is known in another: which way what it minimises pulls, and the rows held by then.

    A rate's function is another in each solve, and pulls the same way. What starts aside is known as that.
    """

    signs: bytes
    rows: int
    here: bool = False

    @property
    def keys(self) -> tuple[Hashable, Hashable]:
        """Its own, and that of any like it."""
        return (self.signs, self.here, self.rows), (self.signs, self.here)


def step_of(function: Function, rows: int, here: bool = False) -> Step:
    """Return the step that minimises a function with so many rows."""
    return Step(function.signs, rows, here)
