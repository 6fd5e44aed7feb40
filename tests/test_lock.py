"""The libraries that CI runs with: pinned, told by their hashes, and those that pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKED = ("dev", "cluster")
_PIN = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<when>[^\\]+))?(?P<hashes>(?: \\\n +--hash=sha256:[0-9a-f]{64})*)\n"
)


def pins() -> dict[str, list[re.Match[str]]]:
    """Return the pins of each library: one, or one for each kind of machine."""
    text = (ROOT / ".ci" / "requirements.txt").read_text("utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for pin in _PIN.finditer(text):
        found[pin["name"]].append(pin)
    assert sum(len(pin[0]) for some in found.values() for pin in some) == len(text), "a line is no pin"
    return found


def wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    return [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(one for e in LOCKED for one in extras[e]),
    ]


@pytest.mark.parametrize("requirement", wanted())
def test_what_the_project_asks_for_is_pinned_as_it_allows(requirement: str) -> None:
    asked = Requirement(requirement)
    found = pins()[canonicalize_name(asked.name)]
    assert found
    assert all(asked.specifier.contains(pin["version"]) for pin in found)


def test_every_pin_has_its_hashes() -> None:
    assert all(pin["hashes"] for some in pins().values() for pin in some)
    assert all(pin["when"] for some in pins().values() if len(some) > 1 for pin in some)


def test_what_people_install_has_an_upper_bound_that_was_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in (*project["dependencies"], *project["optional-dependencies"]["cluster"]):
        assert any(one.operator in ("<", "<=") for one in Requirement(requirement).specifier), requirement
