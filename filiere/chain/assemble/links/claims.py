"""Which row holds for a pair, a product and a period where several could."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from filiere.chain.assemble.links.ends import LinkRow
from filiere.chain.assemble.names import Register
from filiere.problems import assembling as say


class Claim(NamedTuple):
    """One pair that a row could stand for."""

    row: LinkRow
    seller: str
    buyer: str
    distance: float | None


def claimed_periods(
    claims: Sequence[Claim], periods: tuple[str, ...], register: Register
) -> dict[int, tuple[str, ...]]:
    """Return the periods in which each claim (by position) holds; a claim that never holds is left out."""
    rivals: dict[tuple[str, str, str], list[int]] = {}
    for number, claim in enumerate(claims):
        rivals.setdefault((claim.seller, claim.buyer, claim.row.product), []).append(number)
    held: dict[int, tuple[str, ...]] = {}
    beaten: dict[int, LinkRow] = {}
    equals: dict[tuple[int, int], tuple[Claim, Claim]] = {}
    for numbers in rivals.values():
        if len(numbers) == 1:
            period = claims[numbers[0]].row.period
            held[numbers[0]] = periods if period is None else (period,)
        else:
            _settle([(number, claims[number]) for number in numbers], periods, held, beaten, equals)
    for one, other in equals.values():
        register.report(
            say.LINK_EQUAL.at(
                other.row.row.at("from_"), other=one.row.row.at("from_") or "", seller=other.seller,
                buyer=other.buyer, product=other.row.product,
            )
        )  # fmt: skip
    _report_idle(claims, held, beaten, register)
    return held


def _settle(
    rivals: list[tuple[int, Claim]], periods: tuple[str, ...], held: dict[int, tuple[str, ...]],
    beaten: dict[int, LinkRow], equals: dict[tuple[int, int], tuple[Claim, Claim]],
) -> None:  # fmt: skip
    """Share the periods of one pair and product out among its claims."""
    wins: dict[int, list[str]] = {number: [] for number, _ in rivals}
    for period in periods:
        standing = [(number, claim) for number, claim in rivals if claim.row.period in (None, period)]
        if not standing:
            continue
        best = max(_strength(claim) for _, claim in standing)
        winners = [(number, claim) for number, claim in standing if _strength(claim) == best]
        first = winners[0][1]
        for number, claim in winners:
            wins[number].append(period)
            if not _same_names(first, claim):
                equals.setdefault((id(first.row), id(claim.row)), (first, claim))
        for number, _ in standing:
            beaten[number] = first.row
    held.update({number: tuple(won) for number, won in wins.items() if won})


def _strength(claim: Claim) -> tuple[tuple[int, int], bool]:
    return claim.row.precision, claim.row.period is not None


def _same_names(one: Claim, other: Claim) -> bool:
    """Two rows between the same two names are price steps of each other."""
    return one.row.seller == other.row.seller and one.row.buyer == other.row.buyer


def _report_idle(
    claims: Iterable[Claim], held: Mapping[int, tuple[str, ...]], beaten: Mapping[int, LinkRow], register: Register
) -> None:
    """Report the rows that hold for no pair at all because others do."""
    idle: dict[int, tuple[LinkRow, LinkRow]] = {}
    busy: set[int] = set()
    for number, claim in enumerate(claims):
        if number in held:
            busy.add(id(claim.row))
        else:
            idle.setdefault(id(claim.row), (claim.row, beaten[number]))
    for key, (row, by) in idle.items():
        if key not in busy:
            problem = say.LINK_REPLACED if row.precise else say.LINK_ALL_TAKEN
            register.report(problem.at(row.row.at("from_"), other=by.row.at("from_") or ""))
