"""Rows that say what another row of their sheet says, word for word: pasted twice, more often than meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from filiere.chain.chain import Chain
from filiere.language import Label
from filiere.names import fold, loose
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import Row, columns
from filiere.schema.tables import LinkRow

_ASKED = ("from_", "to", "product", "period", "today", "today_buyer", "maximum", "minimum", "status")
"""What makes two exchanges one and the same, typed twice."""
_REMARKS = ("source", "confidence", "note", "uncertainty")
"""What says nothing of an exchange but where it is known from."""


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
    yield from _nearly(chain)
    yield from _twins(chain)


def _twins(chain: Chain) -> Iterator[Problem]:
    """Ask about actors, products and activities whose names only an accent, a dot or another sign tells apart."""
    named: tuple[list[tuple[str, Row]], ...] = (
        [(actor.name, actor.row) for actor in chain.actors.values()],
        [(product.name, product.row) for product in chain.products.values()],
        [(process.name, process.row) for process in chain.processes.values()],
    )
    for items, column in zip(named, ("actor", "product", "process"), strict=True):
        first: dict[str, tuple[str, Row]] = {}
        for name, row in items:
            key = "".join(sign for sign in loose(name) if sign.isalnum())
            other, its_row = first.setdefault(key, (name, row)) if key else (name, row)
            if fold(other) != fold(name):
                place = its_row.at(column) or ""
                yield say.NAMES_ALIKE.at(row.at(column), name=name, other=other, place=place)


def _nearly(chain: Chain) -> Iterator[Problem]:
    """Report exchanges whose quantities another row gives too, at another price or cost."""
    first: dict[tuple[object, ...], LinkRow] = {}
    for row in {id(link.row): link.row for link in chain.links}.values():
        if not (row.today or row.today_buyer or row.maximum):
            continue
        other = first.setdefault(_asked(row), row)
        if _said(other) == _said(row):
            continue
        apart = [name for name in columns(LinkRow) if name not in _ASKED and getattr(row, name) != getattr(other, name)]
        said = [name for name in apart if name not in _REMARKS] or apart
        at = said[0] if said else ""
        measures = sorted(name for name, _ in set(row.measures.items()) ^ set(other.measures.items()))
        yield say.LINK_REPEATED.at(row.at(at), other=other.at(at) or "", what=_headings(said, measures))


def _asked(row: LinkRow) -> tuple[object, ...]:
    values = (getattr(row, name) for name in _ASKED)
    return tuple(fold(value) if isinstance(value, str) else value for value in values)


def _headings(names: list[str], measures: list[str]) -> Label:
    headings = [columns(LinkRow)[name].label for name in names]
    headings += [Label(f"measure: {name}", f"mesure\u00a0: {name}") for name in dict.fromkeys(measures)]
    return Label(", ".join(one.en for one in headings), ", ".join(one.fr for one in headings))


def _said(row: Row) -> tuple[object, ...]:
    values = (getattr(row, name) for name in columns(type(row)))
    measures = getattr(row, "measures", {})
    return (*(fold(value) if isinstance(value, str) else value for value in values), *sorted(measures.items()))
