"""Extents in a year: mergers, years, computed corridors, and what is refused."""

import pickle
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
import shapely
from typeguard import suppress_type_checks

import geodata
import zones
from geodata.errors import FileFormatError, YearError
from zones.errors import ExtentError, MeasureError, UnknownGroupError
from zones.extents import resolving


def test_a_merger_brings_its_non_member_in():
    before = zones.area("viitoskaytava", extent="partners-seen", year=2024)
    after = zones.area("viitoskaytava", extent="partners-seen", year=2025)
    assert list(before.units.index) == list(after.units.index)
    assert before.population_in(2022) == 68_847
    assert after.population_in(2022) == 70_447
    assert before.notes == ()
    assert [note.key for note in after.notes] == ["measures.note.brought_in"]
    assert "FI_588" in str(after.notes[0])
    assert any("FI_588" in note for note in zones.coverage(after)[0].to_dict()["notes"])


def test_a_merger_of_two_members_changes_no_people():
    before, after = (zones.area("viitoskaytava", year=year) for year in (2024, 2025))
    assert (len(before.units), len(after.units)) == (47, 46)
    assert before.population_in(2022) == after.population_in(2022) == 491_032
    area = [zones.coverage(each).get("area").value for each in (before, after)]
    assert area[0] == pytest.approx(area[1], rel=1e-12)


def test_an_earlier_division_has_the_predecessors():
    area = zones.area("suomen-kasvukaytava", year=2014)
    later = geodata.successors(area.units.index, from_year=2014, to_year=2021)
    extent = zones.get("suomen-kasvukaytava").default_extent
    assert set(later) == set(extent.units)


def test_a_division_without_boundaries_says_so():
    area = zones.area("viitoskaytava", year=2013)
    assert area.division == 2013
    assert not area.has_boundaries
    assert any("2021" in str(note) for note in area.notes)
    people = zones.reach(area).get("population")
    assert people.value is not None
    for table in (zones.coverage(area), zones.connectivity(area)):
        nothing = [row for row in table if row.value is None]
        assert nothing
        for row in nothing:
            assert row.notes, row.name
    assert zones.coverage(area).get("spine_gaps").value is None
    assert zones.coverage(area).get("spine_length").value == pytest.approx(769.86, abs=0.01)


def test_people_of_both_countries_are_of_a_year_that_all_have():
    area = zones.area("peramerenkaari")
    assert area.data_year == 2022
    assert area.population_in(2022) == 557_488
    assert max(area.years_with_people("FI")) == 2025
    assert max(area.years_with_people("SE")) == 2024
    assert zones.area("peramerenkaari", data_year=2018).data_year == 2018
    assert zones.area("peramerenkaari").population_in(2024) is None


@pytest.mark.parametrize("year", [2012, 2027, 0])
def test_years_out_of_range_are_refused(year):
    with pytest.raises(YearError, match=rf"{year}.*2013-2026"):
        zones.area("viitoskaytava", year=year)
    with pytest.raises(YearError, match=str(year)):
        zones.area("viitoskaytava", division=year)


def test_unknown_names_are_refused():
    with pytest.raises(ExtentError, match=r"'everything'.*area-named"):
        zones.area("viitoskaytava", extent="everything")
    with pytest.raises(UnknownGroupError, match="viitoskaytava"):
        zones.area("viitoskäytäwä")
    with pytest.raises(ExtentError, match="no known members"):
        zones.area("koulutus-tyoelama-sote")


@pytest.mark.parametrize("zone", ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
@pytest.mark.parametrize("km", [10, 25, 62.5])
def test_corridors_against_plain_distances(zone, km):
    extent = zones.corridor(zone, within_km=km, year=2022)
    assert extent.id == f"corridor-{km}km"
    assert extent.title("en").startswith(f"Municipalities within {km}")
    line = zones.spine_line(zone)
    near = [
        unit
        for country in {unit[:2] for unit in extent.units}
        for unit, polygon in geodata.municipalities(2022, country=country).geometry.items()
        if polygon.distance(line) <= km * 1000
    ]
    assert list(extent.units) == sorted(near)


def test_what_the_spine_passes_holds_the_gaps_and_the_members_on_it():
    area = zones.area("peramerenkaari")
    passed = set(zones.corridor("peramerenkaari").units)
    gaps = set(zones.coverage(area).get("spine_gaps").items)
    assert passed - set(area.units.index) == gaps
    for country in ("FI", "SE"):
        line = zones.spine_line("peramerenkaari")
        crossing = shapely.intersects(area.units.geometry, line)
        members = set(area.units.index[crossing & (area.units["country"] == country)])
        assert members == {unit for unit in passed - gaps if unit.startswith(country)}


def test_a_corridor_is_an_extent_like_any_other():
    by_id = zones.area("viitoskaytava", extent="corridor-25km", year=2022)
    given = zones.area(
        "viitoskaytava", extent=zones.corridor("viitoskaytava", within_km=25, year=2022), year=2022
    )
    assert by_id.extent == given.extent
    assert zones.coverage(by_id) == zones.coverage(given)
    assert zones.coverage(by_id).get("spine_inside_share").value == pytest.approx(100)
    assert zones.coverage(by_id).get("members").extent == "corridor-25km"
    passed = zones.area("viitoskaytava", extent="spine-passes")
    assert zones.coverage(passed).get("spine_gaps").value == 0
    later = zones.area(
        "viitoskaytava", extent=zones.corridor("viitoskaytava", year=2022), year=2026
    )
    assert later.division == 2026


def test_the_table_of_units_and_groups_takes_a_corridor():
    extents = {"viitoskaytava": "corridor-25km"}
    table = zones.incidence("viitoskaytava", extents=extents)
    inside = table.index[table["extent"] == "corridor-25km"]
    assert tuple(inside) == zones.corridor("viitoskaytava", within_km=25).units
    assert (table["relation"] == "member").sum() == len(table) - len(inside)


def test_corridors_that_cannot_be_are_refused():
    with pytest.raises(MeasureError, match="above zero"):
        zones.corridor("viitoskaytava", within_km=0)
    with pytest.raises(MeasureError, match="no spine"):
        zones.corridor("sixnet")
    with pytest.raises(ExtentError, match="corridor-25km"):
        zones.area("viitoskaytava", extent="corridor-far")
    with pytest.raises(ExtentError, match="of viitoskaytava, not of peramerenkaari"):
        zones.area("peramerenkaari", extent=zones.corridor("viitoskaytava"))


def test_boundaries_of_your_own_need_no_more_than_codes():
    bundled = geodata.municipalities(2026)
    plain = bundled.reset_index(names="code")[["code", "geometry"]]
    area = zones.area("viitoskaytava", boundaries=plain)
    assert list(area.units["region"]) == list(zones.area("viitoskaytava").units["region"])
    assert area.own_boundaries


def test_boundaries_in_degrees_are_turned_into_metres():
    finland = geodata.municipalities(2026)
    area = zones.area("viitoskaytava", boundaries=finland.to_crs(4326))
    assert area.units.crs.to_epsg() == 3067
    expected = finland.geometry.area[area.units.index].sum() / 1e6
    assert zones.coverage(area).get("area").value == pytest.approx(expected, rel=1e-6)


def test_boundaries_of_a_part_say_that_shares_are_of_the_part():
    finland = geodata.municipalities(2026)
    members = zones.area("viitoskaytava").units.index
    part = zones.coverage(zones.area("viitoskaytava", boundaries=finland.loc[members]))
    assert "46 of 308 municipalities" in " ".join(map(str, part.get("area_share").notes))
    whole = zones.coverage(zones.area("viitoskaytava", boundaries=finland))
    assert "of 308" not in " ".join(map(str, whole.get("area_share").notes))


def swedish():
    codes = pd.DataFrame({"code": ["SE_2480", "SE_2580"]})
    return zones.read_zone(codes, id="two", name="Two", division=2026)


def test_swedish_boundaries_alone_serve_a_swedish_zone_and_no_other():
    sweden = geodata.municipalities(2026, country="SE")
    table = zones.coverage(zones.area(swedish(), boundaries=sweden))
    assert table.get("area").value == pytest.approx(
        sweden.geometry.area[["SE_2480", "SE_2580"]].sum() / 1e6
    )
    assert table.get("area_share").value == 0
    with pytest.raises(ExtentError, match="hold nothing of Finland"):
        zones.area("viitoskaytava", boundaries=sweden)


@pytest.mark.parametrize("measures", [zones.coverage, zones.reach, zones.connectivity])
def test_a_swedish_zone_of_a_year_without_boundaries_says_why(measures):
    for row in measures(zones.area(swedish(), year=2013)):
        assert row.value is not None or row.notes, row.name


@pytest.mark.parametrize("boundaries", ["municipalities.gpkg", 5])
def test_boundaries_that_are_no_frame_are_refused(boundaries):
    with suppress_type_checks(), pytest.raises(FileFormatError, match="GeoDataFrame with polygons"):
        zones.area("viitoskaytava", boundaries=boundaries)


@pytest.mark.parametrize("year", [2022.5, "soon", True, 2012])
def test_a_year_is_a_whole_number_of_the_register(year):
    with suppress_type_checks(), pytest.raises(YearError, match="whole year"):
        zones.area("viitoskaytava", year=year)


def test_figures_of_merged_units_are_not_those_of_their_parts():
    """Mäntyharju's figure of 2025 holds Pertunmaa, which the division of 2024 has apart."""
    parts = zones.area("viitoskaytava", extent="partners-seen", data_year=2025, division=2024)
    assert parts.data_year == 2022


def test_an_area_without_people_says_so():
    area = zones.area("peramerenkaari")
    assert "no year with people for all" in repr(replace(area, data_year=None))


def test_a_zone_without_typed_links_has_a_graph_without_edges():
    graph = zones.link_graph(zones.area("viitoskaytava"))
    assert (len(graph.nodes), len(graph.ties)) == (46, 0)


def test_an_area_equals_itself_and_has_a_hash():
    area = zones.area("viitoskaytava")
    assert (area == area, {area: 1}[area]) == (True, 1)  # noqa: PLR0124 - frames do not compare
    assert area != zones.area("viitoskaytava")


def test_an_area_goes_to_another_process(tmp_path):
    path = tmp_path / "area.pickle"
    path.write_bytes(pickle.dumps(zones.area("viitoskaytava", year=2022)))
    code = "import pathlib, pickle, sys; path = pathlib.Path(sys.argv[1]); "
    code += "area = pickle.loads(path.read_bytes()); print(len(area.units), area.borders)"
    run = [sys.executable, "-c", code, str(path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    assert said.startswith("47 ")


@pytest.mark.parametrize("name", ["peramerenkaari", "viitoskaytava"])
@pytest.mark.parametrize("year", [2012, 2022, 2023])
def test_an_area_until_a_year_is_the_one_resolved_for_it(name, year):
    base = zones.area(name)
    found, expected = resolving.until(base, year), zones.area(name, data_year=year)
    assert found.data_year == expected.data_year
    assert found.people_until == expected.people_until
    assert found.years_with_people() == expected.years_with_people()
    pd.testing.assert_frame_equal(found.units, expected.units)
    assert base.data_year == zones.area(name).data_year
    with pytest.raises(YearError, match="data year 1900 is out of range"):
        resolving.until(base, 1900)
