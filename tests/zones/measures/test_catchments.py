"""Who is reached by which zone or centre: nobody twice, against sets and distances by hand."""

import itertools

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from typeguard import suppress_type_checks

import geodata
import zones
from tests.golden import inputs
from zones.errors import MeasureError


@pytest.fixture(scope="module")
def people():
    years = inputs.people(2026)
    units = geodata.municipalities(2026).index
    return pd.Series([years[unit][2025] for unit in units], index=units)


@pytest.fixture(scope="module")
def zone():
    return zones.area("viitoskaytava")


@pytest.fixture(scope="module")
def network():
    """A network that shares members with the zone."""
    return zones.area("sixnet")


def test_zones_that_share_members_count_them_once(zone, people):
    part = zones.area("viitoskaytava", extent="partners-seen")
    table = zones.reached_by([zone, part])["people"]
    one, other = set(zone.units.index), set(part.units.index)
    names = ("viitoskaytava with-ita-lappi", "viitoskaytava partners-seen")
    assert table[0.0, " + ".join(names)] == people[sorted(one & other)].sum()
    assert table[0.0, names[0]] == people[sorted(one - other)].sum()
    assert table[0.0, names[1]] == people[sorted(other - one)].sum()
    assert table.sum() == people[sorted(one | other)].sum()


def test_rows_agree_with_sets_by_hand(zone, network, people):
    table = zones.reached_by([zone, network], [0, 30])
    polygons = geodata.municipalities(2026).geometry
    centres = geodata.centres(2026).geometry
    reached = {}
    for area in (zone, network):
        members = set(area.units.index)
        union = shapely.union_all(polygons[sorted(members)].to_numpy())
        around = union.buffer(30_000, quad_segs=90)
        by_centre = {u for u in polygons.index if union.distance(centres[u]) <= 30_000}
        wholly = {u for u in polygons.index if around.covers(polygons[u])} | members
        touching = {u for u in polygons.index if union.distance(polygons[u]) <= 30_000}
        reached[area.group.id] = (
            members | by_centre | wholly,
            wholly,
            members | by_centre | touching,
        )
    (a, a_low, a_high), (b, b_low, b_high) = reached.values()
    both, only_a, only_b = "viitoskaytava + sixnet", "viitoskaytava", "sixnet"
    expected = {
        both: (a & b, a_low & b_low, a_high & b_high),
        only_a: (a - b, a_low - b_high, a_high - b_low),
        only_b: (b - a, b_low - a_high, b_high - a_low),
    }
    for label, sets in expected.items():
        row = table.loc[(30.0, label), ["people", "low", "high"]].tolist()
        assert row == [people[sorted(units)].sum() for units in sets]


@settings(max_examples=max(1, settings.default.max_examples // 10))
@given(km=st.floats(0, 150))
def test_together_they_are_no_more_than_their_sum(km):
    areas = [zones.area(name) for name in ("peramerenkaari", "viitoskaytava")]
    areas.append(zones.area("viitoskaytava", extent="partners-seen"))
    table = zones.reached_by(areas, km)
    total = table["people"].sum()
    alone = []
    for area in areas:
        year = int(table["year"].iloc[0])
        again = zones.area(area.group, extent=area.extent.id, data_year=year)
        alone.append(zones.reach(again, within_km=km)[-1].value)
    assert max(alone) <= total <= sum(alone)
    columns = [name for name in table.columns if name not in ("people", "low", "high", "year")]
    for name, people in zip(columns, alone, strict=True):
        assert table["people"][table[name]].sum() == people
    assert (table["low"] <= table["people"]).all()
    assert (table["people"] <= table["high"]).all()


def test_cells_are_in_one_row_each(zone, network):
    random = np.random.default_rng(11)
    column, row = np.divmod(random.choice(680 * 1160, 5000, replace=False), 1160)
    x, y = 500.0 + 1000 * (60 + column), 500.0 + 1000 * (6620 + row)
    grid = gpd.GeoDataFrame(
        {"people": random.integers(0, 90, 5000)}, geometry=gpd.points_from_xy(x, y), crs=3067
    )
    table = zones.reached_by([zone, network], [20], grid=grid)
    near = [
        shapely.distance(
            shapely.union_all(area.units.geometry.to_numpy()), grid.geometry.to_numpy()
        )
        <= 20_000
        for area in (zone, network)
    ]
    expected = [near[0] & near[1], near[0] & ~near[1], ~near[0] & near[1]]
    assert table["people"].tolist() == [grid["people"][chosen].sum() for chosen in expected]
    assert table["year"].isna().all()
    assert table["low"].equals(table["people"].rename("low"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: [zones.area("sixnet")], "2 to 8"),
        (lambda: [zones.area("sixnet"), zones.area("viitoskaytava", year=2022)], "2022, 2026"),
        (
            lambda: [zones.area("sixnet", year=2015), zones.area("viitoskaytava", year=2015)],
            "2015",
        ),
        (lambda: [zones.area("sixnet")] * 2, "given twice"),
    ],
)
def test_areas_that_cannot_be_compared(make, words):
    with pytest.raises(MeasureError, match=words):
        zones.reached_by(make(), 10)


def test_negative_distances_are_refused(zone, network):
    with pytest.raises(MeasureError, match="within_km= has -2"):
        zones.reached_by([zone, network], [-2])


def test_catchments_are_of_the_nearest_centre(zone, people):
    table = zones.catchments(zone, 40)
    centres = geodata.centres(2026).geometry
    members = centres[zone.units.index]
    expected = dict.fromkeys(zone.units.index, 0)
    for unit, centre in centres.items():
        metres = members.distance(centre)
        if metres.min() <= 40_000:
            expected[metres.idxmin()] += people[unit]
    assert table["people"].to_dict() == expected
    assert table["places"].sum() >= len(zone.units)


@pytest.mark.parametrize("within_km", [None, [10, 20]])
def test_catchments_are_of_one_distance(zone, within_km):
    with suppress_type_checks(), pytest.raises(MeasureError, match="give one"):
        zones.catchments(zone, within_km)


def test_catchments_of_cells(zone):
    grid = gpd.GeoDataFrame(
        {"people": [10, 200]},
        geometry=gpd.points_from_xy(*np.array([[535_000.0, 1.0], [6_973_000.0, 1.0]])),
        crs=3067,
    )
    table = zones.catchments(zone, 60, grid=grid)
    assert table["people"].sum() == 10
    assert table["people"].idxmax() == "FI_297"


def test_potential_agrees_with_circles_by_hand(zone, people):
    table = zones.potential(zone, within_km=[20, 60])
    polygons = geodata.municipalities(2026).geometry
    centres = geodata.centres(2026).geometry
    for member, km in itertools.product(["FI_297", "FI_491", "FI_305"], (20, 60)):
        point = centres[member]
        wholly = polygons.within(point.buffer(km * 1000, quad_segs=90))
        near = (centres.distance(point) <= km * 1000).reindex(polygons.index)
        touching = polygons.distance(point) <= km * 1000
        sets = (near | wholly, wholly, touching | near | wholly)
        row = table.loc[(member, km), ["people", "low", "high"]].tolist()
        assert row == [people[chosen].sum() for chosen in sets]


def test_potential_of_cells(zone):
    random = np.random.default_rng(2)
    x, y = random.uniform(4e5, 6e5, 3000), random.uniform(6.8e6, 7.1e6, 3000)
    grid = gpd.GeoDataFrame(
        {"people": random.integers(0, 50, 3000)}, geometry=gpd.points_from_xy(x, y), crs=3067
    )
    table = zones.potential(zone, within_km=25, grid=grid)
    metres = grid.distance(geodata.centres(2026).geometry["FI_297"])
    assert table.loc[("FI_297", 25), "people"] == grid["people"][metres <= 25_000].sum()


@pytest.mark.parametrize(
    "options",
    [{}, {"minutes": 30}, {"within_km": 5, "minutes": 5, "matrix": pd.DataFrame()}],
)
def test_potential_wants_one_of_distance_and_time(zone, options):
    with pytest.raises(MeasureError, match="either within_km"):
        zones.potential(zone, **options)


def test_centres_without_a_year_of_boundaries():
    old = zones.area("viitoskaytava", year=2015)
    for ask in (lambda: zones.potential(old, within_km=5), lambda: zones.catchments(old, 5)):
        with pytest.raises(MeasureError, match="no boundaries for the division of 2015"):
            ask()
