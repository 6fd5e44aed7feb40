"""Sharing what a sheet of coalitions lists or, without one, what the members of a chain gain together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from filiere.analysis.share.contested import ListedGroups
from filiere.analysis.share.game import Shares, mask_of
from filiere.analysis.share.listed import completed
from filiere.analysis.share.reach.contesting import ChainGroups
from filiere.analysis.share.reach.moving import Players
from filiere.analysis.share.reach.values import NoValueError, Values, players_of
from filiere.analysis.share.rules import Rule, by_key, rule_of
from filiere.analysis.share.sharing import Sharing, share
from filiere.analysis.today.observe import read_with_today
from filiere.chain.assemble.coalitions import Listed, read_coalitions
from filiere.chain.chain import Chain
from filiere.language import Label
from filiere.names import loose
from filiere.problems import Problem, WorkbookError
from filiere.problems import sharing as p
from filiere.schema import tables as t
from filiere.schema import words as w
from filiere.solution.solution import Plan, Solution, Status
from filiere.solver.programme.compile import Vector
from filiere.solver.ranks.step import RankError
from filiere.solver.solve import solve
from filiere.table import RawTable, RawWorkbook

_OTHERS = {
    w.Sector.HOUSEHOLD: Label("households", "les habitants"),
    w.Sector.PUBLIC: Label("public bodies", "les collectivités et organismes publics"),
}
_LOCALS = Label("others of the territory", "les autres acteurs du territoire")


@dataclass(frozen=True)
class Asked:
    """What ``share`` is asked for: the rule, the players, what is shared in place of accounts, and for how long."""

    rule: str | None = None
    by: tuple[str, ...] = ()
    value: str | None = None
    time_limit: float | None = None


@dataclass(frozen=True)
class Beside:
    """What does not fall to the players, or not in the plan that ``solve`` finds: told before anything is shared.

    ``others`` is what groups of other inside actors gain (or, below 0, lose) in the plan that is shared; ``dearer``
    what the plan of ``solve`` costs the players beyond it, None where there is none.
    """

    others: tuple[tuple[Label, float], ...] = ()
    dearer: float | None = None
    granted: float = 0.0
    """What others grant the players beyond today in that plan."""
    without_plan: bool = False
    """Whether no plan keeps every rule: what today misses stays as it is today in what is shared."""


NOTHING_BESIDE = Beside()


@dataclass(frozen=True)
class Shared:
    """A sharing with what a report needs of its workbook."""

    sharing: Sharing
    settings: t.SettingsValues
    warnings: tuple[Problem, ...] = ()
    beside: Beside = NOTHING_BESIDE
    measure: w.Objective | None = None
    """What is shared in place of the players' accounts."""


def share_workbook(
    raw: RawWorkbook | Sequence[RawTable], scenario: str, rule: str | None = None, by: Sequence[str] = (),
    value: str | None = None, time_limit: float | None = None,
) -> Shared:  # fmt: skip
    """Return what a workbook's coalitions reach shared: as listed, else as worked out from the chain.

    ``value`` is an objective counted in money, shared in place of the players' accounts; ``time_limit`` is in
    seconds: later, the shares are estimated from the coalitions known by then, and nothing is told of the plan of
    ``solve`` where that is not found in as many.

    Raises WorkbookError for what is wrong with the sheet or the chain, for a chain without any today, for an unknown
    rule or value and for names in ``by`` that are none; ``RankError`` where numbers fail.
    """
    asked = Asked(rule, tuple(by), value, time_limit)
    listed = read_coalitions(raw, scenario)
    if listed is None:
        return _from_chain(read_with_today(raw, scenario).chain, asked)
    for name, given in (("--by", by), ("--value", value)):
        if given:
            raise WorkbookError([p.PLAYERS_OF_THE_SHEET.at(None, name=name, sheet=t.CoalitionRow.table.label)])
    return Shared(_shared(listed, _rule(rule)), listed.settings, listed.warnings)


def _from_chain(chain: Chain, asked: Asked) -> Shared:
    started, limit = time.monotonic(), asked.time_limit
    rule, measure = _rule(asked.rule), _measure(asked.value)
    try:
        players = players_of(chain, asked.by)
    except KeyError as missing:
        raise WorkbookError([p.NO_PLAYER.at(None, name=str(missing.args[0]))]) from missing
    if not players or _overlap(players):
        raise WorkbookError([p.NO_PLAYERS.at(None)])
    try:
        values = Values(chain, players, measure, limit)
    except NoValueError as refused:
        raise _unknown(asked.value or "") from refused
    best = values.plan_of_all()
    money, today = values.money, values.today
    owen = values.owen()
    try:
        sharing = share(
            values.players, values.value, rule=rule, keys=_keys(values, best, owen),
            gains=money.gains(today, best) if measure is None else None,
            late=lambda: limit is not None and time.monotonic() - started > limit,
            groups=ChainGroups(len(values.players), values.reached), rivals=True,
        )  # fmt: skip
    except KeyError as missing:
        raise _refused(rule.label if rule else "") from missing
    beside = _beside(chain, values, best, limit) if measure is None else NOTHING_BESIDE
    sharing = replace(sharing, nobodys=owen[1] if owen else None)
    return Shared(sharing, chain.settings, chain.warnings, beside, measure)


def _keys(values: Values, best: Vector, owen: tuple[Shares, float] | None) -> dict[Rule, Shares]:
    """Return the shares that plain keys give, and those at the price of the means where these have one."""
    total, money = values.value((1 << len(values.players)) - 1), values.money
    weights = {
        Rule.USAGE: money.usage(best), Rule.TURNOVER: money.turnover(values.today),
        Rule.OUTLAYS: money.outlays(values.today),
    }  # fmt: skip
    found = {key: shares for key, each in weights.items() if (shares := by_key(total, each)) is not None}
    if owen is not None:
        worth, nobodys = owen
        found[Rule.OWEN] = tuple(one + nobodys / len(worth) for one in worth)
    return found


def _beside(chain: Chain, values: Values, best: Vector, time_limit: float | None) -> Beside:
    grants, solution = values.money.grants_of_others(), _planned(chain, time_limit)
    granted = grants.at(best) - grants.at(values.today)
    without_plan = solution is not None and solution.status in (Status.INFEASIBLE, Status.UNBOUNDED)
    plan = solution.plan if solution is not None and solution.status is Status.OPTIMAL else None
    return Beside(_others(chain, values, best), _dearer(chain, values, best, plan), granted, without_plan)


def _planned(chain: Chain, time_limit: float | None) -> Solution | None:
    """Return what ``solve`` finds in that many seconds, None where numbers fail."""
    try:
        return solve(chain, time_limit)
    except RankError:
        return None


def _others(chain: Chain, values: Values, best: Vector) -> tuple[tuple[Label, float], ...]:
    """Return what other inside actors gain from what the players do: households, public bodies, the rest."""
    players = frozenset().union(*values.actors.values())
    kinds: dict[Label, list[str]] = {}
    for actor in chain.actors.values():
        if actor.inside and actor.name not in players:
            kinds.setdefault(_OTHERS.get(actor.sector, _LOCALS), []).append(actor.name)
    found = {}
    for kind, names in kinds.items():
        net = values.money.net_outlays(names)
        found[kind] = net.at(values.today) - net.at(best)
    near = 1e-6 * max(1.0, abs(values.value((1 << len(values.players)) - 1)))
    return tuple((kind, amount) for kind, amount in found.items() if abs(amount) > near)


def _dearer(chain: Chain, values: Values, best: Vector, plan: Plan | None) -> float | None:
    """Return what the plan of ``solve`` costs the players beyond the one that is shared; None where it is not known."""
    from filiere.solution.accounts import Accounts
    from filiere.solution.ledger import money_of_actors

    if plan is None:
        return None
    accounts = Accounts(chain, plan)
    entries = money_of_actors(accounts, budgets=True)
    at = set(accounts.actor_at(sorted(frozenset().union(*values.actors.values()))).tolist())
    left = float(sum(amount for actor, amount in entries.rows("actor", "amount") if actor in at))
    return -left - values.money.total.at(best)


def _measure(name: str | None) -> w.Objective | None:
    """Return the objective of that name. Raises WorkbookError where it is none."""
    if name is None:
        return None
    found = {loose(spelled): one for one in w.Objective for spelled in one.spellings}.get(loose(name))
    if found is None:
        raise _unknown(name)
    return found


def _unknown(name: str) -> WorkbookError:
    return WorkbookError([p.VALUE_UNKNOWN.at(None, name=name)])


def _overlap(players: Players) -> bool:
    return sum(map(len, players.values())) > len(frozenset().union(*players.values()))


def _shared(listed: Listed, rule: Rule | None) -> Sharing:
    sign = -1.0 if listed.cost else 1.0
    values = {members: sign * value for members, value in listed.values.items()}
    try:
        groups = ListedGroups({mask_of(members, listed.players): value for members, value in values.items()})
        return share(listed.players, completed(listed.players, values), cost=listed.cost, rule=rule, groups=groups)
    except KeyError as missing:
        raise _refused(rule.label if rule else "") from missing


def _rule(name: str | None) -> Rule | None:
    """Return the rule of that name. Raises WorkbookError where it is none."""
    found = rule_of(name) if name is not None else None
    if name is not None and found is None:
        raise _refused(name)
    return found


def _refused(name: str | Label) -> WorkbookError:
    return WorkbookError([p.RULE_UNKNOWN.at(None, name=name, known=tuple(rule.key for rule in Rule))])
