"""The guides: what they tell a reader to type works, in both languages, and what they point to is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from filiere.chain.derived.default_objectives import cost_bound, has_default_ranks
from filiere.chain.read import read_chain
from filiere.language import Language
from filiere.report.result.tables.flows.reconciled import reconciled
from filiere.report.result.tables.order import THEMES
from filiere.report.view import View
from filiere.schema import columns
from filiere.schema import tables as t
from filiere.sector.sector import load_sector
from filiere.workbook.template.plan import shown
from filiere.workbook.template.template import template
from tests.commands.running import run
from tests.report import example
from tests.sheets import workbook

# openpyxl tells of the drop-downs it does not keep; nothing is written back here.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]

DOCS = Path(__file__).parents[1] / "docs"
QUICK = {"new", "collect", "gather", "check"}
"""Run in both languages; the others are run in French, and the English guide must give the same."""
VALUES = {"Drought": "Sécheresse", "cost": "coût", "dependency": "dépendance", "en": "fr", "slides": "diaporama"}


def guide(language: Language) -> str:
    return (DOCS / f"guide.{language}.md").read_text(encoding="utf-8")


def blocks(language: Language, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", guide(language), flags=re.MULTILINE | re.DOTALL)


def commands(language: Language) -> list[list[str]]:
    """The arguments of every ``filiere`` line to type, in order."""
    lines = [line for block in blocks(language, "sh") for line in block.splitlines()]
    assert all(line.startswith("filiere ") for line in lines)
    return [shlex.split(line)[1:] for line in lines]


def sheets(path: Path | str) -> dict[str, list[tuple[object, ...]]]:
    """Sheet → rows of values."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def prepare(folder: Path, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand where the reader stands: in a folder with the invoices of the guide, on a machine of that language."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("LC_ALL", {"fr": "fr_FR.UTF-8", "en": "en_GB.UTF-8"}[language])
    (invoices,) = blocks(language, "csv")
    (name,) = (word for line in commands(language) if line[0] == "gather" for word in line if word.endswith(".csv"))
    Path(name).write_text(invoices, encoding="utf-8")


def test_every_command_of_the_french_guide_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path, "fr", monkeypatch)
    for line in commands("fr"):
        before = set(tmp_path.rglob("*"))
        ran = run(monkeypatch, capsys, *line)
        assert ran.code == 0, (line, ran.err)
        assert set(tmp_path.rglob("*")) - before or line[0] == "check", line
    assert "Aucun problème" in run(monkeypatch, capsys, "check", "food_example_fr.xlsx").out
    results = sheets(tmp_path / "filiere-demo" / "food_resultats_fr.xlsx")
    (reading,) = re.findall(r"Comment lire chaque feuille.*?\n\n(.*?)\n\n", guide("fr"), flags=re.DOTALL)
    told = {name for line in reading.splitlines() for name in re.findall(r"\*\*([^*]+)\*\*", line.split(" | ")[0])}
    assert told == set(results) and len(told) <= 10
    headline = str(results["Synthèse"][2])
    assert {"51", "36", "195", "854"} <= set(re.findall(r"\d+(?:,\d+)?", headline))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_names_every_sheet_of_a_meeting_and_what_the_full_workbook_adds(language: Language) -> None:
    text = guide(language)
    view = View(example.result(), language)
    for theme in THEMES:
        if reconciled not in theme.tables:
            assert f"**{view.set(theme.title)}**" in text
    alone = {sheet.title for theme in THEMES for make in theme.more if (sheet := make(view)) is not None}
    assert all(f"*{title}*" in " ".join(text.split()) for title in alone)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_invoices_of_the_guide_make_the_link_it_tells_of(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path, language, monkeypatch)
    line = next(line for line in commands(language) if line[0] == "gather")
    assert run(monkeypatch, capsys, *line).code == 0
    rows = sheets(line[line.index("--into") + 1])[{"fr": "Échanges", "en": "Links"}[language]]
    (mill,) = (row for row in rows if row[0] in ("Moulin des Aulnes", "Alder Mill"))
    assert 20.5 in mill
    assert 1000 in mill


def test_the_quick_commands_of_the_english_guide_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path, "en", monkeypatch)
    for line in commands("en"):
        if line[0] in QUICK:
            ran = run(monkeypatch, capsys, *line)
            assert ran.code == 0, (line, ran.err)


def test_both_guides_give_the_same_commands() -> None:
    def french(line: list[str]) -> list[str]:
        return [VALUES.get(word, word.replace("_en", "_fr")) for word in line]

    def bare(line: list[str]) -> list[str]:
        files = (".csv", ".xlsx")
        return [word if "food" in word or not word.endswith(files) else "file" for word in line]

    assert [bare(french(line)) for line in commands("en")] == [bare(line) for line in commands("fr")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheets_and_scenarios_named_are_those_of_the_example(language: Language, tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    path.write_bytes(template(load_sector("food"), language, example=True))
    book = sheets(path)
    cells = {str(row[0]) for row in book[{"fr": "Scénarios", "en": "Scenarios"}[language]]}
    asked = {line[line.index("--scenario") + 1] for line in commands(language) if "--scenario" in line}
    assert asked
    assert asked <= cells
    filling = guide(language).split("\n## 3.")[0].split("\n## 2.")[1]
    named = set(re.findall(r"^\| \*\*([^*]+)\*\*", filling, flags=re.MULTILINE))
    assert len(named) == 7
    assert named <= set(book)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_guide_points_to_is_there(language: Language) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", guide(language))
    assert len(targets) >= 5
    assert [target for target in targets if not (DOCS / target).is_file()] == []


@pytest.mark.parametrize(("language", "heading"), [("en", "| rank |"), ("fr", "| priorité |")])
def test_the_former_order_can_be_typed_as_it_is_shown(language: Language, heading: str) -> None:
    text = guide(language)
    table = text[text.index(heading) :].split("\n\n", 1)[0]
    former = read_chain(workbook("## Objectives\n" + table + MINIMAL))
    told = [(o.rank, o.key, o.weight, o.tolerance) for o in former.objectives]
    assert told == [
        (1, "unmet", 1, 0), (2, "deficit", 1, 0), (3, "dependency", 1, 0), (3, "lost", 2, 0), (4, "cost", 1, 0.05),
        (5, "circularity", 1, 0), (6, "waste", 1, 0), (7, "change", 1, 0),
    ]  # fmt: skip
    assert not has_default_ranks(former)
    assert cost_bound(former) is None


MINIMAL = """
## Actors
| actor | perimeter |
| Farm | member |
| Town | local |
## Products
| product | unit | price |
| leeks | t | 1 |
## Offers
| actor | product |
| Farm | leeks |
## Links
| from | to | product |
| Farm | Town | leeks |
## Needs
| actor | product | quantity |
| Town | leeks | 1 |
"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_columns_of_a_hub_are_called_as_in_the_template(language: Language) -> None:
    told = " ".join(guide(language).split("\n## 3.")[0].split("\n### ")[1].split())
    named = {
        t.LinkRow: ("uses", "uses_quantity", "carrier", "round", "round_maximum", "multiple"),
        t.ProcessRow: ("whole", "minimum_load", "requires"),
        t.RecipeRow: ("choice", "delay"),
        t.ProductRow: ("shelf_life",),
    }
    for row, fields in named.items():
        for field in fields:
            heading = shown(columns(row)[field].label.to(language))
            assert heading in told, heading


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_on_installing_names_the_file_there_is_and_says_what_was_not_tried(language: str) -> None:
    text = (DOCS / f"install.{language}.md").read_text(encoding="utf-8")
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(re.findall(r"filiere-\d[\w.]*-py3-none-any\.whl", text)) == {
        f"filiere-{project['version']}-py3-none-any.whl"
    }
    assert project["requires-python"] == ">=3.11" and "3.11" in text
    tried = {"fr": ("essayé", "non essayé"), "en": ("tried", "not tried")}[language]
    heads = re.findall(r"^## (.*) – (.*)$", text, flags=re.MULTILINE)
    marked = {head: mark.removesuffix(" sous Linux").removesuffix(" on Linux").split(" (")[0] for head, mark in heads}
    assert [mark for head, mark in marked.items() if head.startswith(("Windows", "macOS"))] == [tried[1]] * 2
    assert set(marked.values()) <= set(tried) and len(marked) == 5
    for word in ("SmartScreen", "AppLocker", "python -m filiere", "HTTPS_PROXY", "pipx install", "uv tool install"):
        assert word in text, word
