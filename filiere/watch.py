"""What is being worked on, told to whoever looks on: the commands show it on a terminal where it takes a while."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from filiere.language import Label

STARTING = Label("Starting", "Démarrage")
READING = Label("Reading the workbook", "Lecture du classeur")
BUILDING = Label("Building the model", "Construction du modèle")
RANK = Label("Rank {rank} of {count}", "Priorité {rank} sur {count}")
RANK_TODAY = Label(
    "This year's figures: rank {rank} of {count}", "Chiffres de cette année : priorité {rank} sur {count}"
)
SETTLING = Label("Choosing among plans that are as good", "Choix entre des plans aussi bons")
CHECKING = Label("Checking the plan by its own figures", "Vérification du plan par ses propres chiffres")
REPORTING = Label("Making the results", "Préparation des résultats")

_OF_TODAY: list[None] = []
_ONLOOKERS: list[Callable[[Label], None]] = []


def tell(stage: Label) -> None:
    """Say what begins."""
    for onlooker in _ONLOOKERS:
        onlooker(stage)


def tell_rank(rank: int, count: int) -> None:
    """Say which rank is optimised, of how many."""
    if _ONLOOKERS:
        tell((RANK_TODAY if _OF_TODAY else RANK).fill(rank=str(rank), count=str(count)))


@contextlib.contextmanager
def of_today() -> Iterator[None]:
    """Say of the ranks inside that they are those of this year's figures, not of the plan."""
    _OF_TODAY.append(None)
    try:
        yield
    finally:
        _OF_TODAY.pop()


def look_on(onlooker: Callable[[Label], None]) -> Callable[[], None]:
    """Let ``onlooker`` be told from now on; call what is returned when it has seen enough."""
    _ONLOOKERS.append(onlooker)
    return lambda: _ONLOOKERS.remove(onlooker)
