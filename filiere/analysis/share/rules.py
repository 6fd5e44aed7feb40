"""The rules by which a gain or a bill may be shared, and what each gives in one game."""

from __future__ import annotations

from collections.abc import Sequence

from filiere.analysis.share.game import Game, Shares
from filiere.names import loose
from filiere.schema.words import Word


class Rule(Word):
    """A way to share: its idea, with the name it is known by in brackets, then what else it is called."""

    SHAPLEY = ("Average contribution (Shapley)", "Apport moyen (Shapley)", "shapley", "average contribution",
               "apport moyen")  # fmt: skip
    NUCLEOLUS = ("Least contested share (nucleolus)", "Partage le moins contesté (nucléole)", "nucleolus", "nucléole",
                 "prenucleolus", "prénucléole", "least contested share", "partage le moins contesté")  # fmt: skip
    OWEN = ("At the price of the means (Owen)", "Au prix des moyens (Owen)", "owen", "at the price of the means",
            "au prix des moyens")  # fmt: skip
    EQUAL = ("In equal parts", "À parts égales", "equal", "égal", "parts égales", "equal parts")
    USAGE = ("By use", "Selon l'usage", "usage", "use")
    TURNOVER = ("By turnover", "Selon le chiffre d'affaires", "turnover", "chiffre d'affaires")
    OUTLAYS = ("By outlays", "Selon les dépenses", "outlays", "dépenses")


KEYS = (Rule.EQUAL, Rule.USAGE, Rule.TURNOVER, Rule.OUTLAYS)
"""The rules that share by a plain key."""


def rule_of(name: str) -> Rule | None:
    """Return the rule of that name in either language, None where there is none."""
    return {loose(spelled): rule for rule in Rule for spelled in rule.spellings}.get(loose(name))


def equal(game: Game) -> Shares:
    """Return the same for everybody."""
    return (game.total / game.size,) * game.size


def by_key(total: float, weights: Sequence[float]) -> Shares | None:
    """Return ``total`` shared in proportion to ``weights``; None where they add up to nothing."""
    sum_ = sum(weights)
    return tuple(total * weight / sum_ for weight in weights) if sum_ > 0 else None
