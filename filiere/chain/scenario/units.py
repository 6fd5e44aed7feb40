"""How an added amount and the amount it is added to compare, before units are converted for good."""

from __future__ import annotations

from collections.abc import Sequence

from filiere.chain.scenario.change import BetweenUnits
from filiere.names import fold, loose
from filiere.schema import Column, Row, Unit
from filiere.units import factor, money_factor, without_year

_MONEY = (Unit.MONEY, Unit.CAPITAL, Unit.MONEY_PER_LEVEL)
_AMOUNTS = (Unit.AMOUNT, Unit.AMOUNT_PER_LEVEL, Unit.AMOUNT_PER_AMOUNT, Unit.STOCK)


class UnitsBetween:
    """What one written unit is in another, for the numbers of one column; '' is the column's own unit."""

    def __init__(self, products: Sequence[Row], currency: str, column: Column) -> None:
        self._own = {fold(getattr(row, "product", "")): str(getattr(row, "unit", "")) for row in products}
        self._currency, self._column = currency, column

    def of(self, row: Row) -> BetweenUnits:
        """Return the comparison for one row, whose product says what its own unit is."""
        name = getattr(row, self._column.product) if self._column.product else None
        own = self._own.get(fold(name), "") if name else ""

        def between(one: str, other: str) -> float | None:
            if loose(without_year(one)) == loose(without_year(other)):
                return 1.0
            if self._column.unit in _MONEY:
                size = money_factor(without_year(one or self._currency), self._currency)
                per = money_factor(without_year(other or self._currency), self._currency)
                return size / per if size and per else None
            if self._column.unit in _AMOUNTS and (own or (one and other)):
                return factor(without_year(one) or own, without_year(other) or own)
            return factor(one, other) if one and other else None

        return between
