"""Grids as users have them."""

import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from geodata.errors import ArgumentError, FileFormatError, IdentifierError
from geodata.points.grids import Grid, as_grid, read_grid
from geodata.points.locating import CENTRES_TAKEN

STATISTICS_FINLAND = (
    "grd_id,xkoord,ykoord,kunta,vaesto,miehet\n"
    "1kmN6671E385,385000,6671000,091,120,60\n"
    "1kmN6671E386,386000,6671000,091,8,\n"
    "1kmN6680E379,379000,6680000,049,31,15\n"
)


def test_statistics_finlands_grid_as_csv(tmp_path):
    path = tmp_path / "vaki.csv"
    path.write_text(STATISTICS_FINLAND, encoding="utf-8")
    grid = read_grid(path)
    assert repr(grid) == "<Grid: 3 cells of 1000 m, 159 people>"
    assert grid.x.tolist() == [385500, 386500, 379500]
    assert grid.y.tolist() == [6671500, 6671500, 6680500]
    assert grid.code.tolist() == ["FI_091", "FI_091", "FI_049"]
    assert grid.people.dtype == np.int64
    assert "lower left corners of 1000 m cells" in grid.notes[-1]
    assert grid.crs == "EPSG:3067"
    assert read_grid(path, corner=False).x.tolist() == [385000, 386000, 379000]


def test_semicolons_and_decimal_commas(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("\ufeffitä;pohjoinen;väki\n385000,5;6671000;1,5\n", encoding="utf-8")
    grid = read_grid(path, x="itä", y="pohjoinen", people="väki")
    assert (grid.x[0], grid.people[0], grid.cell_m, grid.code) == (385000.5, 1.5, None, None)


def test_thousands_are_people_or_refused(tmp_path):
    path = tmp_path / "cells.csv"
    cells = "xkoord;ykoord;väestö\n385000;6672000;{}\n386000;6672000;{}\n"
    for spaced in ("1 200", "1\u00a0200", "1\u202f200"):
        path.write_text(cells.format(spaced, 5), encoding="utf-8")
        assert read_grid(path).total == 1205
    for marked in ("1,200", "1.200"):
        path.write_text(cells.format(marked, 5), encoding="utf-8")
        with pytest.raises(FileFormatError, match=f"'väestö': '{marked}' may be 1200 or 1.2"):
            read_grid(path)
    path.write_text(cells.format("..", 5), encoding="utf-8")
    with pytest.raises(FileFormatError, match=r"no number in row 2 \('\.\.'\)"):
        read_grid(path)


@pytest.mark.parametrize("column", ["TOT_P_2018", "TOT_P", "vaesto_2023", "population 2020", "T"])
def test_people_of_a_year_are_people(tmp_path, column):
    path = tmp_path / "geostat.csv"
    path.write_text(f"GRD_ID,{column}\nCRS3035RES1000mN5000000E5200000,7\n", encoding="utf-8")
    assert read_grid(path).people.tolist() == [7]


def test_people_of_several_years_are_not_chosen_among(tmp_path):
    path = tmp_path / "geostat.csv"
    cell = "CRS3035RES1000mN5000000E5200000"
    path.write_text(f"GRD_ID,TOT_P_2018,TOT_P_2021\n{cell},7,8\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="TOT_P_2018, TOT_P_2021 may each be the people"):
        read_grid(path)
    assert read_grid(path, people="TOT_P_2021").people.tolist() == [8]


def test_column_names_of_a_mac(tmp_path):
    path = tmp_path / "cells.csv"
    name = unicodedata.normalize("NFD", "väestö")
    path.write_text(f"xkoord,ykoord,{name}\n385000,6672000,7\n", encoding="utf-8")
    assert read_grid(path).total == read_grid(path, people=name).total == 7


def test_degrees_by_their_names(tmp_path):
    path = tmp_path / "points.csv"
    path.write_text("lon,lat,population\n24.94,60.17,5\n25.0,60.2,6\n", encoding="utf-8")
    assert read_grid(path).crs == "EPSG:4326"


@pytest.mark.parametrize("name", ["cells.gpkg", "cells.parquet"])
def test_cells_drawn_as_squares(tmp_path, name):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    squares = [box(x, 6671000, x + 1000, 6672000) for x in (385000, 386000)]
    table = gpd.GeoDataFrame({"vaesto": [3, 4], "kunta": ["091", "049"]}, geometry=squares)
    table = table.set_crs(3067)
    path = tmp_path / name
    if name.endswith("gpkg"):
        table.to_file(path, layer="cells")
    else:
        table.to_parquet(path)
    grid = read_grid(path)
    assert grid.x.tolist() == [385500, 386500]
    assert grid.cell_m == 1000
    assert grid.code.tolist() == ["FI_091", "FI_049"]
    assert isinstance(grid, Grid)
    assert grid.to_frame()["people"].tolist() == [3, 4]


def test_codes_that_are_numbers_are_refused_with_the_fix():
    table = pd.DataFrame({"x": [385000, 386000], "y": 6671000, "people": 1, "kunta": [91, 49]})
    with pytest.raises(IdentifierError, match=r"numbers \(91, \.\.\.\).*dtype=\{'kunta': str\}"):
        as_grid(table)
    table["kunta"] = ["091", "999"]
    with pytest.raises(IdentifierError, match="999"):
        as_grid(table)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": [None, 386000]}, "column 'x' holds no number in row index 0"),
        ({"people": [5, -1]}, "'people' is negative in row index 1 .-1."),
        ({"people": ["a lot", "few"]}, "'people' holds no number in row index 0, 1 .'a lot'."),
        ({"x": [6671000, 6672000], "y": [385000, 386000]}, "x and y are swapped"),
        ({"x": [24.9, 25.0], "y": [60.1, 60.2]}, "look like degrees"),
    ],
)
def test_tables_that_cannot_be_are_refused(change, message):
    table = pd.DataFrame({"x": [385000, 386000], "y": [6671000, 6671000], "people": [1, 2]})
    with pytest.raises(FileFormatError, match=message):
        as_grid(table.assign(**change))


def test_columns_that_are_not_there(tmp_path):
    table = pd.DataFrame({"a": [385000], "y": [6671000], "people": [1]})
    with pytest.raises(FileFormatError, match="no column for x among a, y, people; name it"):
        as_grid(table)
    with pytest.raises(FileFormatError, match="no column 'b'; it has a, y, people"):
        as_grid(table, x="b")
    with pytest.raises(FileFormatError, match="no rows"):
        as_grid(table.iloc[:0])
    with pytest.raises(FileFormatError, match="no such file"):
        read_grid(tmp_path / "none.csv")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    with pytest.raises(FileFormatError, match="empty; a header row"):
        read_grid(tmp_path / "empty.csv")


def test_geometry_that_is_neither_point_nor_cell():
    row = gpd.GeoDataFrame({"people": [1]}, geometry=[shapely.LineString([(0, 0), (1, 1)])])
    with pytest.raises(FileFormatError, match="neither a point nor a cell in row index 0"):
        as_grid(row)
    with pytest.raises(FileFormatError, match="no geometry in row index 0"):
        as_grid(gpd.GeoDataFrame({"people": [1]}, geometry=[None]))
    with pytest.raises(FileFormatError, match="their side cannot be told: give cell_m"):
        as_grid(pd.DataFrame({"x": [385000.0], "y": [6671000.0], "people": [1]}), corner=True)


H = "xkoord;ykoord;vaesto\n"


def read(tmp_path, text, name="own.csv", **given):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_grid(path, **given)


@pytest.mark.parametrize(
    "cells",
    [
        [(384_000 + 2000 * i, 6_672_000 + 2000 * i) for i in range(5)],
        [(385_000, 6_672_000)],
        [(400_000, 7_500_000), (405_000, 7_500_000)],
    ],
)
def test_the_side_of_few_cells_is_assumed_and_said(tmp_path, cells):
    grid = read(tmp_path, H + "".join(f"{x};{y};5\n" for x, y in cells))
    assert grid.cell_m == 1000
    assert (grid.x[0], grid.y[0]) == (cells[0][0] + 500, cells[0][1] + 500)
    assert "is assumed to be 1000 m" in grid.notes[0]


def test_a_side_given_is_taken(tmp_path):
    grid = read(tmp_path, f"{H}385000;6672000;5\n", cell_m=250)
    assert (grid.x[0], grid.cell_m) == (385_125, 250)


def test_a_cell_stays_where_it_is_when_others_are_filtered_away():
    rng = np.random.default_rng(0)
    at = rng.choice(600 * 1100, 60_000, replace=False)
    people = rng.geometric(0.02, len(at))
    x, y = 100_000 + 1000 * (at % 600), 6_650_000 + 1000 * (at // 600)
    table = pd.DataFrame({"xkoord": x, "ykoord": y, "vaesto": people})
    for part in (table, table[people > 250], table[people > 400], table[:3]):
        grid = as_grid(part)
        assert (grid.x - part["xkoord"]).unique().tolist() == [500.0]


def test_millimetres_of_noise_do_not_undo_a_lattice():
    x, y = (axis.ravel() for axis in np.meshgrid(np.arange(4) * 250.0, np.arange(4) * 250.0))
    x, y = x + 385_000, y + 6_672_000
    noise = np.random.default_rng(0).uniform(-0.004, 0.004, len(x))
    grid = as_grid(pd.DataFrame({"x": x + noise, "y": y, "people": 5}))
    assert grid.cell_m == 250
    assert np.diff(np.unique(grid.x)).tolist() == [250] * 3
    assert np.abs(grid.x - x).max() < 0.01


@pytest.mark.parametrize(
    ("text", "where", "cell", "crs"),
    [
        ("grd_id;vaesto\n1kmN6672E0385;12\n1kmN6672E0386;30\n", (385_500, 6_672_500), 1000, 3067),
        ("nro;ruutu;vaesto\n1;1kmN6672E0385;9\n", (385_500, 6_672_500), 1000, 3067),
        ("GRD_ID,T\nCRS3035RES1000mN4000000E5000000,12\n", (5_000_500, 4_000_500), 1000, 3035),
        ("id;vaesto\n250mN667200E38525;4\n", (385_375, 6_672_125), 250, 3067),
        ("id;vaesto\n100mN66720E3852;4\n", (385_250, 6_672_050), 100, 3067),
        ("cellcode;people\n10kmN400E500;4\n", (5_005_000, 4_005_000), 10_000, 3035),
    ],
)
def test_cells_by_their_identifiers(tmp_path, text, where, cell, crs):
    grid = read(tmp_path, text)
    assert (grid.x[0], grid.y[0]) == where
    assert grid.cell_m == cell
    assert grid.crs.to_epsg() == crs


def test_cells_of_two_sides_are_refused(tmp_path):
    with pytest.raises(FileFormatError, match=r"cells of several sides \(250, 1000\)"):
        read(tmp_path, "id;people\n1kmN6672E0385;1\n250mN667200E38525;1\n")
    with pytest.raises(FileFormatError, match=r"no identifier of a cell.*row 3"):
        read(tmp_path, "id;people\n1kmN6672E0385;1\nnone;1\n")


@pytest.mark.parametrize(
    ("column", "values", "said"),
    [
        ("vuosi", ("2020", "2021", "2022"), r"one for each 'vuosi' \(2020, 2021, 2022\)"),
        ("sukupuoli", ("yhteensä", "miehet"), r"one for each 'sukupuoli' \(yhteensä, miehet\)"),
        ("muuttuja", ("he_vakiy", "he_miehet"), r"one for each 'muuttuja'"),
    ],
)
@pytest.mark.parametrize("corner", [True, False])
def test_rows_that_repeat_a_place_by_a_class_are_refused(tmp_path, column, values, said, corner):
    names = "xkoord;ykoord" if corner else "x;y"
    rows = [
        f"{385_000 + 1000 * i + (0 if corner else 7 * i * i)};6672000;{i + 1};{value}\n"
        for value in values
        for i in range(5)
    ]
    with pytest.raises(FileFormatError, match=said):
        read(tmp_path, f"{names};vaesto;{column}\n{''.join(rows)}")


def test_rows_pasted_twice_are_refused_and_named(tmp_path):
    rows = [f"{385_000 + 1000 * i};6672000;{i + 1}\n" for i in range(6)]
    with pytest.raises(FileFormatError, match=r"rows .* of a place that is there already"):
        read(tmp_path, H + "".join(rows + rows[1:3]))


def test_a_cell_of_two_municipalities_has_a_row_for_each(tmp_path):
    text = "xkoord;ykoord;vaesto;kunta\n385000;6672000;5;091\n385000;6672000;7;049\n"
    assert read(tmp_path, text).total == 12


def test_people_of_one_house_may_have_a_row_each():
    points = pd.DataFrame({"x": [385_010.5, 385_010.5, 386_123.25], "y": 6_672_003.75, "people": 1})
    assert as_grid(points).total == 3


@pytest.mark.parametrize("side", [0, -250, np.nan, np.inf, "1km", True])
def test_a_side_that_is_none_is_refused(side):
    with pytest.raises(ArgumentError, match=r"cell_m.*give metres"):
        as_grid(pd.DataFrame({"xkoord": [385000], "ykoord": [6672000], "vaesto": 1}), cell_m=side)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("0mN6672000E385000", "no identifier of a cell"),
        ("1kmN99999999999999999999E0385", "no identifier of a cell"),
        ("CRS9999RES1000mN4000000E5000000", "is not a CRS"),
    ],
)
def test_identifiers_that_name_no_cell_are_refused(name, said):
    cells = pd.DataFrame({"grd_id": ["1kmN6672E0385", name] if "CRS" not in name else [name]})
    with pytest.raises(FileFormatError, match=said):
        as_grid(cells.assign(people=1))


def test_centres_that_may_be_corners_are_noted():
    x, y = np.meshgrid(385_000 + 250 * np.arange(6), 6_672_000 + 250 * np.arange(6))
    table = pd.DataFrame({"x": x.ravel(), "y": y.ravel(), "people": 1})
    assert CENTRES_TAKEN in as_grid(table).notes
    assert CENTRES_TAKEN not in as_grid(table.assign(x=table["x"] + 125)).notes
    assert CENTRES_TAKEN not in as_grid(table, corner=False).notes
    assert CENTRES_TAKEN not in as_grid(table, corner=True).notes
    assert as_grid(table, corner=True).x.min() == 385_125
    squares = shapely.box(table["x"] - 125, table["y"] - 125, table["x"] + 125, table["y"] + 125)
    assert CENTRES_TAKEN not in as_grid(gpd.GeoDataFrame(table, geometry=squares, crs=3067)).notes
