"""Amounts that include tax: until somebody says at which rate, no price is taken from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from filiere.gather.collect.rows import RowKey
from filiere.gather.complete.edits import Edit, SetCell
from filiere.gather.decide.decision import Choice, Decision, key_of
from filiere.gather.flows import Flow
from filiere.gather.gather import Gathered
from filiere.language import Language, either, money
from filiere.names import fold, loose

RATES = (0.055, 0.1, 0.2, 0.021)
"""The rates of value added tax in France, the commonest of food first."""


def tax_decisions(gathered: Gathered, language: Language) -> Iterator[Decision]:
    """Yield one question for each actor whose amounts include tax at a rate that its files do not give."""
    by_owner: dict[str, list[Flow]] = defaultdict(list)
    for flow in gathered.flows:
        if flow.gross is not None:
            by_owner[flow.taxed_by].append(flow)
    for owner, found in sorted(by_owner.items(), key=lambda one: loose(one[0])):
        total = sum(flow.quantity * (flow.gross or 0.0) for flow in found)
        goods = ", ".join(dict.fromkeys(flow.product for flow in found[:6])) + ("…" if len(found) > 6 else "")
        question = either(
            f"The amounts that {owner} gives for {goods} include VAT, and its files do not say at which rate. "
            "Everything is counted without VAT: at which rate is it taken off? The prices stay blank meanwhile, and "
            "goods counted in money stand with their VAT.",
            f"Les montants que {owner} donne pour {goods} sont TTC, et ses fichiers n'en disent pas le taux. Tout se "
            "compte hors taxe : à quel taux retirer la TVA ? En attendant, les prix restent vides, et ce qui est "
            "compté en argent l'est avec sa TVA.",
            language,
        )
        choices = [Choice(_rate(rate, language), _net(gathered, found, rate, language)) for rate in RATES]
        choices.append(Choice(either("they are without VAT", "ils sont hors taxe", language),
                              _net(gathered, found, 0.0, language)))  # fmt: skip
        choices.append(Choice(either("leave the prices blank", "laisser les prix vides", language)))
        yield Decision(key_of("vat", owner), question, tuple(choices), money(total).to(language))


def _rate(rate: float, language: Language) -> str:
    figure = f"{100 * rate:g}"
    return either(f"VAT {figure} %", f"TVA {figure.replace('.', ',')} %", language)


def _net(gathered: Gathered, found: list[Flow], rate: float, language: Language) -> tuple[Edit, ...]:
    """Return what one rate makes of the links: their price, or their amount where they are counted in money."""
    source = either("decision", "décision", language)
    units = {fold(one.product.name): one.product.unit for one in gathered.products}
    priced = {fold(one.product.name) for one in gathered.products if one.price is not None}
    edits: list[Edit] = []
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for flow in found:
        key = RowKey("links", tuple(fold(name) for name in (flow.seller, flow.buyer, flow.product, flow.period)))
        if units.get(fold(flow.product)) == gathered.currency:
            edits.append(SetCell(key, "today", _tidied(flow.quantity / (1.0 + rate)), source))
            continue
        price = (flow.gross or 0.0) / (1.0 + rate)
        edits.append(SetCell(key, "price", _tidied(price), source))
        sums[fold(flow.product)][0] += flow.quantity * price
        sums[fold(flow.product)][1] += flow.quantity
    for product, (amount, quantity) in sums.items():
        if product not in priced and quantity > 0.0:
            edits.append(SetCell(RowKey("products", (product,)), "price", _tidied(amount / quantity), source))
    return tuple(edits)


def _tidied(value: float) -> float:
    return float(f"{value:.10g}")
