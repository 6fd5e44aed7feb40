"""Work that households sell by the hour: what they are paid is told with its hours, for it is no gain like another."""

from __future__ import annotations

from dataclasses import dataclass

from filiere.language import Label
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.accounts import Accounts
from filiere.units import is_time

_SMALL = 0.5
"""Less money, or less work, than this is none."""
_HOURS = Label("for {hours} more of work", "pour {hours} de travail en plus")


@dataclass(frozen=True)
class Pay:
    """What a household inside is left of the work that it sells, this year and in the plan, and how much work that is.

    ``product`` is the work that it sells most of; ``hours`` are of that alone.
    """

    product: str
    before: float
    after: float
    hours: float

    @property
    def more(self) -> float:
        """What it is left more than this year."""
        return self.after - self.before


def pay(view: View) -> dict[str, Pay]:
    """Return, by household, what it earns by its work; nothing of those whose work costs all that it is paid."""
    measures, today = view.result.measures, view.result.today_measures
    if measures is None or today is None or view.today is None:
        return {}
    now, then = _sold(view.accounts), _sold(view.today)
    found = {}
    for name, work in now.items():
        earned = []
        for sold, left in ((then.get(name, {}), today), (work, measures)):
            paid = sum(money for _, money in sold.values())
            earned.append(max(0.0, min(paid, float(left.actors["surplus"].get(name, 0.0)))))
        product = max(work, key=lambda one: (work[one][1], one))
        hours = work[product][0] - then.get(name, {}).get(product, (0.0, 0.0))[0]
        if max(earned) >= _SMALL:
            found[name] = Pay(product, earned[0], earned[1], hours)
    return found


def _sold(accounts: Accounts) -> dict[str, dict[str, tuple[float, float]]]:
    """By household and service counted in hours or days: how much is sold, and for how much."""
    actors, products = accounts.chain.actors, accounts.chain.products
    flows = accounts.flows
    sums = flows[flows["value"] > 0.0].frame.groupby(["from", "product"])[["quantity", "value"]].sum()
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for (seller, good), quantity, value in sums.itertuples():
        name, product = str(accounts.actor_index[seller]), products[str(accounts.product_index[good])]
        household = actors[name].inside and actors[name].sector is w.Sector.HOUSEHOLD
        if household and product.kind is w.ProductKind.SERVICE and is_time(product.unit):
            found.setdefault(name, {})[product.name] = float(quantity), float(value)
    return found


def hours(view: View, name: str) -> str:
    """``for 6,024 h more of work``; empty where an actor is not paid for more work than this year."""
    one = view.of(pay).get(name)
    if one is None or one.hours < _SMALL or one.more < _SMALL:
        return ""
    return view.set(_HOURS.fill(hours=view.quantity(one.hours, one.product)))


def paid_more(view: View) -> float:
    """Return what households are paid more than this year, all together."""
    return sum(one.more for one in view.of(pay).values())


def not_counted(view: View) -> str:
    """Say what the net cost would be if this work counted as all other does; empty where it does."""
    before, after = (sum(getattr(one, side) for one in view.of(pay).values()) for side in ("before", "after"))
    measures, today = view.result.measures, view.result.today_measures
    if after < _SMALL or measures is None or today is None:
        return ""
    now, then = (frame.chain.get("net_cost") for frame in (measures, today))
    if now is None or then is None:
        return ""
    cost, change = now + after, now + after - then - before
    more = view.pick("more" if change >= 0.0 else "less", "de plus" if change >= 0.0 else "de moins")
    paid, whole, by = view.money(round(after)), view.money(round(cost)), view.money(abs(round(change)))
    return view.pick(
        f" The {paid} that households of the territory are paid for their work are no part of it; counted as the work "
        f"of others is, it would be {whole}, {by} {more} than this year (a cost per unit on their row of the sheet "
        "Offers does so).",
        f" Les {paid} payés à des ménages du territoire pour leur travail n'y sont pas ; comptés comme l'est le "
        f"travail des autres, il serait de {whole}, soit {by} {more} que cette année (un coût unitaire sur leur ligne "
        "de la feuille Ressources disponibles le fait).",
    )
