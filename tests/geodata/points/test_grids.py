"""Grids as users have them."""

import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import box

from geodata.errors import FileFormatError, IdentifierError
from geodata.points.grids import Grid, as_grid, read_grid

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
    assert "lower left corners of 1000 m cells" in grid.notes[0]
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
    with pytest.raises(FileFormatError, match="on no regular grid"):
        as_grid(pd.DataFrame({"x": [385000.0], "y": [6671000.0], "people": [1]}), corner=True)
