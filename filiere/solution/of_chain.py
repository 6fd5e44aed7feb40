"""What the accounts of several plans of one chain share: the chain's own tables, as long as some of them is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from filiere.chain.chain import Chain

Table = TypeVar("Table")


class Tables(dict[object, Any]):
    """Tables of one chain."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self.chain = chain


_SHARED: WeakValueDictionary[int, Tables] = WeakValueDictionary()


def tables_of(chain: Chain) -> Tables:
    """Return the tables of a chain, the same for all who hold them at one time."""
    return _SHARED.setdefault(id(chain), Tables(chain))


class of_chain(Generic[Table]):  # noqa: N801 - it stands where cached_property does
    """A table of the chain alone, made once for all of its plans. Nobody may change it."""

    def __init__(self, work: Callable[[Any], Table]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    def __get__(self, accounts: Any, owner: type) -> Table:
        if self._name not in accounts.shared:
            accounts.shared[self._name] = self._work(accounts)
        found: Table = accounts.shared[self._name]
        vars(accounts)[self._name] = found
        return found
