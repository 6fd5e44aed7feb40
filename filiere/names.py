"""How names, headings and keywords are compared, and which known one is nearest to an unknown one.

Names match without regard to case or white space; headings and keywords, which belong to the format and
not to the user, match without regard to accents and separators as well.
"""

from __future__ import annotations

import heapq
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

# Characters that leave no trace on the screen and travel along when text is copied from a page.
_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_APOSTROPHES = {ord(sign): "'" for sign in "\u2018\u2019\u02bc\u02b9\u2032\u00b4`"}
_TIDIED = {**_INVISIBLE, **_APOSTROPHES}
_LIGATURES = {ord("œ"): "oe", ord("æ"): "ae"}
_SEPARATORS = {ord(sign): None for sign in "_'-\u2010\u2011\u2012\u2013\u2014\u00ad"}
_DOTS = re.compile(r"(?<=[^\W\d])\.")
_NOTE_AT_THE_END = re.compile(r"\s*(\([^()]*\)|\[[^\[\]]*\])\s*$")

ADDED_SHEET = "▸ "
"""How the name of a sheet of results starts in a copy of the workbook they are of, which may be read again."""


def is_remark(text: str) -> bool:
    """Return whether a sheet, heading or row of this name is a remark: nothing in it is read."""
    return tidy(text)[:1] in ("#", "_")


@lru_cache(maxsize=65536)
def tidy(text: str) -> str:
    """Return ``text`` as a name is displayed: NFC, trimmed, white space folded, straight apostrophes."""
    if text.isascii():
        return " ".join(text.split()).replace("`", "'")
    # An accent that stands before an invisible sign joins its letter once that sign is gone, hence NFC last.
    return " ".join(unicodedata.normalize("NFC", text.translate(_TIDIED)).translate(_TIDIED).split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the key under which names match: :func:`tidy` without regard to case."""
    folded = unicodedata.normalize("NFD", tidy(text)).casefold()
    return tidy(unicodedata.normalize("NFD", folded).casefold())


@lru_cache(maxsize=65536)
def loose(text: str) -> str:
    """Return the key under which keywords match: no accents, case, white space, ``_``, ``-`` or ``'``."""
    plain = unicodedata.normalize("NFKD", fold(text).translate(_LIGATURES))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "".join(letters.casefold().translate(_SEPARATORS).split())


@lru_cache(maxsize=65536)
def party_key(name: str) -> str:
    """Return the key under which other people's files name one party: no accents, case, hyphens or dots behind letters.

    Words stay apart: ``S.A.R.L. École-Mère`` is ``sarl ecole mere``.
    """
    return " ".join(key for word in re.split(r"[\s_\-]+", _DOTS.sub("", tidy(name))) if (key := loose(word)))


LEGAL_FORMS: Mapping[str, str] = {
    form: forms.split()[0] for forms in (
        "sarl eurl selarl srl", "sas sasu", "sa", "earl", "gaec", "scop", "scic", "scea", "sci", "snc", "sca", "spl",
        "gie", "cuma", "ei eirl", "association asso", "societe ste", "cooperative coop", "etablissements ets", "gmbh",
        "ag", "ltd", "llc", "inc", "bv",
    ) for form in forms.split()
}  # fmt: skip
"""Legal form → the one that it is another spelling or a kind of: a firm is told apart by none of these words."""
_LEAST_NAME = 3
"""How many letters a word has at least that names a firm: ``La Coopérative`` is no ``La``."""


@lru_cache(maxsize=50_000)
def firm_key(name: str) -> tuple[str, str]:
    """Return the key of a party's name without the legal forms at its ends, and which form they say.

    ``EARL du Pré`` and ``Du Pré E.A.R.L.`` are both ``du pre`` and an ``earl``.
    """
    words = party_key(name).split()
    first, last = 0, len(words)
    while first < last and words[first] in LEGAL_FORMS:
        first += 1
    while last > first and words[last - 1] in LEGAL_FORMS:
        last -= 1
    if not any(len(word) >= _LEAST_NAME for word in words[first:last]):
        return " ".join(words), ""
    forms = {LEGAL_FORMS[word] for word in (*words[:first], *words[last:])}
    return " ".join(words[first:last]), " ".join(sorted(forms - {"societe", "etablissements"}) or forms)


def without_note(text: str) -> str:
    """Return ``text`` tidied, without the units or notes in brackets at its end and a required-mark ``*``."""
    text = tidy(text)
    while True:
        shorter = _NOTE_AT_THE_END.sub("", text).rstrip(" *:")
        if shorter == text or not shorter:
            return text
        text = shorter


def notes(text: str) -> tuple[str, ...]:
    """Return what stands in brackets at the end of a heading, one after the other: ``Capacity (t/year)`` → ``t/year``.

    An ending in brackets, as in ``quantity(ies)``, is no note, and a comma separates two of them.
    """
    text, found = tidy(text).rstrip(" *:"), []
    while match := _NOTE_AT_THE_END.search(text):
        if match[0][0].isspace():
            found += [tidy(part) for part in match[1][1:-1].split(", ")]
        elif len(match[1]) > len("(ies)"):
            found.append(tidy(match[1][1:-1]))
        text = text[: match.start()].rstrip(" *:")
    return tuple(found)


def heading(text: str) -> str:
    """Return the key under which headings and sheet names match: ``Capacity (t/year)`` → ``capacity``."""
    return loose(without_note(text))


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to ``text``, None where none is near enough to be what was meant.

    Nearness is the Damerau–Levenshtein distance (optimal string alignment) between the loose forms, at most
    about a fourth of their length; the same words in another order and a name that the other one begins
    with count as near too. Ties keep the order of ``known``.
    """
    names = tuple(known)
    wanted, letters, words = _form(text)
    if not wanted:
        return None
    best: tuple[float, str] | None = None
    for name in names if len(names) <= _FEW else _likeliest(wanted, names):
        key, signs, others = _form(name)
        if key == wanted:
            return name
        allowed = max(len(wanted), len(key)) // 4 + (len(wanted) in (3, 5, 6, 7))
        most = allowed if best is None else min(allowed, math.ceil(best[0]) - 1)
        distance = math.inf
        if words == others and len(words) > 1:
            distance = 0.5
        elif abs(len(key) - len(wanted)) <= most and (signs ^ letters).bit_count() <= 2 * most:
            edits = _edits(wanted, key, most)
            distance = edits if edits <= most else math.inf
        if distance == math.inf and min(len(key), len(wanted)) >= 4 and _one_begins_the_other(wanted, key):
            distance = 10.0 + abs(len(key) - len(wanted)) / 100
        if distance < math.inf and (best is None or distance < best[0]):
            best = (distance, name)
    return best[1] if best else None


_FEW = 200
"""Up to how many names are compared letter by letter."""


def _likeliest(key: str, names: tuple[str, ...]) -> list[str]:
    """Return the names that share most pairs of letters with ``key``, in their own order."""
    shared = [0] * len(names)
    found = _by_pair(names)
    for pair in _pairs(key):
        for at in found.get(pair, ()):
            shared[at] += 1
    likely = heapq.nsmallest(
        _FEW, range(len(names)), key=lambda at: (-shared[at], abs(len(_form(names[at])[0]) - len(key)), at)
    )
    return [names[at] for at in sorted(likely)]


@lru_cache(maxsize=16)
def _by_pair(names: tuple[str, ...]) -> dict[str, list[int]]:
    """Return the positions of the names that hold each pair of letters."""
    found: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        for pair in _pairs(_form(name)[0]):
            found.setdefault(pair, []).append(at)
    return found


def _pairs(key: str) -> set[str]:
    return {one + other for one, other in pairwise(f"^{key}$")}


@lru_cache(maxsize=65536)
def _form(text: str) -> tuple[str, int, tuple[str, ...]]:
    """Return the loose form, the set of its signs as bits, and its words in alphabetical order."""
    key = loose(text)
    bits = 0
    for sign in key:
        bits |= 1 << (ord(sign) % 61)
    return key, bits, tuple(sorted(loose(word) for word in re.split(r"[\s_\-]+", tidy(text)) if word))


def _one_begins_the_other(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _edits(one: str, other: str, most: int) -> int:
    """Return the number of edits (a letter put in, left out, replaced, or two swapped), or more than ``most``.

    Only the cells within ``most`` of the diagonal can be part of a way that short.
    """
    far = most + 1
    before: list[int] = []
    previous = [min(j, far) for j in range(len(other) + 1)]
    for i, left in enumerate(one, start=1):
        current = [far] * (len(other) + 1)
        current[0] = min(i, far)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            right = other[j - 1]
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            current[j] = min(cost, far)
        if min(current) == far and min(previous) == far:
            return far
        before, previous = previous, current
    return previous[-1]


def luhn(digits: str) -> bool:
    """Whether the check digit of a SIREN or SIRET is right (La Poste's establishments follow another rule)."""
    if digits.startswith("356000000") and len(digits) == 14 and digits != "35600000000048":
        return sum(map(int, digits)) % 5 == 0
    doubled = (int(sign) * (1 + at % 2) for at, sign in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


_SLUG = 40
"""The most signs of a file's name behind its number."""


def file_stems(names: Iterable[str], nameless: str) -> list[str]:
    """Return a file name, without its ending, for each name: two digits and ASCII letters, never a path.

    The digits make each its own, whatever the case, and none a name that Windows keeps for a device. ``nameless``
    stands for a name that has no Latin letter.
    """
    listed = list(names)
    digits = max(2, len(str(len(listed))))
    return [f"{at:0{digits}}-{_slug(name) or nameless}" for at, name in enumerate(listed, start=1)]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", fold(name).translate(_LIGATURES))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().replace("'", " "))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:_SLUG]
        if len(longer) > _SLUG:
            break
        slug = longer
    return slug
