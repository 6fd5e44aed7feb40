"""One typed figure changed in a chain: the step that a lever takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from filiere.chain.chain import Chain
from filiere.solver.programme.figures import Figure

Key = TypeVar("Key")

FIELDS: Mapping[str, tuple[str, str]] = {
    "capacity_limit": ("processes", "capacity"),
    "yearly_capacity_limit": ("processes", "capacity"),
    "activity_minimum": ("processes", "minimum"),
    "expansion_limit": ("processes", "expansion_max"),
    "link_maximum": ("links", "maximum"),
    "link_minimum": ("links", "minimum"),
    "need_served": ("needs", "quantity"),
    "need_served_in_year": ("needs", "quantity"),
    "offer_limit": ("offers", "maximum"),
    "offer_limit_in_year": ("offers", "maximum"),
    "storage_capacity": ("storages", "capacity"),
    "final_stock": ("storages", "final"),
    "no_build_up": ("storages", "initial"),
    "budget": ("actors", "reserve"),
    "surplus_floor": ("actors", "least_surplus"),
    "grant_maximum": ("funding", "maximum"),
    "grant_minimum": ("funding", "minimum"),
    "grant_per_unit": ("funding", "unit_amount"),
    "limit": ("limits", "value"),
}
"""Equation → the table of the chain and the field that holds its figure."""


def step(chain: Chain, figure: Figure, value: float) -> Chain | None:
    """Return the chain with one figure changed to ``value``, None where it is no figure of its own.

    What must remain of today's relations rests on a setting and is left as it is.
    """
    place = FIELDS.get(figure.equation)
    if place is None or figure.source is None or value < 0.0 < figure.value:
        return None
    table, column = place
    elements: Any = getattr(chain, table)
    change = {column: value}
    if isinstance(elements, Mapping):
        changed: Any = {k: replace(v, **change) if v.row is figure.source else v for k, v in elements.items()}
    else:
        changed = tuple(replace(v, **change) if v.row is figure.source else v for v in elements)
    return replace(chain, **{table: changed})
