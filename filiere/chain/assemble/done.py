"""What is put together once for all scenarios of a workbook."""

from __future__ import annotations

from dataclasses import dataclass, field

from filiere.chain.assemble.links.again import Expanded
from filiere.chain.assemble.units import Converted


@dataclass
class Done:
    """What scenarios have in common: each changes a few rows, and what the others come to stays as it is."""

    units: Converted = field(default_factory=Converted)
    links: Expanded = field(default_factory=Expanded)
