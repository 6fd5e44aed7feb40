"""What changes for each member, on whom what is served hangs, and the dictionary: as measured, nothing else."""

from __future__ import annotations

import math

import pytest

from filiere.indicators.dictionary import kpis
from filiere.report.result.json import solution_json
from filiere.report.result.tables.dictionary import dictionary
from filiere.report.result.tables.flows.network import key_actors
from filiere.report.result.tables.money.member_changes import member_changes
from filiere.report.result.tables.plan.needs import needs
from filiere.report.sheet import Show
from filiere.report.view import View
from tests.report import example

FRENCH = View(example.result(), "fr")


def test_each_members_figures_are_those_measured_and_members_come_first() -> None:
    sheet, measures, before = member_changes(FRENCH), example.result().measures, example.result().today_measures
    assert sheet is not None and measures is not None and before is not None
    columns = [sheet.column(key) for key in ("actor", "what", "today", "plan", "change", "whose_today", "whose_plan")]
    rows = {(row[0], row[1]): row[2:] for row in zip(*(c.values for c in columns), strict=True)}
    mill = rows["Moulin de Pont", "Recettes (€)"]
    assert mill[:2] == (
        before.actors.loc["Moulin de Pont", "receipts"],
        measures.actors.loc["Moulin de Pont", "receipts"],
    )
    assert mill[2] == pytest.approx(mill[1] - mill[0])
    canteen = rows["Cantines de la vallée", "Part du premier fournisseur extérieur (%)"]
    assert canteen[3] == "Grossiste Métropole" and canteen[0] > canteen[1]
    assert canteen[2] == pytest.approx(100 * (canteen[1] - canteen[0]))
    funder = rows["Moulin de Pont", "Part du premier financeur extérieur (%)"]
    assert funder[3] == "Région"
    perimeters = list(dict.fromkeys(sheet.column("perimeter").values))
    assert perimeters == ["membre", "du territoire, non membre"]
    shows = sheet.column("change").shows
    assert shows is not None and set(shows) == {Show.MONEY_CHANGE, Show.CHANGE, Show.POINTS}


def test_needs_show_their_external_content_over_all_tiers() -> None:
    measures = example.result().measures
    assert measures is not None
    shown = needs(FRENCH).column("external_content").values
    kept = measures.needs["external_content"].tolist()
    assert [math.isnan(k) if s is None else s == k for s, k in zip(shown, kept, strict=True)] == [True] * len(kept)
    assert any(s for s in shown)


def test_key_actors_come_with_what_most_stops_first() -> None:
    sheet = key_actors(FRENCH)
    assert sheet is not None
    stops = [float(str(v)) for v in sheet.column("cut").values]
    assert stops == sorted(stops, reverse=True) and stops[0] > 0.0
    assert "Minoterie du Nord" in sheet.column("actor").values or "Engrais Rhône" in sheet.column("actor").values


def test_the_dictionary_has_every_indicator_of_the_chain() -> None:
    sheet = dictionary(FRENCH)
    assert sheet.height == len(kpis(FRENCH.chain))
    assert not [c.key for c in sheet.columns if c.key != "better" and not all(c.values)]


def test_json_has_needs_members_and_key_actors() -> None:
    told = solution_json(example.result())
    mill = told["members"]["Moulin de Pont"]
    assert set(mill) == {"today", "plan"} and mill["today"]["largest_funder"] == "Région"
    assert {"actor", "product", "period", "quantity", "external_content"} == set(told["needs"][0])
    assert all(set(v) == {"passing", "cut"} for v in told["key_actors"].values())
    assert solution_json(example.alone(example.result()))["members"]["Moulin de Pont"]["today"] is None
