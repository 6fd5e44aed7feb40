"""Every message is declared whole: both languages, the same facts in both, what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from filiere.language import Label
from filiere.problems.catalogue import CATALOGUE
from filiere.problems.problem import Code, Severity

_HOLE = re.compile(r"\{(\w+)\}")
PACKAGE = Path(__file__).parents[1] / "filiere"


def faults(code: Code) -> list[str]:
    """Return what is missing of a message, or differs between its languages."""
    found = []
    for part in ("fact", "rule", "remedy"):
        text: Label = getattr(code, part)
        found += [f"{part}: no {language}" for language in ("en", "fr") if not getattr(text, language).strip()]
        if text.en and text.en == text.fr and set(text.en) & set("abcdefghijklmnopqrstuvwxyz"):
            found.append(f"{part}: the same in both languages")
        if text.fr and {*_HOLE.findall(text.en)} != {*_HOLE.findall(text.fr)}:
            found.append(f"{part}: other facts in French")
    return found


@pytest.mark.parametrize("code", CATALOGUE, ids=lambda code: code.code)
def test_every_message_is_whole(code: Code) -> None:
    allowed = {"rule: no en", "rule: no fr"}  # where the fact says it all
    assert set(faults(code)) - allowed == set()


def test_a_message_that_is_half_made_is_caught() -> None:
    code = Code("TST09", Severity.ERROR, Label("{name} is dry.", "{actor} est à sec."), Label("Water.", "Water."),
                Label("Add water.", ""))  # fmt: skip
    assert faults(code) == ["fact: other facts in French", "rule: the same in both languages", "remedy: no fr"]


def test_no_message_is_left_out_of_the_catalogue() -> None:
    declared = {
        number
        for path in (PACKAGE / "problems").glob("*.py")
        for number in re.findall(r'(?:_error|_warning|Code)\(\s*"([A-Z]{3}\d{2,3})"', path.read_text("utf-8"))
    }
    assert len(declared) > 150
    assert declared == {code.code for code in CATALOGUE}


def test_no_two_messages_bear_one_code() -> None:
    """Sheets, ``--json`` and decisions tell messages by their codes, and ``docs/problems.md`` tells each code once."""
    codes = [code.code for code in CATALOGUE]
    assert [code for code in set(codes) if codes.count(code) > 1] == []
