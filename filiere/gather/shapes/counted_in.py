"""What goods are measured or counted in: ``L``, ``pièces``, ``barquettes``."""

from __future__ import annotations

import re

from filiere.gather.headings import plain
from filiere.units import is_measured

_COUNTED = re.compile(r"pieces?|pces?|unites?|u|douzaines?|dz|pots?|bouteilles?|barquettes?|colis|cartons?|caisses?"
                      r"|cagettes?|sacs?|bottes?|bocaux|bocal|sachets?|plateaux?|paniers?|parts?|repas|units?|dozens?"
                      r"|jars?|bottles?")  # fmt: skip


def is_counted(unit: str) -> bool:
    """Whether a word is what goods are measured or counted in: ``L``, ``pièces``, ``barquettes``."""
    return is_measured(unit) or bool(_COUNTED.fullmatch(plain(unit)))
