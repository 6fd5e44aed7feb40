"""What is printed where the stream cannot write every sign: a console or a file of Windows-1252, say."""

from __future__ import annotations

import io
import json
import sys

import pytest

from filiere.commands.common import Console
from filiere.commands.streams import PLAINLY, Patient
from filiere.language import number


@pytest.mark.parametrize(
    ("encoding", "written"), [("cp1252", "-34 020 € -> Besan?on, Œuvre"), ("ascii", "-34 020 EUR -> Besan?on, OEuvre")]
)
def test_numbers_stay_numbers(encoding: str, written: str) -> None:
    text = f"{number(-34020, 'fr')} € → Besan\u0327on, Œuvre"
    assert text.encode(encoding, PLAINLY).decode(encoding) == written


def test_json_keeps_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"name": "Łódź – 34\u202f020", "value": 1.5}
    out = io.BytesIO()
    with io.TextIOWrapper(out, encoding="cp1252", errors=PLAINLY) as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        Console("fr").json(told)
        stream.flush()
        assert json.loads(out.getvalue().decode("cp1252")) == told


@pytest.mark.parametrize(
    ("name", "seen"),
    [("M\x1b[31mill", "M\ufffd[31mill"), ("B\x08\x7f", "B\ufffd\ufffd"), ("a\u202ecod", "acod"), ("x\x9b2J", "x\ufffd2J"),
     ("two\tlines\n", "two\tlines\n"), ("W\x1b]0;title\x07", "W\ufffd]0;title\ufffd"), ("שלום", "שלום")],
)  # fmt: skip
def test_a_name_gives_the_screen_no_commands(name: str, seen: str) -> None:
    out = io.StringIO()
    Patient(out).write(name)
    assert out.getvalue() == seen


def test_the_bar_of_progress_is_still_drawn() -> None:
    out = io.StringIO()
    Patient(out).write("\r\x1b[?25l  [####]  50%")
    Patient(out).write("\x1b[?25h\n")
    assert out.getvalue() == "\r\x1b[?25l  [####]  50%\x1b[?25h\n"


def test_json_keeps_such_names_as_they_are_and_shows_them_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"name": "a\u202eb\x9bc\x1b"}
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Patient(out))
    Console("en").json(told)
    assert json.loads(out.getvalue()) == told
    assert not set(out.getvalue()) & {"\u202e", "\x9b", "\x1b", "\ufffd"}
