"""Choices in sentences: what equal shares cost, what each wished rule misses and what holding it would cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from filiere.analysis.explain.choices import Choices, Equal, Grown, Missed, Wishes
from filiere.language import after_colon, listed, quoted
from filiere.report.explain.figures import unit_of_rule
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.scope import missed, parts_of
from filiere.solution.shares import ServedShare

NAMED = 3
"""How many shares, rules or growths are named."""

NOTHING = 1.0
"""Less money than this is none."""
FULL, NONE = 1e-4, 5e-4
"""A share that lacks less is full; one of less is none at all."""


def choice_lines(view: View) -> Iterator[tuple[str, str]]:
    """Yield label and sentence of what the workbook's own choices cost."""
    found: Choices | None = view.result.choices
    if found is None:
        return
    if found.equal is not None:
        yield view.pick("Equal shares", "Parts égales"), _equal(view, found.equal)
    for one in found.rules:
        yield view.pick("Wished rule", "Règle souhaitée"), rule_line(view, one)
    if found.wishes is not None and (said := wishes_line(view, found.wishes)):
        yield view.pick("Price of wishes", "Prix des souhaits"), said


def pooled_line(view: View) -> str | None:
    """Return what pooling means saves against everybody alone; None where it was not looked at."""
    found = view.result.choices.pooled if view.result.choices else None
    if found is None:
        return None
    said = [f"{service} ({listed(users, view.language)})" for (_, service), users in found.means[:NAMED]]
    means = listed(said, view.language)
    if not found.costs:
        return view.pick(f"{means}: with means of their own, no plan would hold.",
                         f"{means} : avec chacun ses propres moyens, aucun plan ne tiendrait.")  # fmt: skip
    saved, served = found.costs[w.Objective.COST], found.costs[w.Objective.UNMET]
    parts = []
    if abs(saved) >= NOTHING:
        more = view.pick(*(("more", "de plus") if saved > 0 else ("less", "de moins")))
        money = view.money(abs(saved))
        parts.append(view.pick(f"it would cost {money} {more} a year", f"cela coûterait {money} {more} par an"))
    if served >= NOTHING:
        money = view.money(served)
        parts.append(view.pick(f"{money} more of needs would not be served",
                               f"{money} de besoins en plus ne seraient pas couverts"))  # fmt: skip
    told = view.pick(" and ", " et ").join(parts) or view.pick("nothing would change", "rien ne changerait")
    return view.pick(
        f"{means}: with means of its own for each, their fixed costs too, and all planned again, {told}.",
        f"{means} : avec chacun ses propres moyens et leurs coûts fixes, tout replanifié, {told}.",
    )


def growth_line(view: View) -> str | None:
    """Return what more than doubles, in one sentence; None where nothing does."""
    found = view.result.choices.grown if view.result.choices else ()
    if not found:
        return None
    said = listed([_grown(view, one) for one in found[:NAMED]], view.language)
    more = len(found) - NAMED
    if more > 0:
        said += view.pick(
            f" and {more} more, whose change is in the tables “Relations” and “Activities”",
            f" et {more} autre{'s' if more > 1 else ''}, dont l'écart est dans les tableaux «\u00a0Échanges\u00a0» et "
            "«\u00a0Activités\u00a0»",
        )
    return view.pick(f"more than doubles: {said}.", f"plus du double : {said}.")


def _grown(view: View, one: Grown) -> str:
    name = (
        f"{one.names[0]} → {one.names[1]}, {one.names[2]}" if len(one.names) > 2 else f"{one.names[0]} ({one.names[1]})"
    )
    return f"{name} (×\u00a0{view.number(one.plan / one.today)})"


def _equal(view: View, equal: Equal) -> str:
    text = _short_of(view, equal.shares)
    if view.result.solution.shares_cut:
        text += view.pick(
            " There are more than 50 levels of shares: above the fiftieth, shares are as they come.",
            " Il y a plus de 50 niveaux de parts : au-delà du cinquantième, les parts sont comme elles viennent.",
        )
    if not equal.costs:
        return text
    dearer = _costs(view, equal.costs)
    if dearer:
        text += view.pick(f" Sharing equally {dearer}.", f" Partager à parts égales {dearer}.")
    else:
        text += view.pick(" Sharing equally costs nothing more.", " Partager à parts égales ne coûte rien de plus.")
    if equal.after:
        said = _shares(view, equal.shares, equal.after)
        if said:
            text += view.pick(
                f" With fairness set to “after”: {said}.", f" Avec l'équité « après les besoins » : {said}."
            )
    return text


def _short_of(view: View, shares: Sequence[ServedShare]) -> str:
    """Say of what there is not enough, how much of it each gets, and who gets none and why."""
    short: dict[str, list[ServedShare]] = {}
    for one in sorted(shares, key=lambda one: one.share):
        if one.share < 1.0 - FULL:
            short.setdefault(one.product, []).append(one)
    said = [_of_product(view, product, rows, shares) for product, rows in list(short.items())[:NAMED]]
    left = len(short) - len(said)
    if left > 0:
        said.append(view.counted(left, ("more product", "more products"), ("autre produit", "autres produits")))
    return view.pick(
        "not all that is wanted can be had. ", "tout ce qui est souhaité ne peut pas être servi. "
    ) + " ".join(f"{part}." for part in said)


def _of_product(view: View, product: str, rows: Sequence[ServedShare], shares: Sequence[ServedShare]) -> str:
    """``jus de pomme : 91 % chacun pour Bourg et Villages ; rien pour Marché : …``: names may be of one or of many."""
    parts: list[str] = []
    by_share: dict[str, list[ServedShare]] = {}
    for one in rows:
        by_share.setdefault(view.percent(one.share) if one.share > NONE else "", []).append(one)
    for written, some in sorted(by_share.items(), key=lambda pair: -pair[1][0].share):
        who, several = _actors(view, some), len({one.actor for one in some}) > 1
        if written:
            parts.append(view.pick(
                f"{written} of it for {'each of ' if several else ''}{who}",
                f"{written} {'chacun ' if several else ''}pour {who}",
            ))  # fmt: skip
            continue
        first = any(
            one.product == product and one.share > NONE and one.importance > some[0].importance for one in shares
        )
        parts.append(view.pick(
            f"none for {who}, as "
            + ("more important needs come first" if first else "nothing described here can bring it"),
            f"rien pour {who} : "
            + ("les besoins plus importants passent d'abord" if first
               else "rien de ce qui est décrit ne peut en apporter"),
        ))  # fmt: skip
    return after_colon(product, view.pick("; ", " ; ").join(parts), view.language)


def _actors(view: View, rows: Sequence[ServedShare]) -> str:
    names = list(dict.fromkeys(one.actor for one in rows))
    if len(names) > NAMED:
        more = len(names) - NAMED
        names = [*names[:NAMED], view.counted(more, ("more", "more"), ("autre", "autres"))]
    return listed(names, view.language)


def _shares(view: View, now: Sequence[ServedShare], after: Sequence[ServedShare]) -> str:
    known = {(one.actor, one.product, one.importance): one.share for one in now}
    moved = [one for one in after if abs(one.share - known.get((one.actor, one.product, one.importance), 0.0)) > 5e-3]
    moved.sort(key=lambda one: one.share)
    return listed([f"{one.actor}, {one.product} {view.percent(one.share)}" for one in moved[:NAMED]], view.language)


def rule_line(view: View, one: Missed) -> str:
    """Return what a wished rule misses, and what holding it would cost."""
    name = quoted(one.rule.name, view.language)
    text = view.pick(f"{name} is missed{_by(view, one)}.", f"{name} n'est pas tout à fait respectée{_by(view, one)}.")
    if one.state == "impossible":
        return text + view.pick(
            " No plan can hold it beside the rest.", " Aucun plan ne peut la respecter avec le reste."
        )
    if one.state == "not_tried":
        return text
    dearer = _costs(view, one.costs)
    if not dearer:
        return text + view.pick(
            " Holding it would cost nothing more: make it a must.", " La respecter ne coûterait rien de plus : "
            "rendez-la obligatoire.",
        )  # fmt: skip
    return text + view.pick(f" Holding it {_would(view, one.costs)}.", f" La respecter {_would(view, one.costs)}.")


def wishes_line(view: View, wishes: Wishes) -> str:
    """Return what the wished rules take together: a plan without any of them beside this one; empty for nothing."""
    parts = _without(view, wishes.costs)
    if not parts:
        return ""
    names, language = [quoted(name, view.language) for name in wishes.names], view.language
    one = len(names) == 1
    more = [view.counted(len(names) - NAMED, ("more", "more"), ("autre", "autres"))] if len(names) > NAMED else []
    said = listed([*names[:NAMED], *more], language)
    without = view.pick(
        f"without the wished {'rule' if one else 'rules'} {said}",
        f"sans {'la règle souhaitée' if one else 'les règles souhaitées'} {said}",
    )
    told = listed(parts, language)
    return view.pick(f"{without}, and all planned again, {told}.", f"{without}, tout replanifié, {told}.")


def _without(view: View, costs: Mapping[w.Objective, float]) -> list[str]:
    """What would be otherwise without what costs so much."""
    pick, parts = view.pick, list[str]()
    dearer, short, lost = (costs.get(kind, 0.0) for kind in (w.Objective.COST, w.Objective.UNMET, w.Objective.LOST))
    if abs(dearer) > NOTHING:
        less, moins = ("less", "moins") if dearer > 0.0 else ("more", "plus")
        amount = view.money(abs(dearer))
        parts.append(
            pick(f"the plan would cost {amount} {less} a year", f"le plan coûterait {amount} de {moins} par an")
        )
    if abs(short) > NOTHING:
        less, moins = ("more", "plus") if short > 0.0 else ("less", "moins")
        amount = view.money(abs(short))
        parts.append(pick(f"{amount} {less} of the needs would be served (at reference prices)",
                          f"{amount} de besoins de {moins} seraient couverts (au prix de référence)"))  # fmt: skip
    if abs(lost) > NOTHING:
        less, moins = ("more", "plus") if lost > 0.0 else ("less", "moins")
        amount = view.money(abs(lost))
        parts.append(pick(f"{amount} {less} of today's activity would be kept",
                          f"{amount} d'activité d'aujourd'hui de {moins} seraient gardés"))  # fmt: skip
    return parts


def _by(view: View, one: Missed) -> str:
    """What is reached and asked, where one figure says it."""
    rule = one.rule
    if rule.row.each is not None:
        return ""
    part, whole = parts_of(view.accounts, rule)
    if whole is None:
        unit = unit_of_rule(view.chain, rule, view.language)
        reached, asked = view.number(float(part.sum())), view.number(rule.value) + (unit and f"\u00a0{unit}")
    elif abs(float(whole.sum())) > 0.0:
        reached, asked = view.percent(float(part.sum() / whole.sum()), 1), view.percent(rule.value, 1)
    else:
        return f" ({view.number(missed(view.accounts, rule))})"
    return view.pick(f": {reached} for {asked} asked", f" : {reached} pour {asked} demandés")


def _costs(view: View, costs: Mapping[w.Objective, float]) -> str:
    """Say what costs more or is short, in the present tense; empty where nothing is."""
    return _said(view, costs, ("costs {amount} more a year", "coûte {amount} de plus par an"),
                 ("costs {amount} less a year", "coûte {amount} de moins par an"),
                 ("leaves {amount} more unserved (at reference prices)",
                  "laisse {amount} de plus non servi (au prix de référence)"))  # fmt: skip


def _would(view: View, costs: Mapping[w.Objective, float]) -> str:
    return _said(view, costs, ("would cost {amount} more a year", "coûterait {amount} de plus par an"),
                 ("would cost {amount} less a year", "coûterait {amount} de moins par an"),
                 ("would leave {amount} more unserved (at reference prices)",
                  "laisserait {amount} de plus non servi (au prix de référence)"))  # fmt: skip


Pair = tuple[str, str]


def _said(view: View, costs: Mapping[w.Objective, float], dearer: Pair, cheaper: Pair, short: Pair) -> str:
    parts = []
    cost, unmet = costs.get(w.Objective.COST, 0.0), costs.get(w.Objective.UNMET, 0.0)
    if unmet > NOTHING:
        parts.append(view.pick(*short).format(amount=view.money(unmet)))
    if abs(cost) > NOTHING:
        parts.append(view.pick(*(dearer if cost > 0.0 else cheaper)).format(amount=view.money(abs(cost))))
    return listed(parts, view.language)
