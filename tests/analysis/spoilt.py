"""Random chains whose figures of this year agree, and the same with one figure spoilt.

Run by itself it tells, of a hundred chains, in how many the spoilt cell is among the first three findings::

    python -m tests.analysis.spoilt
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from filiere.analysis.weighing.weigh import weigh
from filiere.problems import WorkbookError
from tests.sheets import chain

KINDS = ("deleted", "thousandfold", "swapped", "moved")
SEASONS = ("winter", "spring", "summer", "autumn")
FIRST = 3
Figure = float | str


@dataclass
class Sheets:
    """A chain as rows of text, with the figures of this year apart."""

    actors: list[str] = field(default_factory=list)
    products: list[str] = field(default_factory=list)
    processes: list[list[Figure]] = field(default_factory=list)
    recipes: list[str] = field(default_factory=list)
    links: list[list[Figure]] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the workbook as Markdown; this year's figures stand in Processes!C and Links!E."""
        heads = {
            "Settings": "| setting | value |", "Periods": "| period |", "Actors": "| actor | perimeter |",
            "Products": "| product | unit | price |", "Processes": "| process | actor | today | availability |",
            "Recipes": "| process | product | input | output |", "Links": "| from | to | product | period | today |",
            "Offers": "| actor | product |", "Needs": "| actor | product | quantity |",
        }  # fmt: skip
        rows = {
            "Settings": ["| currency | EUR |"], "Periods": [f"| {name} |" for name in SEASONS], "Actors": self.actors,
            "Products": self.products, "Processes": [_row(one) for one in self.processes], "Recipes": self.recipes,
            "Links": [_row(one) for one in self.links], "Offers": self.offers, "Needs": self.needs,
        }  # fmt: skip
        return "\n".join(
            line for sheet, lines in rows.items() for line in (f"## {sheet}", heads[sheet], *lines) if lines
        )  # fmt: skip


def _row(cells: list[Figure]) -> str:
    return "| " + " | ".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in cells) + " |"


def agreed(draw: random.Random) -> Sheets:
    """Return two or three tiers of makers between suppliers and users, every figure of which follows from the users'.

    A raw good is delivered by one or two farms in each season, or all year; each maker uses one or two goods.
    """
    made = Sheets()
    makers = draw.randint(2, 4)
    made.products = [f"| good{i} | t | {draw.choice([200, 400, 900, 1500, 3000])} |" for i in range(makers + 1)]
    made.products.append(f"| extra | t | {draw.choice([100, 600, 2000])} |")
    made.actors = [f"| maker{i} | {draw.choice(['member', 'local'])} |" for i in range(1, makers + 1)]
    made.actors.append("| wholesaler | external |")
    ratio = {i: draw.choice([0.5, 0.8, 1.25, 2.0]) for i in range(1, makers + 1)}
    extra = {i: draw.choice([0.0, 0.0, 0.05, 0.3]) for i in range(1, makers + 1)}
    wanted: dict[int, list[float]] = {i: [0.0] * len(SEASONS) for i in range(makers + 2)}
    for i in range(makers, 0, -1):
        _sales(draw, made, i, makers, wanted)
        level = wanted[i]
        made.recipes += [f"| make{i} | good{i - 1} | {ratio[i]} | |", f"| make{i} | good{i} | | 1 |"]
        if extra[i]:
            made.recipes.append(f"| make{i} | extra | {extra[i]} | |")
            made.links.append(["wholesaler", f"maker{i}", "extra", "", round(sum(level) * extra[i], 6)])
        made.processes.append([f"make{i}", f"maker{i}", float(sum(level)), "free"])
        wanted[i - 1] = [amount * ratio[i] for amount in level]
    for number, share in enumerate(draw.choice([(1.0,), (0.6, 0.4), (0.75, 0.25)])):
        made.actors.append(f"| farm{number} | {draw.choice(['local', 'external'])} |")
        made.offers.append(f"| farm{number} | good0 |")
        for season, amount in zip(SEASONS, wanted[0], strict=True):
            if amount:
                made.links.append([f"farm{number}", "maker1", "good0", season, round(amount * share, 6)])
    return made


def _sales(draw: random.Random, made: Sheets, i: int, makers: int, wanted: dict[int, list[float]]) -> None:
    """Type what a maker sells: to the next one, season by season, and to users."""
    if i < makers:
        for season, amount in zip(SEASONS, wanted[i], strict=True):
            if amount:
                made.links.append([f"maker{i}", f"maker{i + 1}", f"good{i}", season, round(amount, 6)])
    users = draw.randint(1, 2) if i == makers else draw.randint(0, 1)
    for number in range(users):
        name = f"users{i}{number}"
        made.actors.append(f"| {name} | {draw.choice(['local', 'local', 'external'])} |")
        sold = [float(draw.randint(2, 40)) for _ in SEASONS]
        for season, amount in zip(SEASONS, sold, strict=True):
            made.links.append([f"maker{i}", name, f"good{i}", season, amount])
        made.needs.append(f"| {name} | good{i} | {sum(sold):g} |")
        wanted[i] = [a + b for a, b in zip(wanted[i], sold, strict=True)]


def spoil(draw: random.Random, made: Sheets, kind: str) -> set[str]:
    """Spoil one figure in place; return its cell, or those of the two that were swapped."""
    if kind == "moved":
        at = draw.choice([i for i, row in enumerate(made.links) if row[3]])
        row = made.links[at]
        taken = {other[3] for other in made.links if other[:3] == row[:3]}
        row[3] = draw.choice([s for s in SEASONS if s != row[3]])
        if row[3] in taken:  # the other season's figure is typed in this row's season in turn
            other = next(o for o in made.links if o is not row and o[:3] == row[:3] and o[3] == row[3])
            other[3] = next(iter({*SEASONS} & taken - {o[3] for o in made.links if o[:3] == row[:3]}))
            return {f"Links!E{2 + at}", f"Links!E{2 + made.links.index(other)}"}
        return {f"Links!E{2 + at}"}
    cells = [*((made.links, i, 4, f"Links!E{2 + i}") for i in range(len(made.links))),
             *((made.processes, i, 2, f"Processes!C{2 + i}") for i in range(len(made.processes)))]  # fmt: skip
    rows, i, column, cell = draw.choice(cells)
    if kind == "deleted":
        rows[i][column] = ""
        return {cell}
    if kind == "thousandfold":
        rows[i][column] = float(rows[i][column]) * 1000.0
        return {cell}
    value = float(rows[i][column])
    others = [c for c in cells if c[0] is rows and not 0.8 < float(c[0][c[1]][c[2]]) / value < 1.25]
    if not others:
        return spoil(draw, made, "thousandfold")
    _, j, _, second = draw.choice(others)
    rows[i][column], rows[j][column] = rows[j][column], rows[i][column]
    return {cell, second}


def ranks(count: int) -> Iterator[tuple[int, str, int | None, str]]:
    """Yield seed, kind, where the spoilt cell stands among the findings (from 1, None: nowhere), and the workbook."""
    for seed in range(count):
        draw, kind = random.Random(seed), KINDS[seed % len(KINDS)]
        made = agreed(draw)
        cells = spoil(draw, made, kind)
        source = made.text()
        try:
            found = [str(problem.cell) for problem in weigh(chain(source)).problems]
        except WorkbookError as error:
            found = [str(problem.cell) for problem in error.problems]
        yield seed, kind, next((i for i, cell in enumerate(found, 1) if cell in cells), None), source


def main(count: int = 100) -> None:
    """Print how many spoilt cells are among the first findings, in all and by kind."""
    hits: Counter[str] = Counter()
    for seed, kind, rank, _ in ranks(count):
        hits[kind] += rank is not None and rank <= FIRST
        if rank is None or rank > FIRST:
            print(f"seed {seed}, {kind}: {'nowhere' if rank is None else rank}")
    print(f"{sum(hits.values())} of {count}:", dict(hits))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
