"""The programme of one rank as a file for another solver, and where each of its names stands in the workbook."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy import sparse

from filiere.chain.chain import Chain, Objective
from filiere.model.index import Index
from filiere.model.text import name as readable
from filiere.problems import Cell
from filiere.schema import words as w
from filiere.solution.solution import Solution
from filiere.solver.plain.names import ascii_names
from filiere.solver.plain.session import Plain
from filiere.solver.programme.compile import Function, Name, Names, Programme, compiled
from filiere.solver.programme.places import cell_of_column, cell_of_row
from filiere.solver.ranks.circular import circular_rate
from filiere.solver.ranks.rank import Rank
from filiere.solver.ranks.ranks import reached_ranks
from filiere.solver.ranks.step import RankError
from filiere.solver.session.cases.search import Search
from filiere.solver.session.highs import written
from filiere.solver.solve import without_plan

HELD = "held"
"""The family of the rows that hold the ranks before."""


@dataclass(frozen=True)
class Exported:
    """One rank's programme, the ranks before it held as rows of it; ``value`` is its optimum.

    Of the circular use rate λ = U/(U + M), what is maximised is (U − λ(U + M))/s + λ at the best rate, s being
    its largest coefficient: λ at the optimum.
    """

    rank: Rank
    value: float
    programme: Programme
    function: Function
    maximised: bool

    def text(self, ending: str) -> bytes:
        """Return the file's content, MPS or LP by its ending."""
        with tempfile.TemporaryDirectory(prefix="filiere-") as folder:
            path = Path(folder) / f"model{ending}"
            function = self.function
            written(self.programme, function.coefficients, function.constant, self.maximised, self.names, path)
            # HiGHS ends its LP with an empty section that others take for one more variable.
            return path.read_bytes().replace(b"\nsemi\nend", b"\nend")

    def places(self) -> bytes:
        """Return the table of names: what each row and each column of the file is called, its sheet and cell."""
        programme, (rows, columns) = self.programme, self.names
        cells = [_cell_of_row(programme.index, name) for name in programme.rows]
        cells += [cell_of_column(programme.index, name) for name in programme.columns]
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(("name", "sheet", "cell"))
        for name, cell in zip([*rows, *columns], cells, strict=True):
            table.writerow((name, cell.sheet, cell.reference) if cell else (name, "", ""))
        return text.getvalue().encode("utf-8")

    @cached_property
    def names(self) -> tuple[list[str], list[str]]:
        """The names of rows and of columns: ASCII, each once."""
        programme = self.programme
        rows = [_readable(programme.index, name) for name in programme.rows]
        columns = [_readable(programme.index, name) for name in programme.columns]
        return ascii_names(rows, "r"), ascii_names(columns, "x")


def export(chain: Chain, number: int) -> Exported | Solution:
    """Return the programme of the rank of that number, or why the chain has no plan.

    Raises ``KeyError`` where no rank has the number, ``RankError`` where numbers fail a rank.
    """
    search = Search(Plain(compiled(chain)))
    try:
        for exported in exports(search, chain.objectives):
            if exported.rank.number == number:
                return exported
    except RankError as error:
        return without_plan(error, search)
    raise KeyError(number)


def exports(search: Search, objectives: Sequence[Objective]) -> Iterator[Exported]:
    """Return the programme of one rank after another. Raises ``RankError``."""
    session = search.session
    assert isinstance(session, Plain)
    for reached in reached_ranks(search, objectives):
        rank, function, columns = reached.rank, reached.function, reached.outcome.columns
        maximised = rank.circular or all(one.direction is w.Direction.MAX for one in rank.objectives)
        if rank.circular:
            function = replace(function, constant=function.constant - circular_rate(session.programme, columns))
        if maximised:
            function = function * -1.0
        yield Exported(rank, function.at(columns), _with_rows(session, reached.held), function, maximised)


def _with_rows(session: Plain, of: Sequence[tuple[int, str]]) -> Programme:
    """Return the programme as the session holds it now: bounds set, ranks held as rows of their own."""
    programme, held = session.programme, session.held()
    lower, upper = session.column_bounds()
    # Those of the whole columns are of the last case that was tried.
    lower[programme.whole], upper[programme.whole] = (
        programme.column_lower[programme.whole],
        programme.column_upper[programme.whole],
    )
    extra = sparse.csr_array(np.array([row.coefficients for row, _ in held]).reshape(len(held), len(lower)))
    return replace(
        programme,
        matrix=sparse.csr_array(sparse.vstack([programme.matrix, extra], format="csr")),
        row_lower=np.append(programme.row_lower, np.full(len(held), -np.inf)),
        row_upper=np.append(programme.row_upper, [bound for _, bound in held]),
        column_lower=lower,
        column_upper=upper,
        rows=Names((*programme.rows, *((HELD, rank) for rank in of))),
    )


def _readable(x: Index, name: Name) -> str:
    if name[0] != HELD:
        return readable(x, *name)
    number, rank = name[1]
    return f"{HELD} {number} {rank}"


def _cell_of_row(x: Index, name: Name) -> Cell | None:
    if name[0] != HELD:
        return cell_of_row(x, name)
    rows = (objective.row for objective in x.chain.objectives if objective.rank == name[1][0])
    return next((row.at("objective") for row in rows if row is not None), None)
