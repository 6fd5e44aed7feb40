"""Recipes that cannot be right: none at all, something from nothing, more out than in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from filiere.chain.chain import Chain, Process, Product
from filiere.language import Label
from filiere.problems import Problem
from filiere.problems import checking as say
from filiere.schema import tables as t
from filiere.schema import words as w

_SLACK = 1.001
"""Rounded recipes may put out this much more than they take in."""
_WITH_NATURE = 1.5
"""And this much those that take in what grows."""


def check_recipes(chain: Chain) -> Iterator[Problem]:
    """Report recipes without sense, each recipe once whoever runs it."""
    told: set[str] = set()
    for process in chain.processes.values():
        if process.name not in told:
            told.add(process.name)
            yield from _check_recipe(chain, process)


def _own_costs(process: Process) -> bool:
    """Whether an activity is no more than what its actor pays whatever happens: rent, wages, insurance."""
    row = process.row
    figures = (row.capacity, row.minimum, row.today, row.unit_cost)
    return process.fixed_cost > 0 and not any(figures) and not process.candidate


def _check_recipe(chain: Chain, process: Process) -> Iterator[Problem]:
    cell = process.row.at("process")
    if not process.takes and not process.outputs and _own_costs(process):
        return
    if not process.takes and not process.outputs:
        yield say.PROCESS_WITHOUT_RECIPE.at(cell, name=process.name, sheet=sheet_of(chain, t.RecipeRow))
        return
    if not process.takes:
        made = [name for name in process.outputs if _comes_from_something(chain.products[name])]
        if made:
            yield say.OUTPUT_FROM_NOTHING.at(process.recipe[0].at(), name=process.name, products=made)
    elif not process.outputs:
        cell = process.recipe[0].at()
        yield say.INPUT_TO_NOTHING.at(cell, name=process.name, products=process.takes, needs=sheet_of(chain, t.NeedRow))
    else:
        yield from _check_mass(chain, process)


def sheet_of(chain: Chain, row: type[t.Row]) -> str | Label:
    """Return the name that a sheet has in the workbook, or would have."""
    key = row.table.key
    return chain.sheets[key].sheet if key in chain.sheets else row.table.label


def _comes_from_something(product: Product) -> bool:
    return product.kind not in (w.ProductKind.SERVICE, w.ProductKind.PRIMARY)


def _check_mass(chain: Chain, process: Process) -> Iterator[Problem]:
    """Compare mass in and out where all of it is known; what grows on land, water or air is left alone.

    That is what puts out a primary product. What takes one in and puts out others is a mill, an oven or an animal: some
    water may come with it unsaid, half as much again may not.
    """
    taken = _most_taken(chain, process)
    made = _mass(chain, process.outputs)
    if not taken or made is None or any(chain.products[name].kind is w.ProductKind.PRIMARY for name in process.outputs):
        return
    primary = any(chain.products[name].kind is w.ProductKind.PRIMARY for name in process.inputs)
    if made > taken * (_WITH_NATURE if primary else _SLACK):
        yield say.YIELD_OVER_ONE.at(process.recipe[0].at(), name=process.name, output=made, input=taken)


def _mass(chain: Chain, amounts: Mapping[str, float]) -> float | None:
    """Return the kg of some products, None where the mass of one is unknown."""
    total = 0.0
    for name, amount in amounts.items():
        kg = chain.products[name].kg
        if kg is None:
            return None
        total += kg * amount
    return total


def _most_taken(chain: Chain, process: Process) -> float | None:
    """Return the kg that one run takes in, of each choice the heaviest; None where the mass of one is unknown."""
    total = _mass(chain, process.inputs)
    for options in process.choices.values():
        masses = [_mass(chain, {option.product: option.quantity}) for option in options]
        known = [mass for mass in masses if mass is not None]
        total = None if total is None or len(known) < len(masses) else total + max(known)
    return total
