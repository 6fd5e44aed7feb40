"""Published plants: data reconciliation as the textbooks print it, from workbooks made of their flows and deviations."""

from __future__ import annotations

import functools

import pytest

from filiere.analysis.today.reconcile import today_by
from filiere.analysis.today.reconciliation import Reconciliation
from filiere.chain.chain import Chain
from filiere.solution.certify.certify import certify
from tests.oracles import io_cases
from tests.sheets import chain as read
from tests.solving import as_it_is

CASES = ("rec_narasimhan_bypass", "rec_dovi", "rec_mitsas")
LEAST_SQUARES = "least_squares_reconciled (own computation closed form)"


def chain_of(case: str, unmeasured: tuple[str, ...] = (), **wrong: float) -> Chain:
    """Units are inside actors, ENV the outside; a deviation is typed as the share of its figure that it is."""
    flows = io_cases.table(case, "flows.csv", keep_default_na=False)
    actors = sorted({*flows["from"], *flows["to"]})
    lines = ["## Actors", "| actor | perimeter |"]
    lines += [f"| {a} | {'external' if a == 'ENV' else 'local'} |" for a in actors]
    lines += ["## Products", "| product | unit | price |", "| stream | t | 1 |", "## Links",
              "| from | to | product | today | uncertainty |"]  # fmt: skip
    for name, seller, buyer, measured, deviation in flows.itertuples(index=False):
        figure = wrong.get(name, measured)
        typed = "" if name in unmeasured else f"{figure!r}"
        lines.append(f"| {seller} | {buyer} | stream | {typed} | {deviation / figure!r} |")
    return read("\n".join(lines))


@functools.cache
def reconciled(
    case: str, unmeasured: tuple[str, ...] = (), wrong: tuple[tuple[str, float], ...] = ()
) -> Reconciliation:
    found = today_by("least-squares", chain_of(case, unmeasured, **dict(wrong)))
    certificate = certify(found.chain, found.solution, observed=True)
    assert certificate.passed, certificate.worst
    assert found.reconciliation is not None
    return found.reconciliation


def values(found: Reconciliation) -> list[float]:
    return [figure.reconciled for figure in found.figures]


@pytest.mark.parametrize("case", CASES)
def test_flows_are_reconciled_as_published(case: str) -> None:
    expected = io_cases.published(case)[LEAST_SQUARES]
    found = reconciled(case)
    assert values(found) == pytest.approx(list(expected.values()), abs=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_the_global_test_is_the_published_one(case: str) -> None:
    expected = io_cases.published(case)
    test = reconciled(case).test
    assert test is not None
    assert test.chi_square == pytest.approx(expected["chi2_global_test"], rel=1e-9)
    assert test.degrees_of_freedom == expected["degrees_of_freedom"]
    assert test.passed


@pytest.mark.parametrize("case", CASES)
def test_what_deviates_less_once_reconciled_does_so_as_published(case: str) -> None:
    """A test is a correction over √(σ² − σ'²), σ' being the published deviation after reconciling."""
    after = io_cases.published(case)["std_dev_after"]
    for figure, left in zip(reconciled(case).figures, after, strict=True):
        assert figure.test is not None
        assert figure.correction / figure.test == pytest.approx((figure.deviation**2 - left**2) ** 0.5, rel=1e-3)


def test_the_bypass_comes_out_to_the_printed_digits() -> None:
    printed = io_cases.published("rec_narasimhan_bypass")["published_reconciled (Narasimhan & Jordache Table 1-1)"]
    assert [round(value, 2) for value in values(reconciled("rec_narasimhan_bypass"))] == printed
    assert printed[:3] == [100.22, 64.5, 35.72]


def test_a_planted_error_fails_the_global_test_and_is_the_one_that_is_flagged() -> None:
    expected = io_cases.published("rec_narasimhan_bypass")["variant_gross_error_S2=68.45"]
    found = reconciled("rec_narasimhan_bypass", (), (("S2", 68.45),))
    assert values(found) == pytest.approx(expected["least_squares"], abs=5e-5)
    assert found.test is not None
    assert found.test.chi_square == pytest.approx(expected["chi2"], rel=1e-9)
    assert not found.test.passed
    assert [str(figure.cell) for figure in found.figures if figure.suspicious] == ["Links!D3"]


def test_an_unmeasured_stream_is_determined_by_the_others() -> None:
    expected = io_cases.published("rec_narasimhan_bypass")["variant_S3_unmeasured_S2=68.45"]
    found = reconciled("rec_narasimhan_bypass", ("S3",), (("S2", 68.45),))
    assert values(found) == pytest.approx(expected["least_squares S1,S2,S4,S5,S6"], abs=5e-5)
    assert found.test is not None
    assert found.test.chi_square == pytest.approx(expected["chi2"], rel=1e-9)
    (stream,) = found.unmeasured
    assert stream.determinable
    assert stream.value == pytest.approx(expected["S3 computed"], abs=1e-6)


def test_the_least_change_in_sum_is_the_published_one() -> None:
    """Deviations are all 1 in this case alone, so that the workbook's own measure of change is the published one."""
    expected = io_cases.published("rec_narasimhan_bypass")
    key = next(key for key in expected if key.startswith("L1_weighted_objective"))
    assert as_it_is(chain_of("rec_narasimhan_bypass")).value("change") == pytest.approx(expected[key], rel=1e-9)
