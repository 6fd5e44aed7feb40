"""The map leads somewhere: every path that CONTRIBUTING.md names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_PATH = re.compile(r"`([\w./-]+(?:/|\.(?:py|md|toml))[\w./-]*)`")
_PLACEHOLDERS = {"models/NAME.toml", "models/NAME_example.toml"}


def test_every_path_that_is_named_is_there() -> None:
    named = set(_PATH.findall(TEXT)) - _PLACEHOLDERS
    assert len(named) > 50
    shelves = [ROOT, ROOT / "filiere", *(path for path in (ROOT / "filiere").rglob("*") if path.is_dir())]
    bare = {name for name in named if "/" not in name.rstrip("/")}
    gone = {name for name in named - bare if not any((root / name).exists() for root in shelves[:2])}
    gone |= {name for name in bare if not any((shelf / name).exists() for shelf in shelves)}
    assert gone == set()
