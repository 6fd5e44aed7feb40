"""The house stays habitable: short functions, short files, nothing left open."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "filiere"
FILES = sorted(PACKAGE.rglob("*.py"))
DECLARATIONS = {"schema/tables.py", "model/objectives.py", "indicators/dictionary.py"} | {
    f"problems/{path.name}" for path in (PACKAGE / "problems").glob("*.py")
}
"""Files that say things rather than do them may be longer than 400 lines."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_is_short_and_complete(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(PACKAGE).as_posix()
    assert name in DECLARATIONS or text.count("\n") <= 400
    assert not re.search(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b", text)
    assert path.stem not in ("utils", "helpers", "misc")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, f"{node.name} is too long"


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    import subprocess
    import sys

    code = "import sys, filiere.commands; print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "pyomo", "numpy", "scipy", "highspy", "openpyxl", "xlsxwriter"} & set(loaded)


def test_a_plan_is_found_and_told_without_pyomo_nor_what_only_other_runs_need() -> None:
    """The equations are read straight into arrays: building a Pyomo model takes six times as long."""
    import subprocess
    import sys

    code = """
import sys, filiere
from filiere.report.result.workbook import results_workbook
from pathlib import Path
result = filiere.run(sys.argv[1], explaining=True)
assert result.certificate.passed
results_workbook(result, "en", Path("."), None)
spared = ("pyomo", "scipy.stats", "filiere.solver.conflict.", "filiere.solver.fit.least_squares")
print(*sorted(m for m in sys.modules if m.startswith(spared)))
"""
    example = PACKAGE.parent / "data_templates" / "food_example_en.xlsx"
    loaded = subprocess.run([sys.executable, "-c", code, str(example)], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == [], "import pyomo under `if TYPE_CHECKING:` alone, the others where they are used"


def test_no_equation_is_known_by_its_name_outside_the_model() -> None:
    from filiere.model.facts import EQUATION_FACTS

    shared = {"balance", "budget", "limit"}  # words of the workbook too
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {node.value}"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] != "model"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in EQUATION_FACTS.keys() - shared
    ]
    assert found == []


def test_one_file_alone_decides_what_french_is() -> None:
    asks = re.compile(r"""[!=]= ['"]fr['"]""")
    assert [path.name for path in FILES if asks.search(path.read_text(encoding="utf-8"))] == ["language.py"]


def test_no_room_is_a_warehouse() -> None:
    rooms: dict[Path, int] = {}
    for path in FILES:
        if path.name != "__init__.py":
            rooms[path.parent] = rooms.get(path.parent, 0) + 1
    assert {str(room.relative_to(PACKAGE)): count for room, count in rooms.items() if count > 16} == {}


def test_every_colour_is_named_in_the_palette() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?!\w)|(?<=[\"'])FF[0-9A-F]{6}(?=[\"'])")
    papers = {"#fff", "#000"}
    drawn = [*FILES, *PACKAGE.glob("report/page/assets/*.*s*"), *PACKAGE.glob("live/assets/*.*s*")]
    found = {
        f"{path.relative_to(PACKAGE)}: {text}"
        for path in drawn
        if path.name != "palette.py"
        for text in colour.findall(path.read_text(encoding="utf-8"))
        if text.lower() not in papers and not (path.suffix == ".py" and len(text) == 4)
    }
    assert found == set()


def test_a_page_has_a_colour_for_each_name_that_it_draws_with() -> None:
    from filiere.palette import as_css, as_script

    assets = [*PACKAGE.glob("report/page/assets/*.*s*"), *PACKAGE.glob("live/assets/*.css")]
    texts = [path.read_text(encoding="utf-8") for path in assets]
    asked = {name for text in texts for name in re.findall(r"var\(--([\w-]+)\)", text)}
    drawn = {name for text in texts for name in re.findall(r"PALETTE\.(\w+)", text)}
    assert len(asked) > 8
    assert {name for name in asked if f"--{name}: #" not in as_css()} == set()
    assert {name for name in drawn if f'"{name}": "#' not in as_script()} == set()


def test_the_arrows_inside_a_room_stay_few() -> None:
    """Distinct pairs of direct children of a room, one of which imports the other."""
    most = {"report": 50, "solver": 30, "chain": 20, "workbook": 10}
    modules = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in FILES}
    found = {}
    for room, limit in most.items():
        arrows = set()
        for path in (PACKAGE / room).rglob("*.py"):
            here = path.relative_to(PACKAGE / room).parts[0].removesuffix(".py")
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"filiere.{room}"):
                    base = (node.module or "").removeprefix("filiere.")
                    names = [f"{base}.{alias.name}" for alias in node.names]
                    for name in (n if n in modules else base for n in names):
                        child = name.removeprefix(f"{room}.").split(".")[0]
                        if child not in (here, room):
                            arrows.add((here, child))
        if len(arrows) > limit:
            found[room] = len(arrows)
    assert found == {}
