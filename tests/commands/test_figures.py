"""``--figures DIR``: each chart as SVG and PNG, under the same rules as every other output."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.report.page import pictures as figures
from tests.commands.running import run, write
from tests.commands.test_main_path import BREAD
from tests.commands.test_page_written import SCENARIOS

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


@pytest.fixture
def bread(tmp_path: Path) -> Path:
    return write(tmp_path / "bread.xlsx", BREAD.replace("{obligation}", "want") + SCENARIOS)


@pytest.mark.parametrize(("words", "expected"), [
    (("solve",), "the-chain"), (("today",), "the-chain"), (("compare", "--no-attribution"), "upstream-dependency"),
    (("pareto", "--x", "cost", "--y", "dependency", "-n", "3"), "cost-and-dependency"),
    (("stress",), "added-net-cost"), (("explain",), "one-figure-moved-by-a-tenth"),
])  # fmt: skip
def test_each_command_writes_its_charts(
    bread: Path, words: tuple[str, ...], expected: str, monkeypatch: Monkey, capsys: Said
) -> None:
    folder = bread.with_name("slides")
    out = ("-o", str(bread.with_name("out.xlsx")), "--lang", "en")
    ran = run(monkeypatch, capsys, words[0], str(bread), *words[1:], "--figures", str(folder), *out)
    assert ran.code == 0, ran.err
    names = sorted(path.name for path in folder.iterdir())
    assert any(name.startswith(f"out-{expected}") for name in names), names
    assert {Path(name).stem for name in names if name.endswith(".svg")} == {
        Path(name).stem for name in names if name.endswith(".png")
    }
    lines = [line for line in ran.out.splitlines() if line.startswith("Picture written: ")]
    drawn = [name for name in names if not name.endswith(".html")]
    assert len(lines) == len(drawn) / 2
    # With a plan comes the one page for partners.
    assert set(names) - set(drawn) == ({"out-partners.html"} if words[0] == "solve" else set())
    assert ran.out.count("One page for partners") == (words[0] == "solve")


def test_a_picture_that_is_there_is_refused_before_anything_is_calculated(
    bread: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    folder, book = bread.with_name("slides"), bread.with_name("out.xlsx")
    folder.mkdir()
    there = folder / "out-the-chain-plan.png"
    there.write_text("precious")
    words = ("solve", str(bread), "-o", str(book), "--lang", "en", "--figures", str(folder))
    refused = run(monkeypatch, capsys, *words)
    assert (refused.code, there.read_text(), book.exists()) == (5, "precious", False)
    assert run(monkeypatch, capsys, *words, "--force").code == 0
    assert book.exists() and len(list(folder.iterdir())) > 3


def test_a_machine_without_the_libraries_is_told_before_anything_is_calculated(
    bread: Path, monkeypatch: Monkey, capsys: Said
) -> None:
    def missing() -> None:
        raise figures.NoEngineError("libv8 is missing")

    monkeypatch.setattr(figures, "require_engine", missing)
    book = bread.with_name("out.xlsx")
    ran = run(monkeypatch, capsys, "solve", str(bread), "-o", str(book), "--lang", "fr", "--figures", str(bread.parent))
    assert ran.code == 5 and "libv8 is missing" in ran.err and not book.exists()


def test_json_still_stands_alone_on_standard_output(bread: Path, monkeypatch: Monkey, capsys: Said) -> None:
    folder = bread.with_name("slides")
    ran = run(monkeypatch, capsys, "solve", str(bread), "--json", "--figures", str(folder))
    assert ran.code == 0 and ran.out.startswith("{") and ran.out.count("\n") == 1
    assert list(folder.glob("bread-*.svg"))
