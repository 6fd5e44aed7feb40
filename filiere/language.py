"""Labels in both languages and the way each language writes numbers.

This module knows no sentence of the product: those stand next to what they speak about. It only says
what a bilingual text is and how a number, a share or a list is written for a French or an English reader.
"""

from __future__ import annotations

import datetime as dt
import locale
import math
import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

# French typography separates thousands with a narrow no-break space (Imprimerie nationale, 2002).
_THOUSANDS = {"fr": "\u202f", "en": ","}
_HIGH = re.compile(r" (?=[;:!?%»])")
_MINUS = "−"
_MUTE = ("hab", "heb", "her", "heu", "hist", "hiv", "hop", "hor", "hot", "hui", "hum", "hyd")
"""How words begin whose h is mute, without accents."""
_DECIMAL = {"fr": ",", "en": "."}


_FIELDS: tuple[Language, ...] = ("en", "fr")
"""The languages of a label, in its order."""


class Label(NamedTuple):
    """One text in both languages, English first."""

    en: str
    fr: str

    def to(self, language: Language) -> str:
        """Return the text in ``language``."""
        return self.fr if language == "fr" else self.en

    def fill(self, **facts: Label | str) -> Label:
        """Return this label with ``{facts}`` put in, each in its own language."""
        return Label(*(filled(self.to(one), in_language(facts, one), one) for one in _FIELDS))


def as_written(text: str) -> Label:
    """Return a text that is the same in every language: a name that somebody typed."""
    return Label(text, text)


def in_language(facts: dict[str, Label | str], language: str) -> dict[str, str]:
    """Return ``facts`` with every bilingual text in ``language``."""
    return {k: (v.fr if language == "fr" else v.en) if isinstance(v, Label) else v for k, v in facts.items()}


def typeset(text: str, language: Language) -> str:
    """Return a text with the spaces of its language: narrow no-break ones before French high punctuation."""
    return _HIGH.sub("\u202f", text) if language == "fr" else text


def either(en: str, fr: str, language: Language) -> str:
    """Return one of two texts, typeset as its language is."""
    return typeset(Label(en, fr).to(language), language)


def after_colon(before: str, after: str, language: Language) -> str:
    """Join two texts with a colon as the language writes it: ``a : b`` in French, ``a: b`` in English."""
    return typeset(f"{before}{Label(': ', ' : ').to(language)}{after}", language)


def of_name(name: str) -> str:
    """Put the French ``de`` before a name: ``d'Élevage``, ``du Préau`` for ``Le Préau``, ``de Mouture``.

    Quotation marks change no sound: ``d'« Engrais »``, but the article within them stays as it is.
    """
    article, _, rest = name.partition(" ")
    if rest and article.casefold() in ("le", "les"):
        return f"{'du' if article.casefold() == 'le' else 'des'} {rest}"
    spelled = unicodedata.normalize("NFD", name.strip().lstrip("«\u00a0\u202f ")).casefold()
    word = "".join(letter for letter in spelled if not unicodedata.combining(letter))
    return f"d'{name}" if word.startswith((*"aeiouœ", *_MUTE)) else f"de {name}"


def to_name(name: str) -> str:
    """Put the French ``à`` before a name: ``au Préau`` for ``Le Préau``, ``aux Halles``, ``à Mouture``."""
    article, _, rest = name.partition(" ")
    if rest and article.casefold() in ("le", "les"):
        return f"{'au' if article.casefold() == 'le' else 'aux'} {rest}"
    return f"à {name}"


def between(giver: str, taker: str) -> Label:
    """Say who gives to whom: ``from A to B``, ``d'A à B``."""
    return Label(f"from {giver} to {taker}", f"{of_name(giver)} {to_name(taker)}")


_BEFORE = re.compile(r"(?<![\w'’])([Dd]e|[Àà]) \{(\w+)\}")
"""Where a French text puts a fact behind ``de`` or ``à``."""


def filled(text: str, facts: Mapping[str, object], language: Language) -> str:
    """Return a text with ``{facts}`` put in, French ``de`` and ``à`` as the word behind them wants them."""

    def put(found: re.Match[str]) -> str:
        said = facts.get(found[2])
        if not isinstance(said, str):
            return found[0]
        made = (of_name if found[1] in ("de", "De") else to_name)(said)
        made = made[:1].upper() + made[1:] if found[1][0].isupper() else made
        return made.replace("{", "{{").replace("}", "}}")

    return (_BEFORE.sub(put, text) if language == "fr" else text).format(**facts)


def day(date: dt.date, language: Language) -> str:
    """Write a day: ``29/11/2026`` in French, ``2026-11-29`` in English."""
    return date.strftime("%d/%m/%Y") if language == "fr" else date.isoformat()


def several(count: float, language: Language) -> bool:
    """Whether a count takes the plural: from 2 on in French, anything but 1 in English."""
    return count >= 2 - _WHOLE if language == "fr" else abs(count - 1) > _WHOLE


def counted(count: int, one: Label, several: Label) -> Label:
    """Return a count with its noun, each language's plural after its own rule: ``0 ligne``, ``0 rows``."""
    return Label(
        f"{number(count, 'en')} {(one if count == 1 else several).en}",
        f"{number(count, 'fr')} {(one if count < 2 else several).fr}",
    )


_WHOLE = 1e-6
_UNREADABLE = 1e15
"""From here on a number is written with a power of ten: beyond, not even its whole part is exact."""


def is_whole(value: float) -> bool:
    """Whether a number is whole but for what calculating leaves: 1.9999999 is two."""
    return math.isfinite(value) and abs(value - round(value)) <= _WHOLE * max(1.0, abs(value))


def number(value: float, language: Language, digits: int | None = None) -> str:
    """Write ``value`` as ``language`` does: ``1 234,5`` in French, ``1,234.5`` in English.

    Without ``digits`` the number keeps at most four significant digits after which it would be noise,
    but never loses digits of its whole part.
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= _UNREADABLE:
        return f"{value:.4g}".replace(".", _DECIMAL[language]).replace("-", _MINUS)
    if digits is None:
        digits = 0 if value == 0 else max(0, 3 - math.floor(math.log10(abs(value))))
        text = f"{value:,.{min(digits, 12)}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        text = f"{value:,.{digits}f}"
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    signs = {",": _THOUSANDS[language], ".": _DECIMAL[language], "-": _MINUS}
    return text.translate({ord(sign): written for sign, written in signs.items()})


def money(amount: float | Decimal) -> Label:
    """Write an amount of money to the cent, in both languages."""
    return Label(number(float(amount), "en", 2), number(float(amount), "fr", 2))


def decimal_sign(language: Language) -> str:
    """Return the sign before decimals."""
    return _DECIMAL[language]


_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£"}


def sign_of(currency: str) -> str:
    """Return a currency as it is written after an amount: ``€`` for ``EUR``."""
    return _SYMBOLS.get(currency.upper(), currency)


ALL = 1e-6
"""A share that misses nothing or the whole by less is nothing, or the whole."""


def decimals(share: float, digits: int) -> int:
    """Return how many decimals a percentage takes: ``digits``, or as many as tell it from nothing and from the whole.

    99.98 % is not 100.0 %, nor 0.02 % nothing, which takes none: 0 %. What is told by a share's sign or size alone
    takes no more.
    """
    if abs(share) < ALL:
        return 0
    missing = min(abs(share), abs(abs(share) - 1.0))
    while missing >= ALL and 100 * missing <= 0.5 / 10**digits:
        digits += 1
    return digits


def percent(share: float, language: Language, digits: int = 1) -> str:
    """Write a share as a percentage: ``31,4 %`` in French, ``31.4%`` in English; all and none of such alone."""
    sign = "\u202f%" if language == "fr" else "%"
    return number(100 * share, language, decimals(share, digits)) + sign


def percents(share: float) -> Label:
    """Write a share as a percentage in every language, without decimals where it is a whole one."""
    digits = 0 if is_whole(100 * share) else 1
    return Label(percent(share, "en", digits), percent(share, "fr", digits))


def quoted(text: str, language: Language) -> str:
    """Put ``text`` between the quotation marks of ``language``."""
    return f"«\u00a0{text}\u00a0»" if language == "fr" else f"“{text}”"


def listed(items: Iterable[str], language: Language) -> str:
    """Join ``items`` into a list as it is written in a sentence: ``a, b et c``."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + (" et " if language == "fr" else " and ") + words[-1]


def as_heading(label: str) -> str:
    """Write what a column is called as templates do: ``coût unitaire`` for ``coût_unitaire``, which is read alike."""
    return label.replace("_", " ").replace("co2", "CO₂")


def readable(name: str) -> str:
    """Return a file's name as it can be written anywhere, whatever letters the system takes it to be made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def system_language() -> Language:
    """Return the language of the machine's locale, English where it is neither."""
    code = locale.getlocale()[0] or ""
    return "fr" if code.lower().startswith("fr") else "en"


def asked_language(arguments: Sequence[str] | None = None) -> Language:
    """Return the language of ``--lang`` on the command line, else the machine's.

    Needed before click has parsed anything, since help texts and usage errors are written in it.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for i, word in enumerate(words):
        value = word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if word == "--lang" and i + 1 < len(words):
            value = words[i + 1]
        for language in LANGUAGES:
            if value.lower() == language:
                return language
    return system_language()
