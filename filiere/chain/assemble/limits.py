"""Limits: what each side condition sums, once its names are resolved."""

from __future__ import annotations

from collections.abc import Container, Mapping

from filiere.chain.assemble.measures import MeasureNames, is_measure
from filiere.chain.assemble.names import Register
from filiere.chain.assemble.objectives import nearest_word, unknown_measure, written
from filiere.chain.chain import Actor, Limit, Process, Product, Scope
from filiere.chain.parse.cell import word_of
from filiere.chain.parse.tables import Tables
from filiere.language import Label, as_written, percents
from filiere.names import fold, loose, tidy
from filiere.problems import assembling as say
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.schema.limit_measures import EVERY_FILTER, LIMIT_MEASURES, limit_measure

_EVERYBODY = "*"
_FLOWS = tuple(measure for measure, facts in LIMIT_MEASURES.items() if facts.of_flows)
_MEASURES = {loose(spelling): measure for measure in w.LimitMeasure for spelling in measure.spellings}
_COLUMN_OF_EACH = {
    w.Each.FROM: "from_", w.Each.TO: "to", w.Each.PRODUCT: "product", w.Each.PROCESS: "process",
    w.Each.PERIOD: "period",
}  # fmt: skip


class Scopes:
    """Finds what the names of a limit stand for: actors, products and activities."""

    def __init__(
        self, actors: Mapping[str, Actor], groups: Mapping[str, tuple[str, ...]],
        products: Mapping[str, Product], processes: Mapping[tuple[str, str], Process], families: Container[str],
        register: Register,
    ) -> None:  # fmt: skip
        """``families`` are those that are products besides, because a need names them, folded."""
        self._actors, self._groups = actors, groups
        self._products, self._processes = products, processes
        self._families, self._register = families, register

    def who(self, row: t.LimitRow, column: str) -> frozenset[str] | None:
        """Return the actors of ``from`` or ``to``: an actor, else a group, else a perimeter, else a sector."""
        name = getattr(row, column)
        if name is None or name == _EVERYBODY:
            return None
        register = self._register
        actor = register.names("actors").get(name)
        if actor is not None:
            return frozenset((actor,))
        group = register.names("groups").get(name)
        if group is not None:
            return frozenset(self._groups[group])
        for words, attribute in ((w.Perimeter, "perimeter"), (w.Sector, "sector")):
            word = word_of(words, name)
            if word is not None:
                return frozenset(a.name for a in self._actors.values() if getattr(a, attribute) is word)
        others = [spelling for words in (w.Perimeter, w.Sector) for word in words for spelling in word.spellings]
        register.unknown(("actors", "groups"), name, row.at(column), others)
        return frozenset()

    def what(self, row: t.LimitRow, column: str) -> frozenset[str] | None:
        """Return the products of ``product`` or ``of``: a product, else a family, else a label.

        A family that is needed as such is a product too, which nobody delivers: its own products count with it.
        """
        name = getattr(row, column)
        if name is None or name == _EVERYBODY:
            return None
        register = self._register
        product = register.names("products").get(name)
        if product is not None and fold(product) not in self._families:
            return frozenset((product,))
        family = register.names("families").get(name)
        if family is not None:
            made = frozenset((product,)) if product is not None else frozenset()
            return made | {p.name for p in self._products.values() if p.family and _same(p.family, family)}
        label = register.names("labels").get(name)
        if label is not None:
            return frozenset(p.name for p in self._products.values() if label in p.labels)
        register.unknown(("products", "families", "labels"), name, row.at(column))
        return frozenset()

    def label(self, row: t.LimitRow, column: str) -> str | None:
        """Return the label that ``product`` or ``of`` names, None where it names a product, a family or nothing."""
        name, names = getattr(row, column), self._register.names
        if name is None or names("products").get(name) or names("families").get(name):
            return None
        return names("labels").get(name)

    def which(self, row: t.LimitRow) -> frozenset[tuple[str, str]] | None:
        """Return the activities of that name, whoever does them."""
        if row.process is None:
            return None
        name = self._register.named("processes", row, "process")
        return frozenset(key for key in self._processes if key[0] == name)

    def when(self, row: t.LimitRow) -> str | None:
        """Return the period, None for the year."""
        return self._register.named("periods", row, "period") if row.period else None


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def assemble_limits(tables: Tables, scopes: Scopes, measures: MeasureNames, register: Register) -> tuple[Limit, ...]:
    """Return the side conditions."""
    rows = register.unique(((fold(row.limit),), row) for row in tables.limits)
    limits = []
    for row in rows.values():
        measure = _measure(row, measures, register)
        if measure is None:
            continue
        facts = limit_measure(measure)
        known = facts.filters if facts else EVERY_FILTER
        _report_filters(row, measure, known, register)
        scope = Scope(
            scopes.who(row, "from_") if "from_" in known else None,
            scopes.who(row, "to") if "to" in known else None,
            scopes.what(row, "product") if "product" in known else None,
            scopes.which(row) if "process" in known else None,
            scopes.when(row) if "period" in known else None,
            scopes.label(row, "product") if "product" in known else None,
        )
        if row.each is not None and _COLUMN_OF_EACH[row.each] not in known:
            register.report(say.LIMIT_EACH.at(row.at("each"), each=row.each.label, measure=_said(measure)))
        of, of_label = scopes.what(row, "of"), scopes.label(row, "of")
        _check_basis(row, measure, scope, (of, of_label), measures, register)
        wished = row.obligation is w.Firmness.WISH
        limits.append(
            Limit(tidy(row.limit), measure, scope, row.sense, row.value, row.basis, of, row, of_label, wished)
        )
    return tuple(limits)


def _measure(row: t.LimitRow, measures: MeasureNames, register: Register) -> w.LimitMeasure | str | None:
    if isinstance(row.measure, w.LimitMeasure):
        return row.measure
    named = measures.get(row.measure)
    if named is not None:
        return named
    if is_measure(row.measure):
        unknown_measure(row, "measure", row.measure, measures, register)
        return None
    word = _MEASURES.get(loose(row.measure))
    if word is None:
        near = nearest_word(row.measure, w.LimitMeasure, measures) or w.LimitMeasure.QUANTITY.label
        known = written([*(measure.label for measure in w.LimitMeasure), *(as_written(n) for n in measures.all)])
        register.report(say.LIMIT_MEASURE.at(row.at("measure"), name=tidy(row.measure), known=known, near=near))
    return word


def _report_filters(row: t.LimitRow, measure: w.LimitMeasure | str, known: tuple[str, ...], register: Register) -> None:
    for column in EVERY_FILTER:
        if column not in known and getattr(row, column) is not None:
            heading = columns(t.LimitRow)[column].label
            register.report(say.LIMIT_FILTER.at(row.at(column), filter=heading, measure=_said(measure)))


def _check_basis(
    row: t.LimitRow, measure: w.LimitMeasure | str, scope: Scope, of: tuple[frozenset[str] | None, str | None],
    measures: MeasureNames, register: Register,
) -> None:  # fmt: skip
    purchases, sales = w.LimitBasis.PURCHASES, w.LimitBasis.SALES
    if row.basis is w.LimitBasis.ABSOLUTE:
        if row.of is not None:
            register.report(say.LIMIT_OF.at(row.at("of"), purchases=purchases.label, sales=sales.label))
        return
    if measure not in _FLOWS and measure not in measures.on_links:
        known = written([*(flow.label for flow in _FLOWS), *(as_written(n) for n in sorted(measures.on_links))])
        register.report(
            say.LIMIT_SHARE_MEASURE.at(row.at("measure"), basis=row.basis.label, measure=_said(measure), known=known)
        )
    if not 0.0 <= row.value <= 1.0:
        # What is no number of per cent is mended by an example: 110 % was not meant to be 1.1 %.
        typed = row.value if 2.0 <= row.value <= 100.0 else 50.0
        register.report(
            say.LIMIT_SHARE_VALUE.at(
                row.at("value"), value=row.value, typed=typed, share=typed / 100.0, percent=percents(typed / 100.0)
            )
        )
    end, column = (scope.sellers, "from_") if row.basis is purchases else (scope.buyers, "to")
    parted = row.each is (w.Each.FROM if row.basis is purchases else w.Each.TO)
    if end is None and not parted and (of[0] is None or of == (scope.products, scope.label)):
        heading = columns(t.LimitRow)[column].label
        register.report(say.LIMIT_SHARE_OF_ITSELF.at(row.at(column), end=heading))


def _said(measure: w.LimitMeasure | str) -> Label | str:
    return measure.label if isinstance(measure, w.LimitMeasure) else measure
