"""A user's own boundaries: one country, another year, the sea, the scale, and who is credited."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geodata
import zones
from zones.errors import ExtentError
from zones.wording.voice import Voice


def bare(year=2026, country="FI"):
    """Boundaries as a file has them: codes and polygons."""
    frame = geodata.municipalities(year, country=country)
    return gpd.GeoDataFrame({"code": frame.index}, geometry=frame.geometry.array, crs=frame.crs)


def with_sea(unit, **columns):
    """The bundled layer with 9,000 km2 of the sea in one municipality."""
    frame = bare()
    place = frame["code"] == unit
    sea = shapely.box(-100_000, 7_000_000, -10_000, 7_100_000)
    frame.loc[place, "geometry"] = frame.geometry[place].union(sea)
    return geodata.as_boundaries(frame.assign(**columns), check=False)


def test_one_file_for_one_country_is_enough():
    area = zones.area("peramerenkaari", boundaries=bare())
    assert (area.own_countries, len(area.members("SE"))) == (("FI",), 6)
    assert [note.key for note in area.notes] == ["measures.note.bundled_beside"]
    bundled = zones.coverage("peramerenkaari")
    own = zones.coverage(area)
    assert own.get("area", "SE").low == bundled.get("area", "SE").low
    assert own.get("area", "FI").low is None
    assert "Ruotsi" in Voice("fi").text(area, area.notes[0])


def test_both_countries_in_one_file_need_no_bundled_one():
    both = pd.concat([bare(), bare(country="SE")], ignore_index=True)
    area = zones.area("peramerenkaari", boundaries=both)
    assert (area.own_countries, area.notes) == (("FI", "SE"), ())


def test_boundaries_of_an_older_division_are_carried_to_the_one_asked_for():
    area = zones.area("viitoskaytava", boundaries=bare(2024))
    assert (area.division, len(area.units)) == (2026, 46)
    assert "2024" in str(area.notes[0])
    bundled = zones.coverage("viitoskaytava").get("area").value
    assert zones.coverage(area).get("area").value == pytest.approx(bundled, rel=1e-12)


def test_boundaries_of_a_later_division_say_which_year_to_give():
    with pytest.raises(ExtentError, match=r"FI_588.*division of 2025-2026.*give year=2026"):
        zones.area("viitoskaytava", year=2022, boundaries=bare(2026))


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_no_figure_says_land_and_inland_water_of_polygons_with_the_sea(lang):
    area = zones.area("peramerenkaari", boundaries=with_sea("FI_564"))
    assert area.sea["FI"] == "yes"
    voice = Voice(lang)
    plain = voice.phrase("measures.name.area")
    for row in (zones.coverage(area).get("area"), zones.reach(area).get("density")):
        assert voice.name(row) != plain
        assert row.method.key.endswith("_sea")
        assert any(note.key == "measures.note.holds_sea" for note in row.notes)
    # The land and inland water of the same municipalities are offered beside.
    land = voice.number(zones.coverage("peramerenkaari").get("area").value)
    note = next(n for n in row.notes if n.key == "measures.note.holds_sea")
    assert land in note.render(lang)


def test_attributes_say_whether_polygons_hold_the_sea_and_how_much_is_land():
    surfaces = {"LANDAREA": 100.0, "FRESHWAREA": 10.0, "SEAWAREA": 5.0}
    area = zones.area("viitoskaytava", boundaries=with_sea("FI_564", **surfaces))
    assert area.sea == {"FI": "yes"}
    note = next(n for n in zones.coverage(area).get("area").notes if "sea" in n.key)
    assert f"{46 * 110:,} km², as the boundaries given say" in str(note)
    dry = zones.area("viitoskaytava", boundaries=with_sea("FI_564", SEAWAREA=0.0))
    assert dry.sea == {"FI": "no"}


def test_the_scale_may_be_given_and_gives_bounds():
    own = zones.coverage(zones.area("viitoskaytava", boundaries=bare(), error_m=360)).get("area")
    bundled = zones.coverage("viitoskaytava").get("area")
    assert (own.low, own.high) == pytest.approx((bundled.low, bundled.high), rel=1e-9)
    unknown = zones.coverage(zones.area("viitoskaytava", boundaries=bare())).get("area")
    assert (unknown.low, unknown.high) == (None, None)
    assert [note.key for note in unknown.notes] == ["measures.note.unknown_scale"]


def test_the_credit_names_the_layer_in_the_readers_language(tmp_path):
    path = tmp_path / "kuntarajat.gpkg"
    bare().to_file(path)
    area = zones.area("viitoskaytava", boundaries=geodata.read_boundaries(path))
    credit = zones.coverage(area).get("area").sources[0]
    assert credit.render("fi") == "Käyttäjän antamat rajat: kuntarajat.gpkg"
    assert str(credit) == "Boundaries given by the user: kuntarajat.gpkg"
    assert area.own_countries == ("FI",)


def test_a_map_of_own_boundaries_of_a_division_before_2021():
    # Honkajoki (099) had not merged yet: an island at sea stands for it.
    geometry = geodata.municipalities(2021).geometry
    geometry["FI_099"] = shapely.MultiPolygon([shapely.box(-20_000, 7_000_000, -10_000, 7_010_000)])
    old = gpd.GeoDataFrame(geodata.municipality_register(2020), geometry=geometry, crs=3067)
    area = zones.area("viitoskaytava", year=2020, boundaries=old)
    assert zones.map(area, year=2020).data["years"]["division"] == 2020
    assert zones.map(area).data["groups"]


def test_boundaries_read_without_the_check_say_what_is_wrong_with_them():
    frame = geodata.municipalities(2026)[["geometry"]]
    lake = shapely.Point(540_000, 6_990_000).buffer(20_000)
    holed = geodata.as_boundaries(frame.set_geometry(frame.difference(lake)), check=False)
    area = zones.area("viitoskaytava", boundaries=holed)
    note = next(n for n in area.notes if n.key == "measures.note.faulty_boundaries")
    assert "1,255" in note.render("en")
    checked = zones.area("viitoskaytava", boundaries=geodata.as_boundaries(frame))
    assert not any(n.key == "measures.note.faulty_boundaries" for n in checked.notes)


def test_the_map_names_the_file_of_its_boundaries(tmp_path):
    path = tmp_path / "kuntarajat.gpkg"
    bare().to_file(path)
    data = zones.map("viitoskaytava", boundaries=geodata.read_boundaries(path)).data
    assert "kuntarajat.gpkg" in data["credits"]["sv"]


def test_boundaries_go_along_to_a_later_year_and_never_give_way_to_the_bundled_ones():
    own = geodata.as_boundaries(geodata.municipalities(2021)[["geometry"]])
    area = zones.area("viitoskaytava", boundaries=own, error_m=100, year=2021)
    later = zones.area(area, year=2026)
    assert (later.own_countries, later.border_error_km) == (("FI",), {"FI": 0.1})
    assert [note.key for note in later.notes] == ["measures.note.carried_boundaries"]
    other = zones.area(area, boundaries=own)
    assert other.border_error_km == {"FI": None}
    with pytest.raises(ExtentError, match="not in the boundaries given"):
        zones.area(area, year=2013)


@pytest.mark.parametrize("error_m", [-5, 0, float("nan"), float("inf"), "20", True])
def test_an_error_that_is_no_distance_is_refused(error_m):
    own = geodata.as_boundaries(geodata.municipalities(2026)[["geometry"]])
    with pytest.raises(ExtentError, match="is no distance that borders stray: give metres above 0"):
        zones.area("viitoskaytava", boundaries=own, error_m=error_m)


def test_an_error_of_no_boundaries_given_is_refused():
    with pytest.raises(ExtentError, match="error_m=20 is of boundaries given"):
        zones.area("viitoskaytava", error_m=20)
