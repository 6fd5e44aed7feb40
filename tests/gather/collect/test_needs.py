"""Needs of a chain that is collected from nothing: asked in the questionnaires, and proposed from final users' purchases."""

from __future__ import annotations

from pathlib import Path

from filiere.gather.collect.rows import keyed_rows
from filiere.gather.decide.decision import Decision
from filiere.schema.words import Obligation
from filiere.workbook.read.read import read_workbook
from tests.commands.running import write
from tests.gather.collect.answering import Sheet, decide, filled, gathered, sent
from tests.gather.collect.opening import texts

POLE = """
    ## Actors
    | actor | perimeter |
    |---|---|
    | Bakery | member |
    | School | member |
    | Village | local |
    | Importer | external |

    ## Products
    | product | unit |
    |---|---|
    | bread | t |
    | flour | t |
    """
ASKED = "What do your own users need, or what more could you sell?"


def of(decisions: list[Decision], kind: str) -> list[Decision]:
    return [one for one in decisions if one.key.startswith(kind)]


def test_needs_are_asked_as_long_as_the_workbook_has_none(tmp_path: Path) -> None:
    book = write(tmp_path / "pole.xlsx", POLE)
    files = sent(book, tmp_path / "one")
    school = filled(files["School"], lambda sheet: sheet.add("needs", "bread", "indispensable", "kg", 900, 2.5))
    (asked,) = gathered(book, tmp_path / "two.xlsx", school).decisions
    assert "School" in asked.question and "900 kg" in asked.question
    decide(tmp_path / "two.xlsx", asked.key, asked.choices[0].text)
    gathered(tmp_path / "two.xlsx", tmp_path / "three.xlsx")
    (need,) = keyed_rows(read_workbook(tmp_path / "three.xlsx")).tables.needs
    assert (need.actor, need.product, need.quantity, need.revenue) == ("School", "bread", 0.9, 2500.0)
    assert need.obligation is Obligation.MUST
    again = sent(tmp_path / "three.xlsx", tmp_path / "two")
    asking = [any(ASKED in text for text in texts(file))
              for file in (files["Bakery"], again["Bakery"], again["School"])]  # fmt: skip
    assert asking == [True, False, True]  # its own need comes back to the school


def test_what_final_users_buy_is_proposed_as_their_needs(tmp_path: Path) -> None:
    book = write(tmp_path / "pole.xlsx", POLE)
    files = sent(book, tmp_path / "one")

    def bakery(sheet: Sheet) -> None:
        sheet.add("sales", "Village", "bread", "t", 12)
        sheet.add("sales", "School", "bread", "kg", 800)
        sheet.add("purchases", "Importer", "flour", "t", 10)

    done = gathered(book, tmp_path / "two.xlsx", filled(files["Bakery"], bakery))
    asked = of(list(done.decisions), "needs")
    assert [one.key for one in asked] == ["needs / village / bread", "needs / school / bread"]  # not the one who sells
    assert [len(one.choices) for one in asked] == [3, 3] and "12 t" in asked[0].question
    decide(tmp_path / "two.xlsx", asked[0].key, "yes, to be met in any case")
    decide(tmp_path / "two.xlsx", asked[1].key, "no")
    after = gathered(tmp_path / "two.xlsx", tmp_path / "three.xlsx")
    (need,) = keyed_rows(read_workbook(tmp_path / "three.xlsx")).tables.needs
    assert (need.actor, need.product, need.quantity, need.obligation) == ("Village", "bread", 12.0, Obligation.MUST)
    assert [one.applied for one in of(list(after.decisions), "needs")] == ["yes, to be met in any case", "no"]
    again = gathered(tmp_path / "three.xlsx", tmp_path / "four.xlsx", files["Bakery"])
    assert (again.changes, [one for one in again.decisions if not one.applied]) == (0, [])
