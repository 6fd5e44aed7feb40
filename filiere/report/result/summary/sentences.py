"""What the figures mean, said in a sentence: names, numbers, and no jargon. French and English."""

from __future__ import annotations

import math
from collections.abc import Sequence

from filiere.indicators import dependency
from filiere.indicators.borne import payer
from filiere.language import Label, decimals, is_whole, listed, number, several
from filiere.report.result.summary import contributors as c
from filiere.report.result.tables.flows import gaps
from filiere.report.result.tables.money.gains import family_name, signed
from filiere.report.result.tables.money.pay import not_counted
from filiere.report.sheet import Sheet
from filiere.report.view import View
from filiere.schema import words as w

Figure = float | None

_NO_SHARE = Label(
    "Nothing is used, sold or spent: there is no share to give.",
    "Rien n'est utilisé, vendu ni dépensé : il n'y a pas de part à calculer.",
)
_SMALL = 0.5
"""Less money than this is none."""


def named(view: View, parts: Sequence[c.Part], most: int = 2) -> str:
    """Return the largest contributors with what they bring and how much money: ``X (flour, 80,000 €) and Y``."""
    return listed([f"{part.name} ({_brought(view, part)})" for part in parts[:most]], view.language)


def _brought(view: View, part: c.Part) -> str:
    money = view.money(part.amount)
    if not part.what:
        return money
    if part.whole:
        return f"{part.what}, {money}"
    return view.pick(f"{money}, first of all {part.what}", f"{money}, d'abord {part.what}")


def needs(view: View, share: Figure) -> str:
    """What is served, and what is missing most."""
    pick = view.pick
    if share is None:
        return pick("The workbook asks for no quantity.", "Le classeur ne demande aucune quantité.")
    lacking = gaps.unmet(view)
    if not lacking.height:
        return pick("Every need is served.", "Tous les besoins sont couverts.")
    actor, product, missing = _most_missing(view, lacking)
    least = pick("at least ", "Au moins ") if view.shows_today and view.missing.needs else ""
    return pick(
        f"Of what is asked for, {least}{view.percent(share)} is served (in value); missing most: {product} for "
        f"{actor} ({missing}).",
        f"{least}{view.percent(share)} de ce qui est demandé est couvert (en valeur) ; ce qui manque le plus : "
        f"{product} pour {actor} ({missing}).",
    )


def _most_missing(view: View, lacking: Sheet) -> tuple[str, str, str]:
    """Return the actor and the product of which most is missing over the year, in value, and how much of it."""
    worth: dict[tuple[str, str], float] = {}
    amount: dict[tuple[str, str], float] = {}
    names = ("actor", "product", "quantity", "value")
    for actor, product, quantity, value in zip(*(lacking.column(name).values for name in names), strict=True):
        key = str(actor), str(product)
        worth[key] = worth.get(key, 0.0) + float(str(value))
        amount[key] = amount.get(key, 0.0) + float(str(quantity))
    most = max(worth, key=lambda key: worth[key])
    return *most, view.quantity(amount[most], most[1])


def upstream(view: View, share: Figure) -> str:
    """How much is bought outside, and from whom."""
    pick = view.pick
    if share is None:
        return view.set(_NO_SHARE)
    sellers = c.outside_sellers(view.accounts)
    if not sellers:
        return pick("Nothing is bought from the outside.", "Rien n'est acheté à l'extérieur.")
    return (
        pick(
            f"Of every 100 {view.currency} used here or sold outside, {_of_hundred(view, share)} "
            f"{_depend(view, share)} on the outside; largest outside suppliers: {named(view, sellers)}.",
            f"Sur 100 {view.currency} utilisés ici ou vendus au-dehors, {_of_hundred(view, share)} "
            f"{_depend(view, share)} de l'extérieur ; "
            f"principaux fournisseurs extérieurs : {named(view, sellers)}.",
        )
        + partly(view)
        + _sums(view)
    )


def _sums(view: View) -> str:
    """Say what the share is a share of, to be worked out again; nothing where it is one of masses."""
    if view.chain.settings.dependency_basis is w.DependencyBasis.MASS:
        return ""
    bought, spent = dependency.upstream_amounts(view.accounts)
    base = view.money(round(dependency.base_of_uses(view.accounts)))
    paid = view.chain.settings.dependency_basis is w.DependencyBasis.PAID
    how = view.pick("at the prices paid" if paid else "at reference prices",
                    "aux prix payés" if paid else "au prix de référence")  # fmt: skip
    parts = [view.pick(f"{view.money(round(bought))} of outside purchases {how}",
                       f"{view.money(round(bought))} d'achats extérieurs {how}")]  # fmt: skip
    if spent >= _SMALL:
        parts.append(view.pick(f"{view.money(round(spent))} of own costs paid outside",
                               f"{view.money(round(spent))} de coûts propres payés dehors"))  # fmt: skip
    said = listed(parts, view.language)
    return view.pick(f" Worked out: {said}, over {base}.", f" Calcul : {said}, sur {base}.")


def downstream(view: View, share: Figure) -> str:
    """How much is sold outside, and to whom."""
    pick = view.pick
    if share is None:
        return view.set(_NO_SHARE)
    buyers = c.outside_buyers(view.accounts)
    if not buyers:
        return _by_products_alone(view)
    return pick(
        f"Of every 100 {view.currency} used here or sold outside, {_of_hundred(view, share)} "
        f"{_depend(view, share)} on outside "
        f"customers; the largest: {named(view, buyers)}.",
        f"Sur 100 {view.currency} utilisés ici ou vendus au-dehors, {_of_hundred(view, share)} "
        f"{_depend(view, share)} de clients "
        f"extérieurs ; les plus gros : {named(view, buyers)}.",
    )


def _by_products_alone(view: View) -> str:
    """Say that nothing is sold outside, or nothing but what the territory does not depend on."""
    buyers = c.outside_buyers(view.accounts, again=True)
    if not buyers:
        return view.pick("Nothing is sold to the outside.", "Rien n'est vendu à l'extérieur.")
    return view.pick(
        "By-products and re-used goods alone are sold to the outside, and they do not count here; the largest "
        f"customers: {named(view, buyers)}.",
        "Seuls des coproduits et du réemploi sont vendus à l'extérieur, et ils ne comptent pas ici ; les plus gros "
        f"clients : {named(view, buyers)}.",
    )


def funding(view: View, share: Figure) -> str:
    """How much of the resources is outside funding, and whose."""
    pick = view.pick
    funders = c.outside_funders(view.accounts)
    if share is None:
        return pick("There are neither sales nor grants.", "Il n'y a ni ventes ni financements.")
    if not funders:
        return pick("No funding comes from the outside.", "Aucun financement ne vient de l'extérieur.")
    return pick(
        f"Of every 100 {view.currency} of sales and funding, {_of_hundred(view, share)} {_depend(view, share)} on "
        f"outside funders; the largest: {named(view, funders)}.",
        f"Sur 100 {view.currency} de ventes et de financements, {_of_hundred(view, share)} {_depend(view, share)} "
        f"de financeurs extérieurs ; les plus gros : {named(view, funders)}.",
    ) + _counted_in_part(view)


def _counted_in_part(view: View) -> str:
    """Name the outside funders whose grants count in part: the share is then less than what they pay."""
    named = [f"{name} ({view.percent(part)})" for name, part in c.funders_in_part(view.accounts)]
    if not named:
        return ""
    whom = listed(named, view.language)
    return view.pick(f" Counted in part: {whom}.", f" Comptés en partie : {whom}.")


def circularity(view: View, share: Figure) -> str:
    """How much of what is used is used again, and what."""
    pick = view.pick
    again = c.reused(view.accounts)
    if share is None or not again:
        return pick("No by-product or re-used item is put to use.", "Aucun coproduit ni objet réemployé n'est utilisé.")
    words = _amounts(view, again)
    brought = c.brought_in(view.accounts)
    if share == 0.0 and brought:
        return pick(
            "No more is used again here than by-products and re-used goods come in from outside, which are taken off. "
            f"Used here: {words}; from outside: {_amounts(view, brought)}.",
            "Il ne se réutilise pas plus ici qu'il n'arrive de coproduits et de réemploi de l'extérieur, qui en sont "
            f"déduits. Utilisés ici : {words} ; venus de l'extérieur : {_amounts(view, brought)}.",
        )
    basis = view.chain.settings.circularity_basis
    how = pick("mass", "en masse") if basis is w.Basis.MASS else pick("value", "en valeur")
    other = w.Basis.VALUE if basis is w.Basis.MASS else w.Basis.MASS
    measures = view.result.measures
    beside = measures.chain.get(f"circular_use_rate_{other.key}") if measures else None
    more = "" if beside is None else pick(
        f" ({view.percent(beside)} by {'value' if other is w.Basis.VALUE else 'mass'})",
        f" ({view.percent(beside)} {'en valeur' if other is w.Basis.VALUE else 'en masse'})",
    )  # fmt: skip
    return pick(
        f"By {how}, {view.percent(share)} of what is used comes from by-products and re-use{more}, counted at each "
        f"use: {words}.",
        f"{view.percent(share)} de ce qui est utilisé ({how}) vient de coproduits et du réemploi{more}, comptés à "
        f"chaque usage : {words}.",
    )


def _amounts(view: View, parts: Sequence[c.Part]) -> str:
    """Name the first of some products with how much of each."""
    return listed([f"{p.name} ({view.quantity(p.amount, p.name)})" for p in parts[:3]], view.language)


def cost(view: View) -> str:
    """What the net cost is made of."""
    pick = view.pick
    made = c.net_cost(view.accounts)
    money = view.money
    total = money(abs(made.net))
    head = (
        pick(
            f"The territory as a whole pays {total} net a year",
            f"Le territoire dans son ensemble paie {total} nets par an",
        )
        if made.net >= 0.0
        else pick(
            f"The territory as a whole earns {total} net a year",
            f"Le territoire dans son ensemble gagne {total} nets par an",
        )
    )
    spent = [
        pick(f"{money(made.purchases)} of outside purchases", f"{money(made.purchases)} d'achats extérieurs")
        * (made.purchases > 0),
        pick(f"{money(made.own)} of own costs and transport", f"{money(made.own)} de coûts propres et de transport")
        * (made.own > 0),
    ]
    earned = [
        pick(f"{money(made.sales)} of outside sales", f"{money(made.sales)} de ventes extérieures") * (made.sales > 0),
        pick(
            f"{money(made.users)} paid by users who are no actors of the workbook",
            f"{money(made.users)} payés par des usagers qui ne sont pas des acteurs du classeur",
        )
        * (made.users > 0),
    ]
    sides = [listed([part for part in side if part], view.language) for side in (spent, earned)]
    if not any(sides):
        return head + "."
    said = head + pick(": ", " : ") + pick(", less ", ", moins ").join(side for side in sides if side) + "."
    return said + not_counted(view)


_BOTH_SIDES = 0.1
"""A family of which some gain and others pay is told apart from this share of the larger side on."""


def borne(view: View) -> str:
    """What outside funders give, and which of those inside pay for the rest, or gain by it."""
    pick, measures = view.pick, view.result.measures
    if measures is None:
        return ""
    given = sum(part.amount for part in c.outside_funders(view.accounts))
    head = (
        pick(
            f"Outside funders give {view.money(given)}. ", f"Les financeurs extérieurs apportent {view.money(given)}. "
        )
        if given >= _SMALL
        else pick("No grant comes from the outside. ", "Aucune aide ne vient de l'extérieur. ")
    )
    shares: dict[str, float] = measures.details["who_pays"]
    paying, gaining = (
        listed((f"{family_name(view, key)} ({view.money(abs(amount))}{_sides(view, key)})"
                for key, amount in shares.items() if sign * amount >= _SMALL), view.language)
        for sign in (1.0, -1.0)
    )  # fmt: skip
    parts = [
        pick(f"outlays exceed receipts for {paying}", f"dépensent plus qu'ils ne reçoivent : {paying}")
        if paying else "",
        pick(f"receipts exceed outlays for {gaining}", f"reçoivent plus qu'ils ne dépensent : {gaining}")
        if gaining else "",
    ]  # fmt: skip
    said = pick("; ", " ; ").join(part for part in parts if part)
    return f"{head}{capital(said)}." if said else head.rstrip()


def _sides(view: View, family: str) -> str:
    """Name who gains and who pays most within a family of which both are large: a net figure would hide them."""
    surplus = view.result.measures.actors["surplus"].to_dict() if view.result.measures else {}
    actors = view.chain.actors
    known = ((str(name), float(amount)) for name, amount in surplus.items() if not math.isnan(amount))
    left = {name: amount for name, amount in known if payer(actors[name]) == family}
    if not left:
        return ""
    gain, lose = (sum(max(0.0, sign * amount) for amount in left.values()) for sign in (1.0, -1.0))
    if min(gain, lose) < max(_SMALL, _BOTH_SIDES * max(gain, lose)):
        return ""
    first, last = min(left, key=lambda name: left[name]), max(left, key=lambda name: left[name])
    if gain > lose:
        first, last = last, first
    first, last = (f"{name} {signed(view, left[name])}" for name in (first, last))
    return view.pick(f"; first of all {first}, but {last}", f" ; d'abord {first}, mais {last}")


def jobs(view: View, posts: float) -> str:
    """How many people the activities employ, and where."""
    pick = view.pick
    parts = c.employers(view.accounts)
    if not parts:
        return pick("No activity has a number of jobs.", "Aucune activité n'indique d'emplois.")
    unit = pick("FTE", "ETP")
    words = listed([f"{p.name} ({view.number(p.amount)}\u00a0{unit})" for p in parts[:3]], view.language)
    return pick(
        f"The activities take {view.number(posts)} full-time equivalents; most of them at {words}.",
        f"Les activités occupent {view.number(posts)} équivalents temps plein, d'abord : {words}.",
    )


def emissions(view: View, tonnes: float) -> str:
    """How much is emitted, and by what first."""
    pick = view.pick
    parts = c.emitters(view.accounts)
    if not parts:
        return pick("No figure on emissions was given.", "Aucune émission n'est renseignée.")
    first = parts[0]
    who = (
        f"{first.name} ({first.what})"
        if first.name
        else pick(f"transport of {first.what}", f"transport ({first.what})")
    )
    share = first.amount / 1000.0 / tonnes if tonnes > 0.0 else 1.0
    return pick(
        f"Activities and transport emit {view.number(tonnes)}\u00a0t of CO₂ equivalent; first source: "
        f"{who}, {view.percent(share)}.",
        f"Les activités et les transports émettent {view.number(tonnes)}\u00a0t équivalent CO₂ ; premier poste : "
        f"{who}, {view.percent(share)}.",
    )


def partly(view: View) -> str:
    """Say that partners count in part, where a partner sells to the inside."""
    actors, flows = view.accounts.actors, view.accounts.flows
    weight = actors["weight"][flows["from"]]
    bought = actors["inside"][flows["to"]]
    if not ((weight > 0.0) & (weight < 1.0) & bought).any():
        return ""
    return view.pick(" Partner territories count in part.", " Les territoires partenaires comptent en partie.")


def capital(text: str) -> str:
    """Return a text with its first letter as a sentence begins."""
    return text[:1].upper() + text[1:]


def _of_hundred(view: View, share: float) -> str:
    return f"{number(100 * share, view.language, _decimals(share))}\u00a0{view.currency}"


def _depend(view: View, share: float) -> str:
    """The verb behind a sum of a hundred, which agrees with the sum as it is written."""
    plural = several(round(100 * share, _decimals(share)), view.language)
    return view.pick("depend" if plural else "depends", "dépendent" if plural else "dépend")


def _decimals(share: float) -> int:
    return decimals(share, 0 if is_whole(100 * share) else 1 if share >= 0.01 else 2)
