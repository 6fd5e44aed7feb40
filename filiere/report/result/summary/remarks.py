"""What must not be overlooked in a result: gaps, projects, assumptions, and whether the answer was verified."""

from __future__ import annotations

import math
from collections.abc import Iterator

from filiere.language import after_colon, listed
from filiere.report.document import Remark
from filiere.report.explain.bound import bound_line
from filiere.report.explain.choices import choice_lines, growth_line, pooled_line
from filiere.report.explain.told import first_lever
from filiere.report.explain.words import lever_line, verdict_line
from filiere.report.result.payments import compensation_line
from filiere.report.result.summary.dearer import dearer_line
from filiere.report.result.summary.independence import independence
from filiere.report.result.summary.posts import posts_line
from filiere.report.result.tables.assumptions import uncertain_rows
from filiere.report.result.tables.flows import gaps
from filiere.report.result.tables.flows.balances import lost_in_stocks
from filiere.report.result.tables.flows.reconciled import supposed_line
from filiere.report.result.tables.money.funding import grants_line
from filiere.report.result.tables.money.gains import gains_line
from filiere.report.result.tables.money.outlets import outlets_line, public_line
from filiere.report.result.tables.money.room import room_line
from filiere.report.result.tables.plan.fractions import fractions_line
from filiere.report.result.tables.plan.objectives import gaps_line
from filiere.report.result.tables.plan.projects import Project
from filiere.report.result.tables.plan.projects import listed as listed_projects
from filiere.report.result.tables.plan.rules import tight_line
from filiere.report.result.tables.plan.stopped import stopped_line
from filiere.report.result.tables.plan.supposed import demand_line, full_line
from filiere.report.today.first import first_lines, partly_known
from filiere.report.today.words import reconciliation_lines
from filiere.report.view import View
from filiere.schema import words as w
from filiere.solution.solution import Status

_SMALL = 0.5
"""Less money than this is none."""
_SPOILAGE = 0.05
"""What a stock may lose of what came in without being told first."""


def remarks(view: View) -> Iterator[Remark]:
    """Yield what must not be overlooked: gaps, projects, assumptions, and whether the answer was verified."""
    pick = view.pick
    for label, text in first_lines(view):
        yield Remark(label, text, True, top=True)
    if stopped := stopped_line(view):
        yield Remark(pick("Who stops", "Qui s'arrête"), stopped, True, top=True)
    if posts := posts_line(view):
        yield Remark(pick("Jobs", "Emplois"), posts, True, top=True)
    yield from _who_pays(view)
    for label, text in choice_lines(view):
        yield Remark(label, text, True, top=True)
    yield from _lost_in_stock(view)
    paid = compensation_line(view)
    if paid:
        yield Remark(pick("Compensation", "Compensations"), paid, top=True)
    if not view.knows_nothing:
        yield _unmet(view)
        yield from _deficits(view)
        yield _discards(view)
    yield from _left_over(view)
    pooled = pooled_line(view)
    if pooled is not None:
        yield Remark(pick("Pooled means", "Moyens mis en commun"), pooled)
    grown = growth_line(view)
    if grown is not None:
        yield Remark(pick("Growth", "Hausse"), grown, True)
    for label, said in (
        (pick("Outlets lost", "Débouchés perdus"), outlets_line(view)),
        (pick("Demand", "Demande supposée"), demand_line(view)),
        (pick("No margin", "Sans marge"), full_line(view)),
        (pick("Rules", "Règles"), tight_line(view)),
        (pick("Parts", "Fractions"), fractions_line(view)),
    ):
        if said is not None:
            yield Remark(label, said)
    supposed = supposed_line(view)
    if supposed is not None:
        yield Remark(pick("Only supposed", "Seulement supposé"), supposed, view.shows_today, view.shows_today)
    rows = list(listed_projects(view))
    if rows:
        yield _projects(view, rows)
    for text, warned in reconciliation_lines(view):
        yield Remark(pick("Figures of this year", "Chiffres de cette année"), text, warned, True)
    costs = independence(view)
    if costs is not None:
        yield Remark(pick("Price of independence", "Prix de l'indépendance"), costs)
    yield from _why(view)
    yield _assumptions(view)
    if view.chain.warnings:
        count = len(view.chain.warnings)
        text = pick(
            f"{count} when the workbook was read; see the table “Assumptions”.",
            f"{count} à la lecture du classeur ; voir le tableau «\u00a0Hypothèses\u00a0».",
        )
        yield Remark(pick("Warnings", "Avertissements"), text, True)
    yield from _verified(view)


def _who_pays(view: View) -> Iterator[Remark]:
    """Say who gains and pays, which grants and purchases have to be decided, and who pays more for the same."""
    pick = view.pick
    for label, text, warned in (
        (pick("Who gains, who pays", "Qui gagne, qui paie"), gains_line(view), False),
        (pick("Grants to decide", "Aides à décider"), grants_line(view), True),
        (pick("Public purchases", "Achats publics"), public_line(view), False),
        (pick("Dearer to buy", "Plus cher à l'achat"), dearer_line(view), False),
    ):
        if text is not None:
            yield Remark(label, text, warned, top=True, spoken=False)


def _unmet(view: View) -> Remark:
    pick = view.pick
    label = pick("Unmet needs", "Besoins non couverts")
    sheet = gaps.unmet(view)
    unknown = _not_known(view)
    if not sheet.height:
        return Remark(label, unknown or pick("none.", "aucun."), bool(unknown))
    worth = sum(float(str(v)) for v in sheet.column("value").values)
    rows = view.counted(sheet.height, ("row", "rows"), ("ligne", "lignes"))
    text = pick(
        f"{rows}, worth {view.money(worth)} at reference prices; see the table “Unmet needs”.",
        f"{rows}, soit {view.money(worth)} au prix de référence ; voir le tableau «\u00a0Besoins non couverts\u00a0».",
    )
    return Remark(label, " ".join((text, unknown[:1].upper() + unknown[1:])).rstrip(), True)


def _not_known(view: View) -> str:
    """Say of how many needs nobody knows what is served this year; empty for a plan."""
    count = len(view.missing.needs) if view.shows_today else 0
    if not count:
        return ""
    needs = view.counted(count, ("need", "needs"), ("besoin", "besoins"))
    return view.pick(
        f"of {needs} it is not known what was served this year: nobody typed it.",
        f"pour {needs}, on ne sait pas ce qui a été couvert cette année : ce n'est pas saisi.",
    )


def _deficits(view: View) -> Iterator[Remark]:
    """Say what accounts lack; that none lacks is only said of those that are followed, and not of today."""
    pick = view.pick
    label = pick("Deficits", "Déficits")
    sheet = gaps.deficits(view)
    if not sheet.height:
        inside = [actor for actor in view.result.chain.actors.values() if actor.inside]
        followed = sum(actor.budget is not w.Budget.NO for actor in inside)
        if followed and not view.shows_today:
            whole = followed == len(inside)
            some = view.counted(followed, ("account that is followed", "accounts that are followed"),
                                ("compte suivi", "comptes suivis"))  # fmt: skip
            names = _few(view, [actor.name for actor in inside if actor.budget is not w.Budget.NO], 8)
            yield Remark(label, pick("none.", "aucun.") if whole else pick(
                f"none, of {some}: {names}. Nobody checks whether the others' accounts balance.",
                f"aucun, sur {some} : {names}. L'équilibre des autres comptes n'est pas vérifié.",
            ))  # fmt: skip
        return
    pairs = zip(sheet.column("actor").values, sheet.column("deficit").values, strict=True)
    words = [(str(actor), float(str(amount))) for actor, amount in pairs]
    total = view.money(sum(amount for _, amount in words))
    first = listed([f"{actor} ({view.money(amount)})" for actor, amount in words[:3]], view.language)
    yield Remark(
        label,
        pick(f"{total} in all; the largest: {first}.", f"{total} en tout ; les plus élevés : {first}.")
        + _since_today(view, dict(words))
        + room_line(view)
        + _of_incomplete(view, [actor for actor, _ in words]),
        True,
    )


def _since_today(view: View, short: dict[str, float]) -> str:
    """Say by how much accounts are shorter than this year; empty for this year itself, or without one."""
    before = view.result.today
    if before is None or view.shows_today:
        return ""
    was = dict(zip(before.deficits["actor"], before.deficits["amount"], strict=True))
    worse = sum(max(0.0, amount - was.get(actor, 0.0)) for actor, amount in short.items())
    if worse < _SMALL:
        return view.pick(" None is worse than this year.", " Aucun n'est pire que cette année.")
    money = view.money(worse)
    return view.pick(f" {money} of it is more than this year.", f" Dont {money} de plus que cette année.")


def _of_incomplete(view: View, short: list[str]) -> str:
    """Say of whom a gap of this year may be none, as not all of its exchanges and activities are known."""
    unsure = view.shows_today and partly_known(view)
    named = [actor for actor in short if unsure and actor in view.incomplete]
    if not named:
        return ""
    who = _few(view, named)
    return view.pick(
        f" Not all of this year's figures of {who} are typed: what is missing may close the gap.",
        f" Les chiffres de cette année ne sont pas tous saisis pour {who} : ce qui manque peut combler l'écart.",
    )


def _lost_in_stock(view: View) -> Iterator[Remark]:
    """Say what stocks lose of products that may not be thrown away: a lossy stock is no silent dump.

    What spoils of a stock that is kept for its goods is a small share of what came in; it stands among the discards.
    """
    pick = view.pick
    for row in lost_in_stocks(view):
        product = view.chain.products[row.product]
        if product.may_discard or row.lost <= max(_SPOILAGE * row.came_in, 1e-6):
            continue
        said, of = (view.quantity(amount, row.product) for amount in (row.lost, row.came_in))
        yield Remark(
            pick("Lost in stock", "Perdu en stock"),
            pick(
                f"{said} of {row.product} at {row.actor}, of {of} made or received there, which may not be thrown "
                "away: a stock that loses is no way to get rid of it. Check its loss, or who takes it.",
                f"{said} de {row.product} chez {row.actor}, sur {of} produits ou reçus, qui ne peut pas être jeté : un "
                "stock qui perd n'est pas un débarras. Vérifiez sa perte, ou qui le prend.",
            ),
            warned=True,
            top=True,
        )


def _discards(view: View) -> Remark:
    """Say what is thrown away and what spoils in stocks, apart, what it was worth, and what getting rid of it costs."""
    pick = view.pick
    label = pick("Thrown away", "Rejets")
    sheet = gaps.discarded(view)
    total: dict[str, dict[str, float]] = {}
    columns = (sheet.column(name).values for name in ("how", "product", "quantity"))
    for how, product, amount in zip(*columns, strict=True):
        of = total.setdefault(str(how), {})
        of[str(product)] = of.get(str(product), 0.0) + float(str(amount))
    parts = []
    for how, amounts in sorted(total.items()):
        ordered = sorted((-q * max(view.chain.products[p].value, 1e-9), p) for p, q in amounts.items())
        told = [p for _, p in ordered if any(digit in view.number(amounts[p]) for digit in "123456789")]
        if told:
            named = _few(view, [f"{p} ({view.quantity(amounts[p], p)})" for p in told])
            parts.append(after_colon(how, named, view.language))
    if not parts:
        return Remark(label, pick("nothing.", "aucun."))
    words = pick("; ", " ; ").join(parts)
    cost = sum(float(str(v)) for v in sheet.column("cost").values)
    by_how: dict[str, float] = {}
    for how, value in zip(sheet.column("how").values, sheet.column("value").values, strict=True):
        by_how[str(how)] = by_how.get(str(how), 0.0) + float(str(value))
    worth = sum(by_how.values())
    if worth >= _SMALL:
        apart = [f"{view.money(value)} {how}" for how, value in sorted(by_how.items()) if value >= _SMALL]
        split = f" ({listed(apart, view.language)})" if len(apart) > 1 else ""
        words += pick(f"; worth {view.money(worth)} at reference prices{split}",
                      f" ; soit {view.money(worth)} au prix de référence{split}")  # fmt: skip
    if cost >= _SMALL:
        words += pick(f"; disposal costs {view.money(cost)} a year",
                      f" ; leur élimination coûte {view.money(cost)} par an")  # fmt: skip
    return Remark(label, words + ".")


def _left_over(view: View) -> Iterator[Remark]:
    pick, sheet = view.pick, gaps.left_over(view)
    if not sheet.height:
        return
    names = ("actor", "product", "quantity")
    rows = list(zip(*(sheet.column(name).values for name in names), strict=True))[:3]
    words = listed([f"{p} ({view.quantity(float(str(q)), str(p))}, {a})" for a, p, q in rows], view.language)
    more = sheet.height - len(rows)
    others = pick(f" and {more} more", f" et {more} autre{'s' if more > 1 else ''}") if more > 0 else ""
    text = pick(
        f"{words}{others}: bought or made in whole lots.", f"{words}{others} : acheté ou produit par lots entiers."
    )
    yield Remark(pick("Left over", "Restes"), text)


def _projects(view: View, rows: list[Project]) -> Remark:
    """Say what is opened and enlarged, at which new cost, and apart which relations in project are used."""
    pick = view.pick
    taken = [p for p in rows if p.taken]
    left = view.counted(len(rows) - len(taken), ("left aside", "left aside"), ("laissé de côté", "laissés de côté"))
    aside = [left] if len(rows) > len(taken) else []
    label = pick("Projects", "Projets et extensions")
    if not taken:
        return Remark(label, pick(f"none is taken up, {left}.", f"aucun retenu, {left}."))
    cost = sum(p.investment + p.fixed for p in taken)
    enlarged = sum(p.investment for p in taken if p.added and p.capacity)
    annuities, fixed = sum(p.investment for p in taken) - enlarged, sum(p.fixed for p in taken)
    parts_of = [text for amount, text in (
        (annuities, pick(f"{view.money(annuities)} of annuities", f"{view.money(annuities)} d'annuités")),
        (enlarged, pick(f"{view.money(enlarged)} of enlargements", f"{view.money(enlarged)} d'extensions")),
        (fixed, pick(f"{view.money(fixed)} of new fixed costs", f"{view.money(fixed)} de coûts fixes nouveaux")),
    ) if amount >= _SMALL]  # fmt: skip
    runs, links = ([p for p in taken if (p.level is None) is of_link] for of_link in (False, True))
    parts = [_few(view, [f"{p.name} ({p.decision})" for p in runs])] if runs else []
    if links:
        named = _few(view, [f"{p.name} ({p.brings})" for p in links])
        parts.append(pick(f"relations in project that are used: {named}",
                          f"échanges en projet utilisés : {named}"))  # fmt: skip
    capital = sum(p.capital for p in taken)
    if capital > 0.0:
        parts.append(
            pick(f"{view.money(capital)} to invest at the start", f"{view.money(capital)} à investir au départ")
        )
    yearly, made_of = view.money(cost), listed(parts_of, view.language)
    parts.append(
        pick(f"{yearly} a year: {made_of}", f"{yearly} par an : {made_of}") if len(parts_of) > 1
        else pick(f"{made_of} a year", f"{made_of} par an") if parts_of
        else pick("nothing to pay a year", "rien à payer par an")
    )  # fmt: skip
    return Remark(label, pick("; ", " ; ").join([*parts, *aside]) + ".")


def _few(view: View, named: list[str], most: int = 5) -> str:
    """Return the first names, and how many others there are."""
    more = len(named) - most
    others = [view.counted(more, ("more", "more"), ("autre", "autres"))] if more > 0 else []
    return listed([*named[:most], *others], view.language)


def _why(view: View) -> Iterator[Remark]:
    """What holds the plan back first, how free it is, and what was not looked at."""
    pick, explained = view.pick, view.result.explanation
    if explained is None:
        return
    if explained.bound is not None:
        said = bound_line(view.chain, explained.bound, view.language)
        yield Remark(pick("First lever", "Premier levier"), said, True)
    elif lever := first_lever(explained):
        said = lever_line(view.chain, lever, view.language, checked=False)
        see = pick(" See the table “Levers”.", " Voir le tableau «\u00a0Leviers\u00a0».")
        yield Remark(pick("First lever", "Premier levier"), said + see)
    if explained.freedom:
        verdict = verdict_line(explained.freedom, view.language)
        yield Remark(
            pick("How free it is", "Liberté du plan"),
            verdict,
        )
    if not explained.whole and explained.solution.status is Status.OPTIMAL:
        yield Remark(pick("Left out", "Non examiné"), pick(
            "levers and margins were sought for no longer than the plan itself; there may be more of them.",
            "leviers et marges n'ont pas été cherchés plus longtemps que le plan lui-même ; il peut y en avoir "
            "d'autres.",
        ))  # fmt: skip


def _assumptions(view: View) -> Remark:
    pick = view.pick
    rows = [row for row, _ in uncertain_rows(view.chain)]
    guessed = sum(row.confidence is w.Confidence.GUESSED for row in rows)
    label = pick("Assumptions", "Hypothèses")
    if not rows:
        return Remark(
            label,
            pick("no row is marked as estimated or guessed.", "aucune ligne n'est notée estimée ou supposée."),
        )
    supposed = view.counted(guessed, ("guessed row", "guessed rows"), ("ligne supposée", "lignes supposées"))
    rough = view.counted(len(rows) - guessed, ("estimated row", "estimated rows"), ("ligne estimée", "lignes estimées"))
    return Remark(label, pick(
        f"the result rests on {supposed} and {rough}; see the table “Assumptions”.",
        f"le résultat repose sur {supposed} et {rough} ; voir le tableau «\u00a0Hypothèses\u00a0».",
    ), guessed > 0)  # fmt: skip


def _verified(view: View) -> Iterator[Remark]:
    pick = view.pick
    label = pick("Verification", "Vérification")
    certificate, of_today = view.result.certificate, view.result.today_certificate
    if view.result.today_missing and of_today is None:
        yield Remark(label, pick(
            "this year's figures could not be worked out: nothing is compared with them.",
            "les chiffres de cette année n'ont pas pu être calculés : rien ne leur est comparé.",
        ), True)  # fmt: skip
    if of_today is not None and not of_today.passed:
        yield Remark(label, pick(
            "this year's figures do not hold when recomputed: nothing is compared with them.",
            "les chiffres de cette année ne tombent pas juste une fois recalculés : rien ne leur est comparé.",
        ), True)  # fmt: skip
    if view.result.solution.status is Status.TIME_LIMIT:
        share = view.result.solution.gap
        gap = gaps_line(view) or (view.percent(share) if math.isfinite(share) else "")
        yield Remark(label, pick(
            f"the search was stopped before its end; a better plan may exist{f' (gap: {gap})' if gap else ''}.",
            "la recherche a été arrêtée avant sa fin ; un meilleur plan peut exister"
            f"{f' (écart au plus : {gap})' if gap else ''}.",
        ), True)  # fmt: skip
    if certificate is None:
        return
    if certificate.passed:
        yield Remark(label, pick(
            "every balance, limit and budget was recomputed from the plan's own figures and holds.",
            "tous les bilans, limites et budgets, recalculés à partir des chiffres du plan, tombent juste.",
        ))  # fmt: skip
    else:
        yield Remark(label, pick(
            "some figures do not hold when recomputed: do not use this plan; see the table “Manifest”.",
            "certains chiffres ne tombent pas juste une fois recalculés : n'utilisez pas ce plan ; voir le tableau "
            "«\u00a0Traçabilité\u00a0».",
        ), True)  # fmt: skip
