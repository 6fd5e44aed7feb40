"""Draw the pictures of the guides again: ``python docs/pictures.py``, with LibreOffice and pdftoppm installed.

Each is the first page of the results of the worked example, as it would be printed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from filiere.pipeline import run
from filiere.report.workbook import results_workbook
from filiere.sector import load_sector
from filiere.workbook.template import template

PICTURES = Path(__file__).parent / "pictures"


def draw(folder: Path) -> None:
    """Write ``summary_fr.png`` and ``summary_en.png``, working in ``folder``."""
    for language in ("fr", "en"):
        example, results = folder / f"food_example_{language}.xlsx", folder / f"results_{language}.xlsx"
        example.write_bytes(template(load_sector("food"), language, example=True))
        results.write_bytes(results_workbook(run(example), language, folder))
        office = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless"]
        subprocess.run([*office, "--convert-to", "pdf", "--outdir", folder, results], check=True, capture_output=True)
        page = ["pdftoppm", "-r", "80", "-png", "-f", "1", "-singlefile", results.with_suffix(".pdf")]
        subprocess.run([*page, PICTURES / f"summary_{language}"], check=True)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        draw(Path(folder))
