"""Both worked examples: every figure on members' rows is emptied, asked, typed by its member, gathered, and is back.

Then a second round, in which answers come late, twice, against each other, from elsewhere, damaged and exchanged.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from filiere.gather.complete.round import Completed
from tests.gather.collect.answering import decide, filled, gathered, sent
from tests.gather.collect.members import (
    Sale,
    Typed,
    answers,
    cell_of,
    differing,
    emptied,
    members_of,
    sales,
    typed,
    what_to_type,
)

EXAMPLES = ("food", "culture")
TEMPLATES = Path(__file__).parents[3] / "data_templates"


@dataclass(frozen=True)
class Answered:
    """An example: as it was, emptied of what members know, and the questionnaires that they filled in."""

    original: Path
    blank: Path
    sent: Mapping[str, Path]
    files: list[Path]
    gone: int


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answered]:
    """Both examples asked and answered, each figure typed in LibreOffice where it is installed."""
    folder = tmp_path_factory.mktemp("answered")
    found, cells = {}, {}
    for example in EXAMPLES:
        original, blank = TEMPLATES / f"{example}_example_fr.xlsx", folder / f"{example}.xlsx"
        gone, told = emptied(original, blank), answers(original)
        files = sent(blank, folder / example, "fr")
        own = {file: what_to_type(file, member, told) for member, file in files.items()}
        assert sum(map(len, own.values())) >= gone > 400
        named = {member: file.rename(file.with_name(f"{example}_{file.name}")) for member, file in files.items()}
        cells |= {named[member]: own[file] for member, file in files.items()}
        found[example] = Answered(original, blank, named, [], gone)
    for file in typed(cells, folder / "typed"):
        found[file.name.partition("_")[0]].files.append(file)
    return found


@pytest.fixture(scope="module")
def back(answered: dict[str, Answered], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Completed]]:
    """Each example with what came back in the first round."""
    folder = tmp_path_factory.mktemp("back")
    found = {}
    for example, one in answered.items():
        target = folder / f"{example}.xlsx"
        found[example] = target, gathered(one.blank, target, *one.files, language="fr")
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_members_know_comes_back_cell_by_cell(
    answered: dict[str, Answered], back: dict[str, tuple[Path, Completed]], example: str
) -> None:
    target, done = back[example]
    assert ([one.question for one in done.decisions], [one.code for one in done.problems]) == ([], [])
    assert differing(answered[example].original, target) == {}
    assert done.changes == answered[example].gone


# ---- the second round


@dataclass(frozen=True, kw_only=True)
class Round:
    """A second round: what it is about, and the files that come back."""

    files: list[Path]
    alone: Sale
    """Its seller answers."""
    both: Sale
    """Seller and buyer, both members, answer otherwise."""
    twice: Sale
    """Its seller sends two files that differ."""
    late: Sale
    """Its seller sends another answer to the first round, and none to the second."""
    behind: Sale
    """Its seller answers to the second round, then to the first."""
    swapped: tuple[str, str]
    """Two members whose files bear each other's name."""


def picked(book: Path) -> tuple[list[Sale], tuple[str, str]]:
    """Return five sales of members of their own, the first between two members, and two other members."""
    known, members = sales(book), members_of(book)
    both = next(one for one in known if one.buyer in members)
    others: dict[str, Sale] = {}
    for one in known:
        if one.buyer not in members and one.seller not in (both.seller, both.buyer):
            others.setdefault(one.seller, one)
    chosen = [both, *list(others.values())[:4]]
    busy = {both.buyer, *(one.seller for one in chosen)}
    first, second, *_ = (name for name in members if name not in busy)
    return chosen, (first, second)


@pytest.fixture(scope="module")
def rounds(
    answered: dict[str, Answered], back: dict[str, tuple[Path, Completed]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Round]:
    """Both examples sent again: answers come late, twice, against each other, and two files are exchanged."""
    folder = tmp_path_factory.mktemp("second")
    found: dict[str, Round] = {}
    cells: dict[Path, list[Typed]] = {}
    for example in EXAMPLES:
        new = sent(back[example][0], folder / example, "fr")
        old = dict(zip(answered[example].sent, answered[example].files, strict=True))
        (both, alone, twice, late, behind), (one, other) = picked(back[example][0])
        for name, file, end, sale, times in (
            ("alone", new[alone.seller], alone.buyer, alone, 1.25),
            ("seller", new[both.seller], both.buyer, both, 1.5),
            ("buyer", new[both.buyer], both.seller, both, 1.75),
            ("once", new[twice.seller], twice.buyer, twice, 2.0),
            ("twice", new[twice.seller], twice.buyer, twice, 3.0),
            ("late", old[late.seller], late.buyer, late, 4.0),
            ("now", new[behind.seller], behind.buyer, behind, 5.0),
            ("behind", old[behind.seller], behind.buyer, behind, 6.0),
        ):
            copy = folder / f"{example}_{name}.xlsx"
            shutil.copy(file, copy)
            cells[copy] = [(*cell_of(copy, end, sale), sale.quantity * times, False)]
        swapped = folder / f"{example}_swapped"
        swapped.mkdir()
        files = [swapped / new[other].name, swapped / new[one].name]
        for source, copy in zip((new[one], new[other]), files, strict=True):
            shutil.copy(source, copy)
        found[example] = Round(files=files, alone=alone, both=both, twice=twice, late=late, behind=behind,
                               swapped=(one, other))  # fmt: skip
    for file in typed(cells, folder / "typed"):
        found[file.name.partition("_")[0]].files.append(file)
    return found


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_second_round_of_all_kinds_ends_right(
    answered: dict[str, Answered], back: dict[str, tuple[Path, Completed]], rounds: dict[str, Round], tmp_path: Path,
    example: str,
) -> None:  # fmt: skip
    one, book, target = rounds[example], back[example][0], tmp_path / "second.xlsx"
    (other,) = (rounds[name] for name in EXAMPLES if name != example)
    foreign = shutil.copy(next(file for file in other.files if file.stem.endswith("alone")), tmp_path / "foreign.xlsx")
    whole = Path(shutil.copy(one.files[2], tmp_path / "whole.xlsx"))
    line, _ = cell_of(whole, one.alone.buyer, one.alone)
    damaged = filled(whole, lambda sheet: sheet.sheet.delete_rows(line), "damaged.xlsx")
    before = book.read_bytes()
    done = gathered(book, target, *one.files, Path(foreign), damaged, language="fr")
    told = Counter(problem.code for problem in done.problems)
    # damaged, foreign, twice exchanged, late, left behind
    assert told == {"CLT03": 1, "CLT04": 1, "CLT06": 2, "COL11": 1, "COL12": 1}
    asked = {decision.key: decision for decision in done.decisions}
    ends = [
        " / ".join(map(str.casefold, (sale.seller, sale.buyer, sale.product)))
        for sale in (one.both, one.twice, one.late)
    ]
    keys = [next(key for key in asked if all(part in key.casefold() for part in end.split(" / "))) for end in ends]
    assert len(asked) == 3
    assert book.read_bytes() == before
    # Nothing but what one member said, once and unopposed, and both sides of the sale that two tell otherwise.
    changed = {name: after for name, (_, after) in differing(book, target).items()}
    assert changed == {
        f"Échanges!{one.alone.line} cette année": pytest.approx(one.alone.quantity * 1.25),
        f"Échanges!{one.behind.line} cette année": pytest.approx(one.behind.quantity * 5),
        f"Échanges!{one.both.line} cette année": pytest.approx(one.both.quantity * 1.5),
        f"Échanges!{one.both.line} cette année selon le client": pytest.approx(one.both.quantity * 1.75),
    }
    for key, at in zip(keys, (1, 2, 0), strict=True):  # the buyer's; the second file's; what the workbook says
        decide(target, key, asked[key].choices[at].text)
    final = tmp_path / "final.xlsx"
    gathered(target, final, language="fr")
    assert {name: after for name, (_, after) in differing(answered[example].original, final).items()} == {
        f"Échanges!{one.alone.line} cette année": pytest.approx(one.alone.quantity * 1.25),
        f"Échanges!{one.behind.line} cette année": pytest.approx(one.behind.quantity * 5),
        f"Échanges!{one.both.line} cette année": pytest.approx(one.both.quantity * 1.75),
        f"Échanges!{one.twice.line} cette année": pytest.approx(one.twice.quantity * 3),
    }
