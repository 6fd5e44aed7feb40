"""Sharing what a sheet of coalitions lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from filiere.analysis.share.listed import completed
from filiere.analysis.share.rules import Rule, rule_of
from filiere.analysis.share.sharing import Sharing, share
from filiere.chain.coalitions import Listed, read_coalitions
from filiere.language import Label
from filiere.problems import Problem, WorkbookError
from filiere.problems import sharing as p
from filiere.schema import tables as t
from filiere.table import RawTable, RawWorkbook


@dataclass(frozen=True)
class Shared:
    """A sharing with what a report needs of its workbook."""

    sharing: Sharing
    settings: t.SettingsValues
    warnings: tuple[Problem, ...] = ()


def share_listed(raw: RawWorkbook | Sequence[RawTable], scenario: str, rule: str | None = None) -> Shared:
    """Return the coalitions of a workbook shared. Raises WorkbookError where it lists none, or for what is wrong."""
    listed = read_coalitions(raw, scenario)
    if listed is None:
        raise WorkbookError([p.NOTHING_TO_SHARE.at(None, sheet=t.CoalitionRow.table.label)])
    return Shared(_shared(listed, _rule(rule)), listed.settings, listed.warnings)


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
    if name is not None and found not in (Rule.SHAPLEY, Rule.NUCLEOLUS, Rule.EQUAL):
        raise _refused(name)
    return found


def _refused(name: str | Label) -> WorkbookError:
    usable = (Rule.SHAPLEY, Rule.NUCLEOLUS, Rule.EQUAL)
    return WorkbookError([p.RULE_UNKNOWN.at(None, name=name, known=tuple(rule.key for rule in usable))])
