"""The page of a comparison: what each case changes in words, the figures side by side, and every table."""

from __future__ import annotations

from dataclasses import replace

from filiere.language import Language, day, readable
from filiere.report.comparison.actors import actors, receipts
from filiere.report.comparison.figures import indicators, objectives, products, side_by_side
from filiere.report.comparison.headlines import Head, heads
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.manifest import manifest
from filiere.report.comparison.ranged.curves import curve_blocks
from filiere.report.comparison.relations import relations
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import CHANGES, Sides, as_shown
from filiere.report.comparison.why import averaged, in_order, measure_name
from filiere.report.comparison.why_charts import stretches
from filiere.report.comparison.wording import status_word
from filiere.report.document import (
    Bars,
    Block,
    Break,
    Case,
    Document,
    Multiples,
    Panel,
    Section,
    Series,
    Table,
    Text,
    Tornado,
    Weight,
    bars,
    document,
    tornado,
)
from filiere.report.sheet import Column, Sheet, Show


def comparison_document(sides: Sides, language: Language) -> Document:
    """Return what the page of a comparison holds, in one language; at least one of its cases has a plan."""
    sides = replace(sides, language=language)
    pick = sides.pick
    told = stories(sides)
    several = sum(view is not None for view in sides.views) > 1
    sections = [
        Section("changes", pick("What each case changes", "Ce que change chaque cas"), [told] if told.rows else []),
        Section("curves", pick("Against one figure", "Selon une valeur"), curve_blocks(sides)),
        Section("figures", pick("Side by side", "Côte à côte"),
                [_multiples(sides) if several else None, *_tables(_headlines(sides), opened=True),
                 *_tables(indicators(sides), objectives(sides))]),
        Section("inputs", pick("What differs in the inputs", "Ce qui diffère dans les données"),
                _tables(inputs(sides), opened=True)),
        Section("why", pick("What each difference brings", "Ce qu'apporte chaque différence"),
                [*_contributions(sides), *_tables(averaged(sides), in_order(sides), opened=True)]),
        Section("chain", pick("Relations and products", "Échanges et produits"),
                _tables(relations(sides), products(sides))),
        Section("actors", pick("Actors", "Acteurs"), _tables(actors(sides), receipts(sides))),
        Section("made", pick("How it was made", "Comment c'est fait"), _tables(manifest(sides))),
    ]  # fmt: skip
    names = [readable(source.path.name) for source in sides.comparison.sources if source.path]
    return document(sides.lead, title(sides), subtitle(sides), "", sections, names, sides.date, "")


def _tables(*sheets: Sheet | None, opened: bool = False) -> list[Table]:
    return [Table(sheet, opened, 30) for sheet in sheets if sheet is not None and sheet.height]


_DRAWN = (("cost", -1), ("dependency", -1))
"""The measures drawn change by change, and which way is better."""
_MOST_DRAWN = 6
_FEW = 7
"""Up to this many cases each is a series of its own; more are set one below the other."""
_SHARES = ("upstream", "downstream", "funding", "circularity")
_DIFFERENCES = ("unmet", "cost", "upstream", "circularity", "jobs", "co2")
"""The headline figures whose differences are drawn, those that matter most first, as far as there is room."""
_MOST_DIFFERENCES = 4
_SEEN = {Show.MONEY_CHANGE: 0.5, Show.POINTS: 0.05, Show.CHANGE: 0.05}
"""Smaller differences than these are written as none."""


def _contributions(sides: Sides) -> list[Tornado]:
    """Return what each change brings as bars: one chart a scenario of two changes or more and a measure."""
    sheet = averaged(sides)
    if sheet is None:
        return []
    columns = {column.key: column for column in sheet.columns}
    words = [str(word) for word in columns["change"].values]
    found: list[Tornado] = []
    for name, first, end in stretches(sheet):
        for key, better in _DRAWN:
            if key not in columns:
                continue
            measure = measure_name(sides, key)
            title = sides.pick(f"{name}: what each change brings – {measure.lower()}",
                               f"{name} : ce que chaque changement apporte – {measure.lower()}")  # fmt: skip
            values = [float(value) if isinstance(value, float) else 0.0 for value in columns[key].values]
            block = tornado(title, sides.pick("Changed input", "Donnée modifiée"), columns[key].heading,
                            columns[key].show, words[first:end], values[first:end], better)  # fmt: skip
            found += [block] if block else []
    return found[:_MOST_DRAWN]


def _headlines(sides: Sides) -> Sheet:
    """Return one row a headline figure, its cases side by side."""
    found = heads(sides)
    names = Column("figure", sides.pick("Figure", "Chiffre"), [head.label for head in found])
    columns = (names, *side_by_side(sides, [head.line for head in found]))
    return Sheet("headlines", sides.pick("Headline figures", "Chiffres clés"), columns)


def _multiples(sides: Sides) -> Multiples:
    """Return the headline figures case by case."""
    panels = [
        Panel(label=head.label, show=head.line.show, good=head.good, change=CHANGES[head.line.show],
              values=head.line.values, changes=[_change(head, at) for at in sides.cases])
        for head in heads(sides)
    ]  # fmt: skip
    cases = [
        Case(name, status_word(sides, outcome), view is not None)
        for name, outcome, view in zip(sides.titles, sides.comparison.outcomes, sides.views, strict=True)
    ]
    return Multiples(
        title=sides.pick("The headline figures, case by case", "Les chiffres clés, cas par cas"),
        what=sides.pick("Figure", "Chiffre"), cases=cases, panels=panels, outcome=sides.pick("Outcome", "Issue"),
        difference=sides.pick("difference to the reference", "écart à la référence"),
    )  # fmt: skip


def _change(head: Head, at: int) -> float | None:
    change = head.difference(at)
    return None if change is None else as_shown(change, head.line.show) or 0.0


def first_blocks(sides: Sides) -> list[Block | None]:
    """Return what stands on the first sheet of the workbook."""
    return [_multiples(sides), stories(sides), Break(), *_drawn(sides)]


def _drawn(sides: Sides) -> list[Block]:
    """Return the charts: nothing if only one case has a plan."""
    if sum(view is not None for view in sides.views) < 2:
        return []
    found = {head.key: head for head in heads(sides)}
    differences = [chart for key in _DIFFERENCES if key in found and (chart := _differences(sides, found[key]))]
    said = sides.pick("In the differences, blue is better than the reference, orange worse.",
                      "Dans les écarts, bleu : mieux que la référence ; orange : moins bien.")  # fmt: skip
    shares = _shares(sides, [found[key] for key in _SHARES if key in found and any(found[key].line.values)])
    return [Text(said, Weight.QUIET), *([shares] if shares else []), *differences[:_MOST_DIFFERENCES]]


def _shares(sides: Sides, found: list[Head]) -> Bars | None:
    """Return the headline shares of every case, in grouped bars."""
    shown = [at for at in sides.cases if sides.views[at] is not None]
    title = sides.pick("Headline shares", "Parts et taux, scénario par scénario")
    if len(shown) <= _FEW:
        each = [Series(sides.titles[at], None, [head.line.values[at] for head in found]) for at in shown]
        return bars(title, sides.pick("Figure", "Chiffre"), [head.label for head in found], each, upright=True)
    each = [Series(head.label, None, [head.line.values[at] for at in shown]) for head in found]
    return bars(title, sides.pick("Case", "Cas"), [sides.titles[at] for at in shown], each)


def _differences(sides: Sides, head: Head) -> Tornado | None:
    """Return one headline figure's differences to the reference; None where none is seen."""
    if sides.base is None:
        return None
    shown = [(at, change) for at in sides.others() if (change := _change(head, at)) is not None]
    seen = CHANGES[head.line.show]
    if all(abs(change) < _SEEN.get(seen, 0.0) or not change for _, change in shown):
        return None
    title = sides.pick(f"{head.label}: difference to the reference", f"{head.label} : écart à la référence")
    return Tornado(title=title, what=sides.pick("Case", "Cas"), heading=head.label, show=seen,
                   rows=[sides.titles[at] for at, _ in shown], values=[change for _, change in shown],
                   better=head.good)  # fmt: skip


def title(sides: Sides) -> str:
    """Return the title: the chain's name."""
    name = sides.lead.chain.settings.name
    said = sides.pick("comparison of scenarios", "comparaison de scénarios")
    return f"{name} – {said}" if name else said[:1].upper() + said[1:]


def subtitle(sides: Sides) -> str:
    """Return territory, how many cases, which one is the reference, and the date."""
    count = len(sides.titles)
    cases = sides.pick(f"{count} case{'s' if count != 1 else ''} side by side",
                       f"{count} cas côte à côte")  # fmt: skip
    reference = sides.pick(f"differences to: {sides.titles[0]}", f"écarts par rapport à : {sides.titles[0]}")
    when = day(sides.date, sides.language) if sides.date else None
    stopped = sides.pick(
        "interrupted: only what was finished is shown", "interrompu : seul ce qui était fini figure ici"
    )
    parts = [sides.lead.chain.settings.territory, cases, reference, when,
             stopped if sides.comparison.interrupted else None]  # fmt: skip
    return " · ".join(part for part in parts if part)
