"""The curves of a comparison: headline figures against the figure of a range, and where the plan changes its shape."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.analysis.scenarios.curves import Curve, Supply, Turn
from filiere.chain.parse.number import exactly
from filiere.chain.scenario.change import shown_sign
from filiere.language import listed
from filiere.report.comparison.headlines import Head, heads
from filiere.report.comparison.sides import Sides
from filiere.report.document import Axis, Dot, Scatter, rounded
from filiere.report.excel.book import MOST_ROWS, Book, Written
from filiere.report.excel.charts import Spot, point_chart
from filiere.report.sheet import Column, Sheet, Show

_NAMED = 3
_CHARTS = 8
"""Headline figures drawn of one range."""


def turn_sentences(sides: Sides) -> list[tuple[str, str]]:
    """Return, range by range, its name and from which figure on projects or suppliers are others."""
    found = []
    for curve in sides.comparison.curves:
        said = " ".join(_turn(sides, curve, turn) for turn in curve.turns)
        same = sides.pick(
            "The plan opens the same projects and has the same suppliers at every figure.",
            "Le plan ouvre les mêmes projets et garde les mêmes fournisseurs à chaque valeur.",
        )
        found.append((curve.ranged.name, said or same))
    return found


def _turn(sides: Sides, curve: Curve, turn: Turn) -> str:
    pick = sides.pick
    if turn.at is None:
        one, other = (_figure(sides, curve, figure) for figure in (turn.before, turn.after))
        where = pick(f"between {one} and {other}", f"entre {one} et {other}")
    else:
        at = _figure(sides, curve, _round(turn))
        where = pick(f"from {at} on", f"à partir de {at}")
    parts = []
    for names, verb, verbs in (
        (turn.opened, ("opens", "s'ouvre"), ("open", "s'ouvrent")),
        (turn.closed, ("no longer opens", "ne s'ouvre plus"), ("no longer open", "ne s'ouvrent plus")),
    ):
        if names:
            parts.append(f"{listed(names, sides.language)} {pick(*(verb if len(names) == 1 else verbs))}")
    for supplies, en, fr in ((turn.gained, "now supplies", "fournit désormais"),
                             (turn.lost, "no longer supplies", "ne fournit plus")):  # fmt: skip
        parts += [_supply(sides, one, en, fr) for one in supplies[:_NAMED]]
        if len(supplies) > _NAMED:
            more = len(supplies) - _NAMED
            parts.append(pick(f"and {more} more", f"et {more} de plus"))
    text = pick("; ", " ; ").join(parts)
    return f"{where[:1].upper()}{where[1:]}, {text}."


def _supply(sides: Sides, supply: Supply, en: str, fr: str) -> str:
    seller, buyer, product = supply
    return sides.pick(f"{seller} {en} {buyer} ({product})", f"{seller} {fr} {buyer} ({product})")


def _round(turn: Turn) -> float:
    """Return the figure of a turn no more finely than it is known."""
    assert turn.at is not None
    fine = abs(turn.after - turn.before) / 256.0
    digits = 0
    while digits < 6 and 10.0**-digits > 4.0 * fine:
        digits += 1
    return round(turn.at, digits)


def _figure(sides: Sides, curve: Curve, figure: float) -> str:
    sign = "" if curve.ranged.sign == "=" else f"{shown_sign(curve.ranged.sign)}\u00a0"
    return f"{sign}{exactly(figure).to(sides.language)}{curve.ranged.unit}".replace(" ", "\u00a0")


def curve_sheets(sides: Sides) -> Iterator[Sheet]:
    """Yield one table a range: the headline figures at each of its figures, and what changes there."""
    found = heads(sides)
    for curve in sides.comparison.curves:
        columns = [
            Column("figure", sides.pick("Figure", "Valeur") + curve.ranged.unit, list(curve.figures), Show.PRICE),
            *(Column(head.key, head.label, [head.line.values[i] for i in curve.cases], head.line.show)
              for head in _drawn(found, curve)),
            Column("turns", sides.pick("What changes from here on", "Ce qui change à partir de là"),
                   [_from(sides, curve, figure) for figure in curve.figures], Show.PROSE),
        ]  # fmt: skip
        yield Sheet(f"curve_{curve.source}_{curve.ranged.name}", curve.ranged.name, tuple(columns), frozen=1)


def _from(sides: Sides, curve: Curve, figure: float) -> str | None:
    said = [_turn(sides, curve, turn) for turn in curve.turns if turn.after == figure]
    return " ".join(said) or None


def _drawn(found: list[Head], curve: Curve) -> list[Head]:
    """Return the headline figures that move along a range, the first few."""
    moving = []
    for head in found:
        values = [head.line.values[i] for i in curve.cases]
        known = [value for value in values if value is not None]
        if len(known) > 1 and max(known) - min(known) > 1e-9 * max(map(abs, known)):
            moving.append(head)
    return moving[:_CHARTS]


def draw_curves(book: Book, sheet: Sheet, written: Written) -> None:
    """Draw each headline figure against the figure of the range, below the table that was just written."""
    worksheet = book.book.get_worksheet_by_name(written.name)
    name, height = written.name, sheet.height
    drawn = [(at, one) for at, one in enumerate(sheet.filled()) if one.key not in ("figure", "turns")]
    if worksheet is None or height > MOST_ROWS:
        return
    spot = Spot(name, 0, 1, height)
    across = Axis(sheet.columns[0].heading, Show.PRICE), _known(sheet.columns[0])
    for place, (at, column) in enumerate(drawn):
        axes = (0, *across), (at, Axis(column.heading, column.show), _known(column))
        chart = point_chart(book, spot, axes, column.heading, line=True)
        chart.set_size({"width": 480, "height": 260})
        worksheet.insert_chart(height + 2 + 14 * (place // 2), 4 * (place % 2), chart, {
            "description": f"{sheet.title}: {column.heading}", "object_position": 2,
        })  # fmt: skip


def _known(column: Column) -> list[float]:
    return [value for value in column.values if isinstance(value, float | int)]


def curve_blocks(sides: Sides) -> list[Scatter]:
    """Return, for the page, each headline figure against the figure of its range."""
    found = []
    everything = heads(sides)
    for curve in sides.comparison.curves:
        for head in _drawn(everything, curve):
            dots = [
                Dot(x=rounded(figure), y=rounded(value), name=exactly(figure).to(sides.language),
                    note=_from(sides, curve, figure) or "", news=_news(curve, figure))
                for figure, i in zip(curve.figures, curve.cases, strict=True)
                if (value := head.line.values[i]) is not None
            ]  # fmt: skip
            title = f"{curve.ranged.name}{sides.pick(': ', ' : ')}{head.label}"
            x, y = Axis(curve.ranged.name + curve.ranged.unit, Show.PRICE), Axis(head.label, head.line.show)
            found.append(Scatter(title=title, x=x, y=y, dots=dots, line=True))
    return found


def _news(curve: Curve, figure: float) -> list[str]:
    """Return what opens and closes from the figure before to this one."""
    here = [turn for turn in curve.turns if turn.after == figure]
    return [f"+ {name}" for turn in here for name in turn.opened] + [f"− {n}" for turn in here for n in turn.closed]
