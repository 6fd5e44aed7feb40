"""Every field case that is gathered: the figures that its text says are right, and what must be said of the rest."""

from __future__ import annotations

import pytest

from filiere.problems import WorkbookError
from tests.field.cases import FIELD, gathered, needs_field, sold, told

pytestmark = needs_field

# File → the year asked for; (seller, buyer, product) → quantity and price; code → where it is said.
# An amount without a quantity is counted in euros at the price 1.
GATHERED: dict[str, tuple[int | None, dict[tuple[str, str, str], tuple[float, float | None]], dict[str, list[str]]]] = {
    "A1 achats Four avoir.csv": (None, {("Moulin", "A1 Four avoir", "Farine"): (8, 900)}, {}),
    "A3 ventes Four pieces.csv": (None, {("A3 Four pieces", "Ecole", "Pain"): (10, 900)}, {"GAT22": ["2", "3", "4"]}),
    "A4 achats Four devise.csv": (
        None, {("Moulin", "A4 Four devise", "Farine"): (10, 900), ("Mühle Basel", "A4 Four devise", "Farine"): (5, None)},
        {"GAT24": ["3"]},
    ),
    "A5 achats Four sens.csv": (None, {("Moulin", "A5 Four sens", "Farine"): (800, 1)}, {"GAT10": ["2"]}),
    "A7 achats Four commande.csv": (None, {("Moulin", "A7 Four commande", "Farine"): (5, 900)}, {"GAT26": ["1"]}),
    "A8 achats Four remise.csv": (None, {("Moulin", "A8 Four remise", "Farine"): (10, 900)}, {}),
    "B1 achats Four annee.csv": (None, {("Moulin", "B1 Four annee", "Farine"): (12, 900)}, {"GAT15": ["2"]}),
    "B3 achats Four campagne.csv": (None, {("Moulin", "B3 Four campagne", "Farine"): (12, None)}, {"GAT15": ["2"]}),
    "B5 achats Four melange.csv": (
        None, {("Moulin", "B5 Four melange", "Farine"): (11, None)}, {"GAT27": ["1"], "GAT15": ["2"]}
    ),
    "B6 achats Four undated.csv": (
        2025, {("Moulin", "B6 Four undated", "Farine"): (11, None)}, {"GAT28": ["4"], "GAT15": ["2"]}
    ),
    "C1 achats Four guillemet.csv": (
        None,
        {("Moulin", "C1 Four guillemet", "Farine"): (10, 900), ("Le Verger", "C1 Four guillemet", "Pommes"): (3, 300),
         ("Ferme", "C1 Four guillemet", "Oeufs"): (1, 500), ("Laiterie", "C1 Four guillemet", "Lait"): (4, 500)},
        {"GAT20": ["3"]},
    ),
    "D1 FEC Four montant sens.txt": (
        None, {("Moulin du Pont", "D1 Four montant sens", "Achats farine"): (1000, 1)}, {"GAT10": ["2"]}
    ),
    "D2 FEC Four mensuel.txt": (
        None,
        {("Moulin du Pont", "D2 Four mensuel", "Achats farine"): (1000, 1),
         ("Ferme", "D2 Four mensuel", "Achats oeufs"): (500, 1)}, {"GAT10": ["2", "5"]},
    ),
    "D4 FEC Four sansnum.txt": (
        None,
        {("Moulin du Pont", "D4 Four sansnum", "Achats farine"): (1000, 1),
         ("Ferme", "D4 Four sansnum", "Achats oeufs"): (500, 1)}, {"GAT10": ["2", "5"]},
    ),
    "D6 FEC Four barre.txt": (None, {("Moulin du Pont", "D6 Four barre", "Achats farine"): (3000, 1)}, {}),
    "D7 FEC Four guillemet.txt": (None, {("Moulin du Pont", "D7 Four guillemet", "Achats farine"): (3000, 1)}, {}),
    "D9 FEC Four comptant.txt": (
        None, {("Moulin du Pont", "D9 Four comptant", "Achats farine"): (1000, 1)}, {"GAT31": ["5"]}
    ),
    "E1 Four deux tableaux.xlsx": (
        None,
        {("Moulin", "E1 Four deux tableaux", "Farine"): (10, 900),
         ("E1 Four deux tableaux", "Ecole", "Pain"): (8, 2000)}, {},
    ),
    "E3 achats Four st.csv": (None, {("Moulin", "E3 Four st", "Farine"): (12, 900)}, {}),
    "E4 achats Four mois.csv": (None, {("Moulin", "E4 Four mois", "Farine"): (30, None)}, {}),
    "M1 achats Four dos.csv": (None, {("Épicerie à Léa", "M1 Four dos", "Pâté élevé"): (10, 900)}, {}),
    "N1 achats Four erreurs.xlsx": (
        None,
        {("Moulin", "N1 Four erreurs", "Farine"): (15, 900), ("Ferme", "N1 Four erreurs", "Lait"): (3, None)},
        {"GAT29": ["E3", "C4", "E5"]},
    ),
}  # fmt: skip
REFUSED = {"C2 achats Four virgule.csv": {"GAT21": ["2", "3"]}}


@pytest.mark.parametrize("name", GATHERED)
def test_the_figures_are_right_and_the_rest_is_said(name: str) -> None:
    year, figures, said = GATHERED[name]
    result = gathered(FIELD / name, year)
    assert sold(result) == figures
    assert told(result, *said) == said


def test_amounts_in_another_currency_are_named() -> None:
    (problem,) = (one for one in gathered(FIELD / "A4 achats Four devise.csv").decisions if one.code == "GAT24")
    assert "CHF" in problem.message("en") and "EUR" in problem.message("en")


def test_what_was_paid_at_once_is_said_with_its_amount() -> None:
    (problem,) = (one for one in gathered(FIELD / "D9 FEC Four comptant.txt").decisions if one.code == "GAT31")
    assert "1,000" in problem.message("en")


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_damaged_lines_alone_is_refused_line_by_line(name: str) -> None:
    with pytest.raises(WorkbookError) as refused:
        gathered(FIELD / name)
    found: dict[str, list[str]] = {}
    for problem in refused.value.problems:
        found.setdefault(problem.code, []).append(str(problem.cell).rpartition("!")[2])
    assert REFUSED[name].items() <= found.items()
