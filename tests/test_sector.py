from __future__ import annotations

import pytest

from filiere.chain.read import problems_of
from filiere.language import Label
from filiere.problems import Severity
from filiere.sector import bundled, bundled_template
from filiere.sector.faults import faults
from filiere.sector.sector import load_sector, sector_keys
from filiere.sector.translate import SectorFileError, written
from filiere.table import RawRow, RawTable
from filiere.workbook.template.plan import plans
from tests.tiny_sector import EXAMPLE, SECTOR, tiny


def test_bundled_sectors_follow_the_schema() -> None:
    assert {"blank", "culture", "food"} <= set(sector_keys())
    for key in sector_keys():
        assert faults(load_sector(key)) == ()


def test_a_sector_of_no_such_key_is_refused() -> None:
    with pytest.raises(KeyError):
        load_sector("food_example")
    with pytest.raises(FileNotFoundError):
        bundled("models/nothing.toml")


def test_bundled_files_are_found() -> None:
    assert bundled("models").joinpath("blank.toml").is_file()
    assert bundled_template("blank_fr.xlsx").startswith(b"PK")


def test_a_row_is_written_in_the_language_asked() -> None:
    french, english = written(tiny(), "products", "fr")[0], written(tiny(), "products", "en")[0]
    assert french.values == {
        "product": "Blé", "unit": "t", "kind": "ressource naturelle", "labels": "bio", "family": "Céréales",
        "stage": "Mouture",
    }  # fmt: skip
    assert english.values["kind"] == "primary"
    assert written(tiny(), "profiles", "fr")[0].extra == {"Hiver": 1.0, "Été": 0.5}


def test_the_example_speaks_with_its_own_names() -> None:
    mill = written(tiny(), "processes", "fr", example=True)[0]
    assert mill.values["whole"] == "oui"
    assert mill.values["status"] == "en projet"
    assert mill.extra == {"mesure : heures d'insertion": 12.0}
    assert written(tiny(), "offers", "fr", example=True)[0].values["profile"] == "libre"
    assert written(tiny(), "links", "en", example=True)[1].values["from_"] == "*"
    limit = written(tiny(), "limits", "fr", example=True)[0].values
    assert (limit["from_"], limit["product"], limit["of"], limit["basis"]) == (
        "membre", "bio", "Céréales", "en part des achats",
    )  # fmt: skip


def test_scenarios_are_translated_down_to_their_decimal_sign() -> None:
    first, second = written(tiny(), "scenarios", "fr", example=True)
    assert first.values == {
        "scenario": "Année sèche", "changed": "Ressources disponibles", "row": "Ferme de la colline / Blé",
        "column": "maximum", "change": "x 0,7",
    }  # fmt: skip
    assert second.values["change"] == "= membre"
    assert written(tiny(), "scenarios", "en", example=True)[0].values["change"] == "x 0.7"


def test_typical_recipes_belong_to_nobody() -> None:
    assert written(tiny(), "recipes", "fr") == ()
    assert written(tiny(), "processes", "fr") == ()


def test_the_example_keeps_the_prefilled_rows_of_the_tables_it_leaves_out() -> None:
    assert [row.values["period"] for row in written(tiny(), "periods", "fr", example=True)] == ["Hiver", "Été"]
    assert len(written(tiny(), "actors", "fr", example=True)) == 4


def test_the_example_is_read_only_when_asked_for() -> None:
    sector = tiny(example="this is = not TOML [")
    assert sector.label == Label("Flour", "Farine")
    with pytest.raises(ValueError, match="Expected"):
        _ = sector.example
    assert tiny(example=None).story is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('unit = "kg"', 'units = "kg"', "'units' is no column of products"),
        ('unit = "kg"\n', "", "'unit' is missing"),
        ("price = 1.1", 'price = "dear"', "'dear' is no number"),
        ("price = 1.1", "price = 1.1\ndiscard_cost = -1", "'discard_cost' is below 0"),
        ("share = 0.4", "share = 1.4", "'share' is above 1"),
        ('kind = "secondary"', 'kind = "second"', "'second' is no word of 'kind'"),
        ('family = "cereals"', 'family = "cereal"', "'cereal' is not among the names"),
        ('objective = "cost"', 'objective = "coast"', "'coast' is no objective"),
        ('bran = { en = "Bran", fr = "Son" }', 'bran = { en = "Bran", fr = " " }', "'bran' has no fr text"),
        ('bran = { en = "Bran", fr = "Son" }', 'bran = { en = "Bran", fr = "farine" }', "farine is declared twice"),
        ("[[prefilled.objectives]]\nrank = 1", "[[prefilled.aims]]\nrank = 1", "'aims' is no table"),
    ],
)
def test_every_fault_of_a_sector_file_is_found(before: str, after: str, said: str) -> None:
    assert before in SECTOR
    found = faults(tiny(SECTOR.replace(before, after, 1), example=None))
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('product = "bran"\noutput = 0.2', 'product = "mill"\noutput = 0.2', "refers to 'mill', which no row declares"),
        ('setting = "continuity"', 'setting = "continuous"', "'continuous' is no setting"),
        ('table = "offers"', 'table = "offer"', "'offer' is no table"),
        ('row = ["farm", "wheat"]', 'row = ["farms", "wheat"]', "'farms' is not among the names"),
        ("measures = { hours = 12 }", "measures = { days = 12 }", "'days' is not among the names"),
        ('perimeter = "member"\n', "", "'perimeter' is missing"),
    ],
)
def test_every_fault_of_an_example_is_found(before: str, after: str, said: str) -> None:
    assert before in EXAMPLE
    found = faults(tiny(example=EXAMPLE.replace(before, after, 1)))
    assert any(said in fault for fault in found), found


def test_the_tiny_sector_has_no_fault_and_is_understood() -> None:
    assert faults(tiny()) == ()
    for language in ("fr", "en"):
        found = problems_of(raw(language))
        assert not [problem for problem in found if problem.severity is Severity.ERROR], found


def test_a_row_that_cannot_be_written_says_why() -> None:
    with pytest.raises(SectorFileError, match="'oats' is not among the names"):
        written(tiny(SECTOR.replace('product = "flour"\nunit', 'product = "oats"\nunit')), "products", "fr")


def raw(language: str) -> list[RawTable]:
    """The tiny example as sheets, without a workbook in between."""
    tables = []
    for plan in plans(tiny(), "fr" if language == "fr" else "en", example=True).values():
        head = RawRow(1, {place.index: place.heading for place in plan.places})
        rows = [
            RawRow(number, {p.index: v for p in plan.inputs() if (v := plan.values(p.key)[number - 2]) != ""})
            for number in range(2, len(plan.rows) + 2)
        ]
        tables.append(RawTable(plan.name, (head, *rows)))
    return tables
