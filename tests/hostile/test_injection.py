"""Texts from users stay text: no output makes a formula, a link or a tag of them."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.chain.bread import BREAD, written
from tests.commands.running import run, write

EVIL = "evilmark"
_WRAPS: tuple[Callable[[str], str], ...] = (
    lambda name: f"=HYPERLINK(\"http://{EVIL}.invalid/{name}\")",
    lambda name: f"+{EVIL}+cmd {name}",
    lambda name: f"@SUM({EVIL}) {name}",
    lambda name: f"{{={EVIL} {name}}}",
    lambda name: f"http://{EVIL}.invalid/{name}",
    lambda name: f"<script>{EVIL}('{name}')</script>",
    lambda name: f"</script><img src=x onerror={EVIL}> {name}",
    lambda name: f"mailto:{EVIL}@x.invalid {name}",
    lambda name: f"internal:'{EVIL}'!A1 {name}",
)  # fmt: skip
_NAMES = ("Farm", "Mill", "Shop", "Wholesaler", "wheat", "flour", "milling", "growers", "shops")


def _evil_chain() -> str:
    """The bread chain, every name and every free text of it written to be taken for something else."""
    text = written(
        BREAD
        | {
            "Settings": "| setting | value |\n| name | TITLE |\n| territory | PLACE |",
            "Actors": BREAD["Actors"].replace("group     |", "group     | note | source | place |"),
            "Scenarios": "| scenario | table | row | column | change | note |\n"
            "| DRY | Offers | Farm / wheat | maximum | x 0.5 | REASON |",
            "Limits": "| limit | measure | product | sense | value | note |\n| RULE | quantity | flour | <= | 90 | WHY |",
        }
    )
    evil = {name: wrap(name) for name, wrap in zip(_NAMES, _WRAPS, strict=True)}
    evil |= {word: _WRAPS[n % 5](word) for n, word in enumerate(("TITLE", "PLACE", "DRY", "REASON", "RULE", "WHY"))}
    return re.sub(r"\b(" + "|".join(evil) + r")\b", lambda found: evil[found[1]].replace("|", "/"), text)


def _formulas(path: Path) -> Iterator[str]:
    """Yield the formulas and the targets of links of every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "replace") if name.endswith((".xml", ".rels", ".vml")) else ""
            yield from re.findall(r"<(?:f|definedName|c:f|xdr:f)\b[^>]*>([^<]*)", part)
            yield from re.findall(r'(?:Target|location|formula1?|action|macro)="([^"]*)"', part)


def _texts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if "/" in name)


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    return write(tmp_path / "evil.xlsx", _evil_chain())


@pytest.mark.parametrize(
    "command",
    [
        ("solve",),
        ("today",),
        ("compare",),
        ("explain",),
        ("stress",),
        ("pareto", "--x", "cost", "--y", "dependency", "-n", "2"),
    ],
    ids=lambda command: command[0],
)
def test_no_output_makes_a_formula_a_link_or_a_tag_of_a_text(
    command: tuple[str, ...], evil: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *options = command
    ran = run(monkeypatch, capsys, name, str(evil), *options, "--lang", "en")
    assert ran.code == 0, ran.err
    outputs = [path for path in evil.parent.iterdir() if path != evil]
    books = [path for path in outputs if path.suffix == ".xlsx"]
    assert books
    for path in books:
        assert EVIL in _texts(path)
        assert [formula for formula in _formulas(path) if EVIL in formula.lower()] == []
    for path in outputs:
        if path.suffix in (".html", ".svg"):
            page = path.read_text("utf-8")
            assert not re.search(rf"<script>\s*{EVIL}|<img[^>]*onerror|<a [^>]*{EVIL}", page)
            assert EVIL in html.unescape(page)


@pytest.mark.parametrize("command", [("check", "--annotate"), ("solve", "--into")], ids=lambda command: command[0])
def test_no_copy_makes_a_formula_of_a_text(
    command: tuple[str, str], evil: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, option = command
    copy = evil.with_name("copy.xlsx")
    ran = run(monkeypatch, capsys, name, str(evil), option, str(copy), "--lang", "en")
    assert (ran.code, copy.exists()) == (0, True), ran.err
    assert EVIL in _texts(copy)
    assert [formula for formula in _formulas(copy) if EVIL in formula.lower()] == []


def test_gathered_names_are_no_formulas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, into = tmp_path / "ledger.csv", tmp_path / "gathered.xlsx"
    lines = (f'{n};"{wrap("Farm").replace(chr(34), chr(34) * 2)}";Mill;wheat;{n}' for n, wrap in enumerate(_WRAPS, 1))
    ledger.write_text("\n".join(["Number;Supplier;Client;Product;Quantity", *lines]), encoding="utf-8")
    ran = run(monkeypatch, capsys, "gather", str(ledger), "--into", str(into), "--lang", "en")
    assert ran.code == 0, ran.err
    assert EVIL in _texts(into)
    assert [formula for formula in _formulas(into) if EVIL in formula.lower()] == []


def test_pictures_are_named_and_drawn_without_a_tag_of_a_text(
    evil: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = evil.with_name("pictures")
    ran = run(monkeypatch, capsys, "solve", str(evil), "--figures", str(folder), "--lang", "en")
    assert ran.code == 0, ran.err
    drawn = [path.read_text("utf-8") for path in folder.glob("*.svg")]
    assert any(EVIL in picture for picture in drawn)
    assert all("<script" not in picture and "<img" not in picture for picture in drawn)
    assert all(re.fullmatch(r"[\w.-]+", path.name) for path in folder.iterdir())
