"""Reach by a population grid: cells by centre, by area, their bounds, codes and files."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geodata
import zones
from geodata.errors import FileFormatError
from geodata.points import grids
from tests.zones.measures.reaching import within
from zones.errors import MeasureError
from zones.texts import LANGUAGES


@pytest.fixture(scope="module")
def cells():
    """One square kilometre in forty, with people, over Finland and a little beyond."""
    random = np.random.default_rng(7)
    x = 500.0 + 1000 * random.integers(60, 740, 30_000)
    y = 500.0 + 1000 * random.integers(6620, 7780, 30_000)
    frame = pd.DataFrame({"x": x, "y": y}).drop_duplicates()
    frame["people"] = random.integers(0, 400, len(frame))
    return gpd.GeoDataFrame(
        frame[["people"]], geometry=gpd.points_from_xy(frame["x"], frame["y"]), crs=3067
    )


def test_cells_by_their_centre_agree_with_plain_distances(arc, cells):
    rows = within(arc, [0, 10, 25, 50], grid=cells)
    zone = shapely.union_all(arc.units.geometry.to_numpy())
    metres = shapely.distance(zone, cells.geometry.to_numpy())
    for km in (0, 10, 25, 50):
        people = int(cells["people"][metres <= km * 1000].sum())
        row = rows[str(km)]
        assert row.value == people
        assert row.low < people < row.high
        assert row.year is None
        assert str(row.sources[0]) == "population grid of the user"


@pytest.mark.parametrize("of", ["spine", "centres"])
def test_cells_near_the_spine_and_the_centres(arc, cells, of):
    rows = within(arc, [5, 20], of=of, grid=cells)
    subject = zones.spine_line("peramerenkaari")
    if of == "centres":
        known = pd.concat([geodata.centres(country=c).geometry for c in ("FI", "SE")])
        subject = shapely.multipoints(known[arc.units.index].to_numpy())
    metres = shapely.distance(subject, cells.geometry.to_numpy())
    for km in (5, 20):
        assert rows[str(km)].value == cells["people"][metres <= km * 1000].sum()


@pytest.mark.parametrize("rule", ["centre", "area"])
def test_cells_that_are_cut_are_bounds(arc, cells, rule):
    """Hard limits by hand: cells wholly within, and all that are touched."""
    rows = within(arc, [0, 10], grid=cells, rule=rule)
    zone = shapely.union_all(arc.units.geometry.to_numpy())
    x, y = cells.geometry.x.to_numpy(), cells.geometry.y.to_numpy()
    squares = shapely.box(x - 500, y - 500, x + 500, y + 500)
    for km, around in (("0", zone), ("10", zone.buffer(10_000, quad_segs=32))):
        people = cells["people"]
        assert rows[km].low == people[shapely.covers(around, squares)].sum()
        assert (
            rows[km].high == people[shapely.area(shapely.intersection(around, squares)) > 0].sum()
        )
        assert rows[km].bounds_kind == "range"


@pytest.mark.parametrize("rule", ["centre", "area"])
def test_cells_of_europes_grid_are_bounds_too(arc, rule):
    """They are squares in EPSG:3035, and turned in the plane of the zone."""
    zone = shapely.union_all(arc.units.geometry.to_numpy())
    bounds = gpd.GeoSeries([zone.buffer(20_000)], crs=3067).to_crs(3035).total_bounds
    west, south, east, north = (bounds // 3000 * 3000).tolist()
    x, y = np.meshgrid(np.arange(west, east, 3000), np.arange(south, north, 3000))
    x, y = x.ravel(), y.ravel()
    people = np.random.default_rng(11).integers(0, 900, len(x))
    ids = [f"CRS3035RES3000mN{n:.0f}E{e:.0f}" for n, e in zip(y, x, strict=True)]
    rows = within(
        arc, [0, 10], grid=grids.as_grid(pd.DataFrame({"GRD_ID": ids, "T": people})), rule=rule
    )
    squares = gpd.GeoSeries(shapely.box(x, y, x + 3000, y + 3000), crs=3035).to_crs(3067).to_numpy()
    for km, around in (("0", zone), ("10", zone.buffer(10_000, quad_segs=32))):
        inside = shapely.area(shapely.intersection(around, squares))
        assert rows[km].low == people[shapely.covers(around, squares)].sum()
        assert rows[km].high == people[inside > 0].sum()
        assert rows[km].low < rows[km].value < rows[km].high


def test_shares_of_own_cells_have_bounds_and_points_have_none(arc, cells):
    table = zones.reach(arc, within_km=[20], of="centres", grid=cells)
    share = table.get("population_within_share", "20")
    assert 0 < share.low < share.value < share.high < 100
    x = cells.geometry.x + np.random.default_rng(7).uniform(-400, 400, len(cells))
    points = cells.set_geometry(gpd.points_from_xy(x, cells.geometry.y), crs=3067)
    row = within(arc, [20], of="centres", grid=points)["20"]
    assert row.low == row.value == row.high


def test_cells_by_their_share_of_area(arc, cells):
    rows = within(arc, [0, 10], grid=cells, rule="area")
    zone = shapely.union_all(arc.units.geometry.to_numpy())
    x, y = cells.geometry.x.to_numpy(), cells.geometry.y.to_numpy()
    squares = shapely.box(x - 500, y - 500, x + 500, y + 500)
    for km, around in (("0", zone), ("10", zone.buffer(10_000, quad_segs=200))):
        share = shapely.area(shapely.intersection(around, squares)) / 1e6
        assert rows[km].value == pytest.approx(float(share @ cells["people"]), rel=2e-4)
    assert "share" in str(rows["0"].method)


def test_a_cell_is_where_its_code_says(five):
    """Two cells over Kuopio; one of them says that it is Helsinki's, the last is far away."""
    table = pd.DataFrame(
        {
            "xkoord": [533000, 534000, 385000],
            "ykoord": [6973000, 6973000, 6672000],
            "vaesto": [10, 200, 3000],
            "kunta": ["297", "091", "297"],
        }
    )
    points = grids.as_grid(table)
    rows = within(five, [0, 1], grid=points)
    assert (rows["0"].low, rows["0"].value, rows["0"].high) == (3010, 3010, 3010)
    assert rows["1"].value == 3210


def test_the_grid_is_held_against_the_register(five, cells):
    row = within(five, [0], grid=cells)["0"]
    text = str(next(n for n in row.notes if n.key == "reach.note.grid_against_register"))
    assert "487,181" in text
    assert f"{row.value:,}" in text


def test_a_side_that_is_assumed_is_said(five):
    one = pd.DataFrame({"xkoord": [485_000], "ykoord": [6_970_000], "vaesto": [5]})
    [row] = within(five, [10], grid=grids.as_grid(one)).values()
    assert "That a cell has a side of 1,000 m is assumed" in " ".join(
        note.render("en") for note in row.notes
    )


def test_a_grid_from_a_file(five, cells, tmp_path):
    path = tmp_path / "grid.csv"
    frame = pd.DataFrame({"x": cells.geometry.x, "y": cells.geometry.y, "people": cells["people"]})
    frame.to_csv(path, index=False)
    rows = within(five, [0, 10], grid=path)
    assert rows["10"].value == within(five, [10], grid=cells)["10"].value
    assert str(rows["10"].sources[0]) == "population grid given by the user: grid.csv"


def test_the_area_rule_needs_cells(five):
    points = gpd.GeoDataFrame(
        {"people": [1, 2, 3]}, geometry=gpd.points_from_xy([0, 1.7, 300.1], [0, 2.3, 9.9]), crs=3067
    )
    with pytest.raises(MeasureError, match="rule='centre'"):
        zones.reach(five, within_km=1, grid=points, rule="area")


def test_a_grid_that_is_not_there(five):
    with pytest.raises(FileFormatError, match="no such file"):
        zones.reach(five, within_km=1, grid="nowhere.csv")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_methods_and_notes_in_every_language(arc, cells, lang):
    for options in ({}, {"of": "spine"}, {"of": "centres"}, {"grid": cells}):
        for row in within(arc, [0, 2.5], **options).values():
            assert row.method.render(lang)
            assert all(note.render(lang) for note in row.notes)
