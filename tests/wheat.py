"""A shop that buys wheat from a farm (cheap, limited) and from an importer, and scenarios worked out by hand.

In the reference the farm sells its 60 t (100 € of cost each) and the importer 40 t at 300 €: 18 000 € in all.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from filiere.analysis.scenarios.compare import Case, Comparison, Source, cases, compare
from filiere.table import RawWorkbook
from tests.sheets import workbook

WHEAT = """
    ## Actors
    | actor | perimeter | sector |
    | Farm | member | |
    | Shop | local | |
    | Importer | external | private |
    ## Products
    | product | unit | price | kg |
    | wheat | t | 200 | 1000 |
    ## Links
    | from | to | product | price | scenario |
    | Farm | Shop | wheat | 150 | |
    | Importer | Shop | wheat | 300 | |
    ## Offers
    | actor | product | maximum | unit_cost |
    | Farm | wheat | {harvest} | 100 |
    ## Needs
    | actor | product | quantity | obligation |
    | Shop | wheat | 100 | must |
    """

SCENARIOS = """
    ## Scenarios
    | scenario | table | row | column | change | base |
    | dry | Offers | Farm / wheat | maximum | x 0.5 | |
    | dear | Links | Importer / * / wheat | price | x 2 | |
    | dry and dear | Offers | Farm / wheat | maximum | x 0.5 | |
    | dry and dear | Links | Importer / * / wheat | price | x 2 | |
    | worse | Needs | Shop / wheat | quantity | + 20 | dry |
    | alone | Actors | Importer | | off | |
    | wrong | Needs | Shop / wheat | quantity | = many | |
    """

COST = {"reference": 18_000.0, "dry": 24_000.0, "dear": 30_000.0, "dry and dear": 45_000.0, "worse": 30_000.0}
"""Net cost of each scenario: what the farm's wheat costs to grow, and what the importer is paid."""


def source(text: str = WHEAT + SCENARIOS, harvest: float = 60, name: str = "wheat") -> Source:
    """Return a workbook given as Markdown."""
    return Source(Path(f"{name}.xlsx"), RawWorkbook(workbook(text.replace("{harvest}", f"{harvest:g}")), sha256=name))


def compared(*wanted: str, sources: tuple[Source, ...] = (), **options: object) -> Comparison:
    """Return some scenarios of the wheat workbook compared."""
    books = sources or (source(),)
    return compare(books, cases(books, wanted), **options)  # type: ignore[arg-type]


@cache
def everything() -> Comparison:
    """Return every scenario of the wheat workbook compared, once for all that look at it."""
    return compared()


def case(name: str) -> Case:
    """Return a scenario of the first workbook."""
    return Case(0, name)
