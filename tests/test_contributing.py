"""The map leads somewhere: every path that CONTRIBUTING.md, a room's README or a decision names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from filiere.commands import COMMANDS
from filiere.sector.bundled import sector_names

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("filiere/**/README.md")),
    *sorted(ROOT.glob("docs/decisions/*.md")),
]
_PATH = re.compile(r"`((?:[\w-]+/)*[\w-]+(?:/|\.(?:py|md|toml)))`")
_PLACEHOLDERS = {"models/NAME.toml", "models/NAME_example.toml"}


def missing(page: Path) -> set[str]:
    """Return the paths that a page names and that are not there."""
    named = set(_PATH.findall(page.read_text("utf-8"))) - _PLACEHOLDERS
    shelves = (ROOT, ROOT / "filiere", page.parent)
    deep = {path.name for path in (ROOT / "filiere").rglob("*")} | {path.name for path in ROOT.iterdir()}
    bare = {name for name in named if "/" not in name.rstrip("/")}
    gone = {name for name in named - bare if not any((shelf / name).exists() for shelf in shelves)}
    return gone | {name for name in bare if name.rstrip("/") not in deep}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_path_that_is_named_is_there(page: Path) -> None:
    assert missing(page) == set()


def test_a_path_that_is_not_there_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("`schema/tables.py`, `schema/nowhere.py`, `palette.py`, `nothing.py`", "utf-8")
    assert missing(page) == {"schema/nowhere.py", "nothing.py"}


@pytest.mark.parametrize("page", ["README.md", "LISEZMOI.md"])
def test_every_command_and_every_sector_has_its_place_in_both_readmes(page: str) -> None:
    rows = re.findall(r"^\| `filiere (\w+)([^`]*)` \|", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(COMMANDS)
    words = {name: set(re.findall(r"\w+", rest)) for name, rest in rows}
    assert words["new"] == set(sector_names()) and words["demo"] == set(sector_names(examples=True))
