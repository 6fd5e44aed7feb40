"""Why a figure of this year is moved: the accounts that do not balance nearest to it, or its own limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from filiere.analysis.today.reconciliation import Figure
from filiere.analysis.weighing.balances import Balance, Place, is_reported
from filiere.chain.chain import Chain, Process
from filiere.language import Label, Language, listed, number
from filiere.units import after_count

_BOTH: tuple[Language, ...] = ("en", "fr")
_MISSING = Label(
    "{product} at {actor} ({amount} {unit} missing{when}{cause})",
    "{product} chez {actor} (il manque {amount} {unit}{when}{cause})",
)
_LEFT = Label(
    "{product} at {actor} ({amount} {unit} too much{when}{cause})",
    "{product} chez {actor} ({amount} {unit} de trop{when}{cause})",
)
_CAUSES = {
    "missing_supplier": Label(": a supplier is probably missing", " : sans doute un fournisseur non saisi"),
    "calendar": Label(": the calendars do not fit", " : les calendriers ne s'accordent pas"),
    "loss": Label(": the losses", " : les pertes"),
    "capacity": Label(": a maximum or a capacity", " : un maximum ou une capacité"),
    "thousandfold": Label(": a figure a thousand times off", " : un chiffre mille fois trop grand ou trop petit"),
}
_MAXIMUM = Label("the maximum of this row is {most}", "le maximum de cette ligne est de {most}")
_CAPACITY = Label("its capacity lets it reach {most}", "sa capacité ne permet que {most}")
_LIMITS = Label(
    "a maximum, a capacity or a calendar further on holds it back",
    "un maximum, une capacité ou un calendrier le bride plus loin",
)
_SLIGHT = 3
"""How much farther away an account counts whose gap is not worth a sentence of its own."""
_NEAR = 8
"""Accounts and activities away, beyond which nothing is called a cause."""
_MOST = 3
"""Accounts that are named of those equally near."""


class Causes:
    """Why figures of this year are moved; the accounts that do not balance are looked for once for all of them."""

    def __init__(self, chain: Chain, rows: Sequence[Balance]) -> None:
        self._chain = chain
        self._off = {(r.actor, r.product): r for r in rows if r.size > 1e-6 * max(r.into, r.out, 1e-6)}
        self._nearest = self._spread() if self._off else {}

    def why(self, figure: Figure) -> Label:
        """Return the accounts that do not balance nearest to a figure, the heaviest first; else what limits it."""
        found = [self._nearest[place] for place in _ends(self._chain, figure) if place in self._nearest]
        far = min((distance for distance, _ in found), default=0)
        first = self._heaviest(place for distance, places in found if distance == far for place in places)
        if not first or far - self._handicap(first[0]) > _NEAR:
            return _own_limit(self._chain, figure)
        parts = [_lack(self._chain, self._off[place]) for place in first]
        return Label(*(listed([part.to(each) for part in parts], each) for each in _BOTH))

    def _spread(self) -> Mapping[Place, tuple[int, Sequence[Place]]]:
        """Return, for each account within reach, how far the nearest ones that do not balance are, and which.

        They are carried from account to account, a step at a time: what is nearest to an account is nearest to the
        neighbour that it is reached by.
        """
        beside, found = _beside(self._chain), dict[Place, tuple[int, Sequence[Place]]]()
        reached: dict[Place, set[Place]] = {}
        for distance in range(_NEAR + _SLIGHT + 1):
            for place in self._off:
                if self._handicap(place) == distance and place not in found:
                    reached.setdefault(place, set()).add(place)
            found |= {place: (distance, self._heaviest(places)) for place, places in reached.items()}
            steps, reached = reached, {}
            for place in steps:
                for other in beside[place]:
                    if other not in found:
                        reached.setdefault(other, set()).update(found[place][1])
        return found

    def _handicap(self, place: Place) -> int:
        return 0 if is_reported(self._off[place]) else _SLIGHT

    def _heaviest(self, places: Iterable[Place]) -> Sequence[Place]:
        return sorted(set(places), key=lambda place: (-worth(self._chain, self._off[place]), place))[:_MOST]


def _beside(chain: Chain) -> Mapping[Place, set[Place]]:
    """Return the accounts that one link or one activity lies between, by account."""
    beside: dict[Place, set[Place]] = defaultdict(set)
    for link in chain.links:
        one, other = (link.from_, link.product), (link.to, link.product)
        beside[one].add(other)
        beside[other].add(one)
    for process in chain.processes.values():
        own = _accounts_of(process)
        for place in own:
            beside[place].update(own)
    return beside


def _ends(chain: Chain, figure: Figure) -> Sequence[Place]:
    """Return the accounts that a figure is between."""
    if figure.link is None:
        return _accounts_of(chain.processes[figure.process or ("", "")])
    link = chain.links[figure.link]
    return [(link.from_, link.product), (link.to, link.product)]


def _accounts_of(process: Process) -> Sequence[Place]:
    return list({(process.actor, product): None for product in (*process.inputs, *process.outputs)})


def _own_limit(chain: Chain, figure: Figure) -> Label:
    most: float | None
    if figure.link is not None:
        most, words = chain.links[figure.link].maximum, _MAXIMUM
    else:
        process = chain.processes[figure.process or ("", "")]
        weights = process.calendar.weights
        most, words = process.capacity, _CAPACITY
        if most is not None and weights is not None:
            most *= sum(weights)
    if most is None or most >= figure.observed:
        return _LIMITS
    return Label(*(words.to(each).format(most=number(plain(most), each)) for each in _BOTH))


def _lack(chain: Chain, row: Balance) -> Label:
    amount, unit = plain(row.size), chain.products[row.product].unit
    words = _MISSING if lacks(row) else _LEFT
    cause = _CAUSES.get(row.cause or "", Label("", ""))
    return Label(*(
        words.to(each).format(
            product=row.product, actor=row.actor, amount=number(amount, each), unit=after_count(unit, amount, each),
            when=when(chain, row, "{0}, {1}").to(each), cause=cause.to(each),
        )
        for each in _BOTH
    ))  # fmt: skip


def lacks(row: Balance) -> bool:
    """Whether an account lacks something, in the year or in a season, rather than leaves something over."""
    return row.out > row.into or row.lacking > abs(row.gap) * (1 + 1e-9)


def worth(chain: Chain, row: Balance) -> float:
    """Return what an account lacks or leaves over, in value."""
    return row.size * max(chain.products[row.product].value, 1e-9)


def plain(amount: float) -> float:
    """Return an amount as it is told: four digits."""
    return float(f"{amount:.4g}") if abs(amount) < 1e4 else float(round(amount))


def when(chain: Chain, row: Balance, form: str = "{0} ({1})") -> Label:
    """Return in which seasons an account does not balance; nothing if it is in all of them."""
    if not row.periods or len(row.periods) == len(chain.periods):
        return Label("", "")
    return Label(*(form.format("", listed(row.periods, each)) for each in _BOTH))
