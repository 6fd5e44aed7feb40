"""Every code of the product, gathered from the stages that find them; ``docs/problems.md`` is made from it."""

from __future__ import annotations

from filiere.problems import (
    assembling,
    checking,
    collecting,
    gathering,
    invoicing,
    parsing,
    pooling,
    ranging,
    reading,
    sharing,
    solving,
    weighing,
    writing,
)
from filiere.problems.problem import Code

CATALOGUE: tuple[Code, ...] = (
    *reading.CODES,
    *parsing.CODES,
    *assembling.CODES,
    *pooling.CODES,
    *ranging.CODES,
    *checking.CODES,
    *weighing.CODES,
    *solving.CODES,
    *writing.CODES,
    *gathering.CODES,
    *invoicing.CODES,
    *collecting.CODES,
    *sharing.CODES,
)
