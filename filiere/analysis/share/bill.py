"""Sharing what a sheet of coalitions lists or, without one, what the members of a chain gain together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filiere.analysis.share.listed import completed
from filiere.analysis.share.rules import Rule, by_key, rule_of
from filiere.analysis.share.sharing import Sharing, share
from filiere.analysis.share.values import Players, Values, players_of
from filiere.analysis.today.observe import read_with_today
from filiere.chain.assemble.coalitions import Listed, read_coalitions
from filiere.chain.chain import Chain
from filiere.language import Label
from filiere.problems import Problem, WorkbookError
from filiere.problems import sharing as p
from filiere.schema import tables as t
from filiere.table import RawTable, RawWorkbook

_USABLE = (Rule.SHAPLEY, Rule.NUCLEOLUS, Rule.EQUAL, Rule.TURNOVER)


@dataclass(frozen=True)
class Shared:
    """A sharing with what a report needs of its workbook."""

    sharing: Sharing
    settings: t.SettingsValues
    warnings: tuple[Problem, ...] = ()


def share_workbook(
    raw: RawWorkbook | Sequence[RawTable], scenario: str, rule: str | None = None, by: Sequence[str] = ()
) -> Shared:
    """Return what a workbook's coalitions reach shared: as listed, else as worked out from the chain.

    Raises WorkbookError for what is wrong with the sheet or the chain, for a chain without any today, for an unknown
    rule and for names in ``by`` that are none; ``RankError`` where numbers fail.
    """
    listed = read_coalitions(raw, scenario)
    if listed is None:
        return _from_chain(read_with_today(raw, scenario).chain, _rule(rule), by)
    if by:
        raise WorkbookError([p.PLAYERS_OF_THE_SHEET.at(None, name="--by", sheet=t.CoalitionRow.table.label)])
    return Shared(_shared(listed, _rule(rule)), listed.settings, listed.warnings)


def _from_chain(chain: Chain, rule: Rule | None, by: Sequence[str]) -> Shared:
    try:
        players = players_of(chain, by)
    except KeyError as missing:
        raise WorkbookError([p.NO_PLAYER.at(None, name=str(missing.args[0]))]) from missing
    if not players or _overlap(players):
        raise WorkbookError([p.NO_PLAYERS.at(None)])
    values = Values(chain, players)
    turnover = by_key(values.value((1 << len(players)) - 1), values.turnover())
    keys = {Rule.TURNOVER: turnover} if turnover else None
    try:
        sharing = share(values.players, values.value, rule=rule, gains=values.gains(), keys=keys)
    except KeyError as missing:
        raise _refused(rule.label if rule else "") from missing
    return Shared(sharing, chain.settings, chain.warnings)


def _overlap(players: Players) -> bool:
    return sum(map(len, players.values())) > len(frozenset().union(*players.values()))


def _shared(listed: Listed, rule: Rule | None) -> Sharing:
    sign = -1.0 if listed.cost else 1.0
    values = {members: sign * value for members, value in listed.values.items()}
    try:
        return share(listed.players, completed(listed.players, values), cost=listed.cost, rule=rule)
    except KeyError as missing:
        raise _refused(rule.label if rule else "") from missing


def _rule(name: str | None) -> Rule | None:
    """Return the rule of that name. Raises WorkbookError where it is none."""
    found = rule_of(name) if name is not None else None
    if name is not None and found not in _USABLE:
        raise _refused(name)
    return found


def _refused(name: str | Label) -> WorkbookError:
    return WorkbookError([p.RULE_UNKNOWN.at(None, name=name, known=tuple(rule.key for rule in _USABLE))])
