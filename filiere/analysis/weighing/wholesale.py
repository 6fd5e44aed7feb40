"""A whole column, or all the figures of one actor, typed in another unit: kg for t, all the way down.

Each account of a wrong column is a thousandfold off, and which figure is to blame cannot be read off one of them. So
it is tried which column, or whose figures, make most of the accounts fit when they are a thousand times smaller or
larger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from filiere.chain.chain import Chain, Link, Need, Process
from filiere.language import Label
from filiere.names import loose
from filiere.problems import Cell, Problem
from filiere.problems import weighing as say
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.schema.columns import columns

_APART, _NEAR = 200.0, 3.0
"""From the first ratio on, two sides are taken for being in two units; up to the second, for the same amount."""
_FACTORS = (1e-3, 1e3)
_MOST = 6
"""Columns and actors that are looked for at most."""
_FEWEST = 4
"""Accounts that a column must settle before it is blamed as a whole."""
_MOST_LEFT = 0.4
"""The share of the accounts off that it may leave off."""

Key = tuple[str, str]
"""A column and the unit of its figures, or ``actor`` or ``seller`` and a name."""
_LINKS, _LEVELS, _NEEDS, _RECIPES = "links", "processes", "needs", "recipes"
_ACTOR, _SELLER, _BUYER = "actor", "seller", "buyer"
"""All figures of an actor, those of what it sells and does, or those of what it buys."""
_ANY = ""
"""Stands for all units of a column."""
_HEADINGS: Mapping[str, tuple[type[t.Row], str]] = {
    _LINKS: (t.LinkRow, "today"), _LEVELS: (t.ProcessRow, "today"), _NEEDS: (t.NeedRow, "quantity"),
    _RECIPES: (t.RecipeRow, "input"),
}  # fmt: skip


@dataclass
class _Account:
    """What comes in (above 0) and goes out, each amount with what it would be scaled with."""

    terms: list[tuple[float, frozenset[Key]]] = field(default_factory=list)
    one_sided: bool = False
    """Whether only what comes in may be too much: a capacity may be far larger than what is used of it."""

    def ratio(self, key: Key | None = None, factor: float = 1.0) -> float:
        """Return what comes in over what goes out, one key being scaled; 1 where there are no two sides."""
        scaled = [amount * (factor if key in keys else 1.0) for amount, keys in self.terms]
        into, out = sum(a for a in scaled if a > 0.0), -sum(a for a in scaled if a < 0.0)
        ratio = into / out if into > 0.0 and out > 0.0 else 1.0
        return max(1.0, ratio) if self.one_sided else ratio


@dataclass(frozen=True)
class Slip:
    """What a thousandfold slip is of, by what it is to be multiplied, and how many accounts then fit."""

    key: Key
    factor: float
    settled: int


def slips_of(chain: Chain) -> tuple[Slip, ...]:
    """Return the columns and actors whose figures are all in another unit, what settles most first."""
    found: list[Slip] = []
    while len(found) < _MOST and (slip := _slip_of(chain)) is not None:
        found.append(slip)
        chain = mended(chain, slip)
    return tuple(found)


def _slip_of(chain: Chain) -> Slip | None:
    off, even, count = dict[Key, list[_Account]](), dict[Key, list[_Account]](), 0
    for one in _accounts(chain):
        ratio = one.ratio()
        count += _off(ratio)
        if _off(ratio) or _fits(ratio):
            for key in {key for _, used in one.terms for key in used}:
                (off if _off(ratio) else even).setdefault(key, []).append(one)
    least = max(_FEWEST, (1.0 - _MOST_LEFT) * count)
    best: tuple[int, bool, Slip] | None = None
    for key in sorted(key for key, touched in off.items() if len(touched) >= least):
        for factor in _FACTORS:
            settled = sum(_fits(one.ratio(key, factor)) for one in off[key])
            broken = sum(_off(one.ratio(key, factor)) for one in even.get(key, ())) if settled >= least else 0
            rank = (settled - broken, key[0] == _LINKS, Slip(key, factor, settled))
            if settled >= least and broken <= settled / 4 and (best is None or rank[:2] > best[:2]):
                best = rank
    return best[2] if best else None


def told(chain: Chain, slip: Slip) -> Problem:
    """Say which figures are in another unit."""
    kind, name = slip.key
    larger = slip.factor < 1.0
    way, mend = (say.TOO_LARGE, say.DIVIDE) if larger else (say.TOO_SMALL, say.MULTIPLY)
    if kind in (_ACTOR, _SELLER, _BUYER):
        cell = chain.actors[name].row.at("actor")
        return say.ACTOR_SCALE.at(cell, whose=say.whose(kind, name), count=slip.settled, way=way, mend=mend)
    row, field_ = _HEADINGS[kind]
    cells = sorted((c for c in _cells(chain, slip.key) if c), key=lambda c: (c.sheet, c.row or 0, c.column or 0))
    column = columns(row)[field_]
    return say.COLUMN_SCALE.at(
        cells[0] if cells else None, count=slip.settled, way=way, mend=mend, column=column.label,
        sheet=row.table.label, of_unit=Label(f" in {name}", f" en {name}") if name else Label("", ""),
        first=str(cells[0]) if cells else "", last=cells[-1].reference if cells else "",
    )  # fmt: skip


def mended(chain: Chain, slip: Slip) -> Chain:
    """Return the chain as it would be were the slip corrected."""
    unit = {one.name: one.unit for one in chain.products.values()}

    def right(amount: float, keys: Iterable[Key]) -> float:
        return amount * slip.factor if slip.key in keys else amount

    def amounts(of: Mapping[str, float]) -> dict[str, float]:
        return {product: right(amount, [(_RECIPES, unit[product])]) for product, amount in of.items()}

    return replace(
        chain,
        links=tuple(replace(e, today=right(e.today, _of_link(chain, e))) if e.today else e for e in chain.links),
        processes={
            key: replace(
                p, today=right(p.today, _of_level(chain, p)) if p.today else p.today, inputs=amounts(p.inputs),
                outputs=amounts(p.outputs),
                capacity=right(p.capacity, _of_level(chain, p)) if p.capacity and _goes_along(p) else p.capacity,
            )
            for key, p in chain.processes.items()
        },
        needs=tuple(replace(n, quantity=right(n.quantity, _of_need(chain, n))) if n.quantity else n
                    for n in chain.needs),
    )  # fmt: skip


def _goes_along(process: Process) -> bool:
    """Whether a capacity is in the unit of this year's level, whichever that is."""
    return bool(process.today) and 1.0 <= (process.capacity or 0.0) / (process.today or 1.0) < _APART


def _of_link(chain: Chain, link: Link) -> frozenset[Key]:
    unit = chain.products[link.product].unit
    ends = {(_ACTOR, link.from_), (_ACTOR, link.to), (_SELLER, link.from_), (_BUYER, link.to)}
    return frozenset({(_LINKS, unit), (_LINKS, _ANY), *ends})


def _of_level(chain: Chain, process: Process) -> frozenset[Key]:
    actor = process.actor
    return frozenset({(_LEVELS, _unit(chain, process)), (_LEVELS, _ANY), (_ACTOR, actor), (_SELLER, actor)})


def _of_need(chain: Chain, need: Need) -> frozenset[Key]:
    unit = chain.products[need.product].unit if need.product in chain.products else ""
    return frozenset({(_NEEDS, unit), (_ACTOR, need.actor)})


def needs_off(chain: Chain) -> Iterator[Problem]:
    """Report needs a thousand times what is delivered this year, or a thousandth of it."""
    typed = _typed(chain)
    for place, needs in _needs(chain).items():
        served = _Account([*typed.get(place, ()), *((-(n.quantity or 0.0), frozenset[Key]()) for n in needs)])
        uses = any(amount < 0.0 for amount, _ in served.terms[: -len(needs)])
        if not uses and _off(served.ratio()):
            got = sum(amount for amount, _ in served.terms if amount > 0.0)
            actor, product = place
            yield say.NEED_SCALE.at(
                needs[0].row.at("quantity"), actor=actor, product=product, unit=chain.products[product].unit,
                quantity=sum(n.quantity or 0.0 for n in needs), got=got,
            )  # fmt: skip


def folded(chain: Chain, problems: Sequence[Problem]) -> tuple[list[Problem], tuple[Problem, ...]]:
    """Return findings with those of a column that is off as a whole told once, at its first cell; and the others."""
    by_sheet: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.code in (say.PRICE_SCALE.code, say.RECIPE_SCALE.code) and problem.cell is not None:
            by_sheet[problem.code, problem.cell.sheet].append(problem)
    typed = {
        say.RECIPE_SCALE.code: sum(len(p.recipe) for p in chain.processes.values()),
        say.PRICE_SCALE.code: min(len({id(e.row) for e in chain.links if e.price}), len(chain.products)),
    }
    result, left = list(problems), list[Problem]()
    for (code, sheet), group in by_sheet.items():
        if len(group) < max(2 * _FEWEST, 0.1 * typed[code]):
            continue
        kind = say.PRICES_SCALE if code == say.PRICE_SCALE.code else say.RECIPES_SCALE
        group.sort(key=lambda one: (one.cell.row or 0) if one.cell else 0)
        first = group[0]
        one = kind.at(first.cell, count=len(group), sheet=sheet, first=str(first.cell),
                      last=group[-1].cell.reference if group[-1].cell else "",
                      value=first.facts["value"], usual=first.facts["usual"],
                      product=first.facts["product"], unit=first.facts["unit"])  # fmt: skip
        result = [one, *(p for p in result if p not in group)]
        left += group
    return result, tuple(left)


def _off(ratio: float) -> bool:
    return ratio >= _APART or ratio <= 1.0 / _APART


def _fits(ratio: float) -> bool:
    return 1.0 / _NEAR <= ratio <= _NEAR


def _accounts(chain: Chain) -> Iterator[_Account]:
    typed, needs = _typed(chain), _needs(chain)
    for place in sorted(set(typed) | set(needs)):
        if chain.inside(place[0]):
            wanted = [(-(n.quantity or 0.0), _of_need(chain, n)) for n in needs.get(place, ())]
            yield _Account([*typed.get(place, ()), *wanted])
    for process in chain.processes.values():
        if process.today and process.capacity:
            levels = [(process.today, _of_level(chain, process)), (-process.capacity, frozenset[Key]())]
            yield _Account(levels, one_sided=True)


def _typed(chain: Chain) -> Mapping[tuple[str, str], list[tuple[float, frozenset[Key]]]]:
    """Return what this year's typed figures bring into and take out of each account."""
    found: dict[tuple[str, str], list[tuple[float, frozenset[Key]]]] = defaultdict(list)
    for e in chain.links:
        if e.today:
            keys = _of_link(chain, e)
            found[e.to, e.product].append((e.today * (1.0 - e.loss), keys))
            found[e.from_, e.product].append((-e.today, keys))
    for process in chain.processes.values():
        if process.today:
            for product in {*process.inputs, *process.outputs}:
                net = process.outputs.get(product, 0.0) - process.inputs.get(product, 0.0)
                keys = _of_level(chain, process) | {(_RECIPES, chain.products[product].unit)}
                found[process.actor, product].append((net * process.today, keys))
    return found


def _needs(chain: Chain) -> Mapping[tuple[str, str], list[Need]]:
    found: dict[tuple[str, str], list[Need]] = defaultdict(list)
    for need in chain.needs:
        if need.quantity and need.product in chain.products and need.obligation is not w.Obligation.OUTLET:
            found[need.actor, need.product].append(need)
    return found


def _unit(chain: Chain, process: Process) -> str:
    """Return the unit in which an activity's level is likely to be counted: that of what it puts out, or takes in."""
    product = next(iter(process.outputs), None) or next(iter(process.inputs), None)
    return chain.products[product].unit if product is not None else ""


def _cells(chain: Chain, key: Key) -> Iterator[Cell | None]:
    kind, unit = key
    if kind == _LINKS:
        yield from (
            e.row.at("today") for e in chain.links if e.today and unit in (_ANY, chain.products[e.product].unit)
        )
    elif kind == _LEVELS:
        yield from (p.row.at("today") for p in chain.processes.values() if p.today and unit in (_ANY, _unit(chain, p)))
    elif kind == _RECIPES:
        units = {loose(one.name): one.unit for one in chain.products.values()}
        rows = {id(r): r for p in chain.processes.values() for r in p.recipe}.values()
        yield from (r.at("input" if r.input else "output") for r in rows if units.get(loose(r.product)) == unit)
    else:
        yield from (n.row.at("quantity") for rows in _needs(chain).values() for n in rows
                    if chain.products[n.product].unit == unit)  # fmt: skip
