"""What must be read before any result: this year's figures that were moved by more than a tenth, and why; and the
activities that nothing protects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from filiere.analysis.today.figures import bent, figures_of
from filiere.analysis.today.point import as_observed
from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.weighing.balances import accounts
from filiere.analysis.weighing.causes import Causes
from filiere.analysis.weighing.unprotected import unprotected
from filiere.analysis.weighing.wholesale import slips_of, told
from filiere.chain.chain import Chain
from filiere.chain.derived.observed import Observed, link_keys
from filiere.language import Label
from filiere.problems import Cell, Problem


@dataclass(frozen=True)
class Bent:
    """A typed figure that this year's point moves by more than a tenth, and why."""

    figure: Figure
    why: Label


@dataclass(frozen=True)
class Doubts:
    """What is doubtful about this year; ``chain`` is the one that the figures' positions are of."""

    chain: Chain
    bent: tuple[Bent, ...] = ()
    unprotected: tuple[tuple[tuple[str, str], Cell | None], ...] = ()
    """Activities, by key, that exist and that no figure of this year speaks of, with their cells."""
    wholesale: tuple[Problem, ...] = ()
    """Whole columns, and actors, whose figures are in another unit."""

    def __bool__(self) -> bool:
        return bool(self.bent or self.unprotected)


def doubts(chain: Chain, figures: Sequence[Figure] | None = None) -> Doubts | None:
    """Return what is doubtful about a chain's figures, as reconciled in ``figures`` or as the chain carries them.

    None where none of this year's figures is typed, or where nobody worked them out.
    """
    if figures is None:
        year = chain.observed
        if year is None:
            return None
        chain, figures = year.chain, tuple(_carried(year))
    if not chain.has_today:
        return None
    moved = bent(chain, figures)
    causes = Causes(chain, accounts(chain).rows if moved else ())
    named = tuple((process.key, process.row.at("process")) for process in unprotected(chain))
    wholesale = tuple(told(chain, slip) for slip in slips_of(chain))
    return Doubts(chain, tuple(Bent(figure, causes.why(figure)) for figure in moved), named, wholesale)


def _carried(year: Observed) -> Iterator[Figure]:
    """Yield each typed figure with what this year's point, as carried by a chain, makes of it."""
    keys = link_keys(year.chain.links)
    for figure in figures_of(as_observed(year.chain)):
        if figure.link is not None:
            yield replace(figure, reconciled=year.flows.get(keys[figure.link], 0.0))
        else:
            yield replace(figure, reconciled=year.levels.get(figure.process or ("", ""), 0.0))
