"""Whether a table that names one side alone holds purchases or sales: by what it is called, else by whom it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filiere.gather.headings import plain

_PURCHASES = re.compile(r"\b(achats?|purchases?|appro\w*|fournisseurs?|suppliers?|depenses?)\b")
_SALES = re.compile(r"\b(ventes?|sales?|clients?|customers?|livraisons?|deliver\w*|recettes?)\b")
_USERS = re.compile(r"\b(ecoles?|colleges?|lycees?|cantines?|mairies?|communes?|creches?|ehpad|hopital"
                    r"|hopitaux|clinique|restaurants?|resto|hotel|bistrots?|cafe|bar|epiceries?|amap|magasins?"
                    r"|schools?|canteens?|town hall|hospital|particuliers)\b")  # fmt: skip
"""Who buys to use or to sell on, and supplies no chain with goods of its own."""
_MAKERS = re.compile(r"\b(fermes?|gaec|earl|scea|moulins?|maraich\w*|vergers?|fromageries?|laiteries?|minoteries?"
                     r"|abattoirs?|brasseries?|apicult\w*|vignobles?|domaine|grossistes?|farms?|mills?"
                     r"|dairy)\b")  # fmt: skip


def way_of(named: str) -> str:
    """Return ``bought`` or ``sold`` as the name of a file and its sheet says, nothing where it says neither."""
    words = plain(named)
    return "bought" if _PURCHASES.search(words) else "sold" if _SALES.search(words) else ""


def way_by_names(names: Iterable[str]) -> str:
    """Return ``sold`` where the parties are such as buy (schools, canteens) and none of them is a farm or a mill."""
    words = {plain(name) for name in names}
    users = sum(bool(_USERS.search(one)) for one in words)
    return "sold" if users and 2 * users >= len(words) and not any(map(_MAKERS.search, words)) else ""
