"""Market stalls that name no client, and baskets that members of a group take: sales to private customers."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from tests.gather.test_hostile_variations import codes, sold, text

PRIVATE = "private customers"


@pytest.mark.parametrize(("name", "head"), [
    ("ventes marché GAEC.csv", "Date"), ("ventes sur les marchés GAEC 2025.csv", "Jour"), ("GAEC.csv", "Marché"),
    ("ventes à la ferme GAEC.csv", "Date"), ("GAEC.csv", "Stand"),
])  # fmt: skip
def test_a_market_stall_sells_to_private_customers(tmp_path: Path, name: str, head: str) -> None:
    result = text(
        tmp_path, f"{head};Produit;Quantité (kg);Total HT\n01/02/2025;Carottes;10;20\n02/02/2025;Radis;5;20", name
    )
    assert sold(result) == {("GAEC", PRIVATE, "Carottes"): (10, 2), ("GAEC", PRIVATE, "Radis"): (5, 4)}
    assert "GAT48" in codes(result)


def test_a_public_contract_is_no_market_stall(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match="GAT02"):
        text(tmp_path, "Date;Produit;Quantité (kg);Total HT\n01/02/2025;Carottes;10;20", "marché public GAEC.csv")


ROWS = ["Dupont Jean;Grand panier;44;792", "Martin Anne;Petit panier;22;242", "Durand Luc;Grand panier;22;396"]
BASKETS = {("EARL du Pré", PRIVATE, "Grand panier"): (66, 18), ("EARL du Pré", PRIVATE, "Petit panier"): (22, 11)}


@pytest.mark.parametrize(("above", "head", "name"), [
    ("Fournisseur : EARL du Pré", "Adhérent;Panier;Nb paniers;Montant HT", "contrats AMAP.csv"),
    ("", "Adhérent;Formule;Quantité;Montant HT", "paniers EARL du Pré.csv"),
    ("", "Nom;Type de panier;Quantité;Montant HT", "paniers EARL du Pré.csv"),
])  # fmt: skip
def test_baskets_by_member_are_sales_to_private_customers(tmp_path: Path, above: str, head: str, name: str) -> None:
    result = text(tmp_path, "\n".join(filter(None, [above, head, *ROWS, "Total;;88;1430"])), name)
    assert sold(result) == BASKETS
    assert "GAT141" in codes(result)
    assert not any(who in one.message("fr") for who in ("Dupont", "Anne") for one in result.decisions)


def test_members_as_columns_buy_from_whom_a_line_above_names(tmp_path: Path) -> None:
    rows = ["Fournisseur : EARL du Pré", "Produit;Dupont Jean;Martin Anne;Durand Luc;Total (kg)", "Carottes (kg);4;2;3;9",
            "Oignons (kg);1;1;0;2"]  # fmt: skip
    assert sold(text(tmp_path, "\n".join(rows), "contrats AMAP.csv")) == {
        ("EARL du Pré", PRIVATE, "Carottes"): (9, None), ("EARL du Pré", PRIVATE, "Oignons"): (2, None)}  # fmt: skip


def test_members_who_are_people_buy_where_producers_have_a_column(tmp_path: Path) -> None:
    rows = [
        "Membre;Produit;Qté;Total HT;Producteur",
        "DUPONT Jean;Carottes;2;5;EARL du Pré",
        "MARTIN Anne;Carottes;1;2;EARL du Pré",
    ]
    result = text(tmp_path, "\n".join(rows), "commandes groupe.csv")
    assert sold(result) == {("EARL du Pré", PRIVATE, "Carottes"): (3, pytest.approx(7 / 3))}
    assert not any("DUPONT" in str(one) for one in (result.actors, result.flows, result.decisions))


@pytest.mark.parametrize(("above", "column", "ends"), [
    ("Fournisseur : EARL du Pré", "Client", ("EARL du Pré", "École")), ("Client : École", "Fournisseur", ("EARL du Pré", "École")),
])  # fmt: skip
def test_the_side_above_a_column_of_the_other_one(
    tmp_path: Path, above: str, column: str, ends: tuple[str, str]
) -> None:
    other = "École" if column == "Client" else "EARL du Pré"
    result = text(tmp_path, f"{above}\nDate;{column};Produit;Qté (kg)\n01/02/2025;{other};Ail;3", "export.csv")
    assert sold(result) == {(*ends, "Ail"): (3, None)}
