"""Rows that say what another row of their sheet says, word for word: pasted twice, more often than meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from filiere.chain.chain import Chain
from filiere.names import fold
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import Row, columns


def check_repeats(chain: Chain) -> Iterator[Problem]:
    """Report rows that repeat another one where rows of one key add up: links, offers, needs, funding."""
    for items in (chain.links, chain.offers, chain.needs, chain.funding):
        rows: Iterable[Row] = {id(item.row): item.row for item in items}.values()
        first: dict[tuple[object, ...], Row] = {}
        for row in rows:
            said = _said(row)
            if said in first:
                yield say.ROW_REPEATED.at(row.at(), other=first[said].at() or "")
            else:
                first[said] = row


def _said(row: Row) -> tuple[object, ...]:
    values = (getattr(row, name) for name in columns(type(row)))
    measures = getattr(row, "measures", {})
    return (*(fold(value) if isinstance(value, str) else value for value in values), *sorted(measures.items()))
