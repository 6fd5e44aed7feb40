"""A second run of the same command writes over what it made itself: programmes with their table, annotated copies."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from filiere.workbook.outputs.mark import is_own, marked, run_of
from tests.commands.running import Ran, run, write
from tests.wheat import WHEAT

Monkey = pytest.MonkeyPatch
Said = pytest.CaptureFixture[str]


class Here:
    """A folder with a workbook, and the command line in it."""

    def __init__(self, folder: Path, monkeypatch: Monkey, capsys: Said) -> None:
        monkeypatch.chdir(folder)
        self.folder, self.monkeypatch, self.capsys = folder, monkeypatch, capsys
        write(folder / "wheat.xlsx", WHEAT.replace("{harvest}", "60"))

    def run(self, *words: str) -> Ran:
        return run(self.monkeypatch, self.capsys, *words, "--lang", "en")

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.name != "wheat.xlsx")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: Monkey, capsys: Said) -> Here:
    return Here(tmp_path, monkeypatch, capsys)


def test_a_programme_and_its_table_are_written_again(here: Here) -> None:
    assert here.run("export", "wheat.xlsx").code == 0
    first = Path("wheat.mps").read_bytes(), Path("wheat.csv").read_bytes()
    write(Path("wheat.xlsx"), WHEAT.replace("{harvest}", "70"))
    assert here.run("export", "wheat.xlsx").code == 0
    assert here.names() == ["wheat.csv", "wheat.mps"] and Path("wheat.mps").read_bytes() != first[0]
    # Another rank is another question, under a name that was given too.
    assert here.run("export", "wheat.xlsx", "--rank", "2", "-o", "wheat.mps").code == 5
    # Somebody has put the table in order: it stays, and so does the programme beside it.
    Path("wheat.csv").write_bytes(first[1] + b"mine\r\n")
    assert here.run("export", "wheat.xlsx", "-o", "wheat.mps").code == 5
    told = here.run("export", "wheat.xlsx")
    assert told.code == 0 and "“wheat (2).mps”" in told.err
    assert here.run("export", "wheat.xlsx").code == 0
    assert here.names() == ["wheat (2).csv", "wheat (2).mps", "wheat.csv", "wheat.mps"]
    assert Path("wheat.csv").read_bytes() == first[1] + b"mine\r\n"


@pytest.mark.parametrize("ending", [".mps", ".lp"])
def test_a_programme_that_was_touched_is_somebody_s(ending: str, here: Here) -> None:
    name = f"m{ending}"
    assert here.run("export", "wheat.xlsx", "-o", name).code == 0
    assert here.run("export", "wheat.xlsx", "-o", name).code == 0
    Path(name).write_bytes(Path(name).read_bytes().replace(b"e", b"E", 1))
    assert here.run("export", "wheat.xlsx", "-o", name).code == 5


def test_an_annotated_copy_is_written_again_until_it_is_corrected(here: Here) -> None:
    words = ("check", "wheat.xlsx", "--annotate", "seen.xlsx")
    assert (here.run(*words).code, here.run(*words).code) == (0, 0)
    corrected = openpyxl.load_workbook("seen.xlsx")
    corrected.save("seen.xlsx")
    mine = Path("seen.xlsx").read_bytes()
    refused = here.run(*words)
    assert refused.code == 5 and "“seen (2).xlsx” with --annotate" in refused.err
    assert Path("seen.xlsx").read_bytes() == mine
    # A copy of a copy bears one mark, its own.
    assert here.run("check", "seen.xlsx", "--annotate", "again.xlsx").code == 0
    assert here.run("check", "seen.xlsx", "--annotate", "again.xlsx").code == 0
    assert here.run("check", "wheat.xlsx", "--annotate", "again.xlsx").code == 5
    assert openpyxl.load_workbook("again.xlsx").custom_doc_props.names == ["filiere"]


def test_what_cannot_be_annotated_is_told_before_anything_is_read(here: Here) -> None:
    Path("mine.xlsx").write_text("mine")
    here.monkeypatch.setattr("filiere.pipeline.checked", None)
    assert here.run("check", "wheat.xlsx", "--annotate", "mine.xlsx").code == 5


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_the_properties_of_a_workbook_are_kept_and_guarded(suffix: str, tmp_path: Path) -> None:
    path, run_ = tmp_path / f"a{suffix}", run_of([tmp_path / "in.xlsx"], ["check"])
    book = openpyxl.Workbook()
    book.custom_doc_props.append(StringProperty(name="client & co", value="Pré"))
    book.save(path)
    path.write_bytes(marked(path.read_bytes(), suffix, run_))
    assert is_own(path, run_)
    properties = openpyxl.load_workbook(path).custom_doc_props
    assert {one.name: one.value for one in properties.props}.keys() == {"client & co", "filiere"}
    assert properties["client & co"].value == "Pré"
    twice = marked(path.read_bytes(), suffix, run_)
    assert len(twice) == len(path.read_bytes())
    # The property that was there is somebody's too.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/custom.xml"] = parts["docProps/custom.xml"].replace("Pré".encode(), b"Fin")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert not is_own(path, run_)


def test_gathering_again_writes_over_its_own_workbook_alone(here: Here) -> None:
    Path("links.csv").write_text("from;to;product;quantity;unit\nFarm;Mill;wheat;12;t\n", encoding="utf-8")
    words = ("gather", "links.csv", "--into", "wheat.xlsx", "-o", "done.xlsx")
    first = here.run(*words)
    assert first.code == 0, first.err
    assert here.run(*words).code == 0
    book = openpyxl.load_workbook("done.xlsx")
    book.save("done.xlsx")
    assert here.run(*words).code == 5
