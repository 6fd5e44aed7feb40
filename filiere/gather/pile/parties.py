"""Who is who in a pile of invoices: by number first, then by name; two that share a name alone are never mixed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from filiere.gather.headings import plain
from filiere.gather.reads.invoice import Party
from filiere.language import Label
from filiere.names import LEGAL_FORMS, luhn
from filiere.problems import Problem
from filiere.problems import invoicing as codes

PRIVATE = Label("private customers", "clients particuliers")
_ASSIGNED = {"", "SEPA", "0224", "0225", "91", "92", "ZZZ"}
"""Schemes of numbers that one side gives the other, or that are no company's."""

_Key = tuple[str, str]


def name_key(name: str) -> str:
    """Return a name without capitals, accents and the legal forms at its ends."""
    words = plain(name).split()
    kept = list(words)
    while kept and kept[0] in LEGAL_FORMS:
        kept.pop(0)
    while kept and kept[-1] in LEGAL_FORMS:
        kept.pop()
    return " ".join(kept or words)


def _is_another(name: str, chosen: str) -> bool:
    """Whether two names of one number have words that the other has not: two services of a town, a firm renamed."""
    one, other = set(name_key(name).split()), set(name_key(chosen).split())
    return bool(one - other and other - one)


def is_company(party: Party) -> bool:
    """Whether a number or a legal form says that somebody is no private person."""
    return bool(_numbers(party)) or any(word in LEGAL_FORMS for word in plain(party.name).split())


def _numbers(party: Party) -> list[_Key]:
    found = [("siren", party.siren), ("vat", party.vat)]
    found += [(f"id {one.scheme}", one.value) for one in party.others if one.scheme.upper() not in _ASSIGNED]
    return [(kind, value) for kind, value in found if value]


@dataclass(frozen=True)
class Known:
    """One actor: its name, and the numbers that other files know it by."""

    name: str
    identifier: str


class Parties:
    """Gives each party of the invoices its actor."""

    def __init__(self, parties: Iterable[Party], private: str) -> None:
        self.private = private
        self.problems: list[Problem] = []
        self.parent: dict[_Key, _Key] = {}
        self.told = Counter(party for party in parties if party.name or _numbers(party))
        for party in self.told:
            keys = self._keys(party)
            for key in keys:
                self._join(keys[0], key)
        self._join_by_name()
        self.known = self._names()

    def actor(self, party: Party, buys: bool) -> Known:
        """Return the actor of a party; private customers are one actor together."""
        root = self._root(self._keys(party)[0])
        if buys and not self.companies[root]:
            return Known(self.private, "")
        return self.known[root]

    def aliases(self) -> dict[str, str]:
        """Return key of a name → actor, for the names that companies of one actor alone bear."""
        bearing: dict[str, set[str]] = defaultdict(set)
        for root, parties in self._members().items():
            for party in parties if self.companies[root] else ():
                for name in filter(None, (party.name, party.trading_name)):
                    bearing[name_key(name)].add(self.known[root].name)
        return {key: next(iter(names)) for key, names in bearing.items() if len(names) == 1}

    def _keys(self, party: Party) -> list[_Key]:
        return _numbers(party) or [("name", name_key(party.name))]

    def _root(self, key: _Key) -> _Key:
        while self.parent.setdefault(key, key) != key:
            key = self.parent[key]
        return key

    def _join(self, one: _Key, other: _Key) -> None:
        self.parent[self._root(other)] = self._root(one)

    def _members(self) -> dict[_Key, list[Party]]:
        found: dict[_Key, list[Party]] = defaultdict(list)
        for party in self.told:
            found[self._root(self._keys(party)[0])].append(party)
        return found

    def _join_by_name(self) -> None:
        """Join those of one name, unless two of them have different numbers of one kind."""
        named: dict[str, set[_Key]] = defaultdict(set)
        members = self._members()
        for root, parties in members.items():
            for party in parties:
                for name in filter(None, (party.name, party.trading_name)):
                    named[name_key(name)].add(root)
        for name, roots in sorted(named.items()):
            groups = sorted({self._root(root) for root in roots})
            if len(groups) < 2 or not name:
                continue
            if self._clash(groups):
                party = next(iter(self._members()[groups[0]]))
                self.problems.append(codes.ONE_NAME.at(None, name=party.name, count=len(groups)))
            else:
                for group in groups[1:]:
                    self._join(groups[0], group)

    def _clash(self, groups: list[_Key]) -> bool:
        members = self._members()
        kinds: dict[str, dict[_Key, set[str]]] = defaultdict(dict)
        for group in groups:
            for party in members[group]:
                for kind, value in _numbers(party):
                    kinds[kind].setdefault(group, set()).add(value)
        return any(
            len(set().union(*by_group.values())) > max(map(len, by_group.values())) for by_group in kinds.values()
        )

    def _names(self) -> dict[_Key, Known]:
        members = self._members()
        self.companies = {root: any(is_company(one) for one in parties) for root, parties in members.items()}
        chosen = {root: self._spelling(parties) for root, parties in members.items()}
        counts = Counter(name_key(name) for name in chosen.values())
        known = {}
        for root, parties in members.items():
            numbers = self._identifiers(parties)
            name = chosen[root]
            others = sorted({one.name for one in parties if one.siren and _is_another(one.name, name)})
            if others:
                siren = next(one.siren for one in parties if one.siren)
                self.problems.append(codes.ONE_NUMBER_NAMES.at(None, number=siren, name=name, names=others))
            if counts[name_key(name)] > 1 and numbers:
                name = f"{name} ({numbers[0]})"
            known[root] = Known(name, "; ".join(numbers))
        return known

    def _spelling(self, parties: list[Party]) -> str:
        names: Counter[str] = Counter()
        for party in parties:
            if party.name:
                names[party.name] += self.told[party]
        if not names:
            return "; ".join(self._identifiers(parties))
        return max(names, key=lambda name: (names[name], name != name.upper(), name))

    def _identifiers(self, parties: list[Party]) -> list[str]:
        """Return the numbers to keep: SIRET where there is one, else SIREN, else VAT number or another."""
        sirets = sorted({one.siret for one in parties if one.siret})
        found = sirets or sorted({one.siren for one in parties if one.siren})
        for number in found:
            if not luhn(number):
                self.problems.append(codes.CHECK_DIGIT.at(None, number=number, name=parties[0].name))
        found = found or sorted({one.vat for one in parties if one.vat})
        return found or sorted({value for one in parties for _, value in _numbers(one)})
