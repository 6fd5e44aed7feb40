"""Canteens: the shares of the law by value, from this year to the plan, and the plan's purchases as they are declared.

The law (Code rural, article L230-5-1) asks of the food that a public canteen buys, by value net of tax, that half be
of quality and a fifth organic, and of meat and fish that three fifths be of quality. The declared columns are those of
the public platform « ma cantine » (table schema of purchases, 2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from filiere.chain.chain import Link
from filiere.names import loose
from filiere.report.sheet import Column, Sheet, Show, Value
from filiere.report.view import View, clean
from filiere.schema import words as w

ORGANIC, QUALITY, MEAT = 0.2, 0.5, 0.6
"""What the law asks, as shares of the value of food; MEAT of meat and fish alone."""
_CANTEEN = re.compile(r"\b(cantine\w*|canteen\w*|restauration (scolaire|collective)|restaurants? (scolaire|d entreprise"
                      r"|universitaire|administratif|inter\w*)s?|cuisines? centrales?|central kitchens?|schools? meals?"
                      r"|ecoles?|colleges?|lycees?|creches?|schools?|nurser\w+|ehpad|hopita\w+|hospitals?"
                      r"|care homes?)\b")  # fmt: skip
_CODES = (
    ("BIO", r"bio|biologique|agriculture biologique|ab|organic"), ("LABEL_ROUGE", r"label rouge"),
    ("AOCAOP", r"aoc|aop|aoc aop|pdo"), ("IGP", r"igp|pgi"), ("STG", r"stg|tsg"),
    ("HVE", r"hve|haute valeur environnementale"), ("PECHE_DURABLE", r"peche durable|msc|sustainable fishing"),
    ("RUP", r"rup"), ("COMMERCE_EQUITABLE", r"commerce equitable|equitable|fair trade"),
    ("FERMIER", r"fermier|farmhouse"),
    ("EXTERNALITES", r"externalites"), ("PERFORMANCE", r"performance"),
)  # fmt: skip
_CODE_OF = tuple((code, re.compile(pattern)) for code, pattern in _CODES)
_OF_QUALITY = re.compile(r"egalim|qualite( egalim)?|siqo|quality")
_FOOD = re.compile(r"\b(food|aliment\w*|denrees?)\b")
_FAMILIES = (
    ("PRODUITS_DE_LA_MER", r"poissons?|fish|seafood|produits de la mer|peche|maree"),
    ("CHARCUTERIE", r"charcuterie|cured meats?"),
    ("VIANDES_VOLAILLES", r"viandes?|meats?|volailles?|poultry|porc|boeuf"),
    ("PRODUITS_LAITIERS", r"lait|laitiers?|produits laitiers|dairy|fromages?"),
    ("BOULANGERIE", r"boulangerie|bakery|pains?|bread"), ("BOISSONS", r"boissons?|drinks?|jus"),
    ("FRUITS_ET_LEGUMES", r"fruits?|legumes?|fruits et legumes|vegetables?|produce|maraichage"),
)  # fmt: skip
_FAMILY_OF = tuple((code, re.compile(rf"\b({pattern})\b")) for code, pattern in _FAMILIES)
_MEATS = ("VIANDES_VOLAILLES", "CHARCUTERIE", "PRODUITS_DE_LA_MER")


@dataclass
class Basket:
    """What a canteen's food is worth in a year, and how much of it the law counts."""

    food: float = 0.0
    organic: float = 0.0
    quality: float = 0.0
    local: float = 0.0
    meat: float = 0.0
    good_meat: float = 0.0

    def share(self, of: float, whole: float | None = None) -> float | None:
        """Return a part as a share of the whole, None where there is no food."""
        base = self.food if whole is None else whole
        return of / base if base > 0.0 else None


@dataclass
class Canteen:
    """A canteen this year and in the plan, and the positions of the links that bring it food."""

    name: str
    number: str
    today: Basket = field(default_factory=Basket)
    plan: Basket = field(default_factory=Basket)
    links: list[int] = field(default_factory=list)


def canteens(view: View) -> Sheet | None:
    """Return one row a canteen: what the law counts of its purchases, this year and in the plan; None without any."""
    found = _found(view)
    if not found:
        return None
    pick = view.pick
    columns = [
        Column("canteen", pick("Canteen", "Cantine"), [one.name for one in found]),
        Column("siret", "SIRET", [one.number or None for one in found]),
        *_bought(view, found),
        *_shares(view, found, pick("Organic (%)", "Bio (%)"), "organic"),
        *_shares(view, found, pick("Quality, organic included (%)", "Qualité, bio compris (%)"), "quality"),
        *_shares(view, found, pick("From the territory (%)", "Du territoire (%)"), "local"),
        *_meat(view, found),
        Column("short_organic", view.in_money("Missing to 20% organic", "Manque pour 20 % de bio"),
               [_missing(ORGANIC, one.plan.food, one.plan.organic) for one in found], Show.MONEY),
        Column("short_quality", view.in_money("Missing to 50% quality", "Manque pour 50 % de qualité"),
               [_missing(QUALITY, one.plan.food, one.plan.quality) for one in found], Show.MONEY),
        Column("short_meat", view.in_money("Missing to 60% quality of meat and fish",
                                           "Manque pour 60 % de qualité des viandes et poissons"),
               [_missing(MEAT, one.plan.meat, one.plan.good_meat) for one in found], Show.MONEY),
    ]  # fmt: skip
    title = pick("Canteens: the shares of the law", "Cantines : les parts de la loi EGalim")
    return Sheet("canteens", title, tuple(columns))


def egalim(view: View) -> dict[str, dict[str, dict[str, float | None]]]:
    """Return, by canteen, what the law counts this year and in the plan: organic, quality, meat and fish apart."""
    return {
        one.name: {
            when: {
                "food": basket.food, "organic": basket.share(basket.organic), "quality": basket.share(basket.quality),
                "meat_fish": basket.share(basket.good_meat, basket.meat),
            }
            for when, basket in (("today", one.today), ("plan", one.plan))
            if when == "plan" or view.compares
        }
        for one in _found(view)
    }  # fmt: skip


def canteen_purchases(view: View) -> Sheet | None:
    """Return the plan's purchases of the canteens in the platform's own columns; None without a canteen."""
    found = _found(view)
    value = _values(view)
    rows = [(one, view.chain.links[i], value[i]) for one in found for i in one.links if value[i] > 0.0]
    if not rows:
        return None
    codes = [[code for code, _ in _CODES if code in _codes(_labels(view, link))] for _, link, _ in rows]
    local = [_is_local(view, link) for _, link, _ in rows]
    marks = [{loose(label) for label in _labels(view, link)} for _, link, _ in rows]
    columns = (
        Column("siret", "siret", [one.number or one.name for one, _, _ in rows], keep=True),
        Column("description", "description", [link.product for _, link, _ in rows], keep=True),
        Column("fournisseur", "fournisseur", [link.from_ for _, link, _ in rows], keep=True),
        Column("date", "date", [None] * len(rows), keep=True),
        Column("prix_ht", "prix_ht", [round(amount, 2) for _, _, amount in rows], Show.PRICE, keep=True),
        Column("famille_produits", "famille_produits", [_family(view, link) for _, link, _ in rows], keep=True),
        Column("categories_egalim", "categories_egalim", [",".join(one) for one in codes], keep=True),
        Column("origine", "origine", ["FRANCE" if "france" in one else None for one in marks], keep=True),
        Column("est_circuit_court", "est_circuit_court",
               ["oui" if "circuitcourt" in one else None for one in marks], keep=True),
        Column("est_local", "est_local", ["oui" if one else None for one in local], keep=True),
        Column("definition_local", "definition_local", ["AUTRE" if one else None for one in local], keep=True),
    )  # fmt: skip
    title = view.pick("Canteens: purchases to declare", "Cantines : achats à déclarer")
    return Sheet("canteen_purchases", title, columns, frozen=2)


def _found(view: View) -> list[Canteen]:
    """Return the canteens that buy food, by name: final users that are public or said to be canteens."""
    chain = view.chain
    users = {need.actor for need in chain.needs if need.obligation is not w.Obligation.OUTLET}
    found = {
        actor.name: Canteen(actor.name, _siret(actor.row.identifier or ""))
        for actor in chain.actors.values()
        if actor.inside and actor.name in users and actor.sector is not w.Sector.HOUSEHOLD
        and _CANTEEN.search(" ".join(_plain(text) for text in (actor.name, *actor.groups)))
    }  # fmt: skip
    foods = [i for i, link in enumerate(chain.links) if link.to in found and not chain.products[link.product].service]
    if not any(_codes(_labels(view, chain.links[i])) or _good(_labels(view, chain.links[i])) for i in foods):
        return []
    if any(_food(view, chain.links[i]) for i in foods):
        foods = [i for i in foods if _food(view, chain.links[i])]
    today, plan = view.link_today, _values(view)
    for i in foods:
        link = chain.links[i]
        one = found[link.to]
        one.links.append(i)
        _add(view, one.today, link, (today[i] or 0.0) * link.price)
        _add(view, one.plan, link, plan[i])
    return sorted((one for one in found.values() if one.links), key=lambda one: loose(one.name))


def _siret(identifier: str) -> str:
    """Return the SIRET among the numbers that an actor is known by, empty where there is none."""
    numbers = (re.sub(r"\D", "", number) for number in identifier.split(";"))
    return next((number for number in numbers if len(number) == 14), "")


def _values(view: View) -> list[float]:
    flows = view.accounts.moved
    return clean(view.accounts.summed(flows["link"], flows["value"], len(view.chain.links)))


def _add(view: View, basket: Basket, link: Link, amount: float) -> None:
    labels = _labels(view, link)
    good = bool(_codes(labels)) or _good(labels)
    basket.food += amount
    basket.organic += amount if "BIO" in _codes(labels) else 0.0
    basket.quality += amount if good else 0.0
    basket.local += amount if _is_local(view, link) else 0.0
    if _family(view, link) in _MEATS:
        basket.meat += amount
        basket.good_meat += amount if good else 0.0


def _labels(view: View, link: Link) -> tuple[str, ...]:
    return view.chain.products[link.product].labels if link.labels is None else link.labels


@lru_cache(maxsize=1024)
def _codes(labels: tuple[str, ...]) -> frozenset[str]:
    words = [_plain(label) for label in labels]
    return frozenset(code for code, pattern in _CODE_OF if any(pattern.fullmatch(word) for word in words))


def _good(labels: Sequence[str]) -> bool:
    return any(_OF_QUALITY.fullmatch(_plain(label)) for label in labels)


def _food(view: View, link: Link) -> bool:
    return any(_FOOD.search(_plain(label)) for label in view.chain.products[link.product].labels)


def _is_local(view: View, link: Link) -> bool:
    return view.chain.actors[link.from_].inside or any(_plain(label) == "local" for label in _labels(view, link))


def _family(view: View, link: Link) -> str:
    product = view.chain.products[link.product]
    words = [_plain(product.family or ""), _plain(product.name)]
    return next((code for text in words for code, pattern in _FAMILY_OF if pattern.search(text)), "AUTRES")


def _bought(view: View, found: list[Canteen]) -> Iterator[Column]:
    if view.compares:
        yield Column("food_today", view.in_money("Food bought this year", "Denrées achetées cette année"),
                     [one.today.food for one in found], Show.MONEY)  # fmt: skip
    yield Column("food", view.in_money("Food in the plan", "Denrées du plan"),
                 [one.plan.food for one in found], Show.MONEY)  # fmt: skip


def _shares(view: View, found: list[Canteen], heading: str, part: str) -> Iterator[Column]:
    if view.compares:
        before: list[Value] = [one.today.share(getattr(one.today, part)) for one in found]
        yield Column(f"{part}_today", f"{heading} – {view.pick('today', 'cette année')}", before, Show.PERCENT)
    after: list[Value] = [one.plan.share(getattr(one.plan, part)) for one in found]
    yield Column(part, f"{heading} – {view.pick('plan', 'plan')}", after, Show.PERCENT)


def _meat(view: View, found: list[Canteen]) -> Iterator[Column]:
    heading = view.pick("Meat and fish of quality (%)", "Viandes et poissons de qualité (%)")
    if view.compares:
        before: list[Value] = [one.today.share(one.today.good_meat, one.today.meat) for one in found]
        yield Column("meat_today", f"{heading} – {view.pick('today', 'cette année')}", before, Show.PERCENT)
    after: list[Value] = [one.plan.share(one.plan.good_meat, one.plan.meat) for one in found]
    yield Column("meat", f"{heading} – {view.pick('plan', 'plan')}", after, Show.PERCENT)


def _missing(asked: float, food: float, held: float) -> float:
    return max(0.0, asked * food - held)


def _plain(text: str) -> str:
    """Return the words of a name or a label, without case or accents."""
    return " ".join(loose(word) for word in re.split(r"[\W_]+", text) if word)
