"""What is printed where the stream cannot write every sign: a console or a file of Windows-1252, say."""

from __future__ import annotations

import io
import json
import sys

import pytest

from filiere.commands.common import Voice
from filiere.commands.streams import PLAINLY
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
        Voice("fr").json(told)
        stream.flush()
        assert json.loads(out.getvalue().decode("cp1252")) == told
