"""Where the files that travel with the product are: inside an installed wheel, or beside the package."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]


def bundled(name: str) -> Traversable:
    """Return a bundled file or folder, such as ``models`` or ``data_templates/food_fr.xlsx``.

    Raises FileNotFoundError where neither the installed package nor a checkout holds it.
    """
    for root in (files("filiere").joinpath("bundled"), _CHECKOUT):
        found = root.joinpath(*name.split("/"))
        if found.is_file() or found.is_dir():
            return found
    raise FileNotFoundError(f"{name} is not part of this installation")


def bundled_template(name: str) -> bytes:
    """Return a ready-made template, such as ``food_example_fr.xlsx``. Raises FileNotFoundError."""
    return bundled(f"data_templates/{name}").read_bytes()


def sector_names(examples: bool = False) -> tuple[str, ...]:
    """Return the sectors that have a file in ``models/``, or those with a worked example too, in alphabetical order."""
    stems = {file.name.removesuffix(".toml") for file in bundled("models").iterdir() if file.name.endswith(".toml")}
    worked = {stem.removesuffix("_example") for stem in stems if stem.endswith("_example")}
    return tuple(sorted(worked if examples else {stem for stem in stems if not stem.endswith("_example")}))
