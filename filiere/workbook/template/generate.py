"""Makes again what is made from the declarations: ``python -m filiere.workbook.template.generate``, from a checkout."""

from __future__ import annotations

import sys
from pathlib import Path

from filiere.sector.usual import FILE, made_of_sectors
from filiere.workbook.template.dictionary import data_dictionary, problem_list
from filiere.workbook.template.template import regenerate

_ROOT = Path(__file__).parents[3]


def documents() -> dict[str, str]:
    """Return the generated pages, and what is gathered of the sectors: path from the root of the checkout → text."""
    return {"docs/data_dictionary.md": data_dictionary(), "docs/problems.md": problem_list(), FILE: made_of_sectors()}


def main(root: Path = _ROOT) -> None:
    """Write every template and every generated page of the checkout at ``root``."""
    written = regenerate(root / "data_templates")
    for name, text in documents().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8", newline="\n")
        written.append(root / name)
    sys.stdout.write("".join(f"{path.relative_to(root)}\n" for path in written))


if __name__ == "__main__":
    main()
