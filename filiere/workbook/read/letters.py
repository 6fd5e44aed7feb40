"""Which letters the bytes of a text are, and letters that were decoded twice.

Older French accounting programmes write DOS letters (code page 850), old Macs their own; nothing in the file
says so. The reading in which most letters are ones French writes, where it writes them, is taken.
"""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_HIGH, _LOW = 0.7, 0.05
"""How many of the high bytes of Latin letters are zero at least, and of the low ones at most."""
_PAGES = ("cp1252", "cp850", "mac_roman", "iso8859-15")
_SMALL = "éèêàâçùûîïôëœ"
_CAPITAL = "ÉÈÊÀÂÇÙÛÎÏÔËŒ"
_FRACTIONS = "½¼¾¤¦¨´¸"
"""What the latin-9 of French letters (œ, Œ, Ÿ, €, Š) reads as in latin-1: never beside a letter."""
_SIGNS = "€°’‘«»\u00a0²³·–—…œäöüßñóíáúø×½¼¾®©µ"
_TWICE = re.compile("[\u00c2\u00c3\u00c5\u00e2][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192"
                    "\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")  # fmt: skip


def decoded(data: bytes) -> str:
    """Return the text of ``data``: what its byte order mark says, else UTF-8, else the likeliest of older letters."""
    wide = wide_letters(data)
    if not wide and not data.startswith(_WIDE) and len(data) - len(data.rstrip(b"\0")) > 1:
        data = data.rstrip(b"\0")  # a file padded to the size of a disk's block
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if wide:
        return data.decode(wide, "replace").rstrip("\0")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return max((data.decode(page, "replace") for page in _PAGES), key=_likely)


def wide_letters(data: bytes) -> str:
    """Return the encoding of a text of two bytes a letter without a mark, by the zeros that every other byte is."""
    padded = data.rstrip(b"\0")
    text = data[: len(padded) + len(padded) % 2]
    first, second = text[::2], text[1::2]
    for encoding, high, low in (("utf-16-le", second, first), ("utf-16-be", first, second)):
        if len(text) > 3 and high.count(0) > _HIGH * len(high) and low.count(0) < _LOW * len(low):
            return encoding
    return ""


def _likely(text: str) -> int:
    """Score a reading: letters that French writes, less the signs it does not and capitals inside small letters."""
    score = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        sign, at = found[0], found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if sign in _SMALL:
            inside = before.isupper() and after.isupper()
            score += -1 if inside else 3
        elif sign in _CAPITAL:
            score += -2 if before.islower() else 2
        elif sign in _FRACTIONS and (before.isalpha() or after.isalpha()):
            score -= 3
        else:
            score += 1 if sign in _SIGNS else -3
    return score


def mended(text: str) -> str | None:
    """Return what a text decoded twice meant (``FarinÃ©`` → ``Fariné``), None where it was not."""
    if text.isascii() or not _TWICE.search(text):
        return None
    for page in ("cp1252", "latin-1", "mac_roman"):
        try:
            once = _bytes(text, page).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        return mended(once) or once
    return None


def _bytes(text: str, page: str) -> bytes:
    """Return the bytes of ``text`` in ``page``; the five that Windows leaves undefined stand for themselves."""
    return b"".join(
        bytes([ord(sign)]) if page == "cp1252" and sign in "\x81\x8d\x8f\x90\x9d" else sign.encode(page)
        for sign in text
    )


def lost(text: str) -> bool:
    """Whether letters of a text were lost for good: the sign that stands for what could not be read."""
    return "\ufffd" in text
