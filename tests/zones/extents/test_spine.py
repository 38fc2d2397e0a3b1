"""Spines of the three zones. Lengths were measured once by hand from the centres' coordinates."""

import pytest

from zones.catalogue.finding import get
from zones.catalogue.own import read_zone
from zones.errors import MeasureError, UnknownGroupError
from zones.extents.spine import branches, has_spine, spine_line, spine_points


@pytest.mark.parametrize(
    ("zone", "km", "centres"),
    [
        ("peramerenkaari", 448.6, 12),
        ("suomen-kasvukaytava", 331.2, 12),
        ("viitoskaytava", 769.9, 18),
    ],
)
def test_the_length_of_the_axis_without_branches(zone, km, centres):
    line = spine_line(zone)
    assert line.length / 1000 == pytest.approx(km, abs=0.05)
    assert len(line.coords) == centres


@pytest.mark.parametrize(
    ("zone", "ends"),
    [
        ("peramerenkaari", ("Kalajoki", "Skellefteå")),
        ("suomen-kasvukaytava", ("Helsinki", "Seinäjoki")),
        ("viitoskaytava", ("Mäntyharju", "Sodankylä")),
    ],
)
def test_centres_come_in_order(zone, ends):
    points = spine_points(zone)
    assert points["order"].is_monotonic_increasing
    assert (points["name"].iloc[0], points["name"].iloc[-1]) == ends
    assert points.crs.to_epsg() == 3067


def test_branches_run_from_the_axis_back_to_it():
    points = spine_points("peramerenkaari").geometry
    rail = branches("peramerenkaari")["rail"]
    assert list(rail.coords) == [
        points[unit].coords[0] for unit in ("SE_2514", "SE_2582", "SE_2580")
    ]
    points = spine_points("viitoskaytava").geometry
    rail = branches("viitoskaytava")["rail"]
    assert list(rail.coords) == [
        points[unit].coords[0] for unit in ("FI_491", "FI_593", "FI_778", "FI_297")
    ]
    assert branches("suomen-kasvukaytava") == {}
    assert branches("sixnet") == {}


def test_branch_points_are_not_on_the_axis():
    axis = set(spine_line("viitoskaytava").coords)
    points = spine_points("viitoskaytava")
    assert {p.coords[0] in axis for p in points.geometry[points["branch"].notna()]} == {False}


def test_a_network_has_no_spine():
    assert not has_spine("sixnet")
    with pytest.raises(MeasureError, match="sixnet has no spine"):
        spine_line("sixnet")
    with pytest.raises(UnknownGroupError):
        spine_line("nowhere")


def test_an_own_zone_has_the_spine_it_is_given(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'id = "mine"\ndivision = 2026\ncodes = ["109"]\nspine = ["091", "109", "837"]\n', "utf-8"
    )
    zone = read_zone(path)
    whole = spine_points("suomen-kasvukaytava").geometry
    direct = whole["FI_091"].distance(whole["FI_109"]) + whole["FI_109"].distance(whole["FI_837"])
    assert spine_line(zone).length == pytest.approx(direct)
    assert [point.basis for point in get(zone).spine] == ["own"] * 3
