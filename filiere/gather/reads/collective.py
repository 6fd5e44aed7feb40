"""Who a ledger's collective accounts (401000, 411000) are with, where only the text of each entry says it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filiere.gather.headings import plain
from filiere.gather.people.persons import is_business
from filiere.names import tidy

_OF_A_PIECE = re.compile(
    r"(factures?|fact|fac|fa|fc|fv|ft|f|avoirs?|av|notes?|credit|invoices?|bills?|pieces?|ref|refs|reference|n|no|num"
    r"|numero|bl|bon|bons|livraisons?|du|de|des|la|le|les|d|l|au|a|pour|sur|mois|solde|janv(ier)?|fev(rier)?|mars|avr(il)?"
    r"|mai|juin|juil(let)?|aout|sept(embre)?|oct(obre)?|nov(embre)?|dec(embre)?)"
)
"""Words of a piece, which are no part of a name where they stand before or behind it."""
_NO_NAME = re.compile(r"\b(achats?|ventes?|reglements?|vir\w*|prlv|prelevements?|cheques?|especes|recettes?|caisse"
                      r"|acomptes?|frais|divers|extournes?|regularisations?|regul|od|a nouveaux?|an|report|tva|journee"
                      r"|semaine)\b")  # fmt: skip
_PAID = re.compile(r"(reglement|vir|prlv|prelevement|cheque|a nouveau|an\b|report)")
_ENOUGH = 0.8
"""From which share of the texts on that give a name they are taken to."""
_LETTERS = 3


class NamedByText:
    """The parties that the texts of entries name: nobody, unless nearly all of them name a firm or one again."""

    def __init__(self, texts: Iterable[tuple[str, str]], goods: Iterable[str]) -> None:
        """``texts`` are those of lines of collective accounts with their piece, ``goods`` names of accounts."""
        self.goods = {word for text in goods for word in plain(text).split() if len(word) > _LETTERS}
        told = [name for text, piece in texts if (name := self._named(text, piece)) is not None]
        named = [name for name in told if name]
        keys = [plain(name) for name in named]
        known = sum(is_business(name) or keys.count(plain(name)) > 1 for name in named)
        self.sure = bool(told) and len(named) >= _ENOUGH * len(told) and 2 * known >= len(named)

    def name(self, text: str, piece: str) -> str:
        """Return the party that a text names; empty where texts are no names, or this one gives none."""
        return (self._named(text, piece) or "") if self.sure else ""

    def _named(self, text: str, piece: str) -> str | None:
        """Return a text without what it says of its piece, empty where that is no name; None for a payment."""
        words = [
            word for word in re.split(r"[\s_:;,/–-]+", tidy(text.replace(piece, " ") if piece else text)) if plain(word)
        ]
        while words and self._is_of_a_piece(words[0]):
            words = words[1:]
        while words and self._is_of_a_piece(words[-1]):
            words = words[:-1]
        name = " ".join(words)
        if _NO_NAME.search(plain(text)):
            return None if _PAID.match(plain(text)) else ""
        short = sum(sign.isalpha() for sign in name) < _LETTERS
        return "" if short or set(plain(name).split()) & self.goods else name

    def _is_of_a_piece(self, word: str) -> bool:
        return bool(_OF_A_PIECE.fullmatch(plain(word)) or re.search(r"\d", word))
