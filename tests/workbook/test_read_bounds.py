"""What is refused as too large is what memory cannot hold; what a file only claims has bounds of its own."""

from pathlib import Path

import pytest

from filiere.problems import WorkbookError
from filiere.workbook.read import bounds
from filiere.workbook.read.bounds import Bounds
from filiere.workbook.read.csv import read_csv
from filiere.workbook.read.read import read_workbook
from tests.workbook import files

MEGABYTE = 1_000_000
BOUNDLESS = 1 << 60


@pytest.fixture
def room(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """So many bytes of memory are free."""
    monkeypatch.setattr(bounds, "free", lambda: request.param)
    return int(request.param)


@pytest.mark.parametrize("room", [BOUNDLESS], indirect=True)
def test_a_small_file_may_hold_no_more_however_much_memory_there_is(room: int) -> None:
    assert Bounds.of_file(50_000) == Bounds()


@pytest.mark.parametrize("room", [BOUNDLESS], indirect=True)
def test_a_large_file_may_hold_a_cell_a_byte(room: int) -> None:
    found = Bounds.of_file(30 * MEGABYTE)
    assert (found.cells, found.rows, found.seconds) == (30 * MEGABYTE, 30 * MEGABYTE, 300.0)
    assert (found.text_in_all, found.unpacked_bytes) == (600 * MEGABYTE, 600 * MEGABYTE)
    assert (found.claimed, found.ratio, found.sheets) == (2 * MEGABYTE, 300, 500)


@pytest.mark.parametrize("room", [900 * MEGABYTE], indirect=True)
def test_no_file_may_hold_more_than_memory(room: int) -> None:
    found = Bounds.of_file(150 * MEGABYTE)
    assert (found.rows, found.cells, found.text_in_all) == (MEGABYTE, 5 * MEGABYTE, 225 * MEGABYTE)


ROWS = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 3


@pytest.mark.parametrize(("room", "code"), [(3 * 900, None), (2 * 900, "FIL27")], indirect=["room"])
def test_rows_that_memory_cannot_hold(tmp_path: Path, room: int, code: str | None) -> None:
    path = files.packed(tmp_path / "b.xlsx", files.xlsx_parts(ROWS))
    if code is None:
        assert len(read_workbook(path).tables[0].rows) == 3
    else:
        assert files.codes_of(files.refusal(path)) == [code]


@pytest.mark.parametrize(("room", "fits"), [(12 * 180, True), (12 * 180 - 1, False)], indirect=["room"])
def test_cells_that_memory_cannot_hold(tmp_path: Path, room: int, fits: bool) -> None:
    wide = f"<row>{'<c><v>1</v></c>' * 12}</row>"
    path = files.packed(tmp_path / "b.xlsx", files.xlsx_parts(wide))
    if fits:
        assert len(read_workbook(path).tables[0].rows[0].values) == 12
    else:
        refused = files.refusal(path)
        assert files.codes_of(refused) == ["FIL26"] and "11" in refused[0].message("en")


@pytest.mark.parametrize(("room", "fits"), [(1000 * 25, True), (1000 * 25 - 1, False)], indirect=["room"])
def test_a_text_table_that_memory_cannot_hold(tmp_path: Path, room: int, fits: bool) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a;b\n" + "1" * 994 + ";2")
    if fits:
        assert len(read_csv(path).tables[0].rows) == 2
    else:
        with pytest.raises(WorkbookError) as refused:
            read_csv(path)
        assert files.codes_of(refused.value.problems) == ["FIL29"]


@pytest.mark.parametrize("room", [BOUNDLESS], indirect=True)
def test_what_a_small_file_only_claims_is_refused_whatever_memory_holds(tmp_path: Path, room: int) -> None:
    row = '<table:table-row table:number-rows-repeated="700000">{}</table:table-row>'
    value = '<table:table-cell office:value-type="float" office:value="5"{}><text:p>5</text:p></table:table-cell>'
    for cells in (value.format("") * 4, value.format(' table:number-columns-repeated="4"')):
        path = files.packed(tmp_path / "b.ods", files.ods_parts(files.ods_sheet(row.format(cells))))
        assert path.stat().st_size < 10_000
        assert files.codes_of(files.refusal(path)) == ["FIL26"]
