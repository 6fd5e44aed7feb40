"""Needs on a family: any mix of its products serves them.

Such a need is one for a product of the family's name, which an activity of the same name puts out: one unit for one
unit of any of the family's products, in any mix. The rest of the program knows choices among inputs already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from filiere.chain.assemble.names import Register
from filiere.chain.chain import Process, Product
from filiere.chain.parse.tables import Tables
from filiere.names import fold, tidy
from filiere.problems import Cell, pooling
from filiere.schema import tables as t
from filiere.schema import words as w

Key = tuple[str, str]


@dataclass(frozen=True)
class FamilyNeeds:
    """What needs on families added: folded names of families, with the folded names of their products."""

    families: Mapping[str, tuple[str, ...]]

    def marked(self, processes: Mapping[Key, Process]) -> dict[Key, Process]:
        """Return the processes, those that only serve a need on a family being marked."""
        return {
            key: replace(one, serves=True) if fold(key[0]) in self.families else one for key, one in processes.items()
        }

    def weighed(self, names: set[str]) -> set[str]:
        """Return the products whose price matters, without the families' own: theirs is that of their products."""
        return {name for name in names if fold(name) not in self.families}

    def valued(self, products: Mapping[str, Product]) -> dict[str, Product]:
        """Return the products, each family counting at the mean of its products."""
        found = dict(products)
        for name, product in products.items():
            folded = self.families.get(fold(name))
            members = [products[p] for p in products if fold(p) in folded] if folded else []
            if members:
                found[name] = replace(product, value=sum(p.value for p in members) / len(members))
        return found


def with_family_needs(tables: Tables, register: Register) -> tuple[Tables, FamilyNeeds]:
    """Return the tables with what serves the needs on families written out, and which families these are."""
    known = {fold(row.product) for row in tables.products}
    families: dict[str, list[t.ProductRow]] = {}
    for row in tables.products:
        if row.family:
            families.setdefault(fold(row.family), []).append(row)
    asked = [row for row in tables.needs if fold(row.product) not in known and fold(row.product) in families]
    if not asked:
        return tables, FamilyNeeds({})
    added = _Added(tables, {fold(row.process) for row in tables.processes})
    for need in asked:
        added.serve(need, families[fold(need.product)], register)
    return added.tables(), FamilyNeeds({name: tuple(fold(p.product) for p in families[name]) for name in added.names})


class _Added:
    """Rows of products, activities and recipes, as needs on families are met one by one."""

    def __init__(self, tables: Tables, activities: set[str]) -> None:
        self._tables, self._activities = tables, activities
        self.names: set[str] = set()
        self._products: list[t.ProductRow] = []
        self._processes: dict[Key, t.ProcessRow] = {}
        self._recipes: list[t.RecipeRow] = []
        self._inside = {fold(row.actor) for row in tables.actors if row.perimeter is not None and row.perimeter.inside}

    def tables(self) -> Tables:
        """Return the tables with the added rows."""
        old = self._tables
        return replace(
            old, products=(*old.products, *self._products), processes=(*old.processes, *self._processes.values()),
            recipes=(*old.recipes, *self._recipes),
        )  # fmt: skip

    def serve(self, row: t.NeedRow, members: Sequence[t.ProductRow], register: Register) -> None:
        """Add what serves one need."""
        family, cell = tidy(row.product), row.at("product")
        if fold(family) not in self.names and not self._declare(family, members, cell, register):
            return
        for actor in self._actors(row):
            if fold(actor) not in self._inside:
                register.report(pooling.FAMILY_OUTSIDE.at(cell, family=family, actor=actor))
                register.incomplete = True
            else:
                self._processes.setdefault(
                    (fold(family), fold(actor)), t.ProcessRow(process=family, actor=actor, cells=_cells(cell))
                )

    def _declare(self, family: str, members: Sequence[t.ProductRow], cell: Cell | None, register: Register) -> bool:
        units = {fold(one.unit): tidy(one.unit) for one in members}
        if len(units) > 1:
            register.report(pooling.FAMILY_UNITS.at(cell, family=family, units=tuple(units.values())))
            return False
        if fold(family) in self._activities:
            register.report(pooling.FAMILY_IS_ACTIVITY.at(cell, family=family))
            return False
        self.names.add(fold(family))
        kinds, first = {one.kind for one in members}, members[0]
        kind = first.kind if len(kinds) == 1 and first.kind is not w.ProductKind.PRIMARY else w.ProductKind.PRODUCT
        masses = [one.kg for one in members if one.kg is not None]
        self._products.append(t.ProductRow(
            product=family, unit=first.unit, kind=kind, may_discard=w.YesNo.NO, cells=_cells(cell),
            criticality=sum(one.criticality for one in members) / len(members),
            kg=sum(masses) / len(masses) if masses and kind is not w.ProductKind.SERVICE else None,
        ))  # fmt: skip
        self._recipes.append(t.RecipeRow(process=family, product=family, output=1.0, cells=_cells(cell)))
        self._recipes += [
            t.RecipeRow(process=family, product=one.product, input=1.0, choice=family, cells=_cells(cell))
            for one in members
        ]
        return True

    def _actors(self, row: t.NeedRow) -> list[str]:
        """Return the actor of a need, or those of its group."""
        named = [one.actor for one in self._tables.actors if fold(one.actor) == fold(row.actor)]
        return named or [
            one.actor for one in self._tables.actors if fold(row.actor) in {fold(group) for group in one.group}
        ]


def _cells(cell: Cell | None) -> dict[str, Cell]:
    return {"": cell} if cell else {}
