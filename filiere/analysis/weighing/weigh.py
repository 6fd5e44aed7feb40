"""What this year's figures say of themselves, as findings, what weighs most first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from filiere import names
from filiere.analysis.today.figures import BENT, reached, reached_by
from filiere.analysis.today.figures import bent as bent_of
from filiere.analysis.today.point import year_of_point
from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.today.today import today
from filiere.analysis.weighing.balances import Balance, Place, accounts, is_reported
from filiere.analysis.weighing.blanks import blanks, untaken
from filiere.analysis.weighing.causes import Causes, lacks, plain, when, worth
from filiere.analysis.weighing.idle import idle
from filiere.analysis.weighing.rules import resale
from filiere.analysis.weighing.scales import scales
from filiere.analysis.weighing.suspects import ALONE, Suspect, Suspects, suspects
from filiere.analysis.weighing.unprotected import unprotected
from filiere.analysis.weighing.wholesale import folded, mended, needs_off, slips_of, told
from filiere.chain.chain import Chain, Need
from filiere.chain.check.reach import Reach
from filiere.language import Label, between, sign_of
from filiere.problems import Cell, Problem
from filiere.problems import weighing as say
from filiere.schema import words as w
from filiere.watch import of_today

_MENDED = 0.05
"""What may be left of an account's gap, relative to the account, where a figure is said to explain it."""
_CODES = {
    "missing_supplier": say.MISSING_SUPPLIER, "calendar": say.MISSING_IN_SEASON, "loss": say.MISSING_BY_LOSS,
    "capacity": say.MISSING_BY_LIMIT,
}  # fmt: skip
_SLIPS = frozenset(
    kind.code for kind in (
        say.THOUSANDFOLD, say.RECIPE_SCALE, say.PRICE_SCALE, say.COLUMN_SCALE, say.ACTOR_SCALE, say.NEED_SCALE,
        say.PRICES_SCALE, say.RECIPES_SCALE, say.OFFER_SCALE, say.CAPACITY_SCALE,
    )
)  # fmt: skip


@dataclass(frozen=True)
class Weighed:
    """The accounts of this year, and what is doubtful about them."""

    balances: tuple[Balance, ...] = ()
    problems: tuple[Problem, ...] = ()
    bent: tuple[Figure, ...] = ()
    folded: tuple[Problem, ...] = ()
    """Findings that are told once for their whole column."""


def weigh(chain: Chain) -> Weighed:
    """Return each inside account of this year and the findings, the heaviest first.

    Where a whole column is in another unit, that is the first, and the others are those of the column corrected.
    """
    if not chain.has_today:
        scaled, left = folded(chain, [*scales(chain)])
        return Weighed(problems=(*scaled, *_only_projects(chain), *resale(chain)), folded=left)
    slips = slips_of(chain)
    if not slips:
        return _weighed(chain)
    rest = _weighed(reduce(mended, slips, chain))
    first = sorted((told(chain, slip) for slip in slips), key=lambda one: -float(str(one.facts["count"])))
    return Weighed(accounts(chain).rows, (*first, *rest.problems), bent_figures(chain), rest.folded)


def slips(chain: Chain) -> tuple[Problem, ...]:
    """Return the findings that a figure is in another unit: what to look at first where a chain cannot work."""
    return tuple(problem for problem in weigh(chain).problems if problem.code in _SLIPS)


def _weighed(chain: Chain) -> Weighed:
    year = accounts(chain)
    rows = year.rows
    wrong = sorted((row for row in rows if is_reported(row)), key=lambda r: (-worth(chain, r), r.actor, r.product))
    figures = () if year.even else moved_figures(chain)
    bent = bent_of(chain, figures)
    doubted = suspects(chain, figures, rows) if bent or wrong else Suspects()
    scaled, left = folded(chain, [*scales(chain)])
    found = [*scaled, *needs_off(chain), *_swapped(chain, doubted.swapped)]
    found += [*(p for row in wrong for p in _gaps(chain, row, wrong)), *_stuck(chain, wrong, bent)]
    cells = {problem.cell for problem in found}
    found += [problem for problem in _alone(chain, doubted.alone) if problem.cell not in cells]
    cells = {problem.cell for problem in found}
    share = {id(one.figure): one.share for one in doubted.alone}
    ordered = sorted(bent, key=lambda figure: -round(share.get(id(figure), 0.0), 3))
    causes = Causes(chain, rows if ordered else ())
    found += [_bent(chain, causes, figure) for figure in ordered if figure.cell not in cells]
    found += [
        *_sides(chain),
        *blanks(chain, year.supposed),
        *untaken(chain),
        *idle(chain),
        *_only_projects(chain),
        *resale(chain),
        *_unprotected(chain),
    ]
    return Weighed(rows, tuple(found), bent, left)


def weigh_scenario(chain: Chain) -> Iterator[Problem]:
    """Yield what is doubtful about a scenario's chain besides this year's quantities, which are the reference's."""
    yield from scales(chain)
    yield from _sides(chain)
    yield from _only_projects(chain)
    yield from resale(chain)
    if chain.has_today:
        yield from _unprotected(chain)


def moved_figures(chain: Chain) -> tuple[Figure, ...]:
    """Return the typed figures with what today's point makes of each; nothing if it cannot be worked out."""
    from filiere.solver.ranks.step import RankError

    try:
        with of_today():
            year = year_of_point(chain)
        if year is not None:
            return tuple(reached_by(chain, *year))
        plan = today(chain).plan
    except RankError:
        return ()
    return tuple(reached(chain, plan)) if plan else ()


def bent_figures(chain: Chain) -> tuple[Figure, ...]:
    """Return the typed figures that today's point moves by more than a tenth, what moves most value first."""
    return bent_of(chain, moved_figures(chain))


def _swapped(chain: Chain, pairs: Sequence[tuple[Figure, Figure]]) -> Iterator[Problem]:
    """Report two figures after whose exchange the others fit."""
    for one, other in pairs:
        yield say.SWAPPED.at(
            one.cell, what=_what(chain, one), other=_what(chain, other), typed=plain(one.observed),
            typed_other=plain(other.observed), place=str(other.cell),
        )  # fmt: skip


def _alone(chain: Chain, doubted: Sequence[Suspect]) -> Iterator[Problem]:
    """Report the figures that explain by themselves what does not fit."""
    for one in doubted[:3]:
        if one.share >= ALONE:
            yield say.ALONE.at(
                one.figure.cell, what=_what(chain, one.figure), typed=plain(one.figure.observed),
                value=plain(one.value),
            )  # fmt: skip


def _bent(chain: Chain, causes: Causes, figure: Figure) -> Problem:
    return say.FIGURE_BENT.at(
        figure.cell, what=_what(chain, figure), typed=plain(figure.observed), reached=plain(figure.reconciled),
        causes=causes.why(figure),
    )  # fmt: skip


def _what(chain: Chain, figure: Figure) -> Label:
    """Return what a figure is of, in words."""
    if figure.link is None:
        name, actor = figure.process or ("", "")
        return Label(f"{name} at {actor}", f"{name} chez {actor}")
    link = chain.links[figure.link]
    season = f" ({link.period})" if link.period else ""
    ends = between(link.from_, link.to)
    return Label(f"{link.product} {ends.en}{season}", f"{link.product}, {ends.fr}{season}")


def _gaps(chain: Chain, row: Balance, wrong: Sequence[Balance]) -> Iterator[Problem]:
    """Report one account that does not balance, a slip of a thousand once for each figure that would explain it."""
    facts: dict[str, str | float] = {
        "actor": row.actor, "product": row.product, "unit": chain.products[row.product].unit,
        "into": plain(row.into), "out": plain(row.out), "gap": plain(row.size),
    }  # fmt: skip
    touching = list(_touching(chain, row, {(r.actor, r.product) for r in wrong}))
    if row.cause == "thousandfold":
        for slipped, value in _slips(row, touching):
            yield say.THOUSANDFOLD.at(slipped, **facts, value=plain(value))
        return
    less = lacks(row)
    side = [(abs(amount), cell) for amount, cell, _ in touching if (amount < 0) == less and cell]
    cell = max(side, key=lambda s: s[0])[1] if side else chain.actors[row.actor].row.at("actor")
    code = _CODES.get(row.cause or "", say.MISSING_SUPPLIER) if less else say.TOO_MUCH
    place = {"place": _largest_loss(chain, row)} if code is say.MISSING_BY_LOSS else {}
    yield code.at(cell, **facts, when=when(chain, row), **place)


def _largest_loss(chain: Chain, row: Balance) -> str:
    """Return, in brackets, the cell of the loss that takes most on its way into an account."""
    lost = [
        ((link.today or 0.0) * link.loss, str(cell)) for link in chain.links
        if (link.to, link.product) == (row.actor, row.product) and link.loss and (cell := link.row.at("loss"))
    ]  # fmt: skip
    stock = chain.storages.get((row.actor, row.product))
    cell = stock.row.at("loss") if not lost and stock is not None and stock.loss else None
    return f" ({max(lost)[1]})" if lost else f" ({cell})" if cell else ""


def _touching(chain: Chain, row: Balance, wrong: set[Place]) -> Iterator[tuple[float, Cell | None, float]]:
    """Yield what each typed figure brings into (above 0) or takes out of an account, its cell, and the figure."""
    for link in chain.links:
        if link.product == row.product and link.today:
            if link.to == row.actor:
                yield link.today * (1 - link.loss), link.row.at("today") or link.row.at("today_buyer"), link.today
            if link.from_ == row.actor:
                yield -link.today, link.row.at("today") or link.row.at("today_buyer"), link.today
    for process in chain.processes.values():
        if process.actor == row.actor and process.today:
            net = process.outputs.get(row.product, 0.0) - process.inputs.get(row.product, 0.0)
            if net:
                others = (*process.inputs, *process.outputs)
                level = any((row.actor, p) in wrong for p in others if p != row.product)
                recipe = next((r for r in process.recipe if names.loose(r.product) == names.loose(row.product)), None)
                if row.cause != "thousandfold" or level or recipe is None or len(others) == 1:
                    yield net * process.today, process.row.at("today"), process.today
                else:  # were it the level, the activity's other products would be off too
                    column = "input" if net < 0 else "output"
                    yield net * process.today, recipe.at(column), abs(net)


def _slips(row: Balance, touching: Sequence[tuple[float, Cell | None, float]]) -> list[tuple[Cell | None, float]]:
    """Return the figures that would balance the account were one a thousand times smaller, or larger; at least one."""
    found: list[tuple[float, str, Cell | None, float]] = []
    for amount, cell, value in touching:
        for factor in (1e-3, 1e3):
            left = abs(row.gap + amount * (factor - 1.0))
            size = max(row.into, row.out) if factor < 1.0 else 1e3 * abs(amount)
            found.append((left / size, str(cell), cell, value))
    found.sort(key=lambda one: one[:2])
    return [(cell, value) for left, _, cell, value in found[:2] if left < _MENDED or left == found[0][0]]


def _stuck(chain: Chain, wrong: Sequence[Balance], bent: Sequence[Figure]) -> Iterator[Problem]:
    """Report activities with a figure that cannot run, and which input they lack, where and when."""
    for figure in bent:
        if figure.process is None or figure.reconciled >= figure.observed:
            continue
        process = chain.processes[figure.process]
        own = [r for r in wrong if r.actor == process.actor and r.product in process.inputs and r.cause != "no_outlet"]
        for row in own[:1]:
            yield say.CANNOT_RUN.at(
                figure.cell, name=process.name, actor=process.actor, today=plain(figure.observed),
                reached=plain(figure.reconciled), gap=plain(row.size), product=row.product,
                unit=chain.products[row.product].unit, when=when(chain, row),
            )  # fmt: skip


def _sides(chain: Chain) -> Iterator[Problem]:
    seen: set[int] = set()
    for link in chain.links:
        row = link.row
        seller, buyer = row.today, row.today_buyer
        if id(row) in seen or seller is None or buyer is None:
            continue
        seen.add(id(row))
        if abs(seller - buyer) > BENT * max(abs(seller), abs(buyer)):
            yield say.SIDES_APART.at(row.at("today_buyer"), seller=seller, buyer=buyer, product=link.product)


def _only_projects(chain: Chain) -> Iterator[Problem]:
    """Report wishes and musts that one project alone could serve, and what it costs."""
    projects = [p for p in chain.processes.values() if p.candidate]
    if not projects:
        return
    reach = Reach(chain)
    without_any = reach.without(projects)
    served = [(n.actor, n.product) for n in chain.needs if _is_asked(chain, n)]
    if not any(reach.reaches(place) and not without_any.reaches(place) for place in served):
        return  # what all projects together do not open, none of them opens alone
    for project in projects:
        without = reach.without([project])
        for need in chain.needs:
            place = (need.actor, need.product)
            if _is_asked(chain, need) and reach.reaches(place) and not without.reaches(place):
                yield say.ONLY_A_PROJECT.at(
                    need.row.at("quantity"), name=project.name, maker=project.actor, product=need.product,
                    actor=need.actor, quantity=need.quantity or 0.0, unit=chain.products[need.product].unit,
                    cost=plain(project.investment + project.fixed_cost), currency=sign_of(chain.settings.currency),
                )  # fmt: skip


def _is_asked(chain: Chain, need: Need) -> bool:
    return need.obligation is not w.Obligation.OUTLET and bool(need.quantity) and chain.inside(need.actor)


def _unprotected(chain: Chain) -> Iterator[Problem]:
    """Report activities that exist, whose figure is blank, and that no typed figure implies."""
    for process in unprotected(chain):
        yield say.UNPROTECTED.at(process.row.at("process"), name=process.name, actor=process.actor)
