"""What is said before any result: figures of this year that were moved, and why; what nothing protects."""

from __future__ import annotations

from collections.abc import Iterator

from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.today.unknown import is_blank
from filiere.analysis.weighing.causes import plain
from filiere.analysis.weighing.doubts import Bent
from filiere.language import between, listed
from filiere.report.sheet import Column, Sheet, Show
from filiere.report.view import View

SHOWN = 5
"""How many figures are told one by one; the others are counted."""
_NAMED = 4


def first_lines(view: View) -> Iterator[tuple[str, str]]:
    """Yield label and text of what must be read first, the heaviest first."""
    found = view.result.doubts
    if found is None:
        return
    pick = view.pick
    for one in found.wholesale:
        text = one.message(view.language)
        yield pick("Figures in another unit", "Chiffres dans une autre unité"), text[:1].lower() + text[1:]
    yield from _unbalanced(view)
    label = pick("This year's figure corrected", "Chiffre de cette année corrigé")
    for figure in found.bent[:SHOWN]:
        yield label, _told(view, figure)
    more = len(found.bent) - SHOWN
    if more > 0:
        others = view.counted(more, ("other figure", "other figures"), ("autre chiffre", "autres chiffres"))
        yield (
            label,
            pick(
                f"{others} moved by more than 10 %; see the table “Figures to review”.",
                f"{others}, d'un écart de plus de 10 % ; voir le tableau «\u00a0Chiffres à revoir\u00a0».",
            ),
        )
    if found.unprotected:
        named = [f"{name} ({actor})" for (name, actor), _ in found.unprotected]
        shown = listed(named[:_NAMED], view.language)
        left = len(named) - _NAMED
        more_words = pick(f" and {left} more", f" et {left} autre{'s' if left > 1 else ''}") if left > 0 else ""
        yield (
            pick("Nothing protects", "Sans protection"),
            pick(
                f"{shown}{more_words}: no figure of this year says that it runs, a plan may stop it unnoticed.",
                f"{shown}{more_words} : aucun chiffre de cette année ne dit que cela fonctionne, un plan peut "
                "l'arrêter sans que cela se voie.",
            ),
        )
    yield from _known_in_part(view)


def partly_known(view: View) -> bool:
    """Whether an activity that exists, or all that serves a need, is not known this year: totals count the rest."""
    return bool(view.missing.processes or view.missing.needs)


def _known_in_part(view: View) -> Iterator[tuple[str, str]]:
    """Say of how much nothing is known this year, and what that means for its totals."""
    if not partly_known(view):
        return
    chain, missing, pick = view.result.today_chain, view.missing, view.pick
    runs = sum(is_blank(p) or p.today is not None for p in chain.processes.values() if not p.serves)
    counted = [
        (len(missing.processes), runs, ("activity", "activities"), ("activité", "activités")),
        (len(missing.needs), len(chain.needs), ("need", "needs"), ("besoin", "besoins")),
    ]
    told = [pick(f"{view.number(count)} of {view.counted(whole, en, fr)}",
                 f"{view.counted(count, en, fr)} sur {view.number(whole)}")
            for count, whole, en, fr in counted if count]  # fmt: skip
    named = listed(told, view.language)
    yield (
        pick("This year known in part", "Année connue en partie"),
        pick(
            f"nothing is typed this year for {named}, and no typed figure tells it. They stay blank; this year's "
            "totals count only what is known, and the difference from a plan is not all change.",
            f"pour {named}, rien n'est saisi cette année et aucun chiffre saisi ne l'indique. Ils restent vides ; les "
            "totaux de cette année ne comptent que ce qui est connu, et l'écart avec un plan n'est pas tout entier un "
            "changement.",
        ),
    )


def _unbalanced(view: View) -> Iterator[tuple[str, str]]:
    """Say which accounts do not balance where the figures are taken as typed."""
    found = view.result.reconciliation
    if found is None or found.method != "none":
        return
    pick = view.pick
    label = pick("Figures as typed", "Chiffres tels que saisis")
    if not found.imbalances:
        yield label, pick("nothing was changed, and every account balances.",
                          "rien n'a été modifié, et tous les comptes s'équilibrent.")  # fmt: skip
        return
    for one in found.imbalances[:SHOWN]:
        unit = view.chain.products[one.product].unit
        come, gone = (
            pick("nothing typed", "rien de saisi") if blank else view.in_unit(plain(v), unit)
            for v, blank in ((one.into, one.blank_in), (one.out, one.blank_out))
        )  # fmt: skip
        yield (
            label,
            pick(
                f"{one.product} at {one.actor}: {come} in, {gone} out.",
                f"{one.product} chez {one.actor} : {come} en entrée, {gone} en sortie.",
            ),
        )
    more = len(found.imbalances) - SHOWN
    if more > 0:
        others = view.counted(more, ("other account does", "other accounts do"), ("autre compte ne s'équilibre",
                              "autres comptes ne s'équilibrent"))  # fmt: skip
        yield label, pick(f"{others} not balance.", f"{others} pas.")


def doubtful(view: View) -> Sheet | None:
    """Return one row a figure of this year that was moved by more than a tenth, and one an activity without any."""
    found = view.result.doubts
    if not found:
        return None
    pick, moved, bare = view.pick, found.bent, found.unprotected
    figures = [one.figure for one in moved]
    blank = [None] * len(bare)
    why = pick("nothing protects it: no figure of this year says that it runs",
               "rien ne la protège : aucun chiffre de cette année ne dit qu'elle fonctionne")  # fmt: skip
    names = [pick(f"{name} at {actor}", f"{name} chez {actor}") for (name, actor), _ in bare]
    columns = (
        Column("figure", pick("Figure", "Chiffre"), [*(_what(view, f) for f in figures), *names], Show.PROSE),
        Column("typed", pick("Typed", "Saisi"), [*(f.observed for f in figures), *blank], Show.QUANTITY),
        Column("reached", pick("At the nearest", "Au plus près"), [*(f.reconciled for f in figures), *blank],
               Show.QUANTITY),
        Column("unit", pick("Unit", "Unité"), [*(_unit(view, f) for f in figures), *blank]),
        Column("why", pick("Why", "Pourquoi"), [*(view.set(one.why) for one in moved), *[why] * len(bare)],
               Show.PROSE),
        Column("cell", pick("Typed in", "Saisi en"), [*(f.cell for f in figures), *(cell for _, cell in bare)],
               Show.SOURCE),
    )  # fmt: skip
    return Sheet("doubtful", pick("Figures to review", "Chiffres à revoir"), columns, frozen=1)


def _told(view: View, one: Bent) -> str:
    figure = one.figure
    what, why, unit = _what(view, figure), view.set(one.why), _unit(view, figure)
    typed, reached = plain(figure.observed), view.number(plain(figure.reconciled))
    told = view.in_unit(typed, unit) if unit else view.number(typed)
    cell = f" ({figure.cell})" if figure.cell else ""
    return view.pick(
        f"{what}: {told} typed, {reached} used{cell}. {why[:1].upper()}{why[1:]}.",
        f"{what} : {told} dans le classeur, {reached} retenu{cell}. {why[:1].upper()}{why[1:]}.",
    )


def _what(view: View, figure: Figure) -> str:
    chain = view.result.doubts.chain if view.result.doubts else view.result.chain
    if figure.link is None:
        name, actor = figure.process or ("", "")
        return view.pick(f"{name} at {actor}", f"{name} chez {actor}")
    link = chain.links[figure.link]
    ends = between(link.from_, link.to)
    words = view.pick(f"{link.product} {ends.en}", f"{link.product}, {ends.fr}")
    return f"{words} ({link.period})" if link.period else words


def _unit(view: View, figure: Figure) -> str | None:
    if figure.link is None or view.result.doubts is None:
        return None
    chain = view.result.doubts.chain
    return chain.products[chain.links[figure.link].product].unit
