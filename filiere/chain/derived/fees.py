"""What outsiders pay to get rid of: at a negative price whoever takes it earns, and somebody must say how much."""

from __future__ import annotations

from dataclasses import replace

from filiere.chain.chain import Chain, Link
from filiere.chain.derived.observed import figures_of


def taken_for_a_fee(chain: Chain, link: Link) -> bool:
    """Whether an outsider pays an inside actor to take something, and nothing says how much of it at most."""
    return link.price < 0.0 and link.maximum is None and not chain.inside(link.from_) and chain.inside(link.to)


def with_fees_bounded(chain: Chain) -> Chain:
    """Return the chain in which no more than today's is taken for a fee where no maximum says otherwise.

    Otherwise waste that is paid for and thrown away would be taken in without end.
    """
    if not any(taken_for_a_fee(chain, link) for link in chain.links):
        return chain
    seen = figures_of(chain).flows
    return replace(chain, links=tuple(
        replace(link, maximum=max(link.today or 0.0, now)) if taken_for_a_fee(chain, link) else link
        for link, now in zip(chain.links, seen, strict=True)
    ))  # fmt: skip
