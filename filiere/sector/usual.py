"""What the sectors take for usual: the amounts of their recipes and their prices, under the names that people type.

They are kept beside the sectors in one file that is made of them, ``models/usual.json``: a check looks at no more of a
sector, and reading all of them takes a tenth of what a check takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from filiere.names import loose
from filiere.sector.bundled import bundled

if TYPE_CHECKING:
    from filiere.sector.sector import Sector

FILE = "models/usual.json"

Amounts = Mapping[tuple[str, str, str], tuple[float, str]]
"""(activity, product, ``input`` or ``output``), in either language and folded → amount and unit."""
Prices = Mapping[str, tuple[float, str]]
"""Product, in either language and folded → price and unit."""


@cache
def usual_figures() -> tuple[Amounts, Prices]:
    """Return the usual amounts and prices of all sectors; where two differ, the first in alphabetical order counts."""
    kept = json.loads(bundled(FILE).read_text("utf-8"))
    amounts = {(process, product, column): (size, unit) for process, product, column, size, unit in kept["amounts"]}
    return amounts, {product: (price, unit) for product, price, unit in kept["prices"]}


def made_of_sectors() -> str:
    """Return the text of the file, made anew of the sectors: a line for each amount and price."""
    from filiere.sector.sector import load_sector, sector_keys

    amounts, prices = dict[tuple[str, str, str], tuple[float, str]](), dict[str, tuple[float, str]]()
    for key in sector_keys():
        sector = load_sector(key)
        for where, amount in _amounts(sector):
            amounts.setdefault(where, amount)
        for product, price in _prices(sector):
            prices.setdefault(product, price)
    lines = {"amounts": [[*where, *amount] for where, amount in amounts.items()],
             "prices": [[product, *price] for product, price in prices.items()]}  # fmt: skip
    parts = [
        f'"{name}": [\n' + ",\n".join(json.dumps(one, ensure_ascii=False) for one in some) + "\n]"
        for name, some in lines.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _amounts(sector: Sector) -> Iterator[tuple[tuple[str, str, str], tuple[float, str]]]:
    units = {row["product"]: row.get("unit", "") for row in sector.prefilled.get("products", ())}
    for row in sector.prefilled.get("recipes", ()):
        written = (row["process"], row["product"], units.get(row["product"], ""))
        for process, product, unit in zip(*(_words(sector, word) for word in written), strict=True):
            for column in ("input", "output"):
                amount = row.get(column)
                if isinstance(amount, int | float) and amount:
                    yield (process, product, column), (float(amount), unit)


def _prices(sector: Sector) -> Iterator[tuple[str, tuple[float, str]]]:
    for row in sector.prefilled.get("products", ()):
        price = row.get("price")
        if isinstance(price, int | float) and price:
            written = (row["product"], row.get("unit", ""))
            for product, unit in zip(*(_words(sector, word) for word in written), strict=True):
                yield product, (float(price), unit)


def _words(sector: Sector, key: object) -> tuple[str, str]:
    """Return a name of the sector's file in English and in French, folded."""
    if isinstance(key, Mapping):
        return loose(str(key["en"])), loose(str(key["fr"]))
    label = sector.names.get(str(key))
    return (loose(label.en), loose(label.fr)) if label else (loose(str(key)), loose(str(key)))
