"""What the lines of a questionnaire say that they are about, beside the rows that their marks name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from filiere.gather.collect.blocks import labels_of
from filiere.gather.collect.owned import Owner
from filiere.gather.collect.rows import RowKey
from filiere.language import LANGUAGES, Language
from filiere.names import fold
from filiere.schema import Row
from filiere.schema import tables as t
from filiere.units import factor
from filiere.workbook.questionnaire.form import LABELS

_APART = " – "


@dataclass(frozen=True)
class Labels:
    """The labels of an actor's own rows."""

    owner: Owner
    keys: Iterable[RowKey]

    def fit(self, key: RowKey, shown: Sequence[str]) -> bool:
        """Whether the labels that a line shows are those of a row: what it is named by, and its unit."""
        row = self.owner.keyed.rows[key]
        return isinstance(row, t.ActorRow) or (self.named(key, shown) and self._same_unit(row, shown))

    def named(self, key: RowKey, shown: Sequence[str]) -> bool:
        """Whether the labels that a line shows name its row, in whatever unit it is counted."""
        row = self.owner.keyed.rows[key]
        seen = self._naming(row, shown)
        own = {self._naming(row, labels_of(self.owner, language, key, row)) for language in LANGUAGES}
        if seen not in own:
            moved = seen in self._all[key.table, self._side(row)]
            if moved or not any(_with_more(key, row, seen, one) for one in own):
                return False
        return True

    def said(self, key: RowKey, language: Language) -> str:
        """Return the labels that a row is sent with, as one text."""
        row = self.owner.keyed.rows[key]
        return joined(row, labels_of(self.owner, language, key, row))

    @cached_property
    def _all(self) -> dict[tuple[str, bool], set[tuple[str, ...]]]:
        found: dict[tuple[str, bool], set[tuple[str, ...]]] = {}
        for key in self.keys:
            row = self.owner.keyed.rows[key]
            for language in LANGUAGES:
                labels = self._naming(row, labels_of(self.owner, language, key, row))
                found.setdefault((key.table, self._side(row)), set()).add(labels)
        return found

    def _side(self, row: Row) -> bool:
        return isinstance(row, t.LinkRow) and fold(row.from_) == self.owner.key

    def _naming(self, row: Row, labels: Sequence[str]) -> tuple[str, ...]:
        """Return the labels that tell a row apart, folded: what an activity's unit or a need's weight is may change."""
        return tuple(fold(one) for one in labels[: _told_by(row)])

    def _same_unit(self, row: Row, shown: Sequence[str]) -> bool:
        product = getattr(row, "product", None)
        known = self.owner.keyed.units.get(fold(product), "") if isinstance(product, str) else ""
        typed = shown[LABELS - 1]
        return not known or not typed or fold(typed) == fold(known) or factor(typed, known) == 1.0


def joined(row: Row, labels: Sequence[str]) -> str:
    """Return the labels of a row as one text."""
    shown = labels[:1] if isinstance(row, t.ProcessRow) else labels
    return _APART.join(one for one in shown if one)


def _told_by(row: Row) -> int:
    return 2 if isinstance(row, t.LinkRow | t.RecipeRow | t.FundingRow) else 1


def _with_more(key: RowKey, row: Row, seen: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Whether labels are a row's but for what may have changed since: a shared means that it uses, or a project."""
    if not isinstance(row, t.LinkRow | t.StorageRow):
        return False
    step = f" ({key.turn + 1})" if key.turn else ""
    period = f"{_APART}{row.period}" if isinstance(row, t.LinkRow) and row.period else ""
    base = fold(f"{row.product}{step}{period}")
    more = ", " if period else _APART
    return seen[:-1] == own[:-1] and (seen[-1] == base or seen[-1].startswith(f"{base}{more}"))
