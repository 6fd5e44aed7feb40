"""Ledgers whose accounts of suppliers and clients are collective: the text of an entry may name the party."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

HEADS = (
    "JournalCode;EcritureNum;EcritureDate;CompteNum;CompteLib;CompAuxNum;CompAuxLib;PieceRef;EcritureLib;Debit;Credit"
)


def ledger(*texts: str, wording: str = "{text}") -> str:
    """Write a purchase for each text, on accounts that name nobody."""
    rows = [HEADS]
    for at, one in enumerate(texts, start=1):
        said = wording.format(text=one, piece=f"F{at}")
        rows += [f"AC;{at};202503{at:02d};601000;Achats de farine;;;F{at};{said};{at}00,00;",
                 f"AC;{at};202503{at:02d};401000;Fournisseurs;;;F{at};{said};;{at}00,00"]  # fmt: skip
    return "\n".join(rows)


@pytest.mark.parametrize(
    "wording", ["{text}", "Fact. {piece} {text}", "{text} FA {piece}", "Facture {piece} du 03/03/25 {text}"]
)
def test_the_text_of_an_entry_names_its_party(tmp_path: Path, wording: str) -> None:
    result = text(tmp_path, ledger("MOULIN BLEU", "SEMENCES SARL", "MOULIN BLEU", wording=wording), "FEC Fournil.txt")
    assert sold(result) == {("MOULIN BLEU", "Fournil", "Achats de farine"): (400, 1),
                            ("SEMENCES SARL", "Fournil", "Achats de farine"): (200, 1)}  # fmt: skip
    [told] = [one for one in result.decisions if one.code == "GAT142"]
    assert "MOULIN BLEU" in told.message("fr")


@pytest.mark.parametrize("texts", [
    ("Achat farine janvier", "Achat farine février"), ("Farine T65", "Farine T65"), ("Facture F1", "Facture F2"),
    ("Livraison", "Mars"), ("Untel", "Autre", "Encore"), ("MOULIN BLEU", "Facture", "Avoir"),
])  # fmt: skip
def test_texts_that_name_goods_or_pieces_name_nobody(tmp_path: Path, texts: tuple[str, ...]) -> None:
    with pytest.raises(WorkbookError, match="GAT31"):
        text(tmp_path, ledger(*texts), "FEC Fournil.txt")


def test_people_among_the_clients_are_not_kept(tmp_path: Path) -> None:
    rows = [HEADS]
    for at, one in enumerate(("BIOCOOP Valence", "DUPONT Jean", "BIOCOOP Valence"), start=1):
        rows += [f"VE;{at};202503{at:02d};411000;Clients;;;V{at};{one};{at}00,00;",
                 f"VE;{at};202503{at:02d};701000;Pain;;;V{at};{one};;{at}00,00"]  # fmt: skip
    result = text(tmp_path, "\n".join(rows), "FEC Fournil.txt")
    assert sold(result) == {("Fournil", "BIOCOOP Valence", "Pain"): (400, 1),
                            ("Fournil", "private customers", "Pain"): (200, 1)}  # fmt: skip
    assert not any("DUPONT" in str(one) for one in (result.actors, result.flows, result.decisions))
    assert "GAT142" in codes(result)
