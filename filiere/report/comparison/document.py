"""The page of a comparison: what each case changes in words, the figures side by side, and every table."""

from __future__ import annotations

from dataclasses import replace

from filiere.language import Language, readable
from filiere.report.comparison.actors import actors, receipts
from filiere.report.comparison.figures import indicators, objectives, products, side_by_side
from filiere.report.comparison.headlines import Head, heads
from filiere.report.comparison.inputs import inputs
from filiere.report.comparison.manifest import manifest
from filiere.report.comparison.ranged.curves import curve_blocks
from filiere.report.comparison.relations import relations
from filiere.report.comparison.remarks import stories
from filiere.report.comparison.sides import CHANGES, Sides, as_shown
from filiere.report.comparison.summary_sheet import subtitle, title
from filiere.report.comparison.why import averaged, in_order, measure_name
from filiere.report.comparison.why_charts import stretches
from filiere.report.document import Document, Multiples, Panel, Section, Table, Tornado, document, tornado
from filiere.report.sheet import Column, Sheet


def comparison_document(sides: Sides, language: Language) -> Document:
    """Return what the page of a comparison holds, in one language; at least one of its cases has a plan."""
    sides = replace(sides, language=language)
    pick = sides.pick
    told = stories(sides)
    sections = [
        Section("changes", pick("What each case changes", "Ce que change chaque cas"), [told] if told.rows else []),
        Section("curves", pick("Against one figure", "Selon une valeur"), curve_blocks(sides)),
        Section("figures", pick("Side by side", "Côte à côte"),
                [_multiples(sides), *_tables(_headlines(sides), opened=True),
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


def _multiples(sides: Sides) -> Multiples | None:
    """Return the headline figures as small multiples: one panel a figure, each on its own scale."""
    solved = [at for at in sides.cases if sides.views[at] is not None]
    panels = [
        Panel(label=head.label, show=head.line.show, good=head.good, change=CHANGES[head.line.show],
              values=[head.line.values[at] for at in solved], changes=[_change(head, at) for at in solved])
        for head in heads(sides) if any(head.line.values[at] for at in solved)
    ]  # fmt: skip
    title = sides.pick("The headline figures, case by case", "Les chiffres clés, cas par cas")
    names = [sides.titles[at] for at in solved]
    return Multiples(title, sides.pick("Figure", "Chiffre"), names, panels) if panels and len(solved) > 1 else None


def _change(head: Head, at: int) -> float | None:
    change = head.difference(at)
    return None if change is None else as_shown(change, head.line.show) or 0.0
