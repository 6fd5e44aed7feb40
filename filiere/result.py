"""What a report is written from: the chain, its plan, what was measured on it, and how it came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filiere.chain.chain import Chain
from filiere.chain.derived.observed import chain_of_today
from filiere.solution.solution import Plan, Solution

if TYPE_CHECKING:
    from filiere.analysis.explain.choices import Choices
    from filiere.analysis.explain.levers import Explanation
    from filiere.analysis.today.actions import Actions
    from filiere.analysis.today.reconciliation import Reconciliation
    from filiere.analysis.weighing.doubts import Doubts
    from filiere.indicators import Measures
    from filiere.solution.accounts import Accounts
    from filiere.solution.certify.certify import Certificate


@dataclass(frozen=True)
class Result:
    """Everything a run leaves.

    ``solution`` is what the command was asked for: the best chain (``solve``) or the chain as it is
    (``today``), ``reconciliation`` what making its figures consistent showed; ``today_solution`` is the chain as it
    is, beside a plan, where today's figures are filled in and hold when recomputed (``today_certificate``);
    ``actions`` are the steps from the one to the other; ``explanation`` says what holds the plan back.
    ``seconds`` has the keys ``read``, ``build``, ``solve`` and ``write``; ``versions`` maps programs to theirs.
    """

    chain: Chain
    solution: Solution
    measures: Measures | None = None
    today_solution: Solution | None = None
    today_measures: Measures | None = None
    today_certificate: Certificate | None = None
    today_missing: bool = False
    """Whether a plan has no today beside it though the workbook tells of one."""
    certificate: Certificate | None = None
    actions: Actions | None = None
    reconciliation: Reconciliation | None = None
    doubts: Doubts | None = None
    """What must be read first: figures of this year that were moved, and why; activities that nothing protects."""
    explanation: Explanation | None = None
    choices: Choices | None = None
    """What equal shares cost, and what each wished rule misses."""
    command: Literal["solve", "today"] = "solve"
    options: Mapping[str, str | float | bool] = field(default_factory=dict)
    input_path: Path | None = None
    sha256: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    date: dt.date | None = None

    @property
    def plan(self) -> Plan:
        """What flows; raises ``ValueError`` where the chain cannot work, as there is nothing to show then."""
        if self.solution.plan is None:
            raise ValueError(f"a chain that is {self.solution.status.value} has no plan")
        return self.solution.plan

    @property
    def today_chain(self) -> Chain:
        """The chain that this year's figures are of: that of the scenario reference, whatever the plan's."""
        return chain_of_today(self.chain)

    @property
    def today(self) -> Plan | None:
        """The plan of the chain as it is, where there is one beside the plan itself."""
        return self.today_solution.plan if self.today_solution else None

    @cached_property
    def today_accounts(self) -> Accounts | None:
        """The figures of that plan beside its chain's, in which only nature binds."""
        from filiere.analysis.today.today import observed_chain
        from filiere.solution.once import accounts_of

        return None if self.today is None else accounts_of(observed_chain(self.today_chain), self.today)
