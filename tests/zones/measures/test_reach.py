"""Reach: people within distances against plain shapely, bounds, years, grids and wrong input."""

import itertools

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box
from typeguard import suppress_type_checks

import geodata
import zones
from tests.golden import inputs
from tests.zones.measures.reaching import within
from zones.errors import MeasureError
from zones.measures.reach.distances import Target

KM = (10.0, 25.0, 50.0)


def expected_within(name, year, distances, *, of="zone"):
    """Count by hand: plain unions, distances and buffers over all municipalities."""
    area = zones.area(name)
    members = set(area.units.index)
    frames = [geodata.municipalities(2026, country=country) for country in ("FI", "SE")]
    units = pd.concat([frame[["geometry"]] for frame in frames])
    people = pd.concat([geodata.population(year, division=2026), *_swedish(year)]).reindex(
        units.index
    )
    centres = pd.concat([geodata.centres(country=country).geometry for country in ("FI", "SE")])
    if of == "zone":
        subject = shapely.union_all(units.geometry[list(area.units.index)].to_numpy())
    elif of == "spine":
        subject = zones.spine_line(name)
    else:
        subject = shapely.union_all(centres[list(area.units.index)].to_numpy())
    found = {}
    for km in distances:
        around = subject.buffer(km * 1000, quad_segs=90)
        low = value = high = 0
        for unit, polygon in units.geometry.items():
            inside = of == "zone" and unit in members
            wholly = inside or around.covers(polygon)
            point = centres.get(unit, polygon.representative_point())
            by_centre = wholly or subject.distance(point) <= km * 1000
            touching = by_centre or subject.distance(polygon) <= km * 1000
            low += people[unit] if wholly else 0
            value += people[unit] if by_centre else 0
            high += people[unit] if touching else 0
        found[f"{km:g}"] = (low, value, high)
    return found


def _swedish(year):
    known = geodata.population_series(country="SE")
    return [known[year]] if year in known else []


@pytest.mark.parametrize("of", ["zone", "spine", "centres"])
@pytest.mark.parametrize(
    ("name", "year", "distances"),
    [
        ("peramerenkaari", 2022, KM),
        ("suomen-kasvukaytava", 2025, (10.0, 50.0)),
        ("viitoskaytava", 2025, (10.0, 25.0)),
    ],
)
def test_municipal_figures_agree_with_plain_shapely(name, year, distances, of):
    table = zones.reach(zones.area(name), within_km=distances, of=of)
    rows = {row.key: row for row in table if row.name == "population_within"}
    found = {key: (row.low, row.value, row.high) for key, row in rows.items()}
    assert found == expected_within(name, year, distances, of=of)
    assert {row.year for row in rows.values()} == {year}


def alone(code):
    frame = pd.DataFrame({"code": [code]})
    return zones.read_zone(frame, id="alone", division=2026, name_fi="Yksin")


@pytest.mark.parametrize("name", ["peramerenkaari", "suomen-kasvukaytava", "viitoskaytava"])
def test_at_no_distance_it_is_the_population(name):
    area = zones.area(name)
    table = zones.reach(area, within_km=0)
    inside, row = table.get("population"), table.get("population_within", "0")
    assert (row.value, row.low, row.high, row.year) == (
        inside.value,
        inside.value,
        inside.value,
        inside.year,
    )


def test_without_distances_there_are_no_rows(arc):
    assert not [row for row in zones.reach(arc) if row.name.startswith("population_within")]


@settings(max_examples=max(1, settings.default.max_examples // 7))
@given(
    km=st.lists(st.floats(0, 200, allow_nan=False), min_size=2, max_size=6, unique=True),
    of=st.sampled_from(["zone", "spine", "centres"]),
)
def test_more_distance_is_never_fewer_people(km, of):
    area = zones.area("viitoskaytava", extent="partners-seen")
    rows = list(within(area, km, of=of).values())
    assert all(row.low <= row.value <= row.high for row in rows)
    for before, after in itertools.pairwise(rows):
        assert before.low <= after.low
        assert before.value <= after.value
        assert before.high <= after.high


def test_both_sides_of_the_border_count():
    """Haparanda's centre is a stone's throw from Tornio, which has no Swedish member."""
    row = within(zones.area(alone("FI_851"), data_year=2020), 1)["1"]
    people, swedes = geodata.population(2020), geodata.population(2020, country="SE")
    assert row.value == people["FI_851"] + swedes["SE_2583"]
    assert any("SCB" in str(line) for line in row.sources)


def test_neighbours_between_known_years_bound_the_figure():
    """Haparanda has a figure of 2024, and Tornio across the river those of 2022 and 2025."""
    row = within(zones.area(alone("SE_2583"), data_year=2024), [0, 5])["5"]
    people = inputs.people(2026)
    own, before, after = people["SE_2583"][2024], people["FI_851"][2022], people["FI_851"][2025]
    assert row.year == 2024
    assert row.low == own
    assert own + min(before, after) <= row.value <= own + max(before, after)
    assert row.high >= own + max(before, after)
    noted = [note for note in row.notes if note.key == "reach.note.between_years"]
    assert "FI_851" in dict(noted[0].params)["units"]
    assert "SE_2583" not in dict(noted[0].params)["units"]


def test_neighbours_that_no_year_helps_leave_no_upper_bound():
    """Skellefteå's newest figure is of 2024, and none is later: for 2025 it has no bounds."""
    rows = within(zones.area(alone("SE_2581"), data_year=2025), [0, 5, 80])
    near, far = rows["5"], rows["80"]
    own = inputs.people(2026)["SE_2581"][2025]
    assert near.value == own
    assert near.high is None
    assert "SE_2482" in str(next(n for n in near.notes if n.key == "reach.note.no_high"))
    # At 80 km Skellefteå counts by its centre: no value either, and the reason comes first.
    assert far.value is None
    assert far.notes[0].key == "reach.note.no_figure"
    assert far.low >= own


def test_without_boundaries_the_people_inside_are_still_there():
    rows = within(zones.area("viitoskaytava", year=2015), [0, 10])
    assert rows["0"].value == zones.reach(zones.area("viitoskaytava", year=2015))[0].value
    assert rows["10"].value is None
    assert "2015" in str(rows["10"].notes[0])


def test_people_between_known_years_are_an_opt_in(arc):
    exact, estimated = zones.reach(arc), zones.reach(arc, estimates=True, within_km=[0, 10])
    assert (exact.get("population").value, exact.get("population").year) == (557_488, 2022)
    row = estimated.get("population")
    # By hand: the Finnish members lie two thirds of the way from 2022 to 2025.
    people = inputs.people(2026)
    swedish = sum(people[unit][2024] for unit in arc.members("SE"))
    low = value = high = float(swedish)
    for unit in arc.members("FI"):
        before, after = people[unit][2022], people[unit][2025]
        value += before + (after - before) * 2 / 3
        low += min(before, after)
        high += max(before, after)
    assert row.year == 2024
    assert (row.low, row.high) == (low, high)
    assert row.value == pytest.approx(value, abs=5)
    assert not any(note.key == "measures.note.common_year" for note in row.notes)
    assert "FI_564" in str(next(n for n in row.notes if n.key == "reach.note.between_years"))
    at_zero = estimated.get("population_within", "0")
    assert (at_zero.low, at_zero.value, at_zero.high) == (row.low, row.value, row.high)
    assert estimated.get("population", "FI") == exact.get("population", "FI")


def test_estimates_change_nothing_where_all_is_known(five):
    assert list(zones.reach(five)) == list(zones.reach(five, estimates=True))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"within_km": [-1, 10]}, "within_km= has -1"),
        ({"within_km": float("nan")}, "nan"),
        ({"within_km": []}, "empty list"),
        ({"within_km": ["10"]}, "'10'"),
        ({"within_km": True}, "True"),
        ({"within_km": 10, "of": "moon"}, "zone, spine, centres"),
        ({"within_km": 10, "rule": "corner"}, "centre, area"),
        ({"of": "spine"}, "give within_km"),
        ({"within_km": 10, "rule": "area"}, "without a grid"),
        ({"grid": pd.DataFrame()}, "give within_km"),
        ({"minutes": [-5], "matrix": pd.DataFrame()}, "minutes= has -5"),
    ],
)
def test_wrong_input_is_refused_in_one_line(five, options, words):
    with suppress_type_checks(), pytest.raises(MeasureError) as error:
        zones.reach(five, **options)
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_boundaries_of_a_users_own(five):
    own = zones.area("viitoskaytava", boundaries=geodata.municipalities(2026))
    theirs, mine = within(five, [0, 10, 25]), within(own, [0, 10, 25])
    for key, row in theirs.items():
        assert (mine[key].low, mine[key].value, mine[key].high) == (row.low, row.value, row.high)


def test_a_network_has_no_spine():
    with pytest.raises(MeasureError, match="has no spine"):
        zones.reach(zones.area("sixnet"), within_km=10, of="spine")


def test_the_reach_of_islands_is_that_of_each_united():
    islands = shapely.MultiPolygon(
        [box(0, 0, 1e3, 1e3), box(5e3, 0, 6e3, 1e3), box(4e4, 0, 5e4, 1e4)]
    )
    together = shapely.buffer(islands, 10e3, quad_segs=32)
    reach = Target("zone", (islands,)).reach(10e3)
    assert shapely.symmetric_difference(reach, together).area < 1
