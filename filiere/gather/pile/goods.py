"""Goods that invoices know by a number: one GTIN is one product, one number of a seller's may be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from filiere.gather.pile.documents import Document
from filiere.gather.reads.invoice import InvoiceLine
from filiere.gather.reads.lines import Kind, kind_of_line
from filiere.names import fold, tidy
from filiere.problems import Problem, gathering, invoicing


def known_goods(documents: Iterable[Document], problems: list[Problem]) -> dict[str, str]:
    """Return folded name → the one name of goods that bear one GTIN; what a seller's number alone joins is asked."""
    by_gtin: dict[str, Counter[str]] = defaultdict(Counter)
    by_item: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in documents:
        for line in one.invoice.lines:
            name = tidy(line.name)
            if not name or not line.counts or kind_of_line(line, one.invoice) is not Kind.PRODUCT:
                continue
            if is_gtin(line.gtin):
                by_gtin[line.gtin.strip().zfill(14)][name] += 1
            if line.seller_item:
                by_item[one.seller.name, fold(line.seller_item)][name] += 1
    names: dict[str, str] = {}
    for number, found in sorted(by_gtin.items()):
        kept, *others = _distinct(found)
        kept = names.get(fold(kept), kept)
        for other in others:
            names.setdefault(fold(other), kept)
            problems.append(invoicing.ONE_GTIN.at(None, name=kept, other=other, number=number.lstrip("0")))
    for (_, _), found in sorted(by_item.items()):
        kept, *others = _distinct(found)
        problems += [
            gathering.SIMILAR_NAMES.at(None, first=names.get(fold(kept), kept), second=other)
            for other in others if names.get(fold(other), other) != names.get(fold(kept), kept)
        ]  # fmt: skip
    return names


def _distinct(found: Counter[str]) -> list[str]:
    """Return the names that differ by more than case, the commonest first."""
    first: dict[str, str] = {}
    for name, _ in sorted(found.items(), key=lambda one: (-one[1], one[0])):
        first.setdefault(fold(name), name)
    return list(first.values())


def is_gtin(text: str) -> bool:
    """Whether a text is a Global Trade Item Number: 8, 12, 13 or 14 digits, the last of which checks the others."""
    digits = text.strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (8, 12, 13, 14) or not int(digits):
        return False
    weighed = sum(int(digit) * (3 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits[:-1])))
    return (10 - weighed % 10) % 10 == int(digits[-1])


def name_of(line: InvoiceLine, names: dict[str, str]) -> str:
    """Return what a line's good is called."""
    name = tidy(line.name)
    return names.get(fold(name), name) or line.seller_item or line.gtin
