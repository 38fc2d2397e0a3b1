"""People year by year in the page are the bundled ones, and small."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geodata
import zones
from zones.maps.web.encode import to_script_text
from zones.maps.web.series import steps_of


@pytest.fixture(scope="module")
def data():
    return zones.map(networks=False).data


def figures(data, unit):
    """Return people by year from the steps of a unit."""
    place = data["units"]["id"].index(unit)
    years = data["series"]["years"][data["units"]["country"][place]]
    total, found = 0, {}
    for year, step in zip(years, data["series"]["steps"][place], strict=False):
        if step is not None:
            total += step
            found[year] = total
    return found


@pytest.mark.parametrize("country", ["FI", "SE"])
def test_every_figure_is_there(data, country):
    series = geodata.population_series(division=2026, country=country)
    for unit, row in series.iterrows():
        assert figures(data, unit) == row.dropna().astype(int).to_dict()


def test_the_newest_figure_is_the_last_of_the_series(data):
    units = data["units"]
    for unit, people, year in zip(units["id"], units["people"], units["people_year"], strict=True):
        assert list(figures(data, unit).items())[-1] == (year, people)


def test_they_are_small(data):
    assert len(to_script_text(data["series"])) < 45_000


def test_what_is_not_known_at_the_end_is_left_out():
    assert steps_of([None, 5, None, None]) == [None, 5]
    assert steps_of([None, None]) == []


def test_units_that_are_no_municipalities_have_one_figure_at_most():
    frame = gpd.GeoDataFrame(
        {"name": ["a"], "population": [7]},
        index=pd.Index(["x1"]),
        geometry=[shapely.box(25, 62, 26, 63)],
        crs=4326,
    )
    found = zones.map(boundaries=frame).data
    assert found["series"] is None
    assert found["units"]["people"] == [7]


def test_a_change_of_a_zone_says_both_of_its_years(data):
    [arc] = [group for group in data["groups"] if group["id"] == "peramerenkaari"]
    [extent] = [one for one in arc["extents"] if one["default"]]
    rows = {(row["name"], row["key"]): row for row in extent["measures"]}
    change = rows["population_change", None]
    assert (change["from"], change["year"]) == (2012, 2022)
    assert rows["population", None]["from"] is None
