"""This year as typed: nothing is moved, what does not balance is shown; and what actors use of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from filiere.chain.read import read_chain
from filiere.language import Language
from filiere.pipeline import solve_chain
from filiere.problems import WorkbookError
from filiere.report.result.json import solution_json
from filiere.report.result.text import summary_lines
from filiere.solver.solve import solve
from tests.commands.running import run, write
from tests.sheets import chain, workbook
from tests.solving import ABOUT

LOOSE = """
    ## Actors
    | actor | perimeter |
    | Farm | member |
    | Mill | member |
    | Town | local |
    ## Products
    | product | unit | price |
    | wheat | t | 200 |
    | flour | t | 400 |
    ## Processes
    | process | actor | today |
    | milling | Mill | 30 |
    ## Recipes
    | process | product | input | output |
    | milling | wheat | 2 | |
    | milling | flour | | 1 |
    ## Links
    | from | to | product | today |
    | Farm | Mill | wheat | 50 |
    | Mill | Town | flour | 40 |
    ## Offers
    | actor | product | maximum |
    | Farm | wheat | 20 |
    ## Needs
    | actor | product | quantity |
    | Town | flour | 60 |
    """


def test_figures_stay_as_they_are_typed_and_imbalances_are_shown() -> None:
    """30 levels take 60 t of the 50 that come, and give 30 t of flour of the 40 that go."""
    found = solve_chain(chain(LOOSE), "today", method="none")
    flows = {(f["from"], f["to"]): f["quantity"] for f in found.plan.flows.to_dict("records")}
    assert flows == {("Farm", "Mill"): 50.0, ("Mill", "Town"): 40.0}
    assert found.plan.levels["level"].tolist() == [30.0]
    answer = solution_json(found)
    assert answer["imbalances"] == [
        {"actor": "Mill", "product": "flour", "in": 30.0, "out": 40.0, "gap": -10.0},
        {"actor": "Mill", "product": "wheat", "in": 50.0, "out": 60.0, "gap": -10.0},
    ]
    assert answer["unmet"] == [{"actor": "Town", "product": "flour", "period": "", "quantity": 20.0}]
    assert answer["certificate"] is None
    lines = summary_lines(found, "fr")
    assert "flour chez Mill" in lines[1] and "30" in lines[1] and "40" in lines[1]
    assert "wheat chez Mill" in lines[2]


def test_the_command_knows_the_method_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = write(tmp_path / "loose.xlsx", LOOSE)
    for word in ("none", "aucune"):
        ran = run(monkeypatch, capsys, "today", str(book), "--method", word, "--json")
        assert ran.code == 0, ran
        assert json.loads(ran.out)["method"] == "none"


# Two sectors: A sells 30 to itself, 50 to B; B sells 20 to A and 80 to the outside.
SECTORS = """
    ## Actors
    | actor | perimeter |
    | A | member |
    | B | member |
    | World | external |
    ## Products
    | product | unit | price | kind |
    | goods | k€ | 1 | service |
    ## Links
    | from | to | product | today |
    | A | A | goods | {own} |
    | A | B | goods | 50 |
    | B | A | goods | 20 |
    | B | World | goods | 80 |
    | World | B | goods | 50 |
    | World | A | goods | 30 |
    """


@pytest.mark.parametrize("method", ["none", "least-change"])
def test_what_a_sector_buys_from_itself_counts_in_the_multipliers(method: str) -> None:
    """A's outlays: 30 + 20 + 30 = 80, its receipts 80: L_AA = 30/80, L_BA = 20/80, L_AB = 50/100. Column sums of
    (I - L)^-1 with det = 0.625 - 0.25 x 0.5 = 0.5: A (1 + 0.25) / 0.5 = 2.5, B (0.5 + 0.625) / 0.5 = 2.25.
    """
    found = solve_chain(chain(SECTORS.format(own=30)), "today", method=method)  # type: ignore[arg-type]
    assert found.measures is not None
    members = found.measures.actors["local_multiplier"].dropna().to_dict()
    assert members == {"A": ABOUT(2.5), "B": ABOUT(2.25)}
    assert {(f["from"], f["to"]): f["quantity"] for f in found.plan.flows.to_dict("records")}["A", "A"] == ABOUT(30)
    alone = solve_chain(chain(SECTORS.format(own=0)), "today").measures
    assert alone is not None
    assert (found.measures.chain["finn_cycling_index_value"] or 0) > (alone.chain["finn_cycling_index_value"] or 0)
    # What is bought of oneself is no purchase: it makes nobody less dependent.
    assert found.measures.chain["upstream_dependency"] == ABOUT(alone.chain["upstream_dependency"])


def test_what_an_actor_uses_of_its_own_is_never_planned() -> None:
    read = chain(SECTORS.format(own=30))
    plan = solve(read).plan
    assert plan is not None
    assert not len(plan.flows[plan.flows["from"] == plan.flows["to"]])


@pytest.mark.parametrize("cells", ["| 10 | |", "| 10 | 30 |", "| | |"])
def test_a_row_from_an_actor_to_itself_holds_this_year_alone(cells: str) -> None:
    source = SECTORS.replace("| from | to | product | today |", "| from | to | product | maximum | today |")
    source = source.replace("| A | A | goods | {own} |", f"| A | A | goods {cells}")
    for row in ("A | B", "B | A", "B | World", "World | B", "World | A"):
        source = source.replace(f"| {row} | goods |", f"| {row} | goods | |")
    with pytest.raises(WorkbookError) as error:
        read_chain(workbook(source))
    assert [(p.code, str(p.cell)) for p in error.value.problems if p.severity.value == "error"] == [
        ("LNK01", "Links!B2")
    ]


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "rien de saisi en entrée, 9 t en sortie"), ("en", "nothing typed in, 9 t out")]
)
def test_an_account_of_which_one_side_is_not_typed_is_not_told_as_0(language: Language, said: str) -> None:
    """9 t of compost leave; that the peelings which make it come in is not typed, and no activity's level either."""
    result = solve_chain(chain(COMPOST), "today", method="none")
    lines = [line.replace("\xa0", " ") for line in summary_lines(result, language)]
    assert any(said in line for line in lines), lines
    (one,) = solution_json(result)["imbalances"]
    assert one["in"] is None and one["out"] == 9 and one["gap"] == -9


COMPOST = """
    ## Actors
    | actor | perimeter |
    | Heap | member |
    | Garden | member |
    | Town | external |
    ## Products
    | product | unit | price |
    | compost | t | 20 |
    ## Links
    | from | to | product | today |
    | Heap | Town | compost | 9 |
    | Garden | Heap | compost | |
    ## Offers
    | actor | product | maximum |
    | Garden | compost | 50 |
    """
