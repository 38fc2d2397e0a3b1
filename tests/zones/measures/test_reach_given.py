"""Reach of a user's own points and lines, and of a count in place of people, against plain sums."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from typeguard import suppress_type_checks

import geodata
import zones
from geodata.errors import ArgumentError, FileFormatError
from geodata.tables.indicator import Indicator
from geodata.tables.table import IndicatorTable
from tests.golden import inputs
from zones.cli import app
from zones.errors import MeasureError
from zones.texts import LANGUAGES
from zones.wording.voice import Voice

KM = (10.0, 40.0)
STATIONS = gpd.GeoSeries.from_xy([27.68, 27.27, 25.47], [62.90, 61.69, 65.01], crs=4326)


def expected(area, subject, people, distances):
    """By hand over all municipalities: wholly within, by centre, touched; and of the members."""
    units = pd.concat(
        [geodata.municipalities(2026, country=land)[["geometry"]] for land in ("FI", "SE")]
    )
    centres = pd.concat([geodata.centres(country=land).geometry for land in ("FI", "SE")])
    found = {}
    for km in distances:
        around = subject.buffer(km * 1000, quad_segs=90)
        sums = np.zeros((2, 3))
        for unit, polygon in units.geometry.items():
            wholly = around.covers(polygon)
            point = centres.get(unit, polygon.representative_point())
            by_centre = wholly or subject.distance(point) <= km * 1000
            touching = by_centre or subject.distance(polygon) <= km * 1000
            counted = np.array([wholly, by_centre, touching]) * people.get(unit, 0)
            sums[0] += counted
            sums[1] += counted if unit in area.units.index else 0
        whole = sum(people[unit] for unit in area.units.index)
        found[f"{km:g}"] = (tuple(sums[0]), tuple(100 * sums[1] / whole))
    return found


def found(table, stem="population"):
    return {
        row.key: (
            (row.low, row.value, row.high),
            tuple(
                getattr(table.get(f"{stem}_within_share", row.key), end)
                for end in ("low", "value", "high")
            ),
        )
        for row in table
        if row.name == f"{stem}_within"
    }


def close(one, other):
    assert one.keys() == other.keys()
    for key, pairs in one.items():
        for mine, theirs in zip(pairs, other[key], strict=True):
            assert mine == pytest.approx(theirs)


def test_own_points_agree_with_plain_shapely(five):
    people = geodata.population(2025)
    subject = shapely.union_all(STATIONS.to_crs(3067).to_numpy())
    close(found(zones.reach(five, within_km=KM, of=STATIONS)), expected(five, subject, people, KM))


def test_a_line_in_any_form_is_the_same(five, tmp_path):
    line = shapely.LineString(STATIONS.to_crs(3067).to_numpy())
    people = geodata.population(2025)
    by_hand = expected(five, line, people, KM)
    frame = gpd.GeoDataFrame({"name": ["own"]}, geometry=[line], crs=3067)
    frame.to_file(tmp_path / "line.gpkg")
    frame.to_crs(4326).to_file(tmp_path / "line.geojson")
    for of in (line, frame, frame.to_crs(4326), tmp_path / "line.gpkg"):
        close(found(zones.reach(five, within_km=KM, of=of)), by_hand)
    row = zones.reach(five, within_km=10, of=tmp_path / "line.geojson")
    assert "line.geojson" in str(row.get("population_within", "10").method)
    assert row.get("population_within_share", "10").value == pytest.approx(by_hand["10"][1][1])


@pytest.mark.parametrize(
    "text",
    [
        "code,lon,lat\nKUO,27.68,62.90\nMIK,27.27,61.69\nOUL,25.47,65.01\n",
        "code;lat;lon\nKUO;62,90;27,68\nMIK;61,69;27,27\nOUL;65,01;25,47\n",
    ],
)
def test_points_of_a_table(five, text, tmp_path):
    path = tmp_path / "stations.csv"
    path.write_text(text)
    expected_rows = found(zones.reach(five, within_km=KM, of=STATIONS))
    close(found(zones.reach(five, within_km=KM, of=str(path))), expected_rows)


def test_shares_by_cells_and_of_the_spine(five):
    random = np.random.default_rng(3)
    members = five.units.geometry.union_all()
    box = shapely.box(*members.bounds)
    west, south, east, north = box.bounds
    x, y = random.uniform(west, east, 4000), random.uniform(south, north, 4000)
    cells = gpd.GeoDataFrame(
        {"people": random.integers(1, 90, 4000)}, geometry=shapely.points(x, y), crs=3067
    )
    table = zones.reach(five, within_km=[20], of="spine", grid=cells)
    inside = cells[cells.within(members)]
    near = inside.distance(zones.spine_line("viitoskaytava")) <= 20_000
    row = table.get("population_within_share", "20")
    assert row.value == pytest.approx(100 * inside["people"][near].sum() / inside["people"].sum())
    assert row.low == row.value == row.high
    assert row.year is None
    own = zones.reach(five, within_km=[5], of="centres").get("population_within_share", "5")
    assert own.value == 100
    assert own.low < 100
    assert not [r for r in zones.reach(five, within_km=10) if r.name == "population_within_share"]


def jobs(states=None, **declared):
    """A table of made-up jobs by municipality of Finland."""
    units = geodata.municipalities(2026).index
    numbers = pd.Series(inputs_of(units), index=units, dtype=float)
    cells = pd.DataFrame({"value": numbers, "low": numbers, "high": numbers, "state": "known"})
    for unit, high in (states or {}).items():
        cells.loc[unit] = [np.nan, 0.0, high, "suppressed"]
    keyed = pd.concat({("jobs", 2019): cells}, names=["indicator", "year", "place"])
    return IndicatorTable(
        indicators=(
            Indicator(id="jobs", kind="count", unit="jobs", **declared),
            Indicator(id="pay", kind="mean", weight="jobs"),
        ),
        cells=keyed.sort_index(),
        places={unit: (unit,) for unit in units},
        division=2026,
    )


def inputs_of(units):
    return [7 * (int(unit[3:]) % 97) + 11 for unit in units]


def test_a_count_stands_in_the_place_of_people(five):
    table = jobs()
    numbers = table.column("jobs", 2019)["value"]
    subject = shapely.union_all(STATIONS.to_crs(3067).to_numpy())
    rows = zones.reach(five, within_km=KM, of=STATIONS, data=table, weight="jobs")
    by_hand = expected(five, subject, numbers, KM)
    close(found(rows, "jobs"), by_hand)
    row = rows.get("jobs_within", "10")
    assert (row.unit, row.year) == ("jobs", 2019)
    assert not [r for r in rows if r.name.startswith("population_within")]
    zone = zones.reach(five, within_km=[0, 10], data=table, weight="jobs")
    own = numbers[five.units.index].sum()
    assert zone.get("jobs_within", "0").value == own
    assert zone.get("jobs_within", "10").value >= own


def test_what_is_suppressed_bounds_the_count(five):
    hidden = {"FI_297": 9.0, "FI_491": np.nan}
    table, exact = jobs(hidden), jobs()
    numbers = exact.column("jobs", 2019)["value"]
    how = {"within_km": [5], "of": "centres", "weight": "jobs"}
    row = zones.reach(five, data=table, **how).get("jobs_within", "5")
    assert (row.value, row.high) == (None, None)
    assert any("FI_297" in str(n) or "Kuopio" in str(n) for n in row.notes)
    bounded = zones.reach(five, data=jobs({"FI_297": 9.0}), **how).get("jobs_within", "5")
    whole = zones.reach(five, data=exact, **how).get("jobs_within", "5")
    assert bounded.value is None
    assert bounded.high == whole.high - numbers["FI_297"] + 9
    how |= {"within_km": [30]}
    share = zones.reach(five, data=jobs({"FI_297": 9.0}), **how).get("jobs_within_share", "30")
    assert share.value is None
    assert 0 < share.low < share.high <= 100


def test_a_count_below_nothing_stays_within_its_bounds_and_has_no_share(five):
    table = jobs()
    ends = ["value", "low", "high"]
    lost = table.cells.index.get_level_values("place").str[3:].astype(int) % 2 == 1
    table.cells.loc[lost, ends] *= -1
    by_hand = table.cells.loc[("jobs", 2019), "value"]
    rows = zones.reach(five, within_km=KM, of=STATIONS, data=table, weight="jobs")
    subject = shapely.union_all(STATIONS.to_crs(3067).to_numpy())
    gained, fallen = (
        expected(
            five, subject, by_hand[by_hand * at > 0].reindex(by_hand.index, fill_value=0.0), KM
        )
        for at in (1, -1)
    )
    for km in map("{:g}".format, KM):
        row, share = rows.get("jobs_within", km), rows.get("jobs_within_share", km)
        (least, there, most), (wholly, lost_there, touched) = gained[km][0], fallen[km][0]
        assert row.value == pytest.approx(there + lost_there)
        assert (row.low, row.high) == pytest.approx((least + touched, most + wholly))
        assert row.low <= row.value <= row.high
        assert (share.value, share.low, share.high) == (None, None, None)
        assert any("below nothing" in note.render("en") for note in share.notes)


def test_travel_times_of_a_count(five):
    numbers = jobs().column("jobs", 2019)["value"]
    units = list(geodata.municipalities(2026).index)
    random = np.random.default_rng(1)
    minutes = pd.DataFrame(
        random.uniform(1, 90, (len(units), len(five.units))), units, five.units.index
    )
    nearest = minutes.min(axis=1)
    nearest[five.units.index] = 0
    how = {"matrix": minutes, "minutes": [10], "weight": "jobs"}
    row = zones.reach(five, data=jobs(), **how).get("jobs_within_time", "10")
    assert row.value == numbers[nearest <= 10].sum()
    hidden = zones.reach(five, data=jobs({"FI_491": 4.0}), **how).get("jobs_within_time", "10")
    low = row.value - numbers["FI_491"]
    assert (hidden.value, hidden.low, hidden.high) == (None, low, low + 4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_are_read_in_each_language(five, lang):
    voice = Voice(lang)
    table = zones.reach(five, within_km=10, of=STATIONS, data=jobs(), weight="jobs")
    for row in (table.get("jobs_within", "10"), table.get("jobs_within_share", "10")):
        assert "jobs" in voice.name(row)
        assert voice.key(five, row) == "10 km"
        assert voice.text(five, row.method)
    assert voice.figure(table.get("jobs_within", "10")).endswith("jobs")


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"of": "moon"}, MeasureError, "zone, spine, centres, or the path of a file"),
        ({"of": "none.gpkg"}, FileFormatError, "none.gpkg: no such file"),
        ({"of": 5}, ArgumentError, "a int is no points or lines"),
        ({"of": shapely.Point(25, 65)}, FileFormatError, "look like degrees"),
        ({"of": gpd.GeoSeries([shapely.Point(1, 1)])}, FileFormatError, "has no CRS"),
        ({"of": gpd.GeoSeries([None], crs=3067)}, FileFormatError, "no geometry in row index 0"),
        ({"of": pd.DataFrame({"a": [1]})}, FileFormatError, "no column for x among a"),
        ({"weight": "jobs"}, MeasureError, "give data= the table"),
        ({"data": jobs()}, MeasureError, "give weight= one of jobs"),
        ({"data": jobs(), "weight": "pay"}, MeasureError, "is a mean, and only counts"),
        (
            {"data": jobs(), "weight": "posts"},
            MeasureError,
            "weight='posts' is not known: give one of jobs",
        ),
        ({"data": jobs(), "weight": "jobs", "grid": "g.csv"}, MeasureError, "two things to count"),
    ],
)
def test_wrong_input_is_refused(five, options, error, words):
    with suppress_type_checks(), pytest.raises(error, match=words):
        zones.reach(five, within_km=10, **options)


def test_a_weight_without_distances_or_years_is_refused(five):
    with pytest.raises(MeasureError, match="weight='jobs' has no effect without distances"):
        zones.reach(five, data=jobs(), weight="jobs")
    old = zones.area("viitoskaytava", year=2026, data_year=2016)
    with pytest.raises(MeasureError, match="figures of 2019, none until 2016"):
        zones.reach(old, within_km=10, data=jobs(), weight="jobs")


def test_the_command_takes_points_and_weights(five, capsys, monkeypatch, tmp_path):
    path = tmp_path / "stations.csv"
    path.write_text("lon,lat\n27.68,62.90\n27.27,61.69\n25.47,65.01\n")
    monkeypatch.setattr(zones, "read_indicators", lambda _, **__: jobs(), raising=False)
    given = ["reach", "viitoskaytava", "--within", "10", "--of", str(path), "--json"]
    with pytest.raises(SystemExit) as stop:
        app.main([*given, "--table", "jobs.csv", "--weight", "jobs"])
    assert stop.value.code == 0
    rows = {row["name"]: row["value"] for row in json.loads(capsys.readouterr().out)["measures"]}
    table = zones.reach(five, within_km=10, of=STATIONS, data=jobs(), weight="jobs")
    assert rows["jobs_within"] == table.get("jobs_within", "10").value
    with pytest.raises(SystemExit):
        app.main([*given, "--weight", "jobs"])
    assert "--weight 'jobs' is a column of a table: give --table" in capsys.readouterr().err


def test_the_population_of_own_points_is_that_of_the_register(five):
    people = inputs.people(2026)
    where = geodata.centres().geometry["FI_297"]
    row = zones.reach(five, within_km=[1], of=where).get("population_within", "1")
    assert row.value == people["FI_297"][2025]
