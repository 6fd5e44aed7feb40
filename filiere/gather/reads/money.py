"""The money that headings, notes and cells name (``F CFA``, ``$ CA``, ``en dollars``), and what a price is for."""

from __future__ import annotations

import re
from functools import lru_cache

from filiere.names import tidy

_NAMED: tuple[tuple[str, str], ...] = (
    ("XOF", r"f\.? ?cfa|fcfa|francs? cfa|xof|xaf|cfa"),
    ("XPF", r"f\.? ?cfp|fcfp|francs? (?:cfp|pacifique)|xpf|cfp"),
    ("CHF", r"chf|sfr\.?|francs? suisses?|swiss francs?|fr\.? ?s\.?"),
    ("CAD", r"\$ ?(?:cad?|can)|(?:ca|can) ?\$|cad|dollars? canadiens?|canadian dollars?"),
    ("AUD", r"\$ ?au|au?\$|aud|dollars? australiens?|australian dollars?"),
    ("USD", r"\$ ?us|us ?\$|usd|dollars?(?: (?:us|americains?|américains?))?|us dollars?"),
    ("GBP", r"£|gbp|livres? sterling|pounds? sterling"),
    ("JPY", r"¥|jpy|yens?"),
    ("CNY", r"cny|rmb|yuans?"),
    ("MAD", r"mad|dhs?|dirhams?"),
    ("TND", r"tnd|dinars?(?: tunisiens?)?"),
    ("DZD", r"dzd|dinars? alg[ée]riens?"),
    ("PLN", r"pln|zlotys?|zł"),
    ("SEK", r"sek|couronnes? su[ée]doises?"),
    ("DKK", r"dkk|couronnes? danoises?"),
    ("NOK", r"nok|couronnes? norv[ée]giennes?"),
    ("FRF", r"frf|ff|francs?(?: fran[çc]ais)?"),
    ("DM", r"dm|deutsche ?marks?"),
    ("ITL", r"lires?|lire italiane"),
    ("$", r"\$"),
    ("Fr.", r"frs?\."),
)
_WHOLE = tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in _NAMED)
_WITHIN = re.compile("|".join(
    rf"(?P<m{at}>(?<![\w$£€¥])(?:{pattern})(?![\w$£€¥]))" for at, (_, pattern) in enumerate(_NAMED)
), re.IGNORECASE)  # fmt: skip
_ALONE = {"dm", "ff", "mad", "cad", "dh", "ca", "can"}
"""Short words that are another thing in the middle of a heading: money only where they stand in brackets or last."""
_OF_THE_WORKBOOK = re.compile(r"(k|m|md)?(€|eur|euros?)|(k|m|md)(\$|usd|£|gbp|chf)")
_IN_THOUSANDS = re.compile(r"\bmilliers\s*(?:d['’]\s*|de\s+)?(?:€|euros?\b|eur\b)|\ben milliers\b", re.IGNORECASE)
_BATCH = re.compile(
    r"(?:\bles|\bpour|\bpar|\bper|\baux|/)\s*(1[ .,]?000|100|12)(?!\d)"
    r"|(?:\b(?:le|la|les|au|aux|par|per|a)\s|/)\s*(cent|mille|millier|douzaine|hundred|thousand|dozen)s?\b",
    re.IGNORECASE,
)
_BATCHES = {"cent": 100.0, "mille": 1000.0, "millier": 1000.0, "douzaine": 12.0, "hundred": 100.0, "thousand": 1000.0,
            "dozen": 12.0}  # fmt: skip
_PER = re.compile(
    r"(?:/|\b(?:au|a la|par|per|the|le|la|les)\s+"
    r"|\b(?:prix|pu|tarif|price)(?: (?:ht|net|unitaire|du|de vente|d'achat))*\s+)"
    r"\s*(?:1[ .,]?000|100)?\s*"
    r"(kg|kilos?|t|tonnes?|g|l|litres?|liters?|hl|quintal|q)\b"
)


def currency_of(text: str) -> str:
    """Return the code of the currency that a whole text names, empty where it names none."""
    said = tidy(text)
    return next((code for code, pattern in _WHOLE if pattern.fullmatch(said)), "")


def currency_within(heading: str) -> str:
    """Return the code of the currency that a heading names somewhere, empty where it names none."""
    said = tidy(heading)
    for found in _WITHIN.finditer(said):
        word, behind = found[0].casefold(), said[found.end() :].strip(" )]").casefold()
        if word in _ALONE and behind not in ("", "ht", "ttc"):
            continue
        return next(code for at, (code, _) in enumerate(_NAMED) if found[f"m{at}"])
    return ""


def is_money(text: str) -> bool:
    """Whether a unit is a currency, or thousands or millions of one."""
    return bool(_OF_THE_WORKBOOK.fullmatch(tidy(text).casefold().replace(" ", ""))) or bool(currency_of(text))


@lru_cache(maxsize=10_000)
def money_of(heading: str) -> str:
    """Return the currency that a heading names, by its sign or code; empty where it names none."""
    words = [word for word in re.split(r"[\s()\[\]/,;:]+", tidy(heading)) if word]
    euros = next((word for word in words if _OF_THE_WORKBOOK.fullmatch(word.casefold())), "")
    euros = euros or currency_within(heading)
    return f"k{euros or '€'}" if _IN_THOUSANDS.search(tidy(heading)) and not euros.startswith(("k", "m")) else euros


def price_batch(heading: str) -> float:
    """Return how many units a heading says a price is for: ``Prix les 100``, ``Prix (€/1000)``; else 1."""
    found = _BATCH.search(tidy(heading))
    if not found:
        return 1.0
    return float(re.sub(r"[ .,]", "", found[1])) if found[1] else _BATCHES[found[2].casefold()]


def price_unit(heading: str) -> str:
    """Return the unit that a heading says a price is for: ``Prix (€/kg)``, ``Prix au kg``."""
    found = _PER.search(tidy(heading).casefold())
    return found[1] if found else ""
