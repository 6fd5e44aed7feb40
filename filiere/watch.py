"""What is being worked on, told to whoever looks on: the commands show it on a terminal where it takes a while."""

from __future__ import annotations

from collections.abc import Callable

from filiere.language import Label

STARTING = Label("Starting", "Démarrage")
READING = Label("Reading the workbook", "Lecture du classeur")
BUILDING = Label("Building the model", "Construction du modèle")
RANK = Label("Rank {rank} of {count}", "Priorité {rank} sur {count}")
SETTLING = Label("Choosing among plans that are as good", "Choix entre des plans aussi bons")
REPORTING = Label("Making the results", "Préparation des résultats")

_ONLOOKERS: list[Callable[[Label], None]] = []


def tell(stage: Label) -> None:
    """Say what begins."""
    for onlooker in _ONLOOKERS:
        onlooker(stage)


def tell_rank(rank: int, count: int) -> None:
    """Say which rank is optimised, of how many."""
    if _ONLOOKERS:
        tell(RANK.fill(rank=str(rank), count=str(count)))


def look_on(onlooker: Callable[[Label], None]) -> Callable[[], None]:
    """Let ``onlooker`` be told from now on; call what is returned when it has seen enough."""
    _ONLOOKERS.append(onlooker)
    return lambda: _ONLOOKERS.remove(onlooker)
