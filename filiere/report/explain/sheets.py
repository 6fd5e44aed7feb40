"""The workbook of ``explain``: levers, what is left out, how free each relation is, plans nearly as good."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filiere.analysis.explain.bound import POINT, BoundLever
from filiere.analysis.explain.levers import Explanation, Lever
from filiere.chain.chain import Chain
from filiere.language import Label, Language
from filiere.problems import Cell
from filiere.report.excel.book import Book, relative_source
from filiere.report.excel.making import workbook
from filiere.report.explain.bound import bound_effects, bound_line, bound_moves
from filiere.report.explain.figures import named, set_in, subject_of
from filiere.report.explain.told import by_unit, told_levers, told_needs
from filiere.report.explain.words import (
    difference_line,
    free_lines,
    lever_effects,
    lever_line,
    lever_unit,
    objective_name,
    variant_line,
    why_not_line,
)
from filiere.report.sheet import Column, Sheet, Show, Value

_TITLES = {
    "levers": Label("Levers", "Leviers"),
    "asked": Label("What is asked", "Ce qui est demandé"),
    "why_not": Label("Why not", "Pourquoi pas"),
    "ranges": Label("Margins", "Marges"),
    "variants": Label("Variants", "Variantes"),
}
_TITLE = Label("Why this plan", "Pourquoi ce plan")
_COST_BOUND = Label("The cost bound", "Le plafond de coût")
_NO_TIME = Label("not looked for", "non cherché")
_BY_VALUE = Label("any amount", "sans limite")


def explanation_workbook(
    explained: Explanation, language: Language, source: Path | None = None, folder: Path | None = None,
    among: Sequence[str] | None = None,
) -> bytes:  # fmt: skip
    """Return the workbook, made in memory; ``folder`` is where it will lie, for its links back to ``source``.

    ``among`` are the names of the input's sheets where the results come into a copy of it.
    Raises ``ValueError`` where the chain has no plan.
    """
    if explained.solution.plan is None:
        raise ValueError("a chain without a plan has no levers")

    def write(book: Book) -> None:
        shown = [sheet for sheet in explanation_sheets(explained, language) if sheet.height]
        for sheet in shown or [ranges_sheet(explained, language)]:
            book.write(sheet)

    title, name = _TITLE.to(language), explained.chain.settings.name
    return workbook(write, language, title=title, subject=name or "", footer=f"{title} · {name}" if name else title,
                    date=dt.date.today(), source=relative_source(source, folder), among=among)  # fmt: skip


def explanation_sheets(explained: Explanation, language: Language) -> tuple[Sheet, ...]:
    """Return the five sheets, empty ones included."""
    return (
        levers_sheet(explained, language),
        asked_sheet(explained, language),
        _why_not(explained, language),
        ranges_sheet(explained, language),
        _variants(explained, language),
    )


def _column(key: str, label: Label, language: Language, values: Iterable[Value], show: Show = Show.TEXT) -> Column:
    return Column(key, label.to(language), list(values), show)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class _Row:
    """One figure that the plan hangs on, as its row of a sheet says it."""

    what: str
    value: float
    unit: str
    objective: str | None
    per_unit: float | None
    until: Value
    step: float | None
    verified: str | None
    sentence: str
    cell: Cell | None


def levers_sheet(explained: Explanation, language: Language) -> Sheet:
    """Return one row a figure that was found to hold the plan back, the first rank and the largest effect first.

    The cost bound leads, where it does.
    """
    rows = [_lever(explained, lever, language) for lever in told_levers(explained)]
    if explained.bound is not None:
        rows.insert(0, _bound(explained.chain, explained.bound, language))
    return _figures_sheet("levers", rows, language)


def asked_sheet(explained: Explanation, language: Language) -> Sheet:
    """Return one row a need that another amount was found to matter of, in the same order."""
    rows = [_lever(explained, lever, language) for lever in told_needs(explained)]
    return _figures_sheet("asked", rows, language)


def _lever(explained: Explanation, lever: Lever, language: Language) -> _Row:
    chain, until = explained.chain, lever.until
    after: Value = until
    if until is None:
        after = None if explained.whole else _NO_TIME.to(language)
    elif math.isinf(until):
        after = _BY_VALUE.to(language)
    return _Row(
        _capital(named(chain, lever.row, lever.subject, language, lever.asked)), lever.value,
        lever_unit(chain, lever, language),
        objective_name(lever.objective, language), lever.per_unit if by_unit(chain, lever) else None, after,
        lever.step if lever.verified else None, _effect(chain, lever, language), lever_line(chain, lever, language),
        lever.cell,
    )  # fmt: skip


def _bound(chain: Chain, bound: BoundLever, language: Language) -> _Row:
    """The cost bound and its point more, in hundredths of the outlays that it is a share of."""
    moves = bound_moves(bound)
    return _Row(
        _COST_BOUND.to(language), 100.0 * bound.share, "%", objective_name(moves, language) if moves else None, None,
        None, 100.0 * POINT if moves else None, bound_effects(chain, bound, language) or None,
        bound_line(chain, bound, language), bound.cell,
    )  # fmt: skip


def _figures_sheet(key: str, rows: Sequence[_Row], language: Language) -> Sheet:
    columns = (
        _column("what", Label("Figure", "Chiffre"), language, (one.what for one in rows), Show.PROSE),
        _column("value", Label("In the workbook", "Dans le classeur"), language, (one.value for one in rows),
                Show.QUANTITY),
        _column("unit", Label("Unit", "Unité"), language, (one.unit for one in rows)),
        _column("objective", Label("Moves first", "Agit d'abord sur"), language, (one.objective for one in rows)),
        _column("per_unit", Label("Effect of one unit", "Effet d'une unité"), language,
                (one.per_unit for one in rows), Show.PRICE_CHANGE),
        _column("until", Label("Holds up to", "Vrai jusqu'à"), language, (one.until for one in rows), Show.QUANTITY),
        _column("step", Label("Step tried", "Pas essayé"), language, (one.step for one in rows), Show.CHANGE),
        _column("verified", Label("Effect of the step, solved again", "Effet du pas, recalculé"), language,
                (one.verified for one in rows), Show.PROSE),
        _column("sentence", Label("In words", "En clair"), language, (one.sentence for one in rows), Show.PROSE),
        _column("cell", Label("Cell", "Cellule"), language, (one.cell for one in rows), Show.SOURCE),
    )  # fmt: skip
    return Sheet(key, _TITLES[key].to(language), columns, printed="verified")


def _effect(chain: Chain, lever: Lever, language: Language) -> str | None:
    """What the step was found to bring, in words: figures of one objective have no unit in a column of several."""
    return set_in(language, lever_effects(chain, lever, language)) if lever.verified else None


def _why_not(explained: Explanation, language: Language) -> Sheet:
    chain, left_out = explained.chain, explained.why_not
    rows = {"link": "flow", "project_link": "flow"}
    columns = (
        _column("what", Label("Left out", "Laissé de côté"), language,
                (subject_of(chain, rows.get(one.kind, "level"), one.subject, language) for one in left_out)),
        _column("objective", Label("Because of", "À cause de"), language,
                (objective_name(one.objective, language) if one.objective else None for one in left_out)),
        _column("cost", Label("What it would cost", "Ce qu'il en coûterait"), language,
                (one.cost for one in left_out), Show.CHANGE),
        _column("now", Label("Price or cost now", "Prix ou coût actuel"), language,
                (one.now if one.column else None for one in left_out), Show.PRICE),
        _column("needed", Label("Needed", "Nécessaire"), language, (one.needed for one in left_out), Show.PRICE),
        _column("sentence", Label("In words", "En clair"), language,
                (why_not_line(chain, one, language) for one in left_out), Show.PROSE),
        _column("cell", Label("Cell", "Cellule"), language, (one.cell for one in left_out), Show.SOURCE),
    )  # fmt: skip
    return Sheet("why_not", _TITLES["why_not"].to(language), columns)


def ranges_sheet(explained: Explanation, language: Language) -> Sheet:
    """Return one row a relation that was looked at: what it carries, and how far it could move at no loss."""
    freedom = explained.freedom
    found = freedom.ranges if freedom else ()
    moves, told = Label("yes", "oui").to(language), free_lines(explained, language)
    units = {name: product.unit for name, product in explained.chain.products.items()}
    columns = (
        _column("from", Label("From", "Fournisseur"), language, (one.from_ for one in found)),
        _column("to", Label("To", "Client"), language, (one.to for one in found)),
        _column("product", Label("Product", "Produit"), language, (one.product for one in found)),
        _column("unit", Label("Unit", "Unité"), language, (units[one.product] for one in found)),
        _column("least", Label("Least", "Au moins"), language, (one.least for one in found), Show.QUANTITY),
        _column("quantity", Label("Plan", "Plan"), language, (one.quantity for one in found), Show.QUANTITY),
        _column("most", Label("Most", "Au plus"), language,
                (_BY_VALUE.to(language) if math.isinf(one.most) else one.most for one in found), Show.QUANTITY),
        _column("moves", Label("Could move at no loss", "Pourrait bouger sans perte"), language,
                (moves if one.moves else None for one in found), Show.MARK),
        _column("verdict", Label("Verdict", "Verdict"), language,
                [*told, *(None for _ in found)][: len(found)],
                Show.PROSE),
        _column("cell", Label("Cell", "Cellule"), language, (one.cell for one in found), Show.SOURCE),
    )  # fmt: skip
    return Sheet("ranges", _TITLES["ranges"].to(language), columns, frozen=3, warned=(moves,))


def _variants(explained: Explanation, language: Language) -> Sheet:
    chain = explained.chain
    numbered = enumerate(explained.alternatives, start=1)
    rows = [(n, variant, one) for n, variant in numbered for one in variant.differences]
    first = {n: next(i for i, row in enumerate(rows) if row[0] == n) for n, _, _ in rows}
    columns = (
        _column("variant", Label("Variant", "Variante"), language, (n for n, _, _ in rows), Show.COUNT),
        _column("what", Label("What changes", "Ce qui change"), language,
                (subject_of(chain, "flow" if one.kind == "link" else "level", one.subject, language)
                 for _, _, one in rows)),
        _column("before", Label("Plan", "Plan"), language, (one.before for _, _, one in rows), Show.QUANTITY),
        _column("after", Label("Variant's figure", "Chiffre de la variante"), language,
                (one.after for _, _, one in rows), Show.QUANTITY),
        _column("change", Label("Difference", "Différence"), language,
                (one.after - one.before for _, _, one in rows), Show.CHANGE),
        _column("sentence", Label("In words", "En clair"), language,
                (variant_line(chain, variant, n, language) if first[n] == i else difference_line(chain, one, language)
                 for i, (n, variant, one) in enumerate(rows)), Show.PROSE),
        _column("cell", Label("Cell", "Cellule"), language, (one.cell for _, _, one in rows), Show.SOURCE),
    )  # fmt: skip
    return Sheet("variants", _TITLES["variants"].to(language), columns, frozen=2)
