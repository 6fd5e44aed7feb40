"""Which language to speak: the one asked for, else the workbook's, else the machine's."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from filiere.language import LANGUAGES, Language, system_language


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
