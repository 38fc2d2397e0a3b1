"""Grids read piece by piece: the answer of the whole, to the last digit, however they are cut."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

import geodata
from geodata.errors import ArgumentError, FileFormatError, MissingPackageError, PieceError
from geodata.points.bands import within_distance_bands
from geodata.streams import places, sources
from geodata.streams.stream import GridStream
from tests.geodata.streams.examples import SIDE, cells, units

pytest.importorskip("pyarrow", reason="pip install '.[parquet]'")


def whole(path, nearest_m=0.0, **layout):
    return geodata.assign_points(geodata.read_grid(path, **layout), units(), nearest_m=nearest_m)


def assert_same(found, expected):
    pd.testing.assert_series_equal(found.by_unit, expected.by_unit, check_exact=True)
    how = expected.how.value_counts()
    assert found.how["points"].to_dict() == how.reindex(found.how.index).to_dict()
    assert found.cell_m == expected.grid.cell_m
    # Piece by piece, as of the whole.
    assert found.total == pytest.approx(expected.grid.total, rel=1e-15)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    monkeypatch.setattr(sources, "_FEW_ROWS", 100)
    monkeypatch.setattr(sources, "_LINES_AT_ONCE", 90)


@pytest.mark.parametrize("rows", [7, 64, 5000])
@pytest.mark.parametrize("nearest_m", [0, 300])
def test_row_groups_make_the_answer_of_the_whole(tmp_path, rows, nearest_m):
    path = tmp_path / "cells.parquet"
    cells().to_parquet(path, row_group_size=rows)
    found = geodata.people_by_unit(path, units(), nearest_m=nearest_m)
    expected = whole(path, nearest_m)
    assert_same(found, expected)
    assert set(expected.notes) <= set(found.notes)
    assert repr(found).startswith("<UnitPeople of 800 points: inside ")


@settings(max_examples=20)
@given(
    people=st.lists(st.floats(0, 1e6, allow_subnormal=False), min_size=30, max_size=60),
    size=st.integers(1, 60),
    seed=st.integers(0, 9),
)
def test_parts_of_people_add_up_whatever_the_cut(tmp_path_factory, people, size, seed):
    path = tmp_path_factory.mktemp("grid") / "cells.parquet"
    table = cells(seed=seed).sample(len(people), random_state=seed).assign(people=people)
    table.to_parquet(path, row_group_size=size)
    found = geodata.people_by_unit(path, units())
    assignment = whole(path)
    pd.testing.assert_series_equal(found.by_unit, assignment.by_unit, check_exact=True)
    by_unit = pd.Series(people).groupby(assignment.assigned.to_numpy())
    for unit, exact in by_unit.agg(math.fsum).items():
        assert found.by_unit[unit] == exact


@pytest.mark.parametrize("shuffled", [False, True])
def test_a_folder_of_files_in_any_order(tmp_path, shuffled):
    table = cells().sample(frac=1, random_state=3) if shuffled else cells()
    folder = tmp_path / "cells" / "year=2021"
    folder.mkdir(parents=True)
    for number, start in enumerate(range(0, len(table), 130)):
        table[start : start + 130].to_parquet(folder / f"part-{number}.parquet")
    (folder / "_metadata.parquet").write_bytes(b"")
    one = tmp_path / "one.parquet"
    table.to_parquet(one)
    assert_same(geodata.people_by_unit(tmp_path / "cells", units()), whole(one))


def test_text_is_read_some_lines_at_a_time(tmp_path):
    path = tmp_path / "ruudut.csv"
    table = cells().rename(columns={"people": "väestö"})
    text = table.to_csv(index=False, sep=";").replace(".0;", ",0;")
    path.write_text(f"Väestö ruuduittain\n\n{text}\n", encoding="utf-8-sig")
    assert_same(geodata.people_by_unit(path, units()), whole(path))


@pytest.mark.parametrize("geometry", ["points", "squares", "geoarrow"])
def test_geometry_says_where_points_are(tmp_path, geometry):
    table = cells()
    half = SIDE / 2
    shapes = shapely.points(table.x, table.y)
    if geometry == "squares":
        shapes = box(table.x - half, table.y - half, table.x + half, table.y + half)
    frame = gpd.GeoDataFrame(table[["people"]], geometry=shapes, crs=3067)
    path = tmp_path / "cells.parquet"
    encoding = "geoarrow" if geometry == "geoarrow" else "WKB"
    frame.to_parquet(path, row_group_size=64, geometry_encoding=encoding)
    assert_same(geodata.people_by_unit(path, units()), whole(path))
    in_degrees = tmp_path / "degrees.parquet"
    if geometry != "squares":
        frame.to_crs(4326).to_parquet(in_degrees, row_group_size=64, geometry_encoding=encoding)
        assert_same(geodata.people_by_unit(in_degrees, units()), whole(in_degrees))


def test_identifiers_say_where_cells_are(tmp_path):
    table = cells()
    north, east = ((table[axis] - SIDE / 2).astype(int) // 10 for axis in "yx")
    ids = [f"250mN{n}E{e}" for n, e in zip(north, east, strict=True)]
    path = tmp_path / "cells.parquet"
    pd.DataFrame({"GRD_ID": ids, "T": table.people}).to_parquet(path, row_group_size=64)
    assert_same(geodata.people_by_unit(path, units()), whole(path))


def test_corners_codes_and_statistics_finlands_names(tmp_path):
    table = cells()
    codes = np.where(np.arange(len(table)) % 3 > 0, "091", None)
    named = pd.DataFrame(
        {"xkoord": table.x - SIDE / 2, "ykoord": table.y - SIDE / 2, "kunta": codes}
    ).assign(vaesto=table.people)
    path = tmp_path / "cells.parquet"
    named.to_parquet(path, row_group_size=64)
    helsinki = units().rename({"u00": "FI_091"})
    found = geodata.people_by_unit(path, helsinki)
    expected = geodata.assign_points(geodata.read_grid(path), helsinki)
    assert_same(found, expected)
    assert any("lower left corners of 250 m cells" in note for note in found.notes)
    # A cell has a row for each municipality that it lies in, in other pieces too.
    again = named.assign(kunta="049").iloc[:20]
    pd.concat([named, again]).to_parquet(path, row_group_size=64)
    assert_same(
        geodata.people_by_unit(path, helsinki),
        geodata.assign_points(geodata.read_grid(path), helsinki),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.assign(x=table.x + 0.004 * (np.arange(len(table)) % 3)),
        lambda table: table.assign(x=table.x.where(table.index < 700, table.x + 50)),
        lambda table: table.assign(x=table.x.where(table.index < 700, table.x + 0.003)),
        lambda table: table.assign(y=table.y + 3.21 * np.sqrt(table.index)),
        lambda table: table.head(3),
        lambda table: table.head(1),
    ],
    ids=["noise", "later another step", "later noise", "no lattice", "few", "one"],
)
@pytest.mark.parametrize("corners", [False, True])
def test_the_lattice_is_that_of_all_points(tmp_path, change, corners):
    table = change(cells())
    if corners:
        table = table.rename(columns={"x": "xkoord", "y": "ykoord"})
        table[["xkoord", "ykoord"]] += SIDE / 2
    path = tmp_path / "cells.parquet"
    table.to_parquet(path, row_group_size=64)
    assert_same(geodata.people_by_unit(path, units()), whole(path))


BAD = {
    "is negative in row index 500": {"people": -5},
    "no number of people": {"people": 1e12},
    "holds no number in row index 500": {"people": np.nan},
    r"column 'x' holds no number": {"x": np.inf},
}


@pytest.mark.parametrize("message", BAD)
def test_an_error_names_file_and_row_group(tmp_path, message):
    table = cells().astype(float)
    (column, value) = next(iter(BAD[message].items()))
    table.loc[500, column] = value
    path = tmp_path / "cells.parquet"
    table.to_parquet(path, row_group_size=30)
    with pytest.raises(FileFormatError, match=rf"cells\.parquet, row group 16: .*{message}"):
        geodata.people_by_unit(path, units())


def test_figures_that_stand_for_missing_ones_are_told_of_the_whole(tmp_path):
    table = cells()
    table.loc[[100, 700], "people"] = 99_999
    path = tmp_path / "cells.parquet"
    table.to_parquet(path, row_group_size=64)
    with pytest.raises(FileFormatError, match=r"row groups? .* is 99999, .* 2 rows have it"):
        geodata.people_by_unit(path, units())
    table.loc[300, "people"] = 50_000
    table.to_parquet(path, row_group_size=64)
    assert_same(geodata.people_by_unit(path, units()), whole(path))


def test_a_cell_that_comes_twice_is_found_in_other_pieces(tmp_path):
    table = cells()
    twice = pd.concat([table, table.iloc[[17]]], ignore_index=True)
    path = tmp_path / "cells.parquet"
    twice.to_parquet(path, row_group_size=100)
    x, y = table.x[17], table.y[17]
    message = rf"cells\.parquet, row group.* the cell at \({x:g}, {y:g}\) is in another piece"
    with pytest.raises(FileFormatError, match=message.replace("+", r"\+")):
        geodata.people_by_unit(path, units())
    twice.to_parquet(path, row_group_size=5000)
    with pytest.raises(FileFormatError, match=r"row index 800 is of a place that is there already"):
        geodata.people_by_unit(path, units())


def test_beyond_the_memory_for_places_it_is_said(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(places, "MOST_BYTES", 1000)
    path = tmp_path / "cells.parquet"
    cells().to_parquet(path, row_group_size=100)
    assert_same(geodata.people_by_unit(path, units()), whole(path))
    assert "looked for within pieces alone" in caplog.text


def test_swapped_axes_are_told_of_the_whole(tmp_path):
    path = tmp_path / "cells.parquet"
    cells().rename(columns={"x": "y", "y": "x"}).to_parquet(path)
    with pytest.raises(FileFormatError, match="x and y are swapped"):
        geodata.people_by_unit(path, units())


def test_what_is_no_grid_is_said(tmp_path):
    with pytest.raises(FileFormatError, match="no such file"):
        geodata.people_by_unit(tmp_path / "none.parquet", units())
    with pytest.raises(FileFormatError, match="no Parquet or CSV in this folder"):
        geodata.people_by_unit(tmp_path, units())
    other = tmp_path / "cells.gpkg"
    other.write_bytes(b"x")
    with pytest.raises(FileFormatError, match="not read piece by piece; give Parquet"):
        geodata.people_by_unit(other, units())
    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(b"PAR1 and nothing")
    with pytest.raises(FileFormatError, match="not a Parquet file"):
        geodata.people_by_unit(damaged, units())
    empty = tmp_path / "empty.parquet"
    cells().head(0).to_parquet(empty)
    with pytest.raises(FileFormatError, match="no rows"):
        geodata.people_by_unit(empty, units())
    folder = tmp_path / "mixed"
    folder.mkdir()
    cells().to_parquet(folder / "a.parquet")
    cells().rename(columns={"people": "men"}).to_parquet(folder / "b.parquet")
    with pytest.raises(FileFormatError, match=r"b\.parquet: no column 'people'"):
        geodata.people_by_unit(folder, units())


def test_progress_is_told_and_logged(tmp_path, caplog):
    path = tmp_path / "cells.parquet"
    cells().to_parquet(path, row_group_size=100)
    told = []
    caplog.set_level("INFO")
    geodata.people_by_unit(path, units(), progress=lambda done, of: told.append((done, of)))
    assert told == [(done, 8) for done in range(1, 9)]
    assert "8 of 8 pieces are counted" in caplog.text


def test_another_fault_of_a_piece_names_it_too(tmp_path):
    path = tmp_path / "cells.parquet"
    cells().to_parquet(path, row_group_size=100)

    def count(grid):
        if 300 in grid.index:
            raise ZeroDivisionError("nothing")
        return len(grid)

    with pytest.raises(PieceError, match=r"row group 3: could not be counted .ZeroDivisionError"):
        GridStream(path).fold(count)


@pytest.mark.parametrize("rows", [50, 5000])
def test_people_within_distances(tmp_path, rows):
    path = tmp_path / "cells.parquet"
    table = cells().assign(people=lambda table: table.people + 0.1)
    table.to_parquet(path, row_group_size=rows)
    shape = units().iloc[12]
    limits = [0, 500, 2_000]
    bands = within_distance_bands(table.x.to_numpy(), table.y.to_numpy(), shape, limits)
    expected = {float(limit): math.fsum(table.people[bands <= limit]) for limit in limits}
    found = geodata.people_within(path, gpd.GeoSeries([shape], crs=3067), limits)
    assert found.to_dict() == expected
    assert geodata.people_within(path, shape, limits).equals(found)
    degrees = gpd.GeoSeries([shape], crs=3067).to_crs(4326)
    assert geodata.people_within(path, degrees.to_crs(3067), [0]).index.tolist() == [0.0]


def test_a_table_of_another_engine_is_counted_alike(tmp_path):
    path = tmp_path / "cells.parquet"
    table = cells()
    table.to_parquet(path)
    counter = geodata.unit_counter(units())
    parts = [counter.of_table(table[start : start + 99]) for start in range(0, len(table), 99)]
    sums = pd.concat(parts).groupby("unit")["people"].sum()
    expected = whole(path).by_unit
    assert sums.reindex(expected.index, fill_value=0).to_dict() == expected.to_dict()


def test_arguments_that_do_not_fit(tmp_path):
    path = tmp_path / "cells.parquet"
    cells().to_parquet(path)
    with pytest.raises(ArgumentError, match="nearest_m"):
        geodata.people_by_unit(path, units(), nearest_m=-1)
    with pytest.raises(ArgumentError, match="geometry is None"):
        geodata.people_within(path, None, [0])
    with pytest.raises((ArgumentError, MissingPackageError), match=r"engine= is a int|Dask"):
        geodata.people_by_unit(path, units(), engine=5)


def test_files_are_large_by_their_rows_or_size(tmp_path, monkeypatch):
    path, text = tmp_path / "cells.parquet", tmp_path / "cells.csv"
    cells().to_parquet(path)
    cells().to_csv(text, index=False)
    assert [sources.is_large(one) for one in (path, text, tmp_path)] == [False, False, True]
    monkeypatch.setattr(sources, "LARGE_ROWS", 700)
    monkeypatch.setattr(sources, "LARGE_BYTES", 700)
    assert sources.is_large(path)
    assert sources.is_large(text)
    assert not sources.is_large(tmp_path / "none.parquet")
