"""Processes with their recipes, calendars and yearly cost of investment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from filiere.chain.assemble.as_typed import as_typed
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.time import Calendars
from filiere.chain.chain import Actor, Process
from filiere.chain.derived.pooled import Option
from filiere.chain.parse.tables import Tables
from filiere.language import Label
from filiere.names import fold, tidy
from filiere.problems import assembling as say
from filiere.problems import pooling
from filiere.schema import tables as t
from filiere.schema import words as w

Measures = Callable[[Mapping[str, float]], Mapping[str, float]]
"""Spells the measures of a row as the workbook first spells them."""

_SIDES = {"input": Label("input", "entrée"), "output": Label("output", "sortie")}


@dataclass
class Recipe:
    """What one unit of a process takes in and puts out, and the rows that say so."""

    inputs: dict[str, float] = field(default_factory=dict)
    outputs: dict[str, float] = field(default_factory=dict)
    choices: dict[str, list[Option]] = field(default_factory=dict)
    delays: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[str, str], t.RecipeRow] = field(default_factory=dict)
    """(side, product) → its row."""

    @property
    def all_rows(self) -> tuple[t.RecipeRow, ...]:
        """Each row once, in the order of the sheet."""
        return tuple({id(row): row for row in self.rows.values()}.values())


def assemble_processes(
    tables: Tables, actors: Mapping[str, Actor], calendars: Calendars, measures: Measures, register: Register
) -> dict[tuple[str, str], Process]:
    """Return the processes by (process, actor), each with the recipe of its name."""
    owned = _owned(tables, actors, register)
    recipes = assemble_recipes(tables, register)
    processes = {}
    for (name, actor), row in owned.items():
        recipe = recipes.get(name, Recipe())
        _check(name, row, register)
        capacity = row.capacity
        if row.status is w.ProcessStatus.SCALABLE and capacity is None:
            capacity = 0.0  # nothing yet: all of it is expansion
        worked_out: dict[str, Any] = {
            "name": name, "actor": actor, "capacity": capacity, "row": row, "recipe": recipe.all_rows,
            "investment": annuity(row, tables.settings.discount_rate), "measures": measures(row.measures),
            "whole": row.whole is w.Whole.YES, "whole_each_period": row.whole is w.Whole.EACH_PERIOD,
            "calendar": calendars.named(row.availability, row.at("availability")), "inputs": recipe.inputs,
            "outputs": recipe.outputs, "delays": recipe.delays, "minimum_load": row.minimum_load or None,
            "choices": {label: tuple(options) for label, options in recipe.choices.items()}, "requires": (),
        }  # fmt: skip
        processes[name, actor] = Process(**as_typed(row, Process) | worked_out)
    return _with_required(processes, register)


def _with_required(processes: Mapping[tuple[str, str], Process], register: Register) -> dict[tuple[str, str], Process]:
    """Return the processes, each with the projects without which it is not opened.

    A name means the actor's own project where it has one of that name, else those of every actor.
    """
    found = {}
    for key, process in processes.items():
        cell, required = process.row.at("requires"), []
        if process.row.requires and not _may_be_opened(process):
            register.report(pooling.REQUIRES_OF_NO_PROJECT.at(cell, name=process.name))
        for typed in process.row.requires:
            name = register.find("processes", typed, cell)
            keys = [other for other in processes if other[0] == name]
            keys = [other for other in keys if other[1] == process.actor] or keys
            if key in keys:
                register.report(pooling.REQUIRES_ITSELF.at(cell, name=process.name))
            elif name is not None and not any(_may_be_opened(processes[other]) for other in keys):
                register.report(pooling.REQUIRES_WHAT_EXISTS.at(cell, name=process.name, other=name))
            required += [other for other in keys if processes[other].candidate and other != key]
        found[key] = replace(process, requires=tuple(dict.fromkeys(required))) if required else process
    return found


def _may_be_opened(process: Process) -> bool:
    return process.candidate or process.opened


def _owned(tables: Tables, actors: Mapping[str, Actor], register: Register) -> dict[tuple[str, ...], t.ProcessRow]:
    """Return the process rows of known inside actors by (process, actor)."""
    names = register.names("processes")
    found = []
    for row in tables.processes:
        actor = register.named("actors", row, "actor")
        if actor is None:
            register.refuse("processes", row.process)
        elif not actors[actor].inside:
            register.report(say.OUTSIDE_PROCESS.at(row.at("actor"), actor=actor))
            register.refuse("processes", row.process)
        else:
            found.append(((names.declare(row.process, row.at("process")), actor), row))
    return register.unique(found)


def _check(name: str, row: t.ProcessRow, register: Register) -> None:
    scalable = row.status is w.ProcessStatus.SCALABLE
    if row.capacity is None and row.status is w.ProcessStatus.CANDIDATE:
        register.report(say.CANDIDATE_CAPACITY.at(row.at("capacity"), name=name))
    if row.minimum_load and row.capacity is None:
        register.report(pooling.MINIMUM_LOAD_CAPACITY.at(row.at("capacity"), name=name))
    if row.minimum_load and scalable and row.expansion_max is None:
        register.report(pooling.MINIMUM_LOAD_EXPANSION.at(row.at("expansion_max"), name=name))
    most = row.capacity
    if scalable:
        most = None if row.expansion_max is None else (row.capacity or 0.0) + row.expansion_max
    if most is not None and row.minimum > most:
        register.report(say.MINIMUM_OVER_CAPACITY.at(row.at("minimum"), minimum=row.minimum, capacity=most))
    if row.investment is not None and row.investment_total is not None:
        register.report(say.INVESTMENT_TWICE.at(row.at("investment_total")))
    if row.investment_total and not row.life:
        register.report(say.INVESTMENT_LIFE.at(row.at("life")))


def annuity(row: t.ProcessRow, rate: float) -> float:
    """Return the yearly cost of an investment: as typed, or r·C / (1 − (1 + r)^−n) of a total C over n years.

    Without a rate it is C / n: the limit of that formula.
    """
    if row.investment is not None:
        return row.investment
    if not row.investment_total or not row.life:
        return 0.0
    if rate == 0.0:
        return row.investment_total / row.life
    return float(rate * row.investment_total / (1.0 - (1.0 + rate) ** -row.life))


def assemble_recipes(tables: Tables, register: Register) -> dict[str, Recipe]:
    """Return the recipe of each process name; two rows of one product add up as input and output only."""
    recipes: dict[str, Recipe] = {}
    if not (tables.processes or tables.links or tables.needs):
        return recipes  # recipes that were there before anything was filled in wait for their activities
    for row in tables.recipes:
        process = register.named("processes", row, "process")
        product = register.named("products", row, "product")
        if process is None or product is None:
            continue
        if not row.input and not row.output:
            nothing = "output" if row.output == 0 and row.input is None else "input"
            register.report(say.RECIPE_EMPTY.at(row.at(nothing)))
            register.incomplete = True
            continue
        recipe = recipes.setdefault(process, Recipe())
        if row.choice:
            _add_option(recipe, product, row, register)
        elif row.input:
            _add(recipe, "input", recipe.inputs, product, row.input, row, register)
        if row.delay and not row.output:
            register.report(pooling.DELAY_OF_NO_OUTPUT.at(row.at("delay"), product=product))
        elif row.delay:
            recipe.delays[product] = int(row.delay)
        if row.output:
            _add(recipe, "output", recipe.outputs, product, row.output, row, register)
    _check_choices(recipes, register)
    return recipes


def _add_option(recipe: Recipe, product: str, row: t.RecipeRow, register: Register) -> None:
    """Add an input to its choice; a label is known by its folded name."""
    label = next((known for known in recipe.choices if fold(known) == fold(row.choice or "")), tidy(row.choice or ""))
    if not row.input:
        register.report(pooling.CHOICE_OF_NO_INPUT.at(row.at("choice"), product=product))
        return
    if row.choice_min > row.choice_max:
        register.report(pooling.CHOICE_SHARES_CROSS.at(row.at("choice_min"), least=row.choice_min, most=row.choice_max))
    if any(option.product == product for option in recipe.choices.get(label, ())):
        register.report(pooling.CHOICE_TWICE.at(row.at("product"), product=product, choice=label))
        return
    option = Option(product, row.input, row.choice_min, row.choice_max, row)
    recipe.choices.setdefault(label, []).append(option)
    recipe.rows[f"choice {label}", product] = row


def _check_choices(recipes: Mapping[str, Recipe], register: Register) -> None:
    """Report choices whose shares can never make a whole."""
    for options in (some for recipe in recipes.values() for some in recipe.choices.values()):
        least, most = sum(o.least for o in options), sum(o.most for o in options)
        if least > 1.0 + 1e-9 or most < 1.0 - 1e-9:
            column = "choice_min" if least > 1.0 else "choice_max"
            register.report(pooling.CHOICE_SHARES_SUM.at(options[0].row.at(column), least=least, most=most))


def _add(
    recipe: Recipe, side: str, amounts: dict[str, float], product: str, amount: float, row: t.RecipeRow,
    register: Register,
) -> None:  # fmt: skip
    if product in amounts:
        register.report(
            say.RECIPE_TWICE.at(
                row.at(side), side=_SIDES[side], product=product, process=row.process,
                other=recipe.rows[side, product].at(side) or "",
            )
        )  # fmt: skip
        return
    amounts[product] = amount
    recipe.rows[side, product] = row
