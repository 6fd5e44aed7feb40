"""Draw the pictures of the guides again: ``python docs/pictures.py``, with LibreOffice and pdftoppm installed.

All are of the worked food example: its first results sheet and one of its input sheets as they would be printed, and
charts as ``--figures`` draws them.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from filiere.analysis.stress.stress import stress
from filiere.language import Language
from filiere.pipeline import pareto, read, run
from filiere.report.front.document import front_document
from filiere.report.page.pictures import figures
from filiere.report.result.document import result_document
from filiere.report.result.workbook import results_workbook
from filiere.report.stress.document import stress_document
from filiere.sector.sector import load_sector
from filiere.workbook.template.template import template

PICTURES = Path(__file__).parent / "pictures"
LOCALES = {"fr": "fr-FR", "en": "en-GB"}
LOCALE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{code}</value></prop></item></oor:items>
"""


def draw(folder: Path, language: Language) -> None:
    """Write every picture of one guide, working in ``folder``."""
    example, results = folder / f"food_example_{language}.xlsx", folder / f"results_{language}.xlsx"
    example.write_bytes(template(load_sector("food"), language, example=True))
    result = run(example)
    results.write_bytes(results_workbook(result, language, folder))
    summary(printed(folder, results, language), f"summary_{language}")
    links(printed(folder, example, language), language)
    front = pareto(example, "cost", "dependency", 7)
    losses = stress(read(example), most=12)
    charts = [
        *figures(result_document(result, language)),
        *figures(front_document(front, language)),
        *figures(stress_document(losses, language, example)),
    ]
    named = {figure.name: figure for figure in charts}
    for name, french, english in (
        ("chain_today", "la-filiere-cette-annee-par-maillon", "the-chain-today-by-stage"),
        ("chain_plan", "la-filiere-plan-par-maillon", "the-chain-plan-by-stage"),
        ("origins", "d-ou-viennent-les-produits", "where-products-come-from"),
        ("front", "cout-et-dependance-les-compromis-possibles", "cost-and-dependency-the-possible-trade-offs"),
        ("losses", "besoins-qui-ne-seraient-plus-couverts-par-perte", "needs-no-longer-served-after-each-loss"),
    ):
        picture = named[french if language == "fr" else english].png(scale=1)
        (PICTURES / f"{name}_{language}.png").write_bytes(picture)


def printed(folder: Path, book: Path, language: Language) -> Path:
    """Return a workbook as it is printed on a machine of that language."""
    user = folder / f"office_{language}" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(LOCALE.format(code=LOCALES[language]), encoding="utf-8")
    office = ["soffice", f"-env:UserInstallation={user.parent.as_uri()}", "--headless"]
    subprocess.run([*office, "--convert-to", "pdf", "--outdir", folder, book], check=True, capture_output=True)
    return book.with_suffix(".pdf")


def summary(sheets: Path, name: str) -> None:
    """Draw the first page."""
    subprocess.run(["pdftoppm", "-r", "80", "-png", "-f", "1", "-singlefile", sheets, PICTURES / name], check=True)


def links(sheets: Path, language: Language) -> None:
    """Draw the upper left of the first page of the Links sheet, which says its sheet's name below."""
    told = subprocess.run(["pdftotext", sheets, "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    headings = {"fr": ("Fournisseur", "Client", "Minimum"), "en": ("From", "To", "Minimum")}[language]
    number = next(at for at, text in enumerate(told, 1) if {*headings} <= {*text.split("\n")})
    part = ["-r", "105", "-x", "68", "-y", "73", "-W", "1090", "-H", "400", "-f", str(number), "-singlefile"]
    subprocess.run(["pdftoppm", "-png", *part, sheets, PICTURES / f"links_{language}"], check=True)


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for language in ("fr", "en"):
            draw(Path(folder), language)
