"""Centres, populated places and the backdrop."""

import json

import numpy as np
import pytest
import shapely

from geodata import backdrop_layers, centres, municipalities, populated_places
from geodata.backdrop import GROUND, backdrop_geometry
from geodata.errors import YearError
from geodata.register.divisions import municipality_register


@pytest.mark.parametrize(
    ("division", "units"), [(2020, 310), (2021, 309), (2024, 309), (2026, 308)]
)
def test_every_unit_has_its_centre(division, units):
    points = centres(division)
    assert len(points) == units
    assert points.index.equals(municipality_register(division).index)
    assert points.crs.to_epsg() == 3067
    assert set(points.geom_type) == {"Point"}


@pytest.mark.parametrize(("unit", "last"), [("FI_588", 2024), ("FI_099", 2020), ("FI_838", 2014)])
def test_centre_of_a_former_municipality(unit, last):
    assert unit in centres(last).index
    assert unit not in centres(last + 1).index


def test_earlier_divisions_have_the_centres_that_are_known():
    """Of 311 one is not known: Valtimo (911), which merged in 2020."""
    known, units = centres(2019).index, municipality_register(2019).index
    assert set(units) - set(known) == {"FI_911"}


def test_points_outside_their_own_polygon_are_the_known_three():
    frame, points = municipalities(2026), centres(2026).geometry
    inside = shapely.covers(frame.geometry.to_numpy(), points.to_numpy())
    assert frame["name_fi"][~inside].tolist() == ["Kempele", "Mustasaari", "Tornio"]


def test_swedish_seats_are_the_known_seven():
    points = centres(country="SE")
    assert dict(zip(points.index, points["name"], strict=True)) == {
        "SE_2482": "Skellefteå",
        "SE_2514": "Kalix",
        "SE_2560": "Älvsbyn",
        "SE_2580": "Luleå",
        "SE_2581": "Piteå",
        "SE_2582": "Boden",
        "SE_2583": "Haparanda",
    }
    frame = municipalities(country="SE").loc[points.index]
    inside = shapely.covers(frame.geometry.to_numpy(), points.geometry.to_numpy())
    assert points["name"][~inside].tolist() == ["Haparanda"]
    apart = shapely.distance(frame.geometry.to_numpy(), points.geometry.to_numpy())
    assert apart.max() < 2_000


def test_names_are_spelled_as_in_the_register():
    points = centres(2026)
    assert points["name"].equals(municipality_register(2026)["name_fi"].rename("name"))


def test_centre_of_helsinki():
    """60.17 N, 24.94 E, that is zone 35 easting 385.6 km, northing 6,672 km."""
    point = centres().geometry["FI_091"]
    assert point.distance(shapely.Point(385_600, 6_672_000)) < 2_000


def test_wrong_country_and_year():
    with pytest.raises(ValueError, match="expected 'FI' or 'SE'"):
        centres(country="NO")
    with pytest.raises(ValueError, match="None for both"):
        populated_places(country="NO")
    with pytest.raises(YearError, match="2013-2026"):
        centres(2030)


def test_populated_places_are_near_their_municipality():
    places = populated_places(country="FI")
    frame = municipalities(2021).geometry
    known = places[places["lau_id"].isin(frame.index)]
    apart = shapely.distance(known.geometry.to_numpy(), frame.loc[known["lau_id"]].to_numpy())
    assert len(known) == 478 - 2
    assert (apart < 10_000).mean() > 0.97


def test_populated_places_of_both_countries():
    places = populated_places()
    assert places.groupby("country").size().to_dict() == {"FI": 478, "SE": 54}
    assert places.index.is_unique
    assert places.crs.to_epsg() == 3067


def test_places_are_copies():
    for frame in (centres(), populated_places()):
        frame["name"] = ""
    assert (centres()["name"] != "").all()
    assert (populated_places()["name"] != "").all()


def test_backdrop_is_ready_for_a_page():
    layers = backdrop_layers()
    assert list(layers) == ["land", "lakes", "borders"]
    for text in layers.values():
        shape = json.loads(text)
        assert set(shape) == {"type", "coordinates"}
        assert "</" not in text
        for line in shapely.get_parts(shapely.from_geojson(text)):
            west, south, east, north = line.bounds
            assert -60 <= west <= east <= 115
            assert 40 <= south <= north <= 86


def test_the_backdrop_fills_its_ground_to_the_sides():
    left, bottom, right, top = GROUND
    bounds = backdrop_geometry("land").to_crs(3067).total_bounds
    # Sides were simplified as the coasts were.
    assert np.abs(bounds - [left, bottom, right, top]).max() < 25_000


def test_backdrop_draws_where_land_and_water_are():
    land, lakes = backdrop_geometry("land").union_all(), backdrop_geometry("lakes").union_all()
    for lon, lat in [(25.0, 62.0), (24.94, 60.25), (15.0, 60.0), (37.6, 55.7), (10.0, 52.0)]:
        assert land.covers(shapely.Point(lon, lat))
    for lon, lat in [(20.0, 62.5), (23.0, 64.8), (20.0, 57.0), (0.0, 65.0)]:
        assert not land.covers(shapely.Point(lon, lat))
    for lon, lat in [(28.2, 61.2), (25.4, 61.5), (31.5, 60.8), (27.9, 69.0)]:
        assert lakes.covers(shapely.Point(lon, lat))


def test_backdrop_land_lies_under_the_municipalities():
    """Most of Finland's area at 1:4.5 million is land of the backdrop too."""
    finland = municipalities().to_crs(4326).union_all()
    land = backdrop_geometry("land").union_all()
    assert finland.intersection(land).area / finland.area > 0.98


def test_unknown_layer_names_those_there_are():
    with pytest.raises(KeyError, match="land, lakes, borders"):
        backdrop_geometry("roads")
